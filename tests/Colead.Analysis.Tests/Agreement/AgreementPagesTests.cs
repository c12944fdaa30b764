using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Agreement;

public class AgreementPagesTests
{
    [Fact]
    public void WithinGroupAgreement_WorkedExample_IsWhatThePagePrints()
    {
        var page = new MethodPage("within-group-agreement", "three-statements");
        var agreement = WithinGroupAgreement.Of(
            [.. Enumerable.Range(1, 3).Select(j => Counts(page, $"counts {j}"))], Scale.FivePoint, SkewedNulls.FivePoint);
        page.AssertShows("rwg", [.. agreement.ItemRwg.Select(r => r.Value)]);
        page.AssertShows("mean variance", agreement.MeanItemVariance);
        page.AssertShows("rwgj uniform", agreement.Uniform);
        page.AssertShows("rwgj slight skew", agreement.SlightSkew);
        page.AssertShows("average deviation", agreement.AverageDeviation);
        Assert.Equal(page.Text("word"), AgreementReference.Word(agreement, Scale.FivePoint).ToString());
    }

    [Fact]
    public void AgreementReference_ChanceValues_AreWhatThePagePrints()
    {
        var page = new MethodPage("within-group-agreement", "chance-values");
        double[] For(Scale scale) => [.. page.Numbers("people").Select(n => AgreementReference.Critical(scale, 4, (long)n).Value)];
        page.AssertShows("five options", For(Scale.FivePoint));
        page.AssertShows("twelve options", For(Scale.TwelvePoint));
    }

    [Fact]
    public void Polarisation_WorkedExample_IsWhatThePagePrints()
    {
        var page = new MethodPage("polarisation", "two-camps");
        var item = Counts(page, "counts");
        var scale = Scale.TwelvePoint;
        page.AssertShows("V", Polarisation.NormalisedVariance(item, scale));
        page.AssertShows("Leik D", Polarisation.LeikD(item));
        page.AssertShows("consensus", Polarisation.Consensus(item, scale));
        page.AssertShows("van der Eijk A", Polarisation.AgreementA(item));
        page.AssertShows("polarisation", Polarisation.VanDerEijk(item));
        page.AssertShows("low end", item.Options[..scale.EndOptions].ToArray().Sum() / (double)item.Valid);
        page.AssertShows("high end", item.Options[^scale.EndOptions..].ToArray().Sum() / (double)item.Valid);
        Assert.Equal(page.Text("split"), Polarisation.IsSplit(item, scale) ? "yes" : "no");
    }

    private static ItemCounts Counts(MethodPage page, string key) => new([.. page.Numbers(key).Select(n => (long)n)], 0, 0);
}
