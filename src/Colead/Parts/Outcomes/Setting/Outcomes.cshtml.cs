using Colead.Kit.Pictures;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes.Setting;

/// <summary>All outcomes at a glance: who answers, where each stands, what is still missing.</summary>
[For(Role.Viewer)]
public sealed class OutcomesModel(PartnershipAccess access, OutcomeOperations book, TimeProvider clock) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Row> Over { get; private set; } = [];

    public string Headline => Rows.Count == 0
        ? "No outcome is set yet"
        : Rows.Count(r => r.InPlace == 5) is var whole && whole == Rows.Count
            ? $"{Dates.Count(Rows.Count, "outcome", "outcomes")}, each clear enough to act on"
            : $"{Dates.Count(Rows.Count, "outcome", "outcomes")}, {(Rows.Count == 1 ? "not" : whole == 0 ? "none" : whole)} clear in every point yet";

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var today = clock.Today();
        var rows = (await book.Whole(Standing).AsNoTracking().OrderBy(o => o.DueOn == null).ThenBy(o => o.DueOn).ThenBy(o => o.Id)
            .ToListAsync()).ConvertAll(o => RowOf(o, today));
        Rows = rows.FindAll(r => !r.IsOver);
        Over = rows.FindAll(r => r.IsOver);
    }

    private static Row RowOf(Outcome outcome, DateOnly today)
    {
        var smart = Smart.Of(outcome, today);
        var shown = outcome.Indicators.Find(i => i.Target is not null) ?? outcome.Indicators.FirstOrDefault();
        var owners = outcome.Partners.Where(p => p.IsOwner).Select(p => p.Organisation!.Name).Order(StringComparer.CurrentCulture).ToList();
        var latest = shown?.Readings.MaxBy(r => r.On);
        return new(outcome.Id, outcome.Title, Joined.And(owners), outcome.DueOn, smart.Count(p => p.State == SmartState.InPlace),
            shown is null ? "" : latest is null ? $"{shown.Name}: no reading yet"
                : $"{shown.Name}: {OutcomeWords.Say(latest.Value, shown.Unit)}{(shown.Target is { } target ? $", target {OutcomeWords.Say(target, shown.Unit)}" : "")}",
            shown is null ? null : IndicatorTrend.Of(shown, outcome.DueOn),
                smart.FirstOrDefault(p => p.State == SmartState.Missing)?.Sentence ?? "", outcome.EndedAt is not null, outcome.EndedNote);
    }

    public sealed record Row(long Id, string Title, string Owners, DateOnly? DueOn, int InPlace, string Measure, TrendPicture? Picture,
        string Next, bool IsOver, string How);
}
