using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Accounts.Passwords;

/// <summary>Makes the first account of an installation, for whoever holds the link that the program printed.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class SetUpModel(OneTimeLinks links, NewAccounts newAccounts, SignInManager<Account> signIn, ColeadDb db) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your name"), StringLength(Colead.Storage.Accounts.Account.NameLength,
        ErrorMessage = "Enter a shorter name")]
    public string? Name { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter your e-mail address")]
    public string? Email { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose a password"),
        StringLength(PasswordRules.Longest, ErrorMessage = "Choose a shorter password, of at most 200 characters")]
    public string? Password { get; set; }

    public bool Works { get; private set; }

    public async Task OnGetAsync(string secret) => Works = await FindAsync(secret) is not null;

    public async Task<IActionResult> OnPostAsync(string secret)
    {
        var link = await FindAsync(secret);
        Works = link is not null;
        if (link is null)
        {
            ModelState.Clear();
            return Page();
        }
        if (ModelState.IsValid && !EmailAddress.IsValid(Email!.Trim())) ModelState.AddModelError(nameof(Email),
            "Enter an e-mail address in the form name@example.org");
        if (!ModelState.IsValid) return Page();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await links.UseAsync(link)) return RedirectToPage();
        var (account, result) = await newAccounts.CreateAsync(ShortText.Tidy(Name) ?? Email!, Email!.Trim(), Password, isOperator: true);
        if (account is null)
        {
            ModelState.AddModelError(nameof(Password), PasswordRules.Say(result));
            return Page(); // the transaction is given up: the link still works
        }
        await transaction.CommitAsync();
        await signIn.SignInAsync(account, isPersistent: false);
        return Redirect("/partnerships/new");
    }

    private async Task<OneTimeLink?> FindAsync(string secret) =>
        await links.FindAsync(secret, forSetUp: true) is { } link && !await db.Users.AnyAsync() ? link : null;
}
