using System.Text.Json;
using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Comparison;

public class GapTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 5);

    [Fact]
    public void AgainstRest_EveryExpectedRound_MatchesR()
    {
        var compared = 0;
        foreach (var (set, rounds) in OracleComparisons.Sets)
            foreach (var round in rounds)
            {
                var data = new OracleComparisons(set, round);
                var expected = Rows(set, round, "gap_unit_vs_rest");
                var dimensions = Gaps.AgainstRest([.. data.Organisations.Select(o => o.Summary.Scores)]);
                var overall = Gaps.AgainstRest([.. data.Organisations.Select(o => (IReadOnlyList<ScoreSums>)[o.Summary.Overall])]);
                Assert.Equal(expected.Count, dimensions.Count + overall.Count);
                foreach (var row in expected)
                {
                    var measure = row.GetProperty("measure").GetString()!;
                    var group = data.Organisations.Select(o => o.Name).ToList().IndexOf(row.GetProperty("group").GetString()!);
                    var gap = measure == "overall" ? overall[group]
                        : dimensions.Single(g => g.Group == group && OracleComparisons.Name(g.Measure) == measure);
                    AssertTest(row, gap.Difference, $"{set} {round} {group} {measure}");
                    // The overall score stands outside the family: no adjusted value is expected.
                    if (measure != "overall") OracleFiles.AssertFigure(row.Number("p_bh"), gap.AdjustedP, 1e-7,
                        $"{set} {round} {group} {measure} p_bh");
                    compared++;
                }
            }

        Assert.Equal(216, compared);
    }

    [Fact]
    public void Pairs_LevelsOfEveryExpectedRound_MatchR()
    {
        var compared = 0;
        foreach (var (set, rounds) in OracleComparisons.Sets)
            foreach (var round in rounds)
            {
                var data = new OracleComparisons(set, round);
                var expected = Rows(set, round, "gap_level_vs_level");
                var gaps = Gaps.Pairs([.. data.Levels.Select(l => OracleComparisons.Moments(l.Summary))]);
                Assert.Equal(expected.Count, gaps.Count);
                for (var i = 0; i < gaps.Count; i++)
                {
                    var what = $"{set} {round} {data.Levels[gaps[i].Group].Name} {data.Levels[gaps[i].Other].Name} {gaps[i].Measure}";
                    Assert.Equal(expected[i].GetProperty("level1").GetString(), data.Levels[gaps[i].Group].Name);
                    Assert.Equal(expected[i].GetProperty("level2").GetString(), data.Levels[gaps[i].Other].Name);
                    Assert.Equal(expected[i].GetProperty("measure").GetString(), OracleComparisons.Name(gaps[i].Measure));
                    AssertTest(expected[i], gaps[i].Difference, what);
                    OracleFiles.AssertFigure(expected[i].Number("p_bh"), gaps[i].AdjustedP, 1e-7, what + " p_bh");
                    compared++;
                }
            }

        Assert.Equal(490, compared);
    }

    [Fact] // two groups of 50, means 103 and 100, standard deviations 5.5 and 4.5
    public void HedgesG_Borenstein_MatchesTheBook()
    {
        var g = new MeanDifference(new(50, 103, 49 * 5.5 * 5.5), new(50, 100, 49 * 4.5 * 4.5));
        Assert.Equal(0.5924, g.HedgesG.Value, 5e-5);
        Assert.Equal(0.0411, Math.Pow(g.HedgesGStandardError.Value, 2), 5e-5);
        var computed = OracleFiles.Published("borenstein_2009_hedges_g").GetProperty("computed");
        OracleFiles.AssertNumber(computed.Number("g")!.Value, g.HedgesG.Value, 1e-12, "g");
        OracleFiles.AssertNumber(computed.Number("vg")!.Value, Math.Pow(g.HedgesGStandardError.Value, 2), 1e-12, "vg");
    }

    [Fact] // Student's sleep data as printed by R's t.test
    public void Welch_Sleep_MatchesTheHelpPage()
    {
        var welch = new MeanDifference(Moments.Of(Sleep1), Moments.Of(Sleep2));
        Assert.Equal(-1.8608, welch.T.Value, 5e-5);
        Assert.Equal(17.776, welch.DegreesOfFreedom.Value, 5e-4);
        Assert.Equal(0.07939, welch.P.Value, 5e-6);
        Assert.Equal(-3.3654832, welch.Interval()!.Low, 5e-8);
        Assert.Equal(0.2054832, welch.Interval()!.High, 5e-8);
    }

    internal static readonly double[] Sleep1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    internal static readonly double[] Sleep2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void Welch_TooLittleData_SaysWhy()
    {
        Assert.Equal(Absence.NoAnswers, new MeanDifference(default, Moments.Of([1, 2])).Value.Why);
        var single = new MeanDifference(Moments.Of([4]), Moments.Of([1, 2]));
        Assert.Equal(2.5, single.Value.Value);
        Assert.Equal(Absence.TooFewAnswers, single.P.Why);
        Assert.Null(single.Interval());
        var alike = new MeanDifference(Moments.Of([4, 4, 4]), Moments.Of([2, 2]));
        Assert.Equal(2, alike.Value.Value);
        Assert.Equal(Absence.EveryoneAnsweredAlike, alike.P.Why);
        Assert.Equal(Absence.EveryoneAnsweredAlike, alike.HedgesG.Why);
        Assert.Equal(Absence.EveryoneAnsweredAlike, new MeanDifference(new(900_000, 3, 1e-9), new(100_000, 3, 1e-9)).P.Why);
        var one = new MeanDifference(Moments.Of([4, 4, 4]), Moments.Of([2, 3]));
        Assert.Equal(1, one.DegreesOfFreedom.Value, 1e-12); // only the second side varies: its n − 1
    }

    [Fact]
    public void Welch_FarTail_KeepsItsDigits()
    {
        // t = 20 on 4 + 4 degrees of freedom: P = 4.0835e-8 by the closed form for 8 degrees of freedom.
        var s = 5.0 / 20 / Math.Sqrt(2.0 / 5);
        var p = new MeanDifference(new(5, 5, 4 * s * s), new(5, 0, 4 * s * s)).P.Value;
        double x = 20 / Math.Sqrt(8 + 400.0), u = 1 - x * x; // 1 − x(1 + u/2 + 3u²/8 + 5u³/16) as its own series in u
        var tail = 0.0;
        var term = 5.0 / 16 * u * u * u;
        for (var k = 4; k < 60; k++)
        {
            term *= (k - 0.5) / k * u;
            tail += term;
        }

        Assert.Equal(1, p / (x * tail), 1e-9);
    }

    [Fact]
    public void Welch_AnyTwoGroups_TurnsShiftsAndScales()
    {
        var sides = Side.Zip(Side).ToArbitrary();
        Check.One(Random, Prop.ForAll(sides, s =>
        {
            var (a, b) = s;
            var d = new MeanDifference(Moments.Of(a), Moments.Of(b));
            var turned = new MeanDifference(d.Second, d.First);
            var scaled = new MeanDifference(Moments.Of(Array.ConvertAll(a, x => 3 * x - 7)),
                Moments.Of(Array.ConvertAll(b, x => 3 * x - 7)));
            Assert.Equal(d.P.IsDefined, turned.P.IsDefined);
            Assert.Equal(d.P.IsDefined, scaled.P.IsDefined);
            if (!d.P.IsDefined) return;
            Assert.InRange(d.P.Value, 0, 1);
            Assert.Equal(d.P.Value, turned.P.Value);
            Assert.Equal(d.T.Value, -turned.T.Value);
            Assert.Equal(d.P.Value, scaled.P.Value, 1e-9);
            Assert.Equal(3 * d.StandardError.Value, scaled.StandardError.Value, 1e-9);
            Assert.Equal(d.HedgesG.Value, scaled.HedgesG.Value, 1e-9);
            Assert.InRange(d.DegreesOfFreedom.Value, Math.Min(a.Length, b.Length) - 1 - 1e-9, a.Length + b.Length - 2 + 1e-9);
            // The interval leaves 0 out exactly where the test finds p < .05.
            var interval = d.Interval()!;
            if (Math.Abs(d.P.Value - 0.05) > 1e-9) Assert.Equal(d.P.Value < 0.05, interval.Low > 0 || interval.High < 0);
        }));
    }

    [Fact]
    public void AgainstRest_Relabelled_SaysTheSame()
    {
        var groups = Gen.Choose(4, 20).ArrayOf().Where(g => g.Length > 0).ArrayOf().Where(g => g.Length > 1).ToArbitrary();
        Check.One(Random, Prop.ForAll(groups, g =>
        {
            IReadOnlyList<IReadOnlyList<ScoreSums>> sums =
                [.. g.Select(people => (IReadOnlyList<ScoreSums>)[people.Aggregate(ScoreSums.Empty(4), (s, x) => s.Add(x))])];
            var straight = Gaps.AgainstRest(sums);
            var turned = Gaps.AgainstRest([.. sums.Reverse()]);
            for (var i = 0; i < g.Length; i++)
            {
                Assert.Equal(straight[i].Difference, turned[^(i + 1)].Difference);
                Assert.Equal(straight[i].AdjustedP, turned[^(i + 1)].AdjustedP);
                // The exact rest is the rest of the raw values.
                var rest = Moments.Of([.. g.Where((_, j) => j != i).SelectMany(p => p).Select(x => x / 4.0)]);
                Assert.Equal(rest.Mean, straight[i].Difference.Second.Mean, 1e-12);
                Assert.Equal(rest.SumOfSquares, straight[i].Difference.Second.SumOfSquares, 1e-9);
            }
        }));
    }

    internal static void AssertTest(JsonElement row, MeanDifference difference, string what)
    {
        Assert.Equal(row.Number("n1"), difference.First.Count);
        Assert.Equal(row.Number("n2"), difference.Second.Count);
        OracleFiles.AssertFigure(row.Number("mean1"), difference.First.MeanFigure, 1e-9, what + " mean1");
        OracleFiles.AssertFigure(row.Number("mean2"), difference.Second.MeanFigure, 1e-9, what + " mean2");
        OracleFiles.AssertFigure(row.Number("diff"), difference.Value, 1e-9, what + " diff");
        OracleFiles.AssertFigure(row.Number("se"), difference.StandardError, 1e-9, what + " se");
        OracleFiles.AssertFigure(row.Number("df"), difference.DegreesOfFreedom, 1e-9, what + " df");
        OracleFiles.AssertFigure(row.Number("t"), difference.T, 1e-9, what + " t");
        OracleFiles.AssertFigure(row.Number("p"), difference.P, 1e-7, what + " p");
        if (row.Number("p") is { } p) Assert.Equal(1, difference.P.Value / p, 1e-7); // relative, however small
        var interval = difference.Interval();
        var none = Figure.Absent(Absence.TooFewAnswers);
        OracleFiles.AssertFigure(row.Number("lo"), interval is null ? none : Figure.Of(interval.Low), 1e-7, what + " lo");
        OracleFiles.AssertFigure(row.Number("hi"), interval is null ? none : Figure.Of(interval.High), 1e-7, what + " hi");
        OracleFiles.AssertFigure(row.Number("hedges_g"), difference.HedgesG, 1e-9, what + " g");
        OracleFiles.AssertFigure(row.Number("g_se"), difference.HedgesGStandardError, 1e-9, what + " g_se");
    }

    private static List<JsonElement> Rows(string set, string round, string key) =>
        [.. OracleFiles.Expected(set).GetProperty("rounds_detail").GetProperty(round).GetProperty(key).EnumerateArray()];

    private static readonly Gen<double[]> Side = Gen.Choose(2, 10).Select(x => x / 2.0).ArrayOf();
}
