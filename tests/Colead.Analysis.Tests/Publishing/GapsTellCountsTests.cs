using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>
/// Attack: where it is not said how many answered, every level gap prints its interval and p to three places. Hedges' g, printed too once,
/// gave t/g = s_pooled/(J·SE), so
/// n1·n2/(n1 + n2) but for how unlike the two spreads are, which the two levels' own intervals bound; seven dimensions left few pairs of
/// counts, and of a group of four it was known in 17 of 40 rounds that all had answered. Without it intervals and p are tried the same
/// way.
/// </summary>
public class GapsTellCountsTests
{
    /// <summary>Everybody answers, the small organisation of 2 + 2 too.</summary>
    [Theory, InlineData(12), InlineData(5)]
    [Attack("A reader", "intervals and p values of level gaps; everybody of forty answered, a group of four among them",
        "to know how many of the small group answered", "nothing exact: effect sizes, which told it, are not printed")]
    public void Attack_LevelGaps_TellThatEverybodyOfASmallGroupAnswered(int options) =>
        Attack(options, "everybody", [(6, 6, 6, 6), (6, 6, 6, 6), (6, 6, 6, 6), (2, 2, 2, 2)], small: 3);

    /// <summary>The issue's own: 40 of 41, of which four of a group of five.</summary>
    [Theory, InlineData(12), InlineData(5)]
    [Attack("A reader", "intervals and p values of level gaps; forty of forty-one, four of a group of five among them",
        "to know how many of the small group answered", "nothing exact: effect sizes, which told it, are not printed")]
    public void Attack_LevelGaps_FortyOfFortyOne(int options) =>
        Attack(options, "40 of 41", [(6, 6, 6, 6), (6, 6, 6, 6), (6, 6, 6, 6), (2, 2, 2, 3)], small: 3);

    /// <summary>The issue's own: 20 of 45 with 10-19 twice, so nobody of the third.</summary>
    [Theory, InlineData(12), InlineData(5)]
    [Attack("A reader", "intervals and p values of level gaps; twenty of forty-five, nobody of the third organisation",
        "to know how many of the small group answered", "nothing exact: effect sizes, which told it, are not printed")]
    public void Attack_LevelGaps_TwentyOfFortyFive(int options) =>
        Attack(options, "20 of 45", [(5, 8, 5, 8), (5, 8, 5, 7), (0, 7, 0, 7)], small: 2);

    /// <param name="places">By organisation: answered and invited at the first level, and at the second.</param>
    private static void Attack(int options, string name, (int A1, int I1, int A2, int I2)[] places, int small)
    {
        const int Rounds = 20;
        int truth = 0, narrowed = 0, pinned = 0, said = 0;
        var (n1, n2) = (places.Sum(p => p.A1), places.Sum(p => p.A2));
        var (invited1, invited2) = (places.Sum(p => p.I1), places.Sum(p => p.I2));
        for (var seed = 1ul; seed <= Rounds; seed++)
        {
            var publication = Publish(seed, options, places);
            if (publication.Members.All.Answered is not null) said++;
            if (publication.Members.LevelGaps.Count == 0) continue;
            var fits = Fits(publication, invited1, invited2);
            if (fits.Contains((n1, n2))) truth++;
            // How many of the small group may have answered: everybody else between what the bands' lower ends ask and who was invited.
            var others1 = invited1 - places[small].I1;
            var others2 = invited2 - places[small].I2;
            var least = places.Where((p, i) => i != small).Sum(p => 5 * ((p.A1 + p.A2) / 5) is >= 10 and var ten ? 10 : 5);
            var possible = Enumerable.Range(0, Math.Min(4, places[small].I1 + places[small].I2) + 1)
                .Where(c => fits.Exists(f => Enumerable.Range(0, c + 1).Any(c1 =>
                f.Item1 - c1 <= others1 && f.Item2 - (c - c1) <= others2 && c1 <= places[small].I1 && c - c1 <= places[small].I2 && f.Item1
                    + f.Item2 - c >= least))).ToList();
            if (possible.Count <= Math.Min(4, places[small].I1 + places[small].I2)) narrowed++;
            if (possible.Count == 1) pinned++;
        }

        Assert.Equal(Rounds, truth);
        Assert.Equal(0, said);
        Assert.True(narrowed == 0,
            $"{name} on {options} points: some count of the small group is ruled out in {narrowed} of {Rounds} rounds, known exactly in {pinned}");
    }

    private static Publication Publish(ulong seed, int options, (int A1, int I1, int A2, int I2)[] places)
    {
        var random = new SeededRandom(seed);
        var instrument = RoundMaker.Instrument(7, 4, options == 12 ? Scale.TwelvePoint : Scale.FivePoint);
        var structure = RoundMaker.Structure(places.Length, 2, "public");
        var people = new List<Person>();
        var invited = new Dictionary<Stratum, int>();
        for (var o = 0; o < places.Length; o++)
        {
            (invited[new(o, 0)], invited[new(o, 1)]) = (places[o].I1, places[o].I2);
            for (var level = 0; level < 2; level++)
                for (var i = 0; i < (level == 0 ? places[o].A1 : places[o].A2); i++) people.Add(new(o, level,
                    Answers(random, instrument, level)));
        }

        return Publisher.Publish(new() { Answers = RoundMaker.Summary(instrument, structure, people), Roster = new(structure, invited) });
    }

