using Colead.Analysis.Comparison;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Puts a tier's findings in order: size × certainty, and what is only possible after all else, since it must not head a page. Size is a
/// share of the scale's range, so
/// that gaps, changes and heights compare; certainty is 1 for "likely", ½ for "possibly", and what is neither is no finding. Heights,
/// balance, agreement and division carry fixed weights. Ties go by kind, measure and
/// name, so the list is stable. Everything is taken from what the tier publishes, nothing else. docs/methods/findings.md.
/// </summary>
public static class FindingRanking
{
    /// <summary>At most this many of a kind, each on another measure: three gaps on one dimension are one conversation.</summary>
    public const int MostOfAKind = 3;

    public const decimal HeightWeight = 0.4m;
    public const decimal BalanceWeight = 0.3m;
    public const decimal StatementWeight = 0.1m;

    public static IReadOnlyList<Finding> Rank(PublishedTier tier, Scale scale)
    {
        var candidates = Heights(tier, scale)
            .Concat(Gaps(tier.LevelGaps, FindingKind.LevelGap, scale))
            .Concat(Gaps(tier.SectorGaps, FindingKind.SectorGap, scale))
            .Concat(OrganisationGaps(tier, scale))
            .Concat(Changes(tier, scale))
            .Concat(Statements(tier))
            .Where(c => c.Score > 0)
            .OrderBy(c => c.Finding.Word == Certainty.Possibly)
            .ThenByDescending(c => c.Score)
            .ThenBy(c => c.Finding.Kind)
            .ThenBy(c => c.Finding.Measure, StringComparer.Ordinal)
            .ThenBy(c => c.Finding.First, StringComparer.Ordinal)
            .ThenBy(c => c.Finding.Second, StringComparer.Ordinal);

        var taken = new Dictionary<FindingKind, HashSet<string>>();
        var ranked = new List<Finding>();
        foreach (var (finding, _) in candidates)
        {
            if (!taken.TryGetValue(finding.Kind, out var measures)) taken[finding.Kind] = measures = new(StringComparer.Ordinal);
            if (measures.Count < MostOfAKind && measures.Add(finding.Measure)) ranked.Add(finding);
        }

        return ranked;
    }

    private static IEnumerable<(Finding Finding, decimal Score)> Heights(PublishedTier tier, Scale scale)
    {
        if (tier.All.Balance is not { } balance) yield break;
        var means = tier.All.Dimensions.Where(d => d.IsNumber).ToDictionary(d => d.Measure, d => d.Mean!.Value, StringComparer.Ordinal);
        var middle = means.Values.Average();
        if (balance.Strongest is { } strongest)
            yield return (new(FindingKind.Highest, strongest[0], null, null, means[strongest[0]], null) { With = [.. strongest.Skip(1)] },
                Score(means[strongest[0]] - middle, scale, HeightWeight));
        if (balance.Weakest is { } weakest)
            yield return (new(FindingKind.Lowest, weakest[0], null, null, means[weakest[0]], null) { With = [.. weakest.Skip(1)] },
                Score(middle - means[weakest[0]], scale, HeightWeight));
        if (balance is { Strongest: not null, Weakest: not null, Low: { } low, High: { } high })
            yield return (new(FindingKind.Balance, balance.Highest, balance.Highest, balance.Lowest, balance.Points, null) { Low = low,
                High = high },
                Score(balance.Points, scale, BalanceWeight));
    }

    private static IEnumerable<(Finding Finding, decimal Score)> Gaps(IEnumerable<PublishedGap> gaps, FindingKind kind, Scale scale)
    {
        foreach (var gap in gaps)
        {
            var (more, less) = gap.Points >= 0 ? (gap.First, gap.Second) : (gap.Second, gap.First);
            var points = Math.Abs(gap.Points);
            yield return (new(kind, gap.Measure, more, less, points, gap.Word), Score(points, scale, Weight(gap.Word)));
        }
    }

    private static IEnumerable<(Finding Finding, decimal Score)> OrganisationGaps(PublishedTier tier, Scale scale)
    {
        var drawnIn = tier.Organisations.SelectMany(o =>
            o.Dimensions.Where(c => c.Gap is not null).Select(c => c.Measure).Distinct(StringComparer.Ordinal))
            .CountBy(measure => measure, StringComparer.Ordinal).Where(m => m.Value >= DrawnInGaps.FewestGroups).Select(m => m.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var unit in tier.Organisations)
            foreach (var cell in unit.Dimensions)
                if (cell is { Gap: { } gap, GapWord: { } word })
                    yield return (new(FindingKind.OrganisationGap, cell.Measure, unit.Unit, null, gap, word)
                    {
                        AtLeast = drawnIn.Contains(cell.Measure) ? true : null,
                    }, Score(Math.Abs(gap), scale, Weight(word)));
    }

    private static IEnumerable<(Finding Finding, decimal Score)> Changes(PublishedTier tier, Scale scale)
    {
        var everyone = tier.All.Dimensions.Select(cell => (Who: (string?)null, Cell: cell));
        var groups = tier.Levels.Concat(tier.Sectors).Concat(tier.Organisations)
            .SelectMany(g => g.Dimensions.Select(cell => (Who: g.Level ?? g.Sector ?? g.Unit, Cell: cell)));
        foreach (var (who, cell) in everyone.Concat(groups))
            if (cell.Change is { Word: { } word } change)
                yield return (new(change.Said >= 0 ? FindingKind.ChangeUp : FindingKind.ChangeDown, cell.Measure, who, null,
                    Math.Abs(change.Said), word),
                    Score(Math.Abs(change.Said), scale, Weight(word)));
    }

    private static IEnumerable<(Finding Finding, decimal Score)> Statements(PublishedTier tier)
    {
        foreach (var item in tier.All.Items)
        {
            if (item is { Broad: true, Rwg: { } rwg, Favourable: { } favourable })
                yield return (new(FindingKind.Agreed, item.Item, null, null, favourable, null), rwg * StatementWeight);
            if (item is { Split: true, Polarisation: { } polarisation })
                yield return (new(FindingKind.Divided, item.Item, null, null, decimal.Round(polarisation * 100), null),
                    polarisation * StatementWeight * 2);
        }
    }

    internal static decimal Score(decimal points, Scale scale, decimal weight) => points / scale.Range * weight;

    internal static decimal Weight(Certainty word) => word switch
    {
        Certainty.Likely => 1,
        Certainty.Possibly => 0.5m,
        _ => 0,
    };
}
