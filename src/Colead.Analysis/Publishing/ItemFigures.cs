using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>How finely parts of an answer count may be printed: whole per cent tell the count.</summary>
internal enum Fineness
{
    None,
    Tens,
    Whole,
}

/// <summary>
/// Statements over the whole partnership: shares, "don't know", agreement. Where nine in ten or more gave one and the
/// same answer (of everybody, or of those who count), shares and everything that tells spread are withheld, as a mean at the end of the scale is banded: they
/// would say what nearly every single person answered. Where the number of answers is not said, all of these are in tenths, and absent below
/// <see cref="Participation.FewestForTens"/> answers: finer, they would tell it.
/// </summary>
internal static class ItemFigures
{
    /// <param name="known">Those of the counts whose people do not count.</param>
    public static PublishedItem Of(PublishedCell mean, ItemCounts counts, ItemCounts? known, Fineness told, Instrument instrument, int item)
    {
        var published = new PublishedItem { Item = instrument.Items[item].Id, Mean = mean };
        if (mean.Withheld is not null) return published;
        if (told != Fineness.None) published = published with { DontKnow = Share(counts.DontKnow, counts.Valid + counts.DontKnow) };
        if (!TellsSpread(mean, counts, known)) return published;

        var scale = instrument.Scale;
        var valid = counts.Valid;
        var favourable = 0L;
        foreach (var n in counts.Options[^scale.EndOptions..]) favourable += n;
        var agreement = WithinGroupAgreement.Of([counts], scale, skewed: null);
        published = published with
        {
            Broad = AgreementReference.Word(agreement, scale) == AgreementWord.BroadAgreement,
            Split = Polarisation.IsSplit(counts, scale),
        };
        if (told == Fineness.None) return published;

        var shares = new int[scale.Options];
        for (var o = 0; o < shares.Length; o++) shares[o] = Share(counts.Options[o], valid);
        return published with
        {
            Shares = shares,
            Favourable = Share(favourable, valid),
            Rwg = Rounding.To(agreement.Uniform.Value, Places(told)),
            Polarisation = Polarisation.VanDerEijk(counts).OrNull is { } polarisation ? Rounding.To(polarisation, Places(told)) : null,
        };

        int Share(long part, long whole) => told == Fineness.Whole ? Rounding.Percent(part, whole) : Rounding.Tens(part, whole);
    }

    /// <summary>Agreement on each dimension, withheld where that of one of its statements is, and as fine as the coarsest of them.</summary>
    public static IReadOnlyList<PublishedAgreement> Agreement(
        Instrument instrument, StratumSummary total, StratumSummary? known, PublishedCell[] itemMeans, Func<int, Fineness> told)
    {
        var published = new List<PublishedAgreement>();
        for (var d = 0; d < instrument.Dimensions.Count; d++)
        {
            var dimension = instrument.Dimensions[d];
            var first = instrument.FirstItem(d);
            var items = Enumerable.Range(first, dimension.Items.Count).ToList();
            var fineness = items.Min(told);
            if (fineness == Fineness.None || items.Any(i => itemMeans[i].Withheld is not null || !TellsSpread(itemMeans[i], total.Items[i], known?.Items[i])))
            {
                published.Add(new(dimension.Id) { Withheld = Withheld.Protection });
                continue;
            }

            var agreement = WithinGroupAgreement.Of([.. items.Select(i => total.Items[i])], instrument.Scale, instrument.SkewedNulls);
            published.Add(new(dimension.Id)
            {
                RwgUniform = Rounding.To(agreement.Uniform.Value, Places(fineness)),
                RwgSlight = agreement.SlightSkew.IsDefined ? Rounding.To(agreement.SlightSkew.Value, Places(fineness)) : null,
                AverageDeviation = Rounding.To(agreement.AverageDeviation.Value, Places(fineness)),
                Broad = AgreementReference.Word(agreement, instrument.Scale) == AgreementWord.BroadAgreement,
            });
        }

        return published;
    }

    private static int Places(Fineness told) => told == Fineness.Whole ? 2 : 1;

    private static bool TellsSpread(PublishedCell mean, ItemCounts counts, ItemCounts? known)
    {
        if (!mean.IsNumber) return false;
        long most = 0, mostCounted = 0;
        for (var o = 0; o < counts.Options.Length; o++)
        {
            most = Math.Max(most, counts.Options[o]);
            mostCounted = Math.Max(mostCounted, counts.Options[o] - (known?.Options[o] ?? 0));
        }

        return 10 * most < 9 * counts.Valid && 10 * mostCounted < 9 * (counts.Valid - (known?.Valid ?? 0));
    }
}
