using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Rounds.Planning;

[For(Role.Coordinator)]
public sealed class DatesModel(PartnershipAccess access, RoundOperations rounds, TimeProvider clock) : DraftPage(access, rounds)
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
        (OpensOn, OpensTime) = DateAndTime.Write(Round.OpensAt ?? DateAndTime.Suggest(clock, DayOfWeek.Monday, days: 7, hour: 9));
        (ClosesOn, ClosesTime) = DateAndTime.Write(Round.ClosesAt ?? DateAndTime.Suggest(clock, DayOfWeek.Friday, days: 21, hour: 17));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Ways.All(way => way.Value != Opens)) ModelState.AddModelError(nameof(Opens), "Choose when it opens");
        var opens = Opens == ByDate ? DateAndTime.Read(ModelState, nameof(OpensOn), OpensOn, nameof(OpensTime), OpensTime, clock) : null;
        var closes = DateAndTime.Read(ModelState, nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        if (ModelState.IsValid && closes <= opens) ModelState.AddModelError(nameof(ClosesOn), "It must close after it opens");
        if (!ModelState.IsValid) return Page();
        (Round.OpensAt, Round.ClosesAt) = (opens, closes);
        return await SaveAsync(opens is null ? $"closes {Dates.Say(closes!.Value)}"
            : $"opens {Dates.Say(opens.Value)}, closes {Dates.Say(closes!.Value)}");
    }
}
