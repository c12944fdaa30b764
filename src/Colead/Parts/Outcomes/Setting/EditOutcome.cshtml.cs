using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes.Setting;

[For(Role.Lead)]
public sealed class EditOutcomeModel(PartnershipAccess access, OutcomeOperations book) : OutcomeFields(book)
{
    public Outcome Outcome { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId)) return NotFound();
        Show(OutcomeOperations.TextOf(Outcome));
        Version = Outcome.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId)) return NotFound();
        var text = ReadText();
        if (!ModelState.IsValid) return Page();
        var agreed = Outcome.IsAgreed;
        if (!await Book.SaveAsync(Standing, Outcome, Version, text)) return await ShowTheirsAsync(outcomeId, text);
        this.Say(agreed && !Outcome.IsAgreed ? "Saved. It reads differently now, so its owners are asked to agree again." : "Saved.");
        return Redirect(OutcomesLinks.Outcome(Standing.PartnershipId, outcomeId));
    }

    private async Task<IActionResult> ShowTheirsAsync(long outcomeId, OutcomeText yours)
    {
        Book.Forget();
        if (await Book.Whole(Standing).AsNoTracking().FirstOrDefaultAsync(o => o.Id == outcomeId) is not { } saved) return NotFound();
        return ShowBoth(saved.Version, OutcomesLinks.Outcome(Standing.PartnershipId, outcomeId),
            Differences(OutcomeOperations.TextOf(saved), yours));
    }

    private async Task<bool> LoadAsync(long outcomeId)
    {
        Standing = await access.RequiredAsync();
        Outcome = (await Book.EditableAsync(Standing, outcomeId))!;
        if (Outcome is null) return false;
        await OfferAsync(Outcome);
        return true;
    }
}
