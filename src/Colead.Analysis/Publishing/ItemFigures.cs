using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Statements over the whole partnership: shares, "don't know", agreement. Where nine in ten or more gave one and the
/// same answer, shares and everything that tells spread are withheld, as a mean at the end of the scale is banded: they
/// would say what nearly every single person answered.
/// </summary>
internal static class ItemFigures
{
    public static PublishedItem Of(PublishedCell mean, ItemCounts counts, Instrument instrument, int item)
    {
        var published = new PublishedItem { Item = instrument.Items[item].Id, Mean = mean };
        if (mean.Withheld is not null) return published;
        published = published with { DontKnow = Rounding.Percent(counts.DontKnow, counts.Valid + counts.DontKnow) };
        if (!TellsSpread(mean, counts)) return published;

        var scale = instrument.Scale;
        var valid = counts.Valid;
        var favourable = 0L;
        foreach (var n in counts.Options[^scale.EndOptions..]) favourable += n;
        var agreement = WithinGroupAgreement.Of([counts], scale, skewed: null);
        var shares = new int[scale.Options];
        for (var o = 0; o < shares.Length; o++) shares[o] = Rounding.Percent(counts.Options[o], valid);
        return published with
        {
            Shares = shares,
            Favourable = Rounding.Percent(favourable, valid),
            Rwg = Rounding.To(agreement.Uniform.Value, 2),
            Broad = AgreementReference.Word(agreement, scale) == AgreementWord.BroadAgreement,
            Polarisation = Polarisation.VanDerEijk(counts).OrNull is { } polarisation ? Rounding.To(polarisation, 2) : null,
            Split = Polarisation.IsSplit(counts, scale),
        };
    }

    /// <summary>Agreement on each dimension, withheld where that of one of its statements is.</summary>
    public static IReadOnlyList<PublishedAgreement> Agreement(Instrument instrument, StratumSummary total, PublishedCell[] itemMeans)
    {
        var published = new List<PublishedAgreement>();
        for (var d = 0; d < instrument.Dimensions.Count; d++)
        {
            var dimension = instrument.Dimensions[d];
            var first = instrument.FirstItem(d);
            var items = Enumerable.Range(first, dimension.Items.Count).ToList();
            if (items.Any(i => itemMeans[i].Withheld is not null || !TellsSpread(itemMeans[i], total.Items[i])))
            {
                published.Add(new(dimension.Id) { Withheld = Withheld.Protection });
                continue;
            }

            var agreement = WithinGroupAgreement.Of([.. items.Select(i => total.Items[i])], instrument.Scale, instrument.SkewedNulls);
            published.Add(new(dimension.Id)
            {
                RwgUniform = Rounding.To(agreement.Uniform.Value, 2),
                RwgSlight = agreement.SlightSkew.IsDefined ? Rounding.To(agreement.SlightSkew.Value, 2) : null,
                AverageDeviation = Rounding.To(agreement.AverageDeviation.Value, 2),
                Broad = AgreementReference.Word(agreement, instrument.Scale) == AgreementWord.BroadAgreement,
            });
        }

        return published;
    }

    private static bool TellsSpread(PublishedCell mean, ItemCounts counts)
    {
        if (!mean.IsNumber) return false;
        long most = 0;
        foreach (var n in counts.Options) most = Math.Max(most, n);
        return 10 * most < 9 * counts.Valid;
    }
}
