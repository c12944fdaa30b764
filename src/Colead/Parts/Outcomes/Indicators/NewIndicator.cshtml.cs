using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Indicators;

[For(Role.Lead)]
public sealed class NewIndicatorModel(PartnershipAccess access, OutcomeOperations outcomes, IndicatorOperations book,
    TimeProvider clock) : IndicatorFields
{
    public async Task<IActionResult> OnGetAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId)) return NotFound();
        NewKey();
        Frequency = Colead.Parts.Outcomes.Frequency.Quarterly;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId)) return NotFound();
        var indicator = new Indicator { Name = "", CreatedAt = clock.Now(), FormKey = Key };
        Fill(indicator);
        if (!ModelState.IsValid || MustAsk()) return Page();
        var agreed = Outcome.IsAgreed;
        var id = await book.AddAsync(Standing, Outcome, indicator);
        this.Say("The indicator is there. Add what you have read so far."
            + (agreed && !Outcome.IsAgreed ? " Its target is new to the owners, so they are asked to agree again." : ""));
        return Redirect(OutcomesLinks.Indicator(Standing.PartnershipId, outcomeId, id));
    }

    private async Task<bool> LoadAsync(long outcomeId)
    {
        Standing = await access.RequiredAsync();
        Outcome = (await outcomes.EditableAsync(Standing, outcomeId))!;
        return Outcome is not null;
    }
}
