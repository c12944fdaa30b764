using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Overview;

/// <summary>The headline in words, the profile, and where to read on.</summary>
[For(Role.Viewer)]
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
    public NextStep Next { get; private set; } = null!;
    /// <summary>The profile for those who do not see the picture.</summary>
    public string Described { get; private set; } = "";
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
        Described = "The profile as a picture: " + string.Join(", ", cells.Select(c => $"{Round.Names.Dimension(c.Measure)} {Say.Mean(c)}")) + ". The same figures stand in the table.";
        Next = Decide();
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

    /// <summary>The headline leads to its own screen; a profile leads to where people differ, or to what they agree on.</summary>
    private NextStep Decide()
    {
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        if (Round.Tier.Levels.Count > 0) return new("See where levels see it differently", FindingsLinks.Levels(p, r));
        if (Round.Tier.Sectors.Count > 0) return new("See where sectors see it differently", FindingsLinks.Sectors(p, r));
        return new("Read what people agree on", FindingsLinks.Statements(p, r));
    }

    public sealed record NextStep(string Button, string Address);
}
