using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

public class RoundingTests
{
    [Fact]
    public void Rounding_MethodPageExample_IsWhatIsPrinted()
    {
        var page = new MethodPage("publication", "rounding");
        page.AssertShows("mean of 2 3 3", (double)Rounding.Mean(ScoreSums.Empty(1).Add(2).Add(3).Add(3)));
        page.AssertShows("at least, five points", (double)Rounding.Down(Scale.FivePoint.HighUnanimity));
        page.AssertShows("at most, twelve points", (double)Rounding.Up(Scale.TwelvePoint.LowUnanimity));
        page.AssertShows("interval end 3.26 outward up", (double)Rounding.Outward(3.26, 0.25, down: false));
        page.AssertShows("interval end 3.26 outward down", (double)Rounding.Outward(3.26, 0.25, down: true));
        page.AssertShows("share 1 of 8", Rounding.Percent(1, 8));
        page.AssertShows("share 1 of 8 in tens", Rounding.Tens(1, 8));
    }

    [Theory]
    [InlineData(3, 20, 1, "0.2")] // 0.15: a tie goes away from zero
    [InlineData(-3, 20, 1, "-0.2")]
    [InlineData(1, 20, 1, "0.1")]
    [InlineData(60, 1, 20, "3.0")] // keeps its digit
    public void Mean_Ties_GoAwayFromZeroExactly(int sum, int count, long unit, string printed) =>
        Assert.Equal(printed, Rounding.Mean(new ScoreSums(count, sum, 0, unit)).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Mean_ManyScores_IsNeverTurnedByFloatingPoint()
    {
        // 3.25 exactly, a million times over: any slip of the sum would print 3.2.
        var sums = new ScoreSums(1_000_000, (Int128)3_250_000 * 12, 0, 12);
        Assert.Equal("3.3", Rounding.Mean(sums).ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(2.5, 0.25, "2.50")]
    [InlineData(2.5000000000001, 0.25, "2.50")]
    [InlineData(2.51, 0.5, "3.00")]
    public void Outward_ValueOnAStep_StaysThere(double value, double step, string printed) =>
        Assert.Equal(printed, Rounding.Outward(value, step, down: false).ToString(CultureInfo.InvariantCulture));
}
