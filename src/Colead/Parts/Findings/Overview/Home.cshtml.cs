using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Findings.Pictures;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Overview;

/// <summary>The headline in words, the profile, and where to read on.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class HomeModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    /// <summary>A board has one hour: so many more findings are listed.</summary>
    private const int MostListed = 6;

    public string Headline { get; private set; } = "";
    /// <summary>The finding that the headline says.</summary>
    public Finding? First { get; private set; }
    /// <summary>The best-ranked findings of two other kinds, so that one subject does not fill the page.</summary>
    public string Lede { get; private set; } = "";
    public IReadOnlyList<Finding> More { get; private set; } = [];
    /// <summary>Dimensions as the picture has them: highest first, what is withheld last.</summary>
    public IReadOnlyList<ProfileRow> Profile { get; private set; } = [];
    public string Parts => Profile.Count switch { 1 => "one part", 2 => "two parts", 3 => "three parts", 4 => "four parts",
        5 => "five parts", 6 => "six parts", 7 => "seven parts",
        var more => Dates.Count(more, "part", "parts") };
    public IReadOnlyList<ReadOnLine> ReadOn { get; private set; } = [];
    public bool HasBefore { get; private set; }
    public bool HasWorst { get; private set; }

    protected override Task<IActionResult> ShowAsync()
    {
        var findings = Round.Tier.Findings;
        First = Round.Tier.Headline;
        Headline = Round.Headline;
        var lede = findings.Where(f => f.Word != Certainty.Possibly && f.Kind != First?.Kind).DistinctBy(f => f.Kind).Take(2).ToList();
        Lede = First is null ? string.Join(' ', new[] { TestFamily.Levels, TestFamily.Sectors,
            TestFamily.Organisations }.Select(Round.Explanation).Where(text => text.Length > 0))
            : string.Join(' ', lede.Select(Round.Names.Sentence));
        More = [.. findings.Where(f => f != First && !lede.Contains(f)).Take(MostListed)];
        var cells = Round.Tier.All.Dimensions;
        HasBefore = cells.Any(c => c is { IsNumber: true, Change: not null });
        HasWorst = cells.Any(c => c.WorstLow is not null);
        Profile = [.. Rows(cells)];
        ReadOn = [.. Lines()];
        return base.ShowAsync();
    }

    /// <summary>Strongest and weakest, and whether they differ; null where no dimensions' order is shown.</summary>
    public string? Balance => Round.Tier.All.Balance is not { } balance ? null
        : balance is { Strongest: { } strongest, Weakest: { } weakest, Low: { } low, High: { } high }
            ? $"Strongest: {Named(strongest)}. Weakest: {Named(weakest)}. Among the same people {Round.Names.Dimension(strongest[0])} and {Round.Names.Dimension(weakest[0])} lie {Say.Number(balance.Points)} points apart, "
                + (low > 0 ? $"likely between {Say.Number(low)} and {Say.Number(high)}."
                    : $"but it may be anything between {Say.Number(low)} and {Say.Number(high)}: they may not differ.")
        : Round.Publication.Format < 3
            ? $"{Round.Names.Dimension(balance.Highest)} and {Round.Names.Dimension(balance.Lowest)} lie {Say.Number(balance.Points)} points apart."
        : (balance.Strongest is { } top ? $"Strongest: {Named(top)}. " : "")
            + (balance.Weakest is { } bottom ? $"Weakest: {Named(bottom)}. " : "")
            + (balance.Strongest is null && balance.Weakest is null
                ? "No dimension can be told from the others as the strongest or the weakest: their order may be chance."
                : $"Which stands {(balance.Strongest is null ? "highest" : "lowest")} cannot be told.")
            + $" The averages lie {Say.Number(balance.Points)} points apart at most.";

    private string Named(IReadOnlyList<string> dimensions) => string.Join(" or ", dimensions.Select(Round.Names.Dimension));

    public static string Or(decimal? figure) => figure is { } number ? Say.Number(number) : "not shown";

    public string AddressOf(Finding finding)
    {
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        return finding.Kind switch
        {
            FindingKind.LevelGap => FindingsLinks.Levels(p, r),
            FindingKind.SectorGap => FindingsLinks.Sectors(p, r),
            FindingKind.OrganisationGap => FindingsLinks.Organisations(p, r),
            FindingKind.ChangeUp or FindingKind.ChangeDown => FindingsLinks.Change(p, r),
            FindingKind.Agreed or FindingKind.Divided => FindingsLinks.Statements(p, r),
            _ => "#profile-title",
        };
    }

    private IEnumerable<ProfileRow> Rows(IReadOnlyList<PublishedCell> cells)
    {
        var told = First is null ? null : Say.DimensionOf(First, Round.Names);
        StripRange? above = null;
        foreach (var (cell, d) in cells.Select((cell, d) => (cell, d)).OrderByDescending(c => c.cell.Withheld is null)
            .ThenByDescending(c => c.cell.Mean ?? c.cell.AtLeast ?? c.cell.AtMost).ThenBy(c => c.d))
        {
            var isTold = cell.Measure == told;
            var range = RangeOf(d);
            // Named where it begins, where the headline speaks of it, and where others stand at its ends than in the row above.
            var named = range is not null && (isTold || above is null || (range.FromName, range.ToName) != (above.FromName, above.ToName));
            above = range ?? above;
            var shown = range is null || !named ? range is null ? null : new StripRange(range.From, range.To)
                : isTold ? range with { FromName = $"{range.FromName} {Say.Number(range.From)}",
                    ToName = $"{range.ToName} {Say.Number(range.To)}" } : range;
            yield return new(cell, isTold, new(Round.Instrument.Lowest, Round.Instrument.Highest)
            {
                Low = cell.Low,
                High = cell.High,
                Range = shown,
                Before = cell is { Mean: { } mean, Change: { } change } ? new(mean - change.Points, Round.Names.Shape(cell.Measure)) : null,
                Marks = cell.Mean is { } at ? [new Mark(at, Round.Names.Shape(cell.Measure))] : [],
            });
        }
    }

    /// <summary>Between the levels that see least and most of a dimension; null where fewer than two are shown as numbers.</summary>
    private StripRange? RangeOf(int dimension)
    {
        var levels = Round.Tier.Levels.Where(l => l.Dimensions[dimension].IsNumber).OrderBy(l => l.Dimensions[dimension].Mean).ToList();
        if (levels.Count < 2) return null;
        return new(levels[0].Dimensions[dimension].Mean!.Value, levels[^1].Dimensions[dimension].Mean!.Value,
            FindingWords.Group(levels[0].Level!, "en"), FindingWords.Group(levels[^1].Level!, "en"));
    }

    /// <summary>Where to read on, each with the first thing that stands there.</summary>
    private IEnumerable<ReadOnLine> Lines()
    {
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        if (Round.Tier.Levels.Count > 0) yield return new("Levels", FindingsLinks.Levels(p, r),
            FirstOf(TestFamily.Levels, FindingKind.LevelGap));
        if (Round.Tier.Sectors.Count > 0) yield return new("Sectors", FindingsLinks.Sectors(p, r),
            FirstOf(TestFamily.Sectors, FindingKind.SectorGap));
        if (Round.Tier.Organisations.Count > 0)
            yield return new("Organisations", FindingsLinks.Organisations(p, r),
                FirstOf(TestFamily.Organisations, FindingKind.OrganisationGap));
        yield return new("Statements", FindingsLinks.Statements(p, r),
            Round.Tier.Findings.FirstOrDefault(f => f.Kind is FindingKind.Agreed or FindingKind.Divided)
            is { } said ? Round.Names.Sentence(said) : "What was answered to each of them, as far as it can be shown.");
        if (Round.HasChange) yield return new("Change", FindingsLinks.Change(p, r),
            FirstOf(TestFamily.ChangeOfAll, FindingKind.ChangeUp, FindingKind.ChangeDown));
        if (Round.HasComments) yield return new("In their words", FindingsLinks.Comments(p, r), "Comments that were released.");
        yield return new("How sure we are", FindingsLinks.About(p, r), "What was tested, and how answers are protected.");
    }

    private string FirstOf(TestFamily family, params FindingKind[] kinds) =>
        Round.Tier.Findings.FirstOrDefault(f => kinds.Contains(f.Kind)) is { } finding ? Round.Names.Sentence(finding)
        : Round.Heading(family) is { Length: > 0 } heading ? heading.TrimEnd('.') + "." : "";

    public string ChangeOf(PublishedCell cell) => cell.Change is not { } change ? "" : Say.Points(change.Said) + (change.Word switch
    {
        Certainty.Likely => ", likely real",
        Certainty.Possibly => ", possibly real",
        null => "",
        _ => TestedWords.IsTooFewToTell(change.Detectable, Round.Instrument) ? ", too few people to tell" : ", no clear change",
    });

    /// <param name="Told">The headline speaks of it.</param>
    public sealed record ProfileRow(PublishedCell Cell, bool Told, Strip Strip);

    public sealed record ReadOnLine(string Name, string Address, string Sentence);
}
