using System.Globalization;
using Colead.Analysis.Tests.Comparison;
using Colead.Analysis.Voice;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Voice;

public class RepresentativenessTests
{
    [Fact]
    public void Of_EveryExpectedRound_MatchesR()
    {
        var compared = 0;
        foreach (var (set, rounds) in OracleComparisons.Sets)
            foreach (var round in rounds)
            {
                var response = OracleFiles.Expected(set).GetProperty("rounds_detail").GetProperty(round).GetProperty("response");
                foreach (var (view, column) in new[] { ("sector", 2), ("level", 3), ("organisation", 1) })
                {
                    var e = response.GetProperty(view);
                    var what = $"{set} {round} {view}";
                    var strata = Strata(set, round, column);
                    Assert.Equal(e.GetProperty("strata").EnumerateArray().Select(s => s.GetString()), strata.Select(s => s.Name));
                    var rates = strata.Select(s => s.Rate).ToArray();
                    var r = Representativeness.Of(rates);
                    for (var h = 0; h < rates.Length; h++)
                    {
                        Assert.Equal(e.GetProperty("invited")[h].GetInt64(), rates[h].Invited);
                        Assert.Equal(e.GetProperty("responded")[h].GetInt64(), rates[h].Answered);
                        OracleFiles.AssertFigure(e.GetProperty("rate_by_stratum")[h].GetDouble(), rates[h].Rate, 1e-9, what);
                        OracleFiles.AssertFigure(e.GetProperty("partial_unconditional")[h].GetDouble(), r.Partial[h], 1e-9, what
                            + " partial");
                    }

                    OracleFiles.AssertFigure(e.Number("rate"), r.Overall.Rate, 1e-9, what + " rate");
                    OracleFiles.AssertFigure(e.Number("R"), r.R, 1e-9, what + " R");
                    OracleFiles.AssertFigure(e.Number("R_adj"), r.AdjustedR, 1e-9, what + " R_adj");
                    OracleFiles.AssertFigure(e.Number("cv"), r.CoefficientOfVariation, 1e-9, what + " cv");
                    OracleFiles.AssertFigure(e.Number("cv_adj"), r.AdjustedCoefficientOfVariation, 1e-9, what + " cv_adj");
                    compared++;
                }
            }

        Assert.Equal(15, compared);
    }

    [Fact]
    public void Of_NobodyOrOneInvited_SaysWhy()
    {
        Assert.Equal(Absence.NobodyInvited, Representativeness.Of([new(0, 0)]).R.Why);
        Assert.Equal(Absence.TooFewAnswers, Representativeness.Of([new(1, 1)]).R.Why);
        var silent = Representativeness.Of([new(0, 30), new(0, 40)]);
        Assert.Equal(1, silent.R.Value);
        Assert.Equal(Absence.NoAnswers, silent.CoefficientOfVariation.Why);
        Assert.Equal(Absence.NobodyInvited, new ResponseRate(0, 0).Rate.Why);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResponseRate(-1, 4));
    }

    [Fact]
    public void ResponseRate_RosterShorterThanAnswers_CountsAsEveryone()
    {
        var rate = new ResponseRate(7, 5);
        Assert.Equal(1, rate.Rate.Value);
        Assert.True(rate.RosterTooShort);
        Assert.True(rate.Add(new(1, 3)).RosterTooShort);
        Assert.Equal(0.8, rate.Add(new(1, 3)).Rate.Value);
    }

    [Fact]
    public void Of_AnyStrata_StaysInItsBounds()
    {
        var strata = Gen.Choose(0, 60).Zip(Gen.Choose(0, 100)).Select(x => new ResponseRate(x.Item1 * x.Item2 / 100, x.Item1))
            .ArrayOf().Where(s => s.Sum(x => x.Invited) > 1).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 15), Prop.ForAll(strata, s =>
        {
            var r = Representativeness.Of(s);
            var bound = Math.Sqrt(r.Overall.Invited / (r.Overall.Invited - 1.0)); // S² has N − 1 below
            Assert.InRange(r.R.Value, 1 - bound - 1e-12, 1);
            Assert.InRange(r.AdjustedR.Value, r.R.Value, 1);
            Assert.Equal(r.R.Value, Representativeness.Of([.. s.Reverse()]).R.Value, 1e-12);
            Assert.Equal(r.R.Value, Representativeness.Of([.. s, new(0, 0)]).R.Value);
            // The partial indicators are the parts of S².
            var squares = r.Partial.Where(p => p.IsDefined).Sum(p => p.Value * p.Value) * r.Overall.Invited / (r.Overall.Invited - 1);
            Assert.Equal(1 - 2 * Math.Sqrt(squares), r.R.Value, 1e-9);
            var merged = Representativeness.MergeSmall(s);
            Assert.Equal(s.Sum(x => x.Invited), merged.Sum(m => m.Response.Invited));
            Assert.Equal(s.Sum(x => x.Answered), merged.Sum(m => m.Response.Answered));
            if (r.Overall.Invited >= 5) Assert.All(merged, m => Assert.True(m.Response.Invited >= 5));
        }));
    }

    [Fact]
    public void MayShow_FiftyInvited_IsTheLine()
    {
        Assert.False(Representativeness.Of([new(20, 30), new(10, 19)]).MayShow);
        Assert.True(Representativeness.Of([new(20, 30), new(10, 20)]).MayShow);
    }

    private static List<(string Name, ResponseRate Rate)> Strata(string set, string round, int column)
    {
        var answers = File.ReadAllLines(OracleFiles.PathOf($"surveys/{set}.csv")).Skip(1).Select(l => l.Split(','))
            .Where(r => r[5] == round).ToList();
        var at = column switch { 1 => 2, 2 => 3, _ => 4 };
        return [.. File.ReadAllLines(OracleFiles.PathOf($"rosters/{set}_roster.csv")).Skip(1).Select(l => l.Split(','))
            .Where(r => r[4] == round).GroupBy(r => r[column]).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, new ResponseRate(answers.Count(a => a[at] == g.Key),
                g.Sum(r => long.Parse(r[5], CultureInfo.InvariantCulture)))))];
    }
}
