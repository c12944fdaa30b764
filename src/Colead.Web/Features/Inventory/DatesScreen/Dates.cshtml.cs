using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Colead.Web.Shared.TagHelpers;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Web.Features.Inventory;

public sealed class DatesModel(PartnershipAccess access, Rounds rounds, TimeProvider clock) : DraftPage(access, rounds)
{
    private const string ByDate = "Date";

    public static IReadOnlyList<Choice> Ways { get; } =
    [
        new("Press", "When I press the button"),
        new(ByDate, "By itself, at a date and time"),
    ];

    [BindProperty]
    public string? Opens { get; set; }

    [BindProperty]
    public string? OpensOn { get; set; }

    [BindProperty]
    public string? OpensTime { get; set; }

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    public void OnGet()
    {
        Opens = Round.OpensAt is null ? "Press" : ByDate;
        (OpensOn, OpensTime) = Moment.Write(Round.OpensAt ?? Moment.Suggest(clock, DayOfWeek.Monday, days: 7, hour: 9));
        (ClosesOn, ClosesTime) = Moment.Write(Round.ClosesAt ?? Moment.Suggest(clock, DayOfWeek.Friday, days: 21, hour: 17));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Ways.All(way => way.Value != Opens)) ModelState.AddModelError(nameof(Opens), "Choose when it opens");
        var opens = Opens == ByDate ? Moment.Read(ModelState, nameof(OpensOn), OpensOn, nameof(OpensTime), OpensTime, clock) : null;
        var closes = Moment.Read(ModelState, nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        if (ModelState.IsValid && closes <= opens) ModelState.AddModelError(nameof(ClosesOn), "It must close after it opens");
        if (!ModelState.IsValid) return Page();
        (Round.OpensAt, Round.ClosesAt) = (opens, closes);
        return await SaveAsync(opens is null ? $"closes {Dates.Say(closes!.Value)}" : $"opens {Dates.Say(opens.Value)}, closes {Dates.Say(closes!.Value)}");
    }
}
