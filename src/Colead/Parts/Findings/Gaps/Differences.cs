using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Colead.Parts.Findings.Pictures;

namespace Colead.Parts.Findings.Gaps;

/// <summary>A gap with the group that sees more first.</summary>
public sealed record GapRow(string Measure, string More, string Less, decimal Points, decimal Low, decimal High, Certainty Word,
    Strip Strip)
{
    /// <summary>Its p value, adjusted for how many gaps there are.</summary>
    public required decimal AdjustedP { get; init; }

    /// <summary>Where no difference is clear, how large one would have been found.</summary>
    public decimal? Detectable { get; init; }
}

/// <summary>Where the groups of one view (levels, or sectors) see it differently.</summary>
public sealed record Differences
{
    /// <summary>So many gaps stand on the page at first; nobody talks about more in one meeting.</summary>
    public const int MostListed = 8;

    /// <summary>"levels" or "sectors".</summary>
    public required string Kind { get; init; }
    public required RoundFindings Round { get; init; }
    public required string Headline { get; init; }
    /// <summary>What was compared, and what it could have found.</summary>
    public required string Explanation { get; init; }
    public required Heat Heat { get; init; }
    /// <summary>Gaps that are likely or possibly real, the surest and widest first.</summary>
    public required IReadOnlyList<GapRow> Sure { get; init; }
    public required IReadOnlyList<GapRow> Unclear { get; init; }
    public required IReadOnlyList<PublishedGroup> Groups { get; init; }
    /// <summary>Pairs of groups among the comparisons without a clear difference.</summary>
    public int UnclearPairs => Unclear.Select(g => string.CompareOrdinal(g.More, g.Less) < 0 ? (g.More, g.Less) : (g.Less,
        g.More)).Distinct().Count();
    /// <summary>The two groups of the widest sure gap, which the picture shows in colour.</summary>
    public GapRow? Widest => Sure.Count > 0 ? Sure[0] : null;
    public required string NextButton { get; init; }
    public required string NextAddress { get; init; }

    public static Differences Of(RoundFindings round, string kind, IReadOnlyList<PublishedGroup> groups, IReadOnlyList<PublishedGap> gaps,
        FindingKind finding, string nextButton, string nextAddress)
    {
        var heat = Heat.Of(round, kind, $"Average of each dimension by {kind[..^1]}", Names.Group(kind[..^1]), groups);
        var shapes = heat.Rows.ToDictionary(row => row.Key, row => row.Shape, StringComparer.Ordinal);
        var rows = gaps.Select(gap => RowOf(gap, round.Instrument, groups, shapes)).ToList();
        var top = round.Tier.Findings.FirstOrDefault(f => f.Kind == finding && f.Word == Certainty.Likely);
        var family = finding == FindingKind.LevelGap ? TestFamily.Levels : TestFamily.Sectors;
        return new()
        {
            Kind = kind,
            Round = round,
            Headline = top is null ? round.Heading(family) : round.Names.Sentence(top),
            Explanation = round.Explanation(family),
            Heat = heat,
            Sure = [.. rows.Where(g => g.Word != Certainty.NoClearDifference).OrderByDescending(g => g.Word)
                .ThenByDescending(g => g.Points)],
            Unclear = [.. rows.Where(g => g.Word == Certainty.NoClearDifference).OrderByDescending(g => g.Points)],
            Groups = groups,
            NextButton = nextButton,
            NextAddress = nextAddress,
        };
    }

    private static GapRow RowOf(PublishedGap gap, PublishedInstrument scale, IReadOnlyList<PublishedGroup> groups, Dictionary<string,
        string> shapes)
    {
        var (more, less, low, high) = gap.Points >= 0 ? (gap.First, gap.Second, gap.Low, gap.High)
            : (gap.Second, gap.First, -gap.High, -gap.Low);
        return new(gap.Measure, more, less, Math.Abs(gap.Points), low, high, gap.Word,
            new Strip(scale.Lowest, scale.Highest) { Marks = [.. Marks(less), .. Marks(more)], Joined = true })
        {
            AdjustedP = gap.AdjustedP,
            Detectable = gap.Detectable,
        };

        IEnumerable<Mark> Marks(string group)
        {
            var cell = groups.FirstOrDefault(g => (g.Level ?? g.Sector) == group)?.Dimensions.FirstOrDefault(c => c.Measure == gap.Measure);
            return cell?.Mean is { } mean ? [new Mark(mean, shapes[group])] : [];
        }
    }
}
