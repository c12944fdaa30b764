using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Disclosure;

public class IntervalGuardTests
{
    private static readonly Scale[] Scales = [Scale.FivePoint, Scale.TwelvePoint, new(0, 1), new(1, 3)];

    /// <summary>A7: every hidden small group's mean could be elsewhere; the two sets of totals that prove it print the same
    /// means.</summary>
    [Fact]
    [Attack("A reader", "means, counts and steps of answers",
        "to pin a hidden group to less than a quarter of the range",
        "none; without the guard, some")]
    public void A7_HiddenSmallGroups_ArePinnedDownOnlyWithoutTheGuard()
    {
        int groups = 0, narrow = 0;
        foreach (var (round, scale, answers) in Drawn(92, 700))
        {
            var totals = Totals(round, answers);
            var bare = new Protector(round.Plan).Dimension(round.Counts).Members;
            foreach (var group in IntervalGuard.Guarded(round.Plan, bare, totals))
                narrow += Reader(round, bare, totals, scale).Know(group).Width < scale.Range / 4.0 - 1e-6 ? 1 : 0;
            var guarded = IntervalGuard.Apply(round.Plan, bare, totals, scale, 1);
            Assert.True(guarded.Shown.IsSubsetOf(bare.Shown));
            foreach (var group in IntervalGuard.Guarded(round.Plan, guarded, totals))
            {
                groups++;
                var known = Reader(round, guarded, totals, scale).Know(group);
                Assert.True(known.Width >= scale.Range / 4.0 - 1e-6, $"width {known.Width} of {scale.Range}");
                var low = AssertPrintsAlike(round, guarded, totals, known.AtLow, scale, group);
                var high = AssertPrintsAlike(round, guarded, totals, known.AtHigh, scale, group);
                Assert.True(high - low >= scale.Range / 4.0 - 1e-6);
            }
        }

        Assert.True(groups > 500, $"{groups} hidden groups");
        Assert.True(narrow > 10, $"{narrow} pinned down without the guard");
    }

    /// <summary>A8: some other whole answers of a hidden small group print the same means.</summary>
    [Fact]
    [Attack("A reader", "the same", "to find the one set of answers that fits", "always another fits")]
    public void A8_HiddenSmallGroups_KeepMoreThanOneAnswerSet()
    {
        int groups = 0, decoded = 0;
        foreach (var (round, scale, answers) in Drawn(93, 500))
        {
            var totals = Totals(round, answers);
            var guarded = IntervalGuard.Apply(round.Plan, new Protector(round.Plan).Dimension(round.Counts).Members, totals, scale, 1);
            foreach (var group in IntervalGuard.Guarded(round.Plan, guarded, totals))
            {
                groups++;
                Assert.True(new WholeAnswers(round, guarded, totals, scale, group).HasAnother());
            }

            var bare = new Protector(round.Plan).Dimension(round.Counts).Members;
            foreach (var group in IntervalGuard.Guarded(round.Plan, bare, totals))
                decoded += new WholeAnswers(round, bare, totals, scale, group).HasAnother() ? 0 : 1;
        }

        Assert.True(groups > 300, $"{groups} hidden groups");
        Assert.True(decoded > 5, $"{decoded} decoded without the guard");
    }

    /// <summary>A9: a mean at an end of the scale tells everyone's answer, so ends are printed as bands only.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(2)]
    [InlineData(12)]
    public void A9_EveryoneAtAnEnd_PrintsABandAnEighthOfTheRangeWide(int options)
    {
        var scale = new Scale(1, options);
        foreach (var mean in (double[])[scale.Lowest, scale.Highest])
        {
            var printed = PublishedMean.Of(mean, scale);
            Assert.Equal(scale.Range / 8.0, printed.High - printed.Low, 12);
            Assert.NotEqual(mean, printed.Shown);
        }

        Assert.Equal(scale.Highest, PublishedMean.Exact(scale.Highest).Shown); // the attack, without the rule
    }

