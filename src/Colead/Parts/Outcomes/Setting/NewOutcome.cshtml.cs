using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Setting;

[For(Role.Lead)]
public sealed class NewOutcomeModel(PartnershipAccess access, OutcomeOperations book) : OutcomeFields(book)
{
    public async Task OnGetAsync(long? thread)
    {
        Standing = await access.RequiredAsync();
        await OfferAsync(null);
        NewKey();
        Thread = Typed.Id(thread);
        if (Standing.OrganisationId is { } own) Owners = [Typed.Id(own)];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Standing = await access.RequiredAsync();
        await OfferAsync(null);
        var text = ReadText();
        if (!ModelState.IsValid) return Page();
        var id = await Book.CreateAsync(Standing, text, Key);
        this.Say("The outcome is set. Below is what would make it clearer.");
        return Redirect(OutcomesLinks.Outcome(Standing.PartnershipId, id));
    }
}
