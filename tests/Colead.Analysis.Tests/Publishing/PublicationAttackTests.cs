using System.Collections.Concurrent;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>
/// Attacks on the published bytes. The attacker knows the roster, who answered what kind of question, every exact count,
/// and reads every figure as if it were printed in full digits: more than any real reader knows.
/// </summary>
public class PublicationAttackTests
{
    private static readonly Instrument Instrument = RoundMaker.Instrument(2, 3, Scale.FivePoint);
    private static readonly int Rounds = Environment.GetEnvironmentVariable("COLEAD_DEEP") == "1" ? 100_000 : 10_000;

    [Fact]
    [Attack("A reader", "three publications of a round, every printed figure",
        "to work out a group under its threshold by any weights",
        "none")]
    public void Attack_LinearOverThreePublications_FindsNoGroupBelowItsThreshold()
    {
        var leaks = new ConcurrentQueue<string>();
        var shown = 0;
        Parallel.For(0, Rounds, r =>
        {
            var random = new SeededRandom((ulong)r + 1);
            var (rounds, structure) = Sequence(random);
            PublishedRound? before = null;
            foreach (var (answers, everybody, roster, folds) in rounds)
            {
                // In every other round one in five does not count: the attacker knows their answers.
                var uncounted = everybody.Where(_ => r % 2 == 0 && random.Next(5) == 0).ToList();
                var people = everybody.Except(uncounted).ToList();
                var publication = PublicationJson.Read(PublicationJson.Write(Publisher.Publish(new()
                {
                    Answers = answers,
                    Uncounted = uncounted.Count > 0 ? RoundMaker.Summary(Instrument, structure, uncounted) : null,
                    Roster = roster,
                    Folds = folds,
                    Before = before,
                })));
                before = new(Instrument, publication);
                foreach (var system in Systems(publication, people, structure))
                {
                    Interlocked.Add(ref shown, system.Rows.Count);
                    if (LinearAttack.SmallestGroup(system.Rows, system.Valid.Count) is { } group && group < system.Threshold)
                        leaks.Enqueue($"round {r}: {system.Name} gives a group of {group} people");
                }
            }
        });
        Assert.Empty(leaks);
        Assert.True(shown > Rounds, "The attack must have had something to attack.");
    }

    [Fact]
    [Attack("A reader", "views with thresholds only", "the same", "many groups", MustSucceed = true)]
    public void Attack_LinearOnThePlainlyThresholdedViews_Succeeds()
    {
        // The same attack on every cell of five or more, without complementary withholding: it must find people.
        var found = 0;
        for (var r = 0; r < 300; r++)
        {
            var (rounds, structure) = Sequence(new SeededRandom((ulong)r + 1));
            var people = rounds[0].People.Where(p => PublisherTests.Score(p.Codes[..3]) is not null).ToList();
            var rows = Cells(people, structure).Where(row => row.Count(x => x) >= 5).ToList();
            if (LinearAttack.SmallestGroup(rows, people.Count) is > 0 and < 5) found++;
        }

        Assert.True(found > 20, $"{found} of 300");
    }

    [Fact]
    [Attack("A reader", "gaps, changes, shrunken means", "to learn beyond the shown means", "nothing")]
    public void Attack_DerivedFigures_TellNothingBeyondTheShownMeans()
    {
        for (var seed = 1ul; seed <= 60; seed++)
        {
            var (round, people) = RoundMaker.Partnership(seed, organisations: 9, perOrganisation: 3 + (int)(seed % 12));
            var published = Publisher.Publish(round);
            var members = published.Members;
            for (var d = 0; d < 7; d++)
            {
                var valid = people.Select(p => (Person: p, Score: PublisherTests.Score(p.Codes[(4 * d)..(4 * d + 4)])))
                    .Where(p => p.Score is not null).ToList();
                var shownUnits = members.Organisations.Where(g => g.Dimensions[d].IsNumber)
                    .Select(g => published.Units.Single(u => u.Id == g.Unit).Organisations)
                    .Select(names => valid.Where(p => names.Contains(round.Answers.Structure.Organisations[p.Person.Organisation].Name))
                        .Average(p => p.Score!.Value)).ToList();
                var headline = members.All.Headlines[d];
                if (headline.Organisations is { } each)
                    Assert.Equal(decimal.Round((decimal)(shownUnits.Average()), 1, MidpointRounding.AwayFromZero), each);

                var shownLevels = members.Levels.Where(g => g.Dimensions[d].IsNumber).Select(g => g.Level!).ToList();
                if (headline.Levels is { } post)
                {
                    double sum = 0, invited = 0;
                    foreach (var level in shownLevels)
                    {
                        var at = round.Answers.Structure.Levels.ToList().IndexOf(level);
                        var n = round.Roster!.InvitedWhere(s => s.Level == at);
                        sum += n * valid.Where(p => p.Person.Level == at).Average(p => p.Score!.Value);
                        invited += n;
                    }

                    Assert.Equal(decimal.Round((decimal)(sum / invited), 1, MidpointRounding.AwayFromZero), post);
                }

                foreach (var gap in members.LevelGaps.Where(g => g.Measure == $"d{d + 1}"))
                {
                    decimal Of(string level) => members.Levels.Single(g => g.Level == level).Dimensions[d].Mean!.Value;
                    Assert.Equal(Of(gap.First) - Of(gap.Second), gap.Points);
                }
            }

            Assert.All(members.Organisations.SelectMany(g => g.Dimensions).Where(c => !c.IsNumber),
                c => Assert.True(c is { Gap: null, GapWord: null, Change: null, Low: null, High: null }));
        }
    }

