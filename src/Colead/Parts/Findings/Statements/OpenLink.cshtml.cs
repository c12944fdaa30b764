using Colead.Analysis.Publishing;
using Colead.Parts.Findings.Pictures;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Statements;

/// <summary>Answers by open link: a group of its own.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class OpenLinkModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public PublishedGroup Group { get; private set; } = null!;
    public IReadOnlyList<PublishedGroup> Alone => [Group];
    public bool AnyShown => Group.Dimensions.Any(c => c.Withheld is null);
    public string People => Say.People(Group.Dimensions);

    protected override Task<IActionResult> ShowAsync()
    {
        if (Round.Tier.OpenLink is not { } group) return Task.FromResult<IActionResult>(NotFound());
        Group = group;
        return base.ShowAsync();
    }

    public Strip StripOf(PublishedCell cell, PublishedCell invited) => new(Round.Instrument.Lowest, Round.Instrument.Highest)
    {
        Marks = [.. new[] { invited.Mean is { } mean ? new Mark(mean, "ring", Faint: true) : null,
            new Mark(cell.Mean!.Value, Round.Names.Shape(cell.Measure)) }.OfType<Mark>()],
    };
}
