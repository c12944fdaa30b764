using Colead.Kit.Forms;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Actions.Planning;

[For(Role.Lead)]
public sealed class NewActionModel(PartnershipAccess access, ActionOperations book, OutcomeOperations outcomes) : ActionFields(book,
    outcomes)
{
    public async Task OnGetAsync(long? thread, long? outcome)
    {
        Standing = await access.RequiredAsync();
        await OfferAsync(null);
        NewKey();
        (Thread, Outcome) = (Typed.Id(thread), Typed.Id(outcome));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Standing = await access.RequiredAsync();
        await OfferAsync(null);
        var text = ReadText(keptPerson: null);
        if (!ModelState.IsValid) return Page();
        var id = await Book.CreateAsync(Standing, text, Key);
        this.Say("The action is planned.");
        return Redirect(ActionsLinks.Action(Standing.PartnershipId, id));
    }
}
