using Colead.Kit.Forms;
using Colead.Kit.Pictures;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Outcomes.Indicators;

/// <summary>One indicator: its picture and table, what was read, why it was chosen, the story behind. Members type readings in.</summary>
[For(Role.Viewer)]
public sealed class IndicatorModel(PartnershipAccess access, IndicatorOperations book, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public string? Value { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Indicator Indicator { get; private set; } = null!;
    public TrendPicture Picture { get; private set; } = null!;
    public Outlook Outlook { get; private set; } = null!;
    public DateOnly Today => clock.Today();
    public bool MayEdit => OutcomeOperations.MayEdit(Standing, Indicator.Outcome!);

    public async Task<IActionResult> OnGetAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        On = Typed.Write(clock.Today());
        return Page();
    }

    public async Task<IActionResult> OnPostReadAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId) || !Standing.TakesPart) return NotFound();
        var day = Typed.Day(ModelState, nameof(On), On, "Choose the day it was read");
        if (day > clock.Today()) ModelState.AddModelError(nameof(On), "This day is still to come");
        decimal value = 0;
        if (string.IsNullOrWhiteSpace(Value) || Typed.ReadNumber(Value) is not { } number) ModelState.AddModelError(nameof(Value),
            "Enter a number, such as 62 or 1.5");
        else if (!Reading.CanHold(number)) ModelState.AddModelError(nameof(Value), "Enter a number of at most four decimal places");
        else value = number;
        var note = Typed.Line(ModelState, nameof(Note), Note, Reading.NoteLength);
        if (!ModelState.IsValid) return Page();
        if (await book.ReadAsync(Standing, Indicator, day!.Value, value, note) == ReadingResult.Other)
        {
            if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
            var there = Indicator.Readings.First(r => r.On == day);
            ModelState.AddModelError(nameof(Value),
                $"{Dates.Say(day.Value)} has {OutcomeWords.Say(there.Value, Indicator.Unit)} already. If that is wrong, correct it in the table");
            return Page();
        }
        this.Say($"{OutcomeWords.Say(value, Indicator.Unit)} on {Dates.Say(day.Value)}: kept.");
        return Redirect(OutcomesLinks.Indicator(Standing.PartnershipId, outcomeId, indicatorId));
    }

    private async Task<bool> LoadAsync(long outcomeId, long indicatorId)
    {
        Standing = await access.RequiredAsync();
        Indicator = (await book.FindAsync(Standing, outcomeId, indicatorId))!;
        if (Indicator is null) return false;
        (Picture, Outlook) = (IndicatorTrend.Of(Indicator, Indicator.Outcome!.DueOn), Outlook.Of(Indicator, Indicator.Outcome.DueOn));
        return true;
    }
}
