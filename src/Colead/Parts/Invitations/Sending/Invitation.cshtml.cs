using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations.Sending;

/// <summary>One person's invitation: sending it again, to another address too, and taking it back. Says nothing of whether it was answered,
/// and shows no link: that is its owner's alone.</summary>
[For(Role.Lead)]
public sealed class InvitationModel(ColeadDb db, OpenRoundOperations opens, RoundLetters letters) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public OpenRound Open { get; private set; } = null!;
    public Invitation Invitation { get; private set; } = null!;
    public Person Person { get; private set; } = null!;
    public bool SendsMail => letters.IsSetUp && Open.Round.Ways.Contains(RoundWay.Mail);
    /// <summary>Someone who also belongs to another organisation is the coordinator's to change.</summary>
    public bool MayChange => Open.Standing.IsCoordinator || Person.Current.All(m => Open.Standing.Manages(m.OrganisationId));

    public async Task<IActionResult> OnGetAsync(long roundId, long invitationId)
    {
        if (!await FindAsync(roundId, invitationId)) return NotFound();
        Email = Person.Email;
        return Page();
    }

    /// <summary>To the same address goes the same link once more; to another a new one, which does not count.</summary>
    public async Task<IActionResult> OnPostAsync(long roundId, long invitationId)
    {
        if (!await FindAsync(roundId, invitationId)) return NotFound();
        Email = ShortText.Tidy(Email);
        if (Email is null) ModelState.AddModelError(nameof(Email), "Enter an e-mail address");
        else if (!EmailAddress.IsValid(Email)) ModelState.AddModelError(nameof(Email),
            "Enter an e-mail address in the form name@example.org");
        else if (Email != Person.Email && !MayChange) ModelState.AddModelError(nameof(Email),
            "This person belongs to another organisation as well, so the coordinator changes the address");
        return ModelState.IsValid ? await SendAgainAsync() : Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(long roundId, long invitationId)
    {
        if (!await FindAsync(roundId, invitationId)) return NotFound();
        if (!await opens.WithdrawAsync(Open, Invitation, Person.Name)) return NotFound();
        this.Say($"The invitation of {Person.Name} is withdrawn.");
        return Redirect(InvitationsLinks.Invitations(Open.Standing.PartnershipId, roundId));
    }

    private async Task<IActionResult> SendAgainAsync()
    {
        try
        {
            var moved = Email != Person.Email;
            if (await opens.SendAgainAsync(Open, Invitation, Person, Email) is not { } posted) return NotFound();
            this.Say(moved
                ? $"{(posted ? $"A new link is on its way to {Email}" : "The address is changed")}. The old link leads nowhere now{(SendsMail ? ", and the old address is told" : "")}. What is answered by the new one enters the averages, but does not help a group to be shown."
                : posted ? $"The same link is on its way to {Email} once more." : "The invitation holds as before.");
            return Redirect(InvitationsLinks.Invitations(Open.Standing.PartnershipId, Open.Round.Id));
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
        Invitation = (await Open.Invitations.Include(i => i.Person!).ThenInclude(p => p.Memberships)
            .FirstOrDefaultAsync(i => i.Id == invitationId))!;
        if (Invitation is null) return false;
        Person = Invitation.Person!;
        return true;
    }
}
