using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Web.Features.Outcomes;

public sealed class NewOutcomeModel(PartnershipAccess access, OutcomeBook book) : OutcomeFields(book)
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
