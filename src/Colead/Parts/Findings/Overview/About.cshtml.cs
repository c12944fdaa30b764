using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Overview;

/// <summary>How to read the findings, what is withheld and why, and the seal.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class AboutModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public IReadOnlyList<string> Withheld { get; private set; } = [];
    public IReadOnlyList<PublishedUnit> Folds { get; private set; } = [];

    /// <summary>Of answers from elsewhere: whether their file told of doubles.</summary>
    public bool? DoublesLookedFor { get; private set; }
    /// <summary>Organisations whose list nobody confirmed but who wrote it.</summary>
    public IReadOnlyList<string> Unconfirmed { get; private set; } = [];

    protected override async Task<IActionResult> ShowAsync()
    {
        (DoublesLookedFor, Unconfirmed) = await Rounds.ListsAsync(Round);
        var tier = Round.Tier;
        Folds = [.. Round.Publication.Units.Where(u => u.Fold)];
        Withheld =
        [
            .. new[]
            {
                Of("dimensions of everyone together", [.. tier.All.Dimensions], c => c.Withheld is not null),
                Of("statements of everyone together", [.. tier.All.Items], i => i.Mean.Withheld is not null),
                Groups("sectors", tier.Sectors),
                Groups("levels", tier.Levels),
                Groups("organisations", tier.Organisations),
                Groups("groups of sector and level", tier.SectorLevels),
                Of("averages of statements by sector and level", [.. tier.Sectors.Concat(tier.Levels).SelectMany(g => g.Items)],
                    c => c.Withheld is not null),
                tier.OpenLink is { } link ? Of("averages of answers by open link", [.. link.Dimensions, .. link.Items],
                    c => c.Withheld is not null) : null,
                tier.Organisations.Count == 0 ? "No organisation is shown by itself: the partnership chose so, or the answers do not say."
                    : null,
            }.OfType<string>(),
        ];
        return await base.ShowAsync();
    }

    private string? Groups(string what, IReadOnlyList<PublishedGroup> groups)
    {
        var hidden = groups.Where(g => g.Dimensions.All(c => c.Withheld is not null)).ToList();
        var partly = groups.Except(hidden).Count(g => g.Dimensions.Any(c => c.Withheld is not null));
        if (hidden.Count + partly == 0) return null;
        var named = hidden.Count is > 0 and <= 6 ? $" ({string.Join("; ", hidden.Select(Round.Names.Group))})" : "";
        return $"{hidden.Count} of {groups.Count} {what}{named}" + (partly > 0 ? $"; of {partly} more, some dimensions" : "");
    }

    private static string? Of<T>(string what, IReadOnlyList<T> all, Func<T, bool> isHidden) => all.Count(isHidden) is > 0 and var hidden
        ? $"{hidden} of {all.Count} {what}" : null;
}
