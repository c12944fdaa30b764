using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Colead.Data;
using Colead.Data.Accounts;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Accounts;

public sealed class PasskeysModel(UserManager<Account> accounts, SignInManager<Account> signIn) : PageModel
{
    [BindProperty, StringLength(60, ErrorMessage = "Enter a shorter name")]
    public string? Name { get; set; }

    public IReadOnlyList<Row> Keys { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var account = await accounts.SignedInAsync(User);
        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = account.Id.ToString(CultureInfo.InvariantCulture),
            Name = account.Email!,
            DisplayName = account.Name,
        });
        return Content(options, "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync([FromForm] string? credential)
    {
        var account = await LoadAsync();
        if (!ModelState.IsValid) return Page();
        var made = await AttestAsync(credential);
        if (made is not { Succeeded: true })
        {
            ModelState.AddModelError("", "The passkey was not made. Try again, or choose another device");
            return Page();
        }
        made.Passkey.Name = ShortText.Tidy(Name) ?? "Passkey";
        await accounts.AddOrUpdatePasskeyAsync(account, made.Passkey);
        this.Say("The passkey is ready. You can sign in with it from now on.");
        return Redirect(AccountsLinks.Passkeys());
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromForm] string? id)
    {
        var account = await LoadAsync();
        if (Keys.All(key => key.Id != id)) return NotFound();
        await accounts.RemovePasskeyAsync(account, Base64Url.DecodeFromChars(id));
        this.Say("The passkey is removed.");
        return Redirect(AccountsLinks.Passkeys());
    }

    private async Task<PasskeyAttestationResult?> AttestAsync(string? credential)
    {
        if (string.IsNullOrEmpty(credential)) return null;
        try
        {
            return await signIn.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            return null; // no creation was under way: the page was old, or the post forged
        }
    }

    private async Task<Account> LoadAsync()
    {
        var account = await accounts.SignedInAsync(User);
        Keys = [.. (await accounts.GetPasskeysAsync(account)).OrderBy(key => key.CreatedAt)
            .Select(key => new Row(Base64Url.EncodeToString(key.CredentialId), key.Name ?? "Passkey", key.CreatedAt.UtcDateTime))];
        return account;
    }

    public sealed record Row(string Id, string Name, DateTime Made);
}
