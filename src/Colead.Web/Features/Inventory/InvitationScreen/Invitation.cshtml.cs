using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Colead.Web.Features.Inventory.Inviting;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>One person's invitation: another address, a new link, taking it back. Says nothing of whether it was answered.</summary>
public sealed class InvitationModel(ColeadDb db, OpenRounds opens, RoundLetters letters) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public OpenRound Open { get; private set; } = null!;
    public Invitation Invitation { get; private set; } = null!;
    public Person Person { get; private set; } = null!;
    public Letter Letter { get; private set; } = null!;
    public bool MailIsSetUp => letters.IsSetUp;
    /// <summary>Someone who also belongs to another organisation is the coordinator's to change.</summary>
    public bool MayChange => Open.Standing.IsCoordinator || Person.Current.All(m => Open.Standing.Manages(m.OrganisationId));

    public async Task<IActionResult> OnGetAsync(long roundId, long invitationId)
    {
        if (!await FindAsync(roundId, invitationId)) return NotFound();
        Email = Person.Email;
        return Page();
    }

    /// <summary>Another address, or the same once more: a new link goes out, and the old one leads nowhere.</summary>
    public async Task<IActionResult> OnPostAsync(long roundId, long invitationId)
    {
        if (!await FindAsync(roundId, invitationId)) return NotFound();
        Email = ShortText.Tidy(Email);
        if (MailIsSetUp && Email is null) ModelState.AddModelError(nameof(Email), "Enter an e-mail address");
        else if (Email is not null && !EmailAddress.IsValid(Email)) ModelState.AddModelError(nameof(Email), "Enter an e-mail address in the form name@example.org");
        else if (Email != Person.Email && !MayChange) ModelState.AddModelError(nameof(Email), "This person belongs to another organisation as well, so the coordinator changes the address");
        return ModelState.IsValid ? await RenewAsync(Email, post: true) : Page();
    }

    public async Task<IActionResult> OnPostLinkAsync(long roundId, long invitationId) =>
        await FindAsync(roundId, invitationId) ? await RenewAsync(Person.Email, post: false) : NotFound();

    public async Task<IActionResult> OnPostWithdrawAsync(long roundId, long invitationId)
    {
        if (!await FindAsync(roundId, invitationId)) return NotFound();
        if (!await opens.WithdrawAsync(Open, Invitation, Person.Name)) return NotFound();
        this.Say($"The invitation of {Person.Name} is withdrawn.");
        return Redirect(InventoryLinks.Invitations(Open.Standing.PartnershipId, roundId));
    }

    private async Task<IActionResult> RenewAsync(string? email, bool post)
    {
        try
        {
            var posted = await opens.RenewAsync(Open, Invitation, Person, email, post);
            if (posted is null) return NotFound();
            this.Say(posted.Value ? $"A new link is on its way to {email}. The old one leads nowhere now." : "There is a new link. The old one leads nowhere now: print the letter again, or pass the link on.");
            return Redirect(InventoryLinks.Invitation(Open.Standing.PartnershipId, Open.Round.Id, Invitation.Id));
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            ModelState.AddModelError(nameof(Email), "Someone else on the list has this address");
            return Page();
        }
        catch (DbUpdateConcurrencyException)
        {
            return this.Clashed();
        }
    }

    private async Task<bool> FindAsync(long roundId, long invitationId)
    {
        Open = (await opens.FindAsync(roundId))!;
        if (Open is null) return false;
        Invitation = (await Open.Invitations.Include(i => i.Person!).ThenInclude(p => p.Memberships).FirstOrDefaultAsync(i => i.Id == invitationId))!;
        if (Invitation is null) return false;
        Person = Invitation.Person!;
        var maker = await letters.MakerAsync();
        Letter = new Letter(Person.Name, "", maker.Address(Invitation.Id, Invitation.Generation), maker.Code(Invitation.Id, Invitation.Generation));
        return true;
    }
}
