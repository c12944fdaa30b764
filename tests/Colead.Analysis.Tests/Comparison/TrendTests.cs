using Colead.Analysis.Comparison;

namespace Colead.Analysis.Tests.Comparison;

public class TrendTests
{
    [Fact]
    public void Of_TheWorkedExample_ShowsWhatThePagePrints()
    {
        var page = new MethodPage("trend", "four-quarters");
        List<(int, double)> readings = [.. page.Numbers("days").Zip(page.Numbers("values"), (d, x) => ((int)d, x))];
        var trend = Trend.Of(readings);
        Assert.Equal(TrendRule.LeastSquares, trend.Rule);
        page.AssertShows("pace", trend.Pace);
        page.AssertShows("on day 365", trend.At(365));
        var two = Trend.Of(readings[..2]);
        Assert.Equal(TrendRule.LastChange, two.Rule);
        page.AssertShows("two days only", two.Pace);
        Assert.Equal(34, two.At(90).Value, 9);
    }

    [Fact]
    public void Of_TooFew_SaysWhy_AndTwoOfADayAreRefused()
    {
        Assert.Equal(Absence.TooFewAnswers, Trend.Of([]).Pace.Why);
        Assert.Equal(Absence.TooFewAnswers, Trend.Of([(3, 8.0)]).At(9).Why);
        Assert.Throws<ArgumentException>(() => Trend.Of([(3, 8.0), (3, 9.0)]));
    }
}