    private static IEnumerable<(RandomRound Round, Scale Scale, int[] Answers)> Drawn(ulong seed, int rounds)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < rounds; i++)
        {
            var round = RandomRound.Draw(random, 14, 4, 3, Thresholds.ForSmallTests(2 + i % 2, 4));
            var scale = Scales[i % Scales.Length];
            var towardsAnEnd = random.Next(3);
            yield return (round, scale, [.. round.People.Select(_ =>
                towardsAnEnd > 0 && random.Next(5) > 0 ? (towardsAnEnd == 1 ? scale.Lowest : scale.Highest) : scale.Lowest
                    + random.Next(scale.Options))]);
        }
    }

    private static StratumTotals Totals(RandomRound round, int[] answers) => new(
        Enumerable.Range(0, round.People.Count).Where(p => round.Valid[p]).GroupBy(p => round.People[p])
            .ToDictionary(g => g.Key, g => ((long)g.Count(), (double)g.Sum(p => answers[p]))));

    private static IntervalGuard.Reader Reader(RandomRound round, CellPattern pattern, StratumTotals totals, Scale scale) =>
        new(round.Plan, [.. pattern.InOrder], totals, scale, 1);

    private static double AssertPrintsAlike(RandomRound round, CellPattern pattern, StratumTotals truth, StratumTotals other, Scale scale,
        HashSet<Stratum> group)
    {
        foreach (var (stratum, (count, sum)) in other.Strata)
        {
            Assert.Equal(truth.Strata[stratum].Count, count);
            Assert.InRange(sum, scale.Lowest * count - 1e-6, scale.Highest * count + 1e-6);
        }

        foreach (var cell in pattern.Shown)
        {
            var n = truth.Strata.Where(s => round.Plan.Belongs(s.Key, cell)).Sum(s => s.Value.Count);
            var printed = PublishedMean.Of(truth.Strata.Where(s => round.Plan.Belongs(s.Key, cell)).Sum(s => s.Value.Sum) / n, scale);
            var mean = other.Strata.Where(s => round.Plan.Belongs(s.Key, cell)).Sum(s => s.Value.Sum) / n;
            Assert.InRange(mean, printed.Low - 1e-6, printed.High + 1e-6);
        }

        return group.Where(truth.Strata.ContainsKey).Sum(s => other.Strata[s].Sum) / group.Where(truth.Strata.ContainsKey)
            .Sum(s => truth.Strata[s].Count);
    }

    /// <summary>Looks, by plain search, for whole answers that print alike and give the group another sum.</summary>
    private sealed class WholeAnswers
    {
        private readonly List<(long Count, int Truth, bool InGroup, int[] Cells)> strata;
        private readonly (double Low, double High)[] bounds;
        private readonly Scale scale;
        private readonly int groupTruth;

        public WholeAnswers(RandomRound round, CellPattern pattern, StratumTotals totals, Scale scale, HashSet<Stratum> group)
        {
            this.scale = scale;
            var cells = pattern.InOrder.ToArray();
            strata = [.. totals.Strata.OrderBy(s => !group.Contains(s.Key))
                .Select(s => (s.Value.Count, (int)s.Value.Sum, group.Contains(s.Key),
                Enumerable.Range(0, cells.Length).Where(c => round.Plan.Belongs(s.Key, cells[c])).ToArray()))];
            groupTruth = strata.Where(s => s.InGroup).Sum(s => s.Truth);
            bounds = [.. cells.Select((_, c) =>
            {
                var inside = strata.Where(s => s.Cells.Contains(c)).ToList();
                var n = inside.Sum(s => s.Count);
                var printed = PublishedMean.Of((double)inside.Sum(s => s.Truth) / n, scale);
                return (printed.Low * n - 1e-9, printed.High * n + 1e-9);
            })];
        }

        public bool HasAnother() =>
            Extend(0, 0, new double[bounds.Length], [.. bounds.Select((_, c) => (double)strata.Where(s => s.Cells.Contains(c))
            .Sum(s => s.Count))]);

        /// <summary>Sums so far, and people still to come, per cell.</summary>
        private bool Extend(int at, int groupSum, double[] sums, double[] left)
        {
            if (at == strata.Count) return groupSum != groupTruth;
            var (count, truth, inGroup, cells) = strata[at];
            // From the truth outward: most answers need not change.
            foreach (var sum in Enumerable.Range(scale.Lowest * (int)count, scale.Range * (int)count + 1).OrderBy(s => Math.Abs(s - truth)))
            {
                var fits = true;
                foreach (var c in cells)
                {
                    sums[c] += sum;
                    left[c] -= count;
                    fits &= sums[c] + left[c] * scale.Highest >= bounds[c].Low && sums[c] + left[c] * scale.Lowest <= bounds[c].High;
                }

                var last = inGroup && (at + 1 == strata.Count || !strata[at + 1].InGroup);
                var next = groupSum + (inGroup ? sum : 0);
                var found = fits && !(last && next == groupTruth) && Extend(at + 1, next, sums, left);
                foreach (var c in cells)
                {
                    sums[c] -= sum;
                    left[c] += count;
                }

                if (found) return true;
            }

            return false;
        }
    }
}
