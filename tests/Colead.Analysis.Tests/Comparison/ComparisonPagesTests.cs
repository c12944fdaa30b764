using Colead.Analysis.Comparison;
using Colead.Analysis.Matching;
using Colead.Analysis.Scoring;
using Colead.Analysis.Voice;

namespace Colead.Analysis.Tests.Comparison;

/// <summary>The worked examples of the pages on comparison, voice and matching.</summary>
public class ComparisonPagesTests
{
    [Fact]
    public void PartialPooling_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("partial-pooling", "five-organisations");
        var fit = PartialPooling.Fit([.. "ABCDE".Select(o => Moments.Of(page.Numbers($"organisation {o}")))]);
        page.AssertShows("sigma2", fit.Sigma2);
        page.AssertShows("tau2", fit.Tau2);
        page.AssertShows("mu", fit.Mu);
        page.AssertShows("B", [.. fit.Groups.Select(g => g.Reliability.Value)]);
        page.AssertShows("gap", [.. fit.Groups.Select(g => g.Gap.Value)]);
        page.AssertShows("sd of gap", [.. fit.Groups.Select(g => g.GapSd.Value)]);
        page.AssertShows("P", [.. fit.Groups.Select(g => g.ProbabilityPositive.Value)]);
        Assert.Equal(
            [Certainty.Possibly, Certainty.Likely, Certainty.NoClearDifference, Certainty.Likely, Certainty.Possibly],
            fit.Groups.Select(g => g.Certainty));
    }

    [Fact]
    public void PartialPooling_PageOfWhatIsPublished_ShowsWhatIsComputed()
    {
        var raw = new MethodPage("partial-pooling", "five-organisations");
        List<Moments> groups = [.. "ABCDE".Select(o => Moments.Of(raw.Numbers($"organisation {o}")))];
        var page = new MethodPage("partial-pooling", "five-organisations-published");
        var tests = GroupDeviations.Of(groups);
        page.AssertShows("deviation", [.. tests.Select(t => t!.Value.Value)]);
        page.AssertShows("standard error", [.. tests.Select(t => t!.Value.StandardError)]);
        page.AssertShows("p", [.. tests.Select(t => t!.Value.P)]);
        var drawn = DrawnInGaps.Of(groups, 4)!;
        page.AssertShows("drawn in", [.. drawn.Gaps]);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(0, Enumerable.Range(0, 5).Sum(j => drawn.Weight(i, j)), 9);
            Assert.Equal(drawn.Gaps[i], Enumerable.Range(0, 5).Sum(j => drawn.Weight(i, j) * groups[j].Mean), 9);
        }

        Assert.Null(DrawnInGaps.Of([.. groups.Take(4)], 4));
        Assert.All(GroupDeviations.Of([.. groups.Take(2)]), Assert.Null);
    }

    [Fact]
    public void MeanDifference_PageOfSectors_ShowsWhatIsComputed()
    {
        var page = new MethodPage("mean-difference", "two-sectors");
        List<(int Sector, Moments Moments)> groups = [.. new[] { "A", "B" }.SelectMany((s, at) =>
            new[] { "first", "second" }.Select(o => (at, Moments.Of(page.Numbers($"sector {s}, {o} organisation")))))];
        var difference = (groups[0].Moments.Mean + groups[1].Moments.Mean - groups[2].Moments.Mean - groups[3].Moments.Mean) / 2;
        var test = NestedGroups.Of([groups], 0.2).Test(0, 0, 1, difference)!.Value;
        page.AssertShows("difference", test.Value);
        page.AssertShows("standard error", test.StandardError);
        page.AssertShows("degrees of freedom", test.DegreesOfFreedom);
        page.AssertShows("p", test.P);
        Assert.Null(NestedGroups.Of([[groups[0], groups[2]]], 0.2).Test(0, 0, 1, difference)); // one organisation each
    }

    [Fact]
    public void Findings_PageOfFamilies_ShowsWhatIsDecided()
    {
        var page = new MethodPage("findings", "families");
        var verdicts = TestFamilies.Decide([.. new[] { "first",
            "second" }.Select(f => (IReadOnlyList<Figure>)Array.ConvertAll(page.Numbers(f), Figure.Of))], TestFamilies.RateOfGapsAlone);
        page.AssertShows("first adjusted", [.. verdicts[0].AdjustedP.Select(p => p.Value)]);
        page.AssertShows("second adjusted", [.. verdicts[1].AdjustedP.Select(p => p.Value)]);
        page.AssertShows("likely", verdicts.Sum(v => v.Words.Count(w => w == Certainty.Likely)));
        page.AssertShows("level for the next of the first", verdicts[0].Alpha);
        page.AssertShows("level for the next of the second", verdicts[1].Alpha);

        // A family in which nothing was tested is none, and a lone weak one is not chosen.
        var weak = TestFamilies.Decide([[Figure.Of(0.07), Figure.Absent(Absence.TooFewAnswers)], [Figure.Absent(Absence.TooFewGroups)]],
            0.05);
        Assert.Equal([Certainty.Possibly, null], weak[0].Words);
        Assert.Equal((0.05, 0.0, 0), (weak[0].Alpha, weak[1].Alpha, weak[1].Tests));
        Assert.Equal(Certainty.NoClearDifference, TestFamilies.Decide([[Figure.Of(0.07)], [Figure.Of(0.5)]], 0.05)[0].Words[0]);
    }

    [Fact]
    public void Detectable_Difference_IsFoundFourTimesInFive()
    {
        var test = new TestedDifference(0, 0.5, 30);
        var size = test.Detectable(0.05);
        // The t of a true difference of this size lies around size/se; shifted, not non-central, which is what the formula says.
        Assert.Equal(0.8, Distributions.StudentTCdf(size / 0.5 - Distributions.StudentTQuantile(0.975, 30), 30), 6);
    }

    [Fact]
    public void MeanDifference_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("mean-difference", "two-levels");
        var gap = new MeanDifference(Moments.Of(page.Numbers("boards")), Moments.Of(page.Numbers("front line")));
        page.AssertShows("difference", gap.Value);
        page.AssertShows("standard error", gap.StandardError);
        page.AssertShows("degrees of freedom", gap.DegreesOfFreedom);
        page.AssertShows("t", gap.T);
        page.AssertShows("p", gap.P);
        page.AssertShows("g", gap.HedgesG);
        page.AssertShows("standard error of g", gap.HedgesGStandardError);

        var family = new MethodPage("mean-difference", "false-discoveries");
        var adjusted = BenjaminiHochberg.Adjust(Array.ConvertAll(family.Numbers("p"), Figure.Of));
        family.AssertShows("adjusted", [.. adjusted.Select(p => p.Value)]);
        family.AssertShows("at most .05", adjusted.Count(p => p.Value <= BenjaminiHochberg.Rate));
    }

    [Fact]
    public void Change_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("change-between-rounds", "shrunken-change");
        Moments Cell(string key) => page.Numbers(key) is [var n, var mean, var squares] ? new((long)n, mean, squares) : default;
        var shrunk = Change.Shrink(
            [.. Enumerable.Range(1, 4).Select(i => Cell($"earlier {i}"))], [.. Enumerable.Range(1, 4).Select(i => Cell($"later {i}"))]);
        page.AssertShows("within variance", shrunk.WithinVariance);
        page.AssertShows("tau2", shrunk.Fit.Tau2);
        page.AssertShows("common change", shrunk.Fit.Mu);
        page.AssertShows("standard error", shrunk.Fit.MuStandardError);
        page.AssertShows("I2", shrunk.Fit.I2);
        page.AssertShows("shrunken", [.. shrunk.Groups.Select(g => g.Shrunken.Value)]);

        var mixed = new MethodPage("change-between-rounds", "composition");
        Moments Level(string key) => mixed.Numbers(key) is [var n, var mean] ? new((long)n, mean, 0) : default;
        var mix = Composition.Of(
            [Level("earlier board"), Level("earlier front line")],
            [Level("later board"), Level("later front line")],
            Array.ConvertAll(mixed.Numbers("later roster"), x => (long)x));
        mixed.AssertShows("plain change", mix.Change);
        mixed.AssertShows("weighted change", mix.PostStratifiedChange);
        mixed.AssertShows("from the mix", mix.FromMix);
    }

    [Fact]
    public void SelfAndOthers_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("self-and-others", "six-raters");
        var view = new SelfAndOthers(page.Number("self"), Moments.Of(page.Numbers("received")));
        page.AssertShows("difference", view.Difference);
        page.AssertShows("low", view.Interval()!.Low);
        page.AssertShows("high", view.Interval()!.High);
    }

    [Fact]
    public void CurrentAndDesired_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("current-and-desired", "three-dimensions");
        double?[] People(string key) => Array.ConvertAll(page.Numbers(key), x => (double?)x);
        var gaps = CurrentAndDesired.Of([.. Enumerable.Range(1, 3)
            .Select(d => PairedRatings.Of(People($"current {d}"), People($"desired {d}")))]);
        page.AssertShows("gap", [.. gaps.Select(g => g.Gap.Value)]);
        page.AssertShows("rank", [.. gaps.Select(g => (double)g.Rank)]);
        page.AssertShows("t", [.. gaps.Select(g => g.T.Value)]);
        for (var d = 1; d <= 3; d++) Assert.Equal(page.Text($"quadrant {d}"), gaps[d - 1].Quadrant.ToString());
    }

    [Fact]
    public void Representativeness_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("representativeness", "three-levels");
        var r = Representativeness.Of([.. page.Numbers("answered")
            .Zip(page.Numbers("invited"), (a, n) => new ResponseRate((long)a, (long)n))]);
        page.AssertShows("rate", r.Overall.Rate);
        page.AssertShows("R", r.R);
        page.AssertShows("adjusted R", r.AdjustedR);
        page.AssertShows("S over rate", r.CoefficientOfVariation);
        page.AssertShows("partial", [.. r.Partial.Select(p => p.Value)]);
    }

    [Fact]
    public void VoiceShare_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("voice-share", "ten-members");
        var share = VoiceShare.Of(page.Numbers("amounts"));
        page.AssertShows("effective voices", share.EffectiveVoices);
        page.AssertShows("effective voices Simpson", share.EffectiveVoicesSimpson);
        page.AssertShows("normalised entropy", share.NormalisedEntropy);
        page.AssertShows("gini", share.Gini);
        page.AssertShows("corrected gini", share.CorrectedGini);
        page.AssertShows("top share", share.TopShare);
        page.AssertShows("silent", share.Silent);
    }

    [Fact]
    public void PeerMatching_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("peer-matching", "four-partnerships");
        string[] names = ["Ours", "Lea", "Wye", "Tyne"];
        var matching = new PeerMatching([.. names.Select(n => new MatchCandidate(n, 30, true,
            Array.ConvertAll(page.Numbers(n), Figure.Of)))]);
        page.AssertShows("z of Ours", matching.Z(0, 0), matching.Z(0, 1));
        page.AssertShows("help from Lea", matching.Help(1, 0));
        page.AssertShows("help to Lea", matching.Help(0, 1));
        foreach (var i in new[] { 1, 2, 3 }) page.AssertShows($"mutual with {names[i]}", matching.Mutual(0, i));
        Assert.Equal([1, 2, 3], matching.Offers(0).Select(o => o.Candidate));
    }

    [Fact]
    public void Benchmark_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("benchmarks", "ten-partnerships");
        var benchmark = Benchmark.Of(Array.ConvertAll(page.Numbers("means"), m => new Moments(30, m, 60)));
        page.AssertShows("median", benchmark.Median);
        page.AssertShows("first quartile", benchmark.LowerQuartile);
        page.AssertShows("third quartile", benchmark.UpperQuartile);
        page.AssertShows("percentile", [.. benchmark.Places.Select(p => p.Percentile.Value)]);
    }
}
