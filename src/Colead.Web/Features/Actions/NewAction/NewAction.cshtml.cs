using Colead.Web.Features.Outcomes;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Web.Features.Actions;

public sealed class NewActionModel(PartnershipAccess access, ActionBook book, OutcomeBook outcomes) : ActionFields(book, outcomes)
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