    /// <summary>
    /// A fold's mean, the other shown means and an equal-weight headline that took in the folded organisations one by one
    /// would give two hidden means exactly; that is why headlines count a fold as one organisation.
    /// </summary>
    [Fact]
    [Attack("A reader", "a headline over organisations that are hidden", "to solve for two of them", "two means", MustSucceed = true)]
    public void Attack_HeadlineOverUnfoldedOrganisations_WouldGiveTwoHiddenMeans()
    {
        // Two hidden organisations of 3 and 4 people, folded; two shown ones of 8.
        long[] atoms = [3, 4, 8, 8];
        double[] fold = [1 / 7.0, 1 / 7.0, 0, 0], c = [0, 0, 1 / 8.0, 0], d = [0, 0, 0, 1 / 8.0];
        double[] naive = [1 / 12.0, 1 / 16.0, 1 / 32.0, 1 / 32.0];
        double[] ours = [1 / 21.0, 1 / 21.0, 1 / 24.0, 1 / 24.0];
        Assert.Equal(AuditVerdict.Leaks, LinearAudit.Run([fold, c, d, naive], atoms, 5));
        Assert.Equal(AuditVerdict.Passes, LinearAudit.Run([fold, c, d, ours], atoms, 5));
    }

    [Fact]
    [Attack("A fault in the program", "a headline that takes in a withheld organisation", "to be released", "refused at release")]
    public void Attack_HeadlineThatTakesInAWithheldOrganisation_IsRefusedAtRelease()
    {
        var (round, _) = RoundMaker.Partnership(3, organisations: 6, perOrganisation: 12);
        var plan = Publisher.PlanOf(round);
        var shown = new HashSet<Cell> { Cell.All, Cell.Unit(0), Cell.Unit(3) };
        double[] Only(int unit, double weight) => [.. Enumerable.Range(0, plan.Units.Count * 6).Select(a => a / 6 == unit ? weight : 0)];
        Assert.True(ReleaseAudit.AreWithin(plan, plan.Invited, shown, [Only(0, 0.25)]));
        Assert.False(ReleaseAudit.AreWithin(plan, plan.Invited, shown, [Only(0, 0.25), Only(1, 0.25)]));
    }

    [Fact]
    [Attack("A reader", "means of groups that answer alike", "to read everybody's answer", "\"at most\" or \"at least\" only")]
    public void Attack_Unanimity_NoNumberInTheOuterEighthIsEverPrinted()
    {
        var banded = 0;
        for (var seed = 1ul; seed <= 40; seed++)
        {
            var (round, _) = RoundMaker.Partnership(seed, perOrganisation: 12, centre: p => p.Organisation % 2 == 0 ? 5.4 : 0.6);
            var published = Publisher.Publish(round);
            foreach (var tier in new[] { published.Members, published.Open })
            {
                var cells = tier.All.Dimensions.Concat(tier.All.Items.Select(i => i.Mean))
                    .Concat(tier.Sectors.Concat(tier.Levels).Concat(tier.Organisations).Concat(tier.SectorLevels)
                        .SelectMany(g => g.Dimensions.Concat(g.Items))).ToList();
                banded += cells.Count(c => c.AtLeast is not null || c.AtMost is not null);
                Assert.All(cells.Where(c => c.IsNumber), c => Assert.InRange(c.Mean!.Value, 1.5m, 4.5m));
                Assert.All(cells.Where(c => c.AtLeast is not null || c.AtMost is not null),
                    c => Assert.True(c is { Low: null, High: null, Gap: null, Change: null, WorstLow: null }));
            }
        }

        Assert.True(banded > 100, $"{banded} means were bands");
    }

