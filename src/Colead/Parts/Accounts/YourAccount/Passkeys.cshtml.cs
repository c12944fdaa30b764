using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Colead.Kit.Forms;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Accounts.YourAccount;

/// <summary>
/// Passkeys are added and removed by somebody who has shown once more who they are: a key that a thief of the cookie adds would outlive
/// the cookie.
/// </summary>
[Authorize(Policies.SignedIn)]
public sealed class PasskeysModel(UserManager<Account> accounts, SignInManager<Account> signIn, Proofs proofs) : PageModel
{
    [BindProperty, StringLength(60, ErrorMessage = "Enter a shorter name")]
    public string? Name { get; set; }

    [BindProperty]
    public string? Proof { get; set; }

    [BindProperty]
    public string? ProofToRemove { get; set; }

    public IReadOnlyList<Row> Keys { get; private set; } = [];
    public bool AsksForProof { get; private set; }

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
        if (!ModelState.IsValid || !await MayAsync(account, nameof(Proof), Proof)) return Page();
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
        if (!await MayAsync(account, nameof(ProofToRemove), ProofToRemove)) return Page();
        await accounts.RemovePasskeyAsync(account, Base64Url.DecodeFromChars(id));
        this.Say("The passkey is removed.");
        return Redirect(AccountsLinks.Passkeys());
    }

    private async Task<bool> MayAsync(Account account, string field, string? proof)
    {
        if (await proofs.ProblemAsync(account, proof) is { } problem) ModelState.AddModelError(AsksForProof ? field : "", problem);
        return ModelState.IsValid;
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
        AsksForProof = await proofs.AsksAsync(account);
        Keys = [.. (await accounts.GetPasskeysAsync(account)).OrderBy(key => key.CreatedAt)
            .Select(key => new Row(Base64Url.EncodeToString(key.CredentialId), key.Name ?? "Passkey", key.CreatedAt.UtcDateTime))];
        return account;
    }

    public sealed record Row(string Id, string Name, DateTime Made);
}
