using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Kit.Forms;
using Colead.Parts.Accounts;
using Colead.Parts.Accounts.Passwords;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Partnerships.Teams;

/// <summary>
/// Takes an invitation up: with the account one has, or with a new one. Opening the link changes nothing and shows the same page whether or
/// not the address has an account.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class InvitationModel(ColeadDb db, TeamOperations team, CurrentAccount current, NewAccounts newAccounts,
    SignInManager<Account> signIn) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your name"), StringLength(Account.NameLength, ErrorMessage = "Enter a shorter name")]
    public string? Name { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose a password"),
        StringLength(PasswordRules.Longest, ErrorMessage = "Choose a shorter password, of at most 200 characters")]
    public string? Password { get; set; }

    public RoleInvitation? Invitation { get; private set; }
    public string? SignedInAs { get; private set; }
    public string Here { get; private set; } = "";

    public async Task OnGetAsync(string secret)
    {
        await LoadAsync(secret);
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync(string secret)
    {
        await LoadAsync(secret);
        if (Invitation is null) ModelState.Clear();
        if (Invitation is null || !ModelState.IsValid) return Page();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var (account, result) = await newAccounts.CreateAsync(ShortText.Tidy(Name) ?? Invitation.Email, Invitation.Email, Password);
        if (account is null)
        {
            var taken = result.Errors.Any(error => error.Code is "DuplicateEmail" or "DuplicateUserName");
            ModelState.AddModelError(taken ? "" : nameof(Password), taken
                ? "With this invitation no new account could be made. If you have one, sign in and join" : PasswordRules.Say(result));
            return Page();
        }
        if (!await team.TakeAsync(Invitation, account)) return RedirectToPage();
        await transaction.CommitAsync();
        await signIn.SignInAsync(account, isPersistent: false);
        return Welcome();
    }

    public async Task<IActionResult> OnPostTakeAsync(string secret)
    {
        await LoadAsync(secret);
        ModelState.Clear();
        if (Invitation is null) return Page();
        if (await current.ReadAsync() is not { } account) return Redirect(AccountsLinks.SignIn(Here));
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await team.TakeAsync(Invitation, account)) return RedirectToPage();
        await transaction.CommitAsync();
        return Welcome();
    }

    private RedirectResult Welcome()
    {
        this.Say("Welcome. You belong to this partnership now.");
        return Redirect(PartnershipsLinks.Overview(Invitation!.PartnershipId));
    }

    private async Task LoadAsync(string secret)
    {
        Here = PartnershipsLinks.Invitation(secret);
        Invitation = await team.FindAsync(secret);
        SignedInAs = (await current.ReadAsync())?.Email;
    }
}