    /// <summary>
    /// A hidden group looks the same whether nobody answered or one too few. While every other planned group stays above
    /// or below its threshold as it was, the pattern of withholding does not move at all, and a hidden cell is the same
    /// bytes in any case.
    /// </summary>
    [Fact]
    [Attack("A reader", "bytes while none to one too few answer", "to tell how many", "the same bytes")]
    public void Attack_HiddenOrganisation_NoneToOneTooFewAnsweringLooksTheSame()
    {
        var compared = 0;
        for (var seed = 1ul; seed <= 400; seed++)
        {
            var random = new SeededRandom(seed);
            var structure = RoundMaker.Structure(5, 3, "public", "voluntary");
            var others = Enumerable.Range(0, 30 + random.Next(20))
                .Select(_ => new Person(1 + random.Next(4), random.Next(3), RoundMaker.Answers(random, Instrument, 3, missing: 0)))
                .ToList();
            var hidden = Enumerable.Range(0, 4)
                .Select(_ => new Person(0, random.Next(3), RoundMaker.Answers(random, Instrument, 3, missing: 0))).ToList();
            var roster = RoundMaker.Roster(structure, others.Concat(hidden), _ => 1);
            string? pattern = null, status = null;
            for (var n = 0; n <= 4; n++)
            {
                var people = others.Concat(hidden.Take(n)).ToList();
                var round = new RoundToPublish { Answers = RoundMaker.Summary(Instrument, structure, people), Roster = roster };
                var members = Publisher.Publish(round).Members;
                var unit = members.Organisations.Single(g => g.Unit == "u1");
                Assert.All(unit.Dimensions, c => Assert.Equal(new PublishedCell { Measure = c.Measure, Withheld = Withheld.Protection },
                    c));

                var now = string.Join('|', Enumerable.Range(0, 2)
                    .SelectMany(d => Groups(members).Select(g => g.Dimensions[d].Withheld is null)));
                var above = string.Join('|', Cells(people, structure).Select(c => (c.Count(x => x) >= 5, c.Count(x => x) >= 10))
                    .Where((_, i) => i != 0));
                if (pattern is not null && status == above)
                {
                    Assert.Equal(pattern, now);
                    compared++;
                }

                (pattern, status) = (now, above);
            }
        }

        Assert.True(compared > 300, $"{compared} comparisons");
    }

    private static IEnumerable<PublishedGroup> Groups(PublishedTier tier) =>
        tier.Organisations.Concat(tier.Sectors).Concat(tier.Levels).Concat(tier.SectorLevels);

    /// <summary>Up to three rounds of a small partnership: up to 14 people, 4 organisations, 3 levels, answers missing at random.</summary>
    private static (List<(RoundSummary Answers, List<Person> People, Roster Roster, FoldPlan Folds)> Rounds,
        Structure Structure) Sequence(SeededRandom random)
    {
        var structure = RoundMaker.Structure(1 + random.Next(4), 1 + random.Next(3), "public", "voluntary");
        var size = 5 + random.Next(10);
        var rounds = new List<(RoundSummary, List<Person>, Roster, FoldPlan)>();
        var folds = FoldPlan.None;
        for (var i = 0; i < 3; i++)
        {
            var people = Enumerable.Range(0, size)
                .Select(_ => new Person(random.Next(structure.Organisations.Count), random.Next(structure.Levels.Count),
                    RoundMaker.Answers(random, Instrument, 3, missing: 0.25)))
                .ToList();
            var roster = RoundMaker.Roster(structure, people, _ => random.Next(2));
            if (i == 0 && random.Next(2) == 0) folds = FoldProposal.Propose(roster, Thresholds.Standard);
            rounds.Add((RoundMaker.Summary(Instrument, structure, people), people, roster, folds));
        }

        return (rounds, structure);
    }

