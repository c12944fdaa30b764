using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Scoring;

/// <summary>The worked examples of the pages on scores, means, headlines, items and summaries.</summary>
public class ScoringPagesTests
{
    private static readonly Scale Five = Scale.FivePoint;

    [Fact]
    public void PersonScores_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("person-scores", "one-person");
        page.AssertShows("score", Score(page.Text("answers")));
        Assert.Equal("none", page.Text("score of the other"));
        Assert.False(Score(page.Text("answers of another")).IsDefined);

        // Seven dimensions of two statements whose answers have the means of the page.
        var instrument = new Instrument("page", "1", Five, [.. Enumerable.Range(0, 7).Select(d =>
            new Dimension($"d{d}", [new Item($"d{d}_1"), new Item($"d{d}_2")]))]);
        var scorer = new PersonScores(instrument);
        scorer.Score([.. page.Text("dimension scores").Split(' ')
            .SelectMany(s => s == "none" ? [Answer.SkippedCode, Answer.DontKnowCode] : Pair(s))]);
        page.AssertShows("overall", scorer.Overall);
    }

    [Fact]
    public void GroupMean_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("group-mean", "six-of-nine");
        var scores = Moments.Of(page.Numbers("scores"));
        var prior = PooledVariance.WithinGroups([scores, Moments.Of(page.Numbers("another organisation"))], Five);
        page.AssertShows("s0 squared", prior.Value);
        var mean = GroupMean.Of(scores, Counted.DimensionScores, (long)page.Number("invited"), prior, Five);
        page.AssertShows("mean", mean.Mean.Value);
        page.AssertShows("standard deviation", mean.StandardDeviation);
        page.AssertShows("moderated variance", mean.Moderated!.Variance);
        page.AssertShows("standard error", mean.Moderated.StandardError);
        page.AssertShows("interval", mean.ShownInterval!.Low, mean.ShownInterval.High);
        page.AssertShows("Student interval", mean.Student!.Interval.Low, mean.Student.Interval.High);
        page.AssertShows("bounds", mean.Bounds!.Low, mean.Bounds.High);
    }

    [Fact]
    public void Headlines_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("headlines", "two-organisations");
        double[] Both(string a, string b) => [.. page.Numbers(a), .. page.Numbers(b)];
        var boards = Both("boards of A", "boards of B");
        var frontLine = Both("front line of A", "front line of B");
        Moments[] organisations = [Moments.Of(Both("boards of A", "front line of A")), Moments.Of(Both("boards of B", "front line of B"))];
        var headlines = Headlines.Of(
            Moments.Of([.. boards, .. frontLine]), organisations, [Moments.Of(boards), Moments.Of(frontLine), default],
            [.. page.Numbers("invited boards, front line, volunteers").Select(n => (long)n)],
            Counted.DimensionScores, PooledVariance.WithinGroups(organisations, Five), Five);
        page.AssertShows("each person equal", headlines.People.Mean.Value);
        page.AssertShows("each organisation equal", headlines.Organisations.Mean.Value);
        page.AssertShows("by level", headlines.Levels.Mean.Value);
        page.AssertShows("standard error of by level", headlines.Levels.StandardError);
        page.AssertShows("levels without data", [.. headlines.LevelsWithoutData.Select(l => (double)l)]);
    }

    [Fact]
    public void ItemResults_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("item-results", "one-statement");
        var item = ItemResult.Of(
            new ItemCounts([.. page.Numbers("people at options 1 to 5").Select(n => (long)n)], (long)page.Number("skipped"),
                (long)page.Number("don't know")), Five);
        page.AssertShows("mean", item.Mean.Value);
        page.AssertShows("standard deviation", item.StandardDeviation);
        page.AssertShows("favourable", item.Favourable);
        page.AssertShows("unfavourable", item.Unfavourable);
        page.AssertShows("don't know share", item.DontKnow);
        Assert.True(item.ManyDoNotKnow);
    }

    [Fact]
    public void Summaries_Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("summaries", "adding-up");
        var instrument = new Instrument("page", "1", Five, [new Dimension("d", [new Item("d_1")])]);
        var structure = new Structure([new Organisation("A", "public")], Field.Levels);
        RoundSummary Group(string key)
        {
            byte[] codes = [.. page.Numbers(key).SelectMany((n, i) => Enumerable.Repeat((byte)(i + 1), (int)n))];
            return RoundSummary.Of(new AnswerTable(instrument, structure, new int[codes.Length], new byte[codes.Length], codes));
        }

        var both = Group("first group at options 1 to 5").MergedWith(Group("second group at options 1 to 5")).All();
        page.AssertShows("both", [.. both.Items[0].Options.ToArray().Select(n => (double)n)]);
        page.AssertShows("mean of both", both.Measure(0).ToMoments().MeanFigure);

        var products = new CrossProducts(3);
        foreach (var row in page.Text("rows of statements 1, 2, 3").Split('|')) products.Add(Codes(row));
        page.AssertShows("complete rows", products.Complete().Count);
        page.AssertShows("listwise covariance of 1 and 2", products.Complete().SampleCovariance()![0, 1]);
        page.AssertShows("rows with 1 and 2", products.Complete([0, 1]).Count);
        page.AssertShows("pairwise covariance of 1 and 2", products.Complete([0, 1]).SampleCovariance()![0, 1]);
    }

    private static Figure Score(string answers)
    {
        var codes = Codes(answers);
        var scorer = new PersonScores(new Instrument("page", "1", Five,
            [new Dimension("d", [.. codes.Select((_, i) => new Item($"d_{i}"))])]));
        scorer.Score(codes);
        return scorer.Score(0);
    }

    private static byte[] Codes(string answers) => [.. answers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a switch
    {
        "skip" => Answer.SkippedCode,
        "dk" => Answer.DontKnowCode,
        _ => byte.Parse(a, CultureInfo.InvariantCulture),
    })];

    /// <summary>Two answers with the mean given, a whole or a half.</summary>
    private static byte[] Pair(string mean)
    {
        var sum = (int)(2 * double.Parse(mean, CultureInfo.InvariantCulture));
        return [(byte)(sum / 2), (byte)(sum - sum / 2)];
    }
}