    /// <summary>Levels lie .2 to 1.7 points of eleven apart.</summary>
    private static byte[] Answers(SeededRandom random, Instrument instrument, int level)
    {
        var own = 2.4 * (random.NextDouble() - 0.5);
        var options = instrument.Scale.Options;
        var codes = new byte[instrument.ItemCount];
        for (var q = 0; q < codes.Length; q++)
            codes[q] = (byte)Math.Clamp((int)Math.Round((options + 1) / 2.0
                + options / 12.0 * (own + level * (0.2 + 0.25 * (q / 4))
                + (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 5)), 1, options);
        return codes;
    }

    /// <summary>Pairs of counts for which everything printed of the gaps and of the two levels can be.</summary>
    internal static List<(int, int)> Fits(Publication publication, int invited1, int invited2)
    {
        var members = publication.Members;
        var gaps = members.LevelGaps;
        var fits = new List<(int, int)>();
        for (var n1 = 10; n1 <= invited1; n1++)
            for (var n2 = 10; n2 <= invited2; n2++)
                if (gaps.All(gap => Fits(gap, gaps, members, n1, n2, invited1, invited2, publication.Instrument.Highest))) fits.Add((n1,
                    n2));
        return fits;
    }

    private static bool Fits(PublishedGap gap, IReadOnlyList<PublishedGap> family, PublishedTier members, int n1, int n2, int invited1,
        int invited2, int range)
    {
        var (pLow, pHigh) = Raw(gap, family);
        PublishedCell Cell(string level) => members.Levels.First(l => l.Level == level).Dimensions.First(d => d.Measure == gap.Measure);
        var (first, second) = (Cell(gap.First), Cell(gap.Second));
        var points = (double)gap.Points;
        const int Steps = 60;
        var unit = Math.Pow((range) / 11.0, 2);
        for (var prior = 0.0; prior <= 12 * unit; prior += 0.25 * unit)
        {
            if (Variance(first, n1, invited1, prior) is not { } one || Variance(second, n2, invited2, prior) is not { } two) continue;
            var (least, most) = (two.Low / one.High, two.High / Math.Max(1e-9, one.Low));
            for (var step = 0; step <= Steps; step++)
            {
                var v = least * Math.Pow(most / least, step / (double)Steps);
                var (e1, e2) = (1.0 / n1, v / n2);
                var freedom = (e1 + e2) * (e1 + e2) / (e1 * e1 / (n1 - 1) + e2 * e2 / (n2 - 1));
                var tLow = pHigh >= 1 ? 0 : Distributions.StudentTQuantile(1 - pHigh / 2, freedom);
                var tHigh = pLow <= 0 ? 1e9 : Distributions.StudentTQuantile(1 - pLow / 2, freedom);
                // the gap's own interval: half = t(.975)·SE, both ends outward to tenths
                var reach = Distributions.StudentTQuantile(0.975, freedom);
                var width = (double)(gap.High - gap.Low);
                var (seLow, seHigh) = ((width - 0.2) / 2 / reach, width / 2 / reach);
                // the difference: printed means ± .05 each
                var (dLow, dHigh) = (Math.Max(0, Math.Abs(points) - 0.1), Math.Abs(points) + 0.1);
                if (tHigh > 0) seLow = Math.Max(seLow, dLow / tHigh * 0.9995);
                if (tLow > 0) seHigh = Math.Min(seHigh, dHigh / tLow * 1.0005);
                // and the levels' variances
                seLow = Math.Max(seLow, Math.Sqrt(Math.Max(one.Low, two.Low / v * 0.999) * (e1 + e2)) * 0.9995);
                seHigh = Math.Min(seHigh, Math.Sqrt(Math.Min(one.High, two.High / v * 1.001) * (e1 + e2)) * 1.0005);
                if (seLow <= seHigh) return true;
            }
        }

        return false;
    }

    /// <summary>The raw p behind an adjusted one: p = adjusted·rank/m where no other prints the same.</summary>
    private static (double Low, double High) Raw(PublishedGap gap, IReadOnlyList<PublishedGap> family)
    {
        var m = family.Count;
        var below = family.Count(other => other.AdjustedP < gap.AdjustedP);
        var same = family.Count(other => other.AdjustedP == gap.AdjustedP);
        var high = Math.Min(1, ((double)gap.AdjustedP + 0.0005) * (below + same) / m);
        return same == 1 && gap.AdjustedP > 0.001m ? (((double)gap.AdjustedP - 0.0005) * (below + 1) / m, high) : (0, high);
    }

    /// <summary>A level's variance by its printed interval; the correction takes the band's lower end.</summary>
    private static (double Low, double High)? Variance(PublishedCell cell, int n, int invited, double prior)
    {
        var width = (double)(cell.High - cell.Low)!.Value;
        var freedom = GroupMean.PriorDegreesOfFreedom + n - 1;
        var band = PrintedCount.Least(cell.People)!.Value;
        var reach = Distributions.StudentTQuantile(0.975, freedom) * Math.Sqrt((1 - Math.Min(band, invited - 1) / (double)invited) / n);
        var (low, high) = (Of((width - 0.2) / 2), Of(width / 2));
        return high <= 0 ? null : (Math.Max(low, 1e-6), high);

        double Of(double half) => half <= 0 ? 0
            : (half / reach * (half / reach) * freedom - GroupMean.PriorDegreesOfFreedom * prior) / (n - 1);
    }
}
