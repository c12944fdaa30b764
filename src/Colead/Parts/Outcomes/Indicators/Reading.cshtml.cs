using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Indicators;

/// <summary>Puts one reading right, or takes it out.</summary>
[For(Role.Member)]
public sealed class ReadingModel(PartnershipAccess access, OutcomeOperations outcomes, IndicatorOperations book) : EditPage
{
    [BindProperty]
    public string? Value { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Indicator Indicator { get; private set; } = null!;
    public Reading Reading { get; private set; } = null!;
    public string Back => OutcomesLinks.Indicator(Standing.PartnershipId, Indicator.OutcomeId, Indicator.Id);

    public async Task<IActionResult> OnGetAsync(long outcomeId, long indicatorId, long readingId)
    {
        if (!await LoadAsync(outcomeId, indicatorId, readingId)) return NotFound();
        (Value, Note, Version) = (Typed.Write(Reading.Value), Reading.Note, Reading.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long outcomeId, long indicatorId, long readingId)
    {
        if (!await LoadAsync(outcomeId, indicatorId, readingId)) return NotFound();
        var number = string.IsNullOrWhiteSpace(Value) ? null : Typed.ReadNumber(Value);
        if (number is not { } value || !Reading.CanHold(value))
        {
            ModelState.AddModelError(nameof(Value), "Enter a number of at most four decimal places, such as 62 or 1.5");
            return Page();
        }
        var note = Typed.Line(ModelState, nameof(Note), Note, Reading.NoteLength);
        if (!ModelState.IsValid) return Page();
        if (!await book.CorrectAsync(Standing, Indicator, Reading, value, note, Version))
        {
            outcomes.Forget();
            if (!await LoadAsync(outcomeId, indicatorId, readingId)) return NotFound();
            return ShowBoth(Reading.Version, Back, ("Read", OutcomeWords.Say(Reading.Value, Indicator.Unit),
                OutcomeWords.Say(value, Indicator.Unit)), ("Note", Reading.Note, note));
        }
        this.Say("Corrected. The trail keeps what it was.");
        return Redirect(Back);
    }

    public async Task<IActionResult> OnPostTakeOutAsync(long outcomeId, long indicatorId, long readingId)
    {
        if (!await LoadAsync(outcomeId, indicatorId, readingId)) return NotFound();
        await book.TakeOutAsync(Standing, Indicator, Reading);
        this.Say("The reading is taken out. The trail keeps what it was.");
        return Redirect(Back);
    }

    private async Task<bool> LoadAsync(long outcomeId, long indicatorId, long readingId)
    {
        Standing = await access.RequiredAsync();
        Indicator = (await book.FindAsync(Standing, outcomeId, indicatorId))!;
        Reading = Indicator?.Readings.Find(r => r.Id == readingId)!;
        return Reading is not null;
    }
}
