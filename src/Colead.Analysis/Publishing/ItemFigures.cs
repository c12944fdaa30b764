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
/// same answer (of everybody, or of those who count), shares and everything that tells spread are withheld, as a mean at the end of the
/// scale is banded: they would say what nearly every single person answered. Where the number of answers is not said, shares are in tens
/// that add up to a hundred, all else is worked out from these alone, and below <see cref="Participation.FewestForTens"/> answers they are
/// absent: anything finer would tell the number.
/// </summary>
internal static class ItemFigures
{
    /// <param name="known">Those of the counts whose people do not count.</param>
    public static PublishedItem Of(PublishedCell mean, ItemCounts counts, ItemCounts? known, Fineness told, Instrument instrument, int item)
    {
        var published = new PublishedItem { Item = instrument.Items[item].Id, Mean = mean };
        if (mean.Withheld is not null) return published;
        if (told != Fineness.None)
            published = published with { DontKnow = told == Fineness.Whole
                ? Rounding.Percent(counts.DontKnow, counts.Valid + counts.DontKnow)
                : Rounding.Tens(counts.DontKnow, counts.Valid + counts.DontKnow) };
        if (!TellsSpread(mean, counts, known)) return published;

        var scale = instrument.Scale;
        var said = Told(mean, counts, told, scale);
        var from = said ?? counts;
        published = published with { Broad = false, Split = Polarisation.IsSplit(from, scale) }; // the word comes with its family
        if (said is null) return published;

        var valid = from.Valid;
        var favourable = 0L;
        foreach (var n in from.Options[^scale.EndOptions..]) favourable += n;
        var shares = new int[scale.Options];
        for (var o = 0; o < shares.Length; o++) shares[o] = Rounding.Percent(from.Options[o], valid);
        return published with
        {
            Shares = shares,
            Favourable = Rounding.Percent(favourable, valid),
            Rwg = Rounding.To(WithinGroupAgreement.Of([from], scale, skewed: null).Uniform.Value, Places(told)),
            Polarisation = Polarisation.VanDerEijk(from).OrNull is { } polarisation ? Rounding.To(polarisation, Places(told)) : null,
        };
    }

    /// <summary>
    /// The words of agreement: all statements that tell it are one family. They rest on the answers themselves, where shares are in tens
    /// too: these drop
    /// the few who lie far out, and would call views alike that vary. A word tells no number; the end that does stands only where the
    /// number of answers is said.
    /// </summary>
    /// <param name="items">As <see cref="Of"/> makes them.</param>
    public static IReadOnlyList<PublishedItem> WithWords(IReadOnlyList<PublishedItem> items, StratumSummary total, Func<int,
        Fineness> told, Scale scale)
    {
        var verdicts = AgreementTest.Decide([.. items.Select((item, i) => item.Broad is null ? null : AgreementTest.Of(total.Items[i],
            scale))]);
        return [.. items.Select((item, i) => verdicts[i] is not { } verdict ? item : item with
        {
            Broad = verdict.Agreed,
            RwgLow = told(i) == Fineness.Whole ? Rounding.Down(verdict.Low, 2) : null,
        })];
    }

    /// <summary>Agreement on each dimension, withheld where that of one of its statements is, and as fine as the coarsest of
    /// them.</summary>
    public static IReadOnlyList<PublishedAgreement> Agreement(
        Instrument instrument, StratumSummary total, StratumSummary? known, PublishedCell[] itemMeans,
            IReadOnlyList<CrossProducts> products,
        Func<int, Fineness> told)
    {
        var published = new List<PublishedAgreement>();
        var spreads = new List<SpreadOfAnswers?>();
        var exact = new List<bool>();
        for (var d = 0; d < instrument.Dimensions.Count; d++)
        {
            var dimension = instrument.Dimensions[d];
            var first = instrument.FirstItem(d);
            var items = Enumerable.Range(first, dimension.Items.Count).ToList();
            var fineness = items.Min(told);
            var from = items.ConvertAll(i => itemMeans[i].Withheld is null && TellsSpread(itemMeans[i], total.Items[i], known?.Items[i])
                ? Told(itemMeans[i], total.Items[i], fineness, instrument.Scale) : null);
            if (from.Contains(null))
            {
                published.Add(new(dimension.Id) { Withheld = Withheld.Protection });
                spreads.Add(null);
                exact.Add(false);
                continue;
            }

            var agreement = WithinGroupAgreement.Of([.. from.OfType<ItemCounts>()], instrument.Scale, instrument.SkewedNulls);
            published.Add(new(dimension.Id)
            {
                RwgUniform = Rounding.To(agreement.Uniform.Value, Places(fineness)),
                RwgSlight = agreement.SlightSkew.IsDefined ? Rounding.To(agreement.SlightSkew.Value, Places(fineness)) : null,
                AverageDeviation = Rounding.To(agreement.AverageDeviation.Value, Places(fineness)),
                Broad = false,
            });
            var covariance = products[d].Complete([.. Enumerable.Range(0, items.Count)]).SampleCovariance();
            spreads.Add(AgreementTest.Of([.. items.Select(i => total.Items[i])], instrument.Scale, covariance is null ? null : (j,
                k) => Correlation(covariance, j, k)));
            exact.Add(fineness == Fineness.Whole);
        }

        var verdicts = AgreementTest.Decide(spreads);
        return [.. published.Select((agreement, d) => verdicts[d] is not { } verdict ? agreement : agreement with
        {
            Broad = verdict.Agreed,
            RwgLow = exact[d] ? Rounding.Down(verdict.Low, 2) : null,
        })];
    }

    private static double Correlation(double[,] covariance, int j, int k)
    {
        var variances = covariance[j, j] * covariance[k, k];
        return variances > 0 ? covariance[j, k] / Math.Sqrt(variances) : 1;
    }

    private static int Places(Fineness told) => told == Fineness.Whole ? 2 : 1;

    /// <summary>
    /// The counts that shares are taken from; null where none may be told. In tens they are those of thirty people who answer as printed:
    /// largest remainders, so that every number of people from thirty on has answers that print alike. Tens whose own mean lies more than a
    /// twentieth of the range from the printed one would leave some numbers out, and are not told.
    /// </summary>
    private static ItemCounts? Told(PublishedCell mean, ItemCounts counts, Fineness told, Scale scale)
    {
        if (told != Fineness.Tens) return told == Fineness.Whole ? counts : null;
        var tenths = new long[scale.Options];
        var valid = counts.Valid;
        var order = new List<(long Left, int Option)>();
        for (var o = 0; o < tenths.Length; o++)
        {
            tenths[o] = 10 * counts.Options[o] / valid;
            order.Add((10 * counts.Options[o] % valid, o));
        }

        foreach (var (_, option) in order.OrderByDescending(r => r.Left).ThenBy(r => r.Option).Take(10 - (int)tenths.Sum())
            .ToList()) tenths[option]++;
        var own = tenths.Select((t, o) => t * (scale.Lowest + o)).Sum() / 10m;
        return 20 * Math.Abs(own - mean.Mean!.Value) <= scale.Range
            ? new([.. tenths.Select(t => t * Participation.FewestForTens / 10)], 0, 0) : null;
    }

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
