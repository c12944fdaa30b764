using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Findings.Pictures;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Gaps;

/// <summary>Where organisations and folds see it differently from the average organisation.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class FindingsOrganisationsModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public string Headline { get; private set; } = "";
    public Heat Heat { get; private set; } = null!;
    /// <summary>Gaps likely or possibly real, the surest and widest first.</summary>
    public IReadOnlyList<UnitGap> Gaps { get; private set; } = [];
    /// <summary>Those without a clear difference.</summary>
    public IReadOnlyList<UnitGap> Unclear { get; private set; } = [];
    /// <summary>What was compared, and what it could have found.</summary>
    public string Explanation { get; private set; } = "";
    public IReadOnlyList<(string Sector, string Shape)> Sectors { get; private set; } = [];
    /// <summary>Where a partner lead's own organisation stands, in a sentence.</summary>
    public string? Own { get; private set; }

    protected override async Task<IActionResult> ShowAsync()
    {
        var units = Round.Tier.Organisations;
        if (!Round.AnythingShown || units.Count == 0) return NotFound();
        Sectors = [.. Round.Publication.Units.Select(u => u.Sector).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Index()
            .Select(s => (s.Item, Names.Shapes[s.Index % Names.Shapes.Count]))];
        Heat = Heat.Of(Round, "organisations", "Average of each dimension by organisation", "Organisation",
            [.. units.OrderBy(u => Round.Names.FindUnit(u.Unit)?.Sector, StringComparer.Ordinal)
                .ThenBy(u => Round.Names.Group(u), StringComparer.Ordinal)],
            (unit, _) => Sectors.First(s => s.Sector == Round.Names.FindUnit(unit.Unit)?.Sector).Shape);
        var tested = units.SelectMany(u => u.Dimensions.Select(c => (u.Unit, Cell: c))).Where(g => g.Cell is { GapWord: not null,
            Gap: not null }).ToList();
        var reach = Math.Max(1, tested.Select(g => Math.Abs(g.Cell.Gap!.Value)).DefaultIfEmpty().Max());
        var gaps = tested.Select(g => new UnitGap(g.Unit!, g.Cell.Measure, g.Cell.Gap!.Value, g.Cell.GapWord!.Value, g.Cell.GapDetectable,
            StripOf(g.Cell, reach)))
            .OrderByDescending(g => g.Word).ThenByDescending(g => Math.Abs(g.Points)).ToList();
        Gaps = [.. gaps.Where(g => g.Word != Certainty.NoClearDifference)];
        Unclear = [.. gaps.Where(g => g.Word == Certainty.NoClearDifference && g.Detectable is not null)];
        var top = Round.Tier.Findings.FirstOrDefault(f => f.Kind == FindingKind.OrganisationGap && f.Word == Certainty.Likely);
        Headline = top is null ? Round.Heading(TestFamily.Organisations) : Round.Names.Sentence(top);
        Explanation = Round.Explanation(TestFamily.Organisations);
        Own = await OwnAsync();
        return Page();
    }

    private Strip StripOf(PublishedCell cell, decimal reach) =>
        new(-reach, reach) { Marks = [new Mark(0, "bar", Faint: true), new Mark(cell.Gap!.Value, Round.Names.Shape(cell.Measure))],
        Joined = true };

    private async Task<string?> OwnAsync()
    {
        if (!Round.Standing.IsLead || await Rounds.OwnOrganisationAsync(Round) is not { } own
            || Round.Names.UnitOf(own) is not { } unit) return null;
        var others = Joined.And([.. unit.Organisations.Where(name => name != own)]);
        if (Round.Tier.Organisations.FirstOrDefault(u => u.Unit == unit.Id) is not { } row
            || row.Dimensions.All(c => c.Withheld is not null))
            return $"{(unit.Fold ? $"{own} is reported together with {others}, and their figures are withheld" : $"The figures of {own} are withheld")}: showing them would tell something about too few people, there or elsewhere. Your people's answers count in every average of their level and sector that is shown.";
        return unit.Fold
            ? $"{own} is reported together with {others}, as agreed before the round opened, so that nobody in a small organisation can be found out."
            : $"{own} has a row of its own below. Everyone in the partnership sees the same.";
    }

    public sealed record UnitGap(string Unit, string Measure, decimal Points, Certainty Word, decimal? Detectable, Strip Strip);
}
