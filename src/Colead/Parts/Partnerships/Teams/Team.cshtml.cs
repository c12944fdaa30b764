using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Mail;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Teams;

/// <summary>Who signs in, and what they may do.</summary>
[For(Colead.Parts.Partnerships.Role.Coordinator)]
public sealed class TeamModel(ColeadDb db, PartnershipAccess access, TeamOperations team, Outbox outbox, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public Role? Role { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Member> Members { get; private set; } = [];
    public IReadOnlyList<Invited> Invitations { get; private set; } = [];
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];
    public string? Link { get; private set; }
    public string? LinkFor { get; private set; }

    public async Task OnGetAsync()
    {
        await FindAsync();
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await FindAsync();
        var email = ShortText.Tidy(Email);
        if (email is null) ModelState.AddModelError(nameof(Email), "Enter an e-mail address");
        else if (!EmailAddress.IsValid(email)) ModelState.AddModelError(nameof(Email),
            "Enter an e-mail address in the form name@example.org");
        if (Role is null && ModelState[nameof(Role)]?.Errors.Count is null or 0) ModelState.AddModelError(nameof(Role), "Choose a role");
        var organisation = Role is Colead.Parts.Partnerships.Role.Lead or Colead.Parts.Partnerships.Role.Member
            ? await ChosenAsync(Organisation) : null;
        if (Role == Colead.Parts.Partnerships.Role.Lead && organisation is null) ModelState.AddModelError(nameof(Organisation),
            "Choose the organisation they speak for");
        if (ModelState.IsValid)
        {
            var link = await team.InviteAsync(Standing, email!, Role!.Value, organisation);
            if (outbox.IsSetUp)
            {
                this.Say($"The invitation to {email} is on its way.");
                return Redirect(PartnershipsLinks.Team(Standing.PartnershipId));
            }
            (Link, LinkFor) = (link, email);
            ModelState.Clear();
            (Email, Role, Organisation) = (null, null, null);
        }
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync([FromForm] long grant, [FromForm, Required] Role? newRole,
        [FromForm] string? newOrganisation)
    {
        await FindAsync();
        var held = await GrantAsync(grant);
        if (held is null) return NotFound();
        var organisation = newRole is Colead.Parts.Partnerships.Role.Lead or Colead.Parts.Partnerships.Role.Member
            ? await ChosenAsync(newOrganisation) : null;
        if (newRole is null) ModelState.AddModelError("", "Choose a role");
        else if (newRole == Colead.Parts.Partnerships.Role.Lead && organisation is null) ModelState.AddModelError("",
            "Choose the organisation the partner lead speaks for");
        return await DoneAsync(ModelState.IsValid && await ChangedAsync(held, newRole, organisation));
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] long grant)
    {
        await FindAsync();
        ModelState.Clear();
        var held = await GrantAsync(grant);
        return held is null ? NotFound() : await DoneAsync(await ChangedAsync(held, null, null));
    }

    public async Task<IActionResult> OnPostWithdrawAsync([FromForm] long invitation)
    {
        await FindAsync();
        ModelState.Clear();
        var open = await db.Set<RoleInvitation>().FirstOrDefaultAsync(i => i.Id == invitation && i.PartnershipId == Standing.PartnershipId);
        if (open is null) return NotFound();
        open.Withdraw(clock.Now());
        access.Record(Standing, "withdrew an invitation", open.Email);
        await db.SaveChangesAsync();
        return await DoneAsync(true);
    }

    private async Task<bool> ChangedAsync(RoleGrant held, Role? role, Organisation? organisation)
    {
        var done = await team.ChangeAsync(Standing, held, role, organisation);
        if (!done) ModelState.AddModelError("", "A partnership needs a coordinator. Make someone else coordinator first");
        return done;
    }

    private async Task<IActionResult> DoneAsync(bool done)
    {
        if (!done)
        {
            await LoadAsync();
            return Page();
        }
        this.Say("Saved.");
        return Redirect(PartnershipsLinks.Team(Standing.PartnershipId));
    }

    private Task<RoleGrant?> GrantAsync(long id) => db.Set<RoleGrant>().Include(g => g.Account)
        .FirstOrDefaultAsync(g => g.Id == id && g.PartnershipId == Standing.PartnershipId);

    private async Task<Organisation?> ChosenAsync(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await access.Organisations(Standing)
            .FirstOrDefaultAsync(o => o.Id == id) : null;

    private async Task FindAsync() => Standing = await access.RequiredAsync();

    private async Task LoadAsync()
    {
        var id = Standing.PartnershipId;
        Members = await db.Set<RoleGrant>().Where(g => g.PartnershipId == id).OrderBy(g => g.Account!.Name)
            .Select(g => new Member(g.Id, g.Account!.Name, g.Account.Email!, g.Role, g.Organisation!.Name)).ToListAsync();
        var organisations = await access.Organisations(Standing).OrderBy(o => o.NameKey).Select(o => new { o.Id, o.Name }).ToListAsync();
        Organisations = [.. organisations.Select(o => new Choice(o.Id.ToString(CultureInfo.InvariantCulture), o.Name))];
        var open = await db.Set<RoleInvitation>().AsNoTracking().Include(i => i.Organisation)
            .Where(i => i.PartnershipId == id && i.TakenAt == null && i.WithdrawnAt == null).OrderByDescending(i => i.Id).Take(200)
            .ToListAsync();
        var letters = await db.Outbox.AsNoTracking().Where(m => m.PartnershipId == id).OrderByDescending(m => m.Id).Take(500).ToListAsync();
        Invitations = [.. open.Select(i => new Invited(i.Id, i.Email, i.Role, i.Organisation?.Name,
            State(i, letters.Find(m => m.To == i.Email))))];
    }

    private string State(RoleInvitation invitation, Colead.Storage.Outbox.OutboxMessage? letter) =>
        !invitation.IsOpen(clock.Now()) ? "Ran out: invite again"
        : letter is null ? "Link to be passed on, until " + Dates.Say(invitation.ExpiresAt)
        : letter.GivenUpAt is not null ? "Could not be delivered: " + letter.Problem
        : letter.SentAt is { } sent ? "Sent " + Dates.Say(sent)
        : letter.Problem is not null ? "Not delivered yet, will be tried again: " + letter.Problem
        : "About to be sent";

    public sealed record Member(long Id, string Name, string Email, Role Role, string? Organisation);

    public sealed record Invited(long Id, string Email, Role Role, string? Organisation, string State);
}
