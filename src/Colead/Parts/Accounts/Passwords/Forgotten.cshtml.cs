using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Parts.Mail;
using Colead.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Accounts.Passwords;

/// <summary>Sends a link to choose a new password. The page is the same, and takes the same time, whether or not the address has an
/// account.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class ForgottenModel(PasswordLetters letters, Outbox outbox) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your e-mail address")]
    public string? Email { get; set; }

    public bool MailIsSetUp => outbox.IsSetUp;
    public bool Asked { get; private set; }

    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        if (!outbox.IsSetUp) return Page();
        if (ModelState.IsValid && !EmailAddress.IsValid(Email!.Trim())) ModelState.AddModelError(nameof(Email),
            "Enter an e-mail address in the form name@example.org");
        if (!ModelState.IsValid) return Page();
        letters.Ask(Email!.Trim());
        Asked = true;
        return Page();
    }
}
