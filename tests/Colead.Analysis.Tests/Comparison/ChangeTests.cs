using System.Globalization;
using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Comparison;

public class ChangeTests
{
    private readonly OracleComparisons earlier = new("s04_two_rounds", "1");
    private readonly OracleComparisons later = new("s04_two_rounds", "2");

    private static System.Text.Json.JsonElement Expected => OracleFiles.Expected("s04_two_rounds").GetProperty("change")
        .GetProperty("1->2");

    [Fact]
    public void Family_TwoRounds_MatchesR()
    {
        var whole = Change.Family([OracleComparisons.Moments(earlier.All)], [OracleComparisons.Moments(later.All)]);
        var organisations = Change.Family(
            [.. earlier.Organisations.Select(o => OracleComparisons.Moments(o.Summary))],
            [.. later.Organisations.Select(o => OracleComparisons.Moments(o.Summary))]);
        Gap[] changes = [.. whole, .. organisations];
        var rows = Expected.GetProperty("tests").EnumerateArray().ToList();
        Assert.Equal(63, rows.Count);
        Assert.Equal(rows.Count, changes.Length);
        for (var i = 0; i < rows.Count; i++)
        {
            var what = $"{rows[i].GetProperty("group")} {rows[i].GetProperty("measure")}";
            if (i >= 7) Assert.Equal(rows[i].GetProperty("group").GetString(), earlier.Organisations[changes[i].Group].Name);
            Assert.Equal(rows[i].GetProperty("measure").GetString(), OracleComparisons.Name(changes[i].Measure));
            GapTests.AssertTest(rows[i], changes[i].Difference, what);
            OracleFiles.AssertFigure(rows[i].Number("p_bh"), changes[i].AdjustedP, 1e-7, what + " p_bh");
        }
    }

    [Fact]
    public void Shrink_TwoRounds_MatchesMetafor()
    {
        for (var d = 0; d < OracleComparisons.Overall; d++)
        {
            var expected = Expected.GetProperty("shrunk").GetProperty(OracleComparisons.Name(d));
            var shrunk = Change.Shrink(earlier.OrganisationMoments(d), later.OrganisationMoments(d));
            OracleFiles.AssertFigure(expected.Number("s2_within"), shrunk.WithinVariance, 1e-9, $"d{d} s2");
            OracleFiles.AssertFigure(expected.Number("tau2"), shrunk.Fit.Tau2, 1e-9, $"d{d} tau2");
            OracleFiles.AssertFigure(expected.Number("mu"), shrunk.Fit.Mu, 1e-9, $"d{d} mu");
            OracleFiles.AssertFigure(expected.Number("se_mu"), shrunk.Fit.MuStandardError, 1e-9, $"d{d} se");
            OracleFiles.AssertFigure(expected.Number("I2"), shrunk.Fit.I2, 1e-9, $"d{d} I2");
            Assert.Equal(8, shrunk.Groups.Count);
            for (var i = 0; i < 8; i++)
            {
                Assert.Equal(expected.GetProperty("groups")[i].GetString(), later.Organisations[shrunk.Groups[i].Group].Name);
                OracleFiles.AssertNumber(expected.GetProperty("change")[i].GetDouble(), shrunk.Groups[i].Change, 1e-9, $"d{d} change {i}");
                OracleFiles.AssertNumber(expected.GetProperty("v")[i].GetDouble(), shrunk.Groups[i].Variance, 1e-9, $"d{d} v {i}");
                OracleFiles.AssertNumber(expected.GetProperty("blup")[i].GetDouble(), shrunk.Groups[i].Shrunken.Value, 1e-9,
                    $"d{d} blup {i}");
                OracleFiles.AssertNumber(expected.GetProperty("blup_se")[i].GetDouble(), shrunk.Groups[i].Shrunken.StandardError, 1e-9,
                    $"d{d} blup_se {i}");
            }
        }
    }

    [Fact] // Rubin 1981: coaching in eight schools
    public void DerSimonianLaird_EightSchools_PoolsCompletely()
    {
        double[] errors = [15, 10, 16, 11, 9, 11, 10, 18];
        var fit = RandomEffects.DerSimonianLaird([28, 8, -3, 7, -1, 1, 18, 12], Array.ConvertAll(errors, e => e * e));
        var computed = OracleFiles.Published("rubin_eight_schools_DL").GetProperty("computed");
        OracleFiles.AssertFigure(computed.Number("mu"), fit.Mu, 1e-9, "mu");
        OracleFiles.AssertFigure(computed.Number("se"), fit.MuStandardError, 1e-9, "se");
        Assert.Equal(0, fit.Tau2.Value);
        Assert.Equal(0, fit.I2.Value);
        Assert.All(fit.Effects, e => Assert.Equal(fit.Mu.Value, e.Value));
    }

    [Fact]
    public void Shrink_TooLittle_SaysWhy()
    {
        Assert.Equal(Absence.TooFewGroups, Change.Shrink([Moments.Of([1, 2]), default], [Moments.Of([1, 3]), Moments.Of([2, 2])])
            .Fit.Mu.Why);
        Assert.Equal(Absence.TooFewAnswers, Change.Shrink([Moments.Of([1]), Moments.Of([2])], [Moments.Of([1]), Moments.Of([3])])
            .Fit.Mu.Why);
        Assert.Equal(Absence.EveryoneAnsweredAlike, Change.Shrink([Moments.Of([1, 1]), Moments.Of([2])],
            [Moments.Of([1]), Moments.Of([3, 3])]).Fit.Mu.Why);
        Assert.Throws<ArgumentException>(() => Change.Shrink([default], []));
        Assert.Throws<ArgumentException>(() => RandomEffects.DerSimonianLaird([1, 2], [1, 0]));
    }