    /// <summary>Everything linear in a publication, column by column, as rows over the people with a valid value.</summary>
    private static IEnumerable<(string Name, int Threshold, List<bool[]> Rows, List<Person> Valid)> Systems(Publication publication,
        List<Person> people, Structure structure)
    {
        foreach (var (name, tier, means) in new[] { ("members", publication.Members, 5), ("open", publication.Open, 10) })
        {
            for (var d = 0; d < Instrument.Dimensions.Count; d++)
            {
                var at = d;
                var valid = people.Where(p => PublisherTests.Score(p.Codes[(3 * at)..(3 * at + 3)]) is not null).ToList();
                yield return ($"{name} d{d + 1}", means, Rows(tier, g => g.Dimensions[at], tier.All.Dimensions[at], valid), valid);
            }

            for (var i = 0; i < Instrument.ItemCount; i++)
            {
                var at = i;
                var valid = people.Where(p => p.Codes[at] is not (Answer.SkippedCode or Answer.DontKnowCode)).ToList();
                yield return ($"{name} item {i + 1}", 10, Rows(tier, g => g.Items.Count > 0 ? g.Items[at] : null, tier.All.Items[at].Mean,
                    valid), valid);
            }
        }

        List<bool[]> Rows(PublishedTier tier, Func<PublishedGroup, PublishedCell?> cell, PublishedCell all, List<Person> valid)
        {
            var rows = new List<bool[]>();
            if (all.Withheld is null) rows.Add([.. valid.Select(_ => true)]);
            foreach (var group in Groups(tier))
            {
                if (cell(group) is not { Withheld: null }) continue;
                var names = group.Unit is { } id ? publication.Units.Single(u => u.Id == id).Organisations : null;
                rows.Add([.. valid.Select(p => (names?.Contains(structure.Organisations[p.Organisation].Name) ?? true)
                    && (group.Sector is null || structure.Organisations[p.Organisation].Sector == group.Sector)
                    && (group.Level is null || structure.Levels[p.Level] == group.Level))]);
            }

            return rows;
        }
    }

    /// <summary>Every conceivable view's group, the first organisation's first.</summary>
    private static IEnumerable<bool[]> Cells(List<Person> people, Structure structure)
    {
        for (var o = 0; o < structure.Organisations.Count; o++) yield return Row(p => p.Organisation == o);
        yield return Row(_ => true);
        for (var s = 0; s < structure.Sectors.Count; s++)
        {
            yield return Row(p => structure.SectorOf[p.Organisation] == s);
            for (var l = 0; l < structure.Levels.Count; l++) yield return Row(p => structure.SectorOf[p.Organisation] == s && p.Level == l);
        }

        for (var l = 0; l < structure.Levels.Count; l++) yield return Row(p => p.Level == l);

        bool[] Row(Func<Person, bool> belongs) => [.. people.Select(belongs)];
    }
}

/// <summary>
/// Brute force, written apart from the product's own audit: every union of people who stand in exactly the same rows is
/// tried, in exact rational arithmetic modulo another prime. (A group in the row space cannot divide such people.)
/// </summary>
internal static class LinearAttack
{
    private const long Prime = 2_147_483_647;

    /// <summary>The smallest group whose sum follows from the rows, or null where there is none.</summary>
    public static int? SmallestGroup(IReadOnlyList<bool[]> rows, int people)
    {
        if (rows.Count == 0) return null;
        var classes = Enumerable.Range(0, people)
            .GroupBy(p => string.Concat(rows.Select(r => r[p] ? '1' : '0')), StringComparer.Ordinal)
            .Where(g => g.Key.Contains('1', StringComparison.Ordinal))
            .Select(g => (Key: g.Key, Size: g.Count())).ToList();
        var basis = Echelon([.. Enumerable.Range(0, rows.Count).Select(r => classes.Select(c => c.Key[r] == '1' ? 1L : 0L).ToArray())]);
        int? smallest = null;
        for (var subset = 1; subset < 1 << classes.Count; subset++)
        {
            var size = 0;
            for (var c = 0; c < classes.Count; c++)
                if ((subset >> c & 1) == 1) size += classes[c].Size;
            if (size < (smallest ?? int.MaxValue)
                && Contains(basis, [.. Enumerable.Range(0, classes.Count).Select(c => (long)(subset >> c & 1))])) smallest = size;
        }

        return smallest;
    }

    private static List<(int Pivot, long[] Row)> Echelon(List<long[]> rows)
    {
        var basis = new List<(int, long[])>();
        foreach (var row in rows)
        {
            var rest = Reduce(basis, row);
            var pivot = Array.FindIndex(rest, x => x != 0);
            if (pivot < 0) continue;
            var inverse = Power(rest[pivot], Prime - 2);
            basis.Add((pivot, [.. rest.Select(x => x * inverse % Prime)]));
        }

        return basis;
    }

    private static bool Contains(List<(int Pivot, long[] Row)> basis, long[] row) => Array.TrueForAll(Reduce(basis, row), x => x == 0);

    private static long[] Reduce(List<(int Pivot, long[] Row)> basis, long[] row)
    {
        var rest = (long[])row.Clone();
        foreach (var (pivot, by) in basis)
        {
            var factor = rest[pivot];
            if (factor == 0) continue;
            for (var i = 0; i < rest.Length; i++) rest[i] = ((rest[i] - factor * by[i]) % Prime + Prime) % Prime;
        }

        return rest;
    }

    private static long Power(long x, long n)
    {
        long result = 1;
        for (; n > 0; n >>= 1, x = x * x % Prime)
            if ((n & 1) == 1) result = result * x % Prime;
        return result;
    }
}
