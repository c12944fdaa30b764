using Colead.Analysis.Reliability;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Reliability;

public class ReliabilityPagesTests
{
    [Fact]
    public void IntraclassCorrelation_WorkedExample_IsWhatThePagePrints()
    {
        var page = new MethodPage("intraclass-correlation", "four-organisations");
        Moments[] groups = [.. Enumerable.Range(1, 4).Select(g => Moments.Of(page.Numbers($"scores {g}")))];
        var icc = IntraclassCorrelation.Of(groups);
        page.AssertShows("MSB", icc.MeanSquareBetween);
        page.AssertShows("MSW", icc.MeanSquareWithin);
        page.AssertShows("n0", icc.EffectiveGroupSize);
        page.AssertShows("F", icc.F);
        page.AssertShows("p", icc.P);
        page.AssertShows("ICC1", icc.Icc1);
        page.AssertShows("ICC2", icc.Icc2);
        page.AssertShows("reliability", [.. groups.Select(g => icc.ReliabilityOfMean(g.Count).Value)]);
    }

    [Fact]
    public void AlphaAndOmega_WorkedExample_AreWhatThePagePrints()
    {
        var page = new MethodPage("reliability", "four-statements");
        var matrix = new double[4, 4];
        for (var i = 0; i < 4; i++)
        {
            var row = page.Numbers($"row {i + 1}");
            for (var j = 0; j < 4; j++) matrix[i, j] = row[j];
        }

        var covariance = Covariance.Of(matrix, (long)page.Number("people"));
        var alpha = CronbachAlpha.Of(covariance);
        page.AssertShows("alpha", alpha.Value);
        page.AssertShows("interval", alpha.Interval!.Low, alpha.Interval.High);
        page.AssertShows("item-total", [.. alpha.Items.Select(i => i.ItemTotal.Value)]);
        page.AssertShows("alpha if deleted", [.. alpha.Items.Select(i => i.AlphaIfDeleted.Value)]);
        Assert.Equal(page.Numbers("weak statements"), alpha.Items.Where(i => i.IsWeak).Select(i => i.Item + 1.0));
        var omega = McDonaldOmega.Of(covariance);
        page.AssertShows("loadings", [.. omega.Fit!.Loadings]);
        page.AssertShows("omega", omega.Display);
    }
}