    [Fact]
    public void DerSimonianLaird_AnyEstimates_StayBetweenThemselvesAndTheCommonOne()
    {
        var inputs = Gen.Choose(-40, 40).Zip(Gen.Choose(1, 60)).ArrayOf().Where(x => x.Length > 1).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 11), Prop.ForAll(inputs, pairs =>
        {
            var y = Array.ConvertAll(pairs, p => p.Item1 / 10.0);
            var v = Array.ConvertAll(pairs, p => p.Item2 / 20.0);
            var fit = RandomEffects.DerSimonianLaird(y, v);
            Assert.True(fit.Tau2.Value >= 0);
            Assert.InRange(fit.I2.Value, 0, 100);
            var shifted = RandomEffects.DerSimonianLaird(Array.ConvertAll(y, x => 4 - 2 * x), Array.ConvertAll(v, x => 4 * x));
            Assert.Equal(4 * fit.Tau2.Value, shifted.Tau2.Value, 1e-9);
            for (var i = 0; i < y.Length; i++)
            {
                Assert.InRange(fit.Effects[i].Value, Math.Min(y[i], fit.Mu.Value) - 1e-12, Math.Max(y[i], fit.Mu.Value) + 1e-12);
                Assert.True(fit.Effects[i].StandardError <= Math.Sqrt(v[i]) + fit.MuStandardError.Value);
                Assert.Equal(4 - 2 * fit.Effects[i].Value, shifted.Effects[i].Value, 1e-9);
            }
        }));
    }

    [Theory]
    [InlineData(4, 12, false, false)]
    [InlineData(5, 9, true, true)]
    [InlineData(10, 10, true, false)]
    public void Between_SmallRounds_AreHiddenOrIndicative(int before, int after, bool shown, bool indicative)
    {
        var change = Change.Between(new(before, 3, before), new(after, 4, after));
        Assert.Equal(1, change.Value.Value);
        Assert.Equal(shown, change.MeansMayBeShown);
        if (shown) Assert.Equal(indicative, Change.IsIndicative(change));
    }

    [Fact]
    public void Composition_OnlyTheMixChanged_IsNoWeightedChange()
    {
        // Boards say 4, front line 2 in both rounds; the front line joined in round two.
        var mix = Composition.Of([new(8, 4, 2), new(2, 2, 1), default], [new(8, 4, 2), new(24, 2, 1), default], [10, 40, 6]);
        Assert.Equal(-1.1, mix.Change.Value, 1e-12);
        Assert.Equal(0, mix.PostStratifiedChange.Value, 1e-12);
        Assert.Equal(-1.1, mix.FromMix.Value, 1e-12);
        Assert.Equal(2.4, mix.LaterPostStratified.Value, 1e-12);
        Assert.Equal([2], mix.LevelsLeftOut);
        Assert.Equal([0.8, 0.2, 0], mix.Levels.Select(l => l.Earlier.Value));
        Assert.Equal([0.25, 0.75, 0], mix.Levels.Select(l => l.Later.Value));
    }

    [Fact]
    public void Composition_NobodyInOneRound_IsAbsent()
    {
        var mix = Composition.Of([default, default], [new(8, 4, 2), new(24, 2, 1)], [10, 40]);
        Assert.Equal(Absence.NoAnswers, mix.Change.Why);
        Assert.Equal(Absence.NoAnswers, mix.PostStratifiedChange.Why);
        Assert.Equal([0, 1], mix.LevelsLeftOut);
    }

    [Fact]
    public void Composition_LaterRound_MatchesThePostStratifiedMean()
    {
        // All levels answered both rounds, so the later mean is the post-stratified headline of that round.
        var roster = File.ReadAllLines(OracleFiles.PathOf("rosters/s04_two_rounds_roster.csv")).Skip(1).Select(l => l.Split(','))
            .Where(r => r[4] == "2").GroupBy(r => r[3])
                .ToDictionary(g => g.Key, g => g.Sum(r => long.Parse(r[5], CultureInfo.InvariantCulture)));
        long[] invited = [.. later.Levels.Select(l => roster[l.Name])];
        Assert.Equal(later.Levels.Select(l => l.Name), earlier.Levels.Select(l => l.Name));
        for (var d = 0; d <= OracleComparisons.Overall; d++)
        {
            var mix = Composition.Of(
                [.. earlier.Levels.Select(l => OracleComparisons.Sums(l.Summary, d).ToMoments())],
                [.. later.Levels.Select(l => OracleComparisons.Sums(l.Summary, d).ToMoments())],
                invited);
            var expected = OracleFiles.Expected("s04_two_rounds").GetProperty("rounds_detail").GetProperty("2").GetProperty("aggregates")
                .GetProperty(OracleComparisons.Name(d));
            Assert.Empty(mix.LevelsLeftOut);
            OracleFiles.AssertFigure(expected.Number("poststratified_by_level"), mix.LaterPostStratified, 1e-9, $"d{d}");
        }
    }
}
