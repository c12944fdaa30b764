using System.ComponentModel.DataAnnotations;
using Colead.Data;
using Colead.Data.Accounts;
using Colead.Web.Features.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Accounts;

/// <summary>Sends a link to choose a new password. The page is the same whether or not the address has an account.</summary>
public sealed class ForgottenModel(UserManager<Account> accounts, Outbox outbox, ColeadDb db) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your e-mail address")]
    public string? Email { get; set; }

    public bool MailIsSetUp => outbox.IsSetUp;
    public bool Asked { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!outbox.IsSetUp) return Page();
        if (ModelState.IsValid && !EmailAddress.IsValid(Email!.Trim())) ModelState.AddModelError(nameof(Email), "Enter an e-mail address in the form name@example.org");
        if (!ModelState.IsValid) return Page();
        if (await accounts.FindByEmailAsync(Email!.Trim()) is { } account)
        {
            var link = outbox.Absolute(AccountsLinks.Reset(account.Id, await accounts.GeneratePasswordResetTokenAsync(account)));
            outbox.Post(account.Email!, "Choose a new password for Colead",
                $"Hello {account.Name},\n\nsomeone, we hope you, asked to choose a new password for Colead. This link lets you do so for one hour:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is.\n");
            await db.SaveChangesAsync();
        }
        Asked = true;
        return Page();
    }
}
