using System.Security.Cryptography;
using Colead.Kit.Forms;
using Colead.Storage.Accounts;
using Colead.Storage.Protection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace Colead.Parts.Accounts.YourAccount;

/// <summary>The second step at signing in. Reading the page makes nothing; the key is made, replaced and taken away by somebody who has
/// shown once more who they are.</summary>
[Authorize(Policies.SignedIn)]
public sealed class AuthenticatorModel(UserManager<Account> accounts, SignInManager<Account> signIn, Proofs proofs, Sessions sessions,
    OneTimeCodes codes, LastingKey lasting, IDataProtectionProvider protection) : PageModel
{
    public const string KeyIsMissing =
        "This cannot be done now, because a key is missing on the server. Tell the person who runs this Colead";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Proof { get; set; }

    /// <summary>Says that the proof was given in this session a moment ago: without it the key is not shown again after a mistyped
    /// code.</summary>
    [BindProperty]
    public string? Begun { get; set; }

    public bool TwoFactor { get; private set; }
    /// <summary>It is on, but its key was lost with the server's.</summary>
    public bool IsLost { get; private set; }
    public bool AsksForProof { get; private set; }
    public int RecoveryCodes { get; private set; }
    public string? Key { get; private set; }
    public string Picture { get; private set; } = "";
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostKeyAsync()
    {
        var account = await LoadAsync();
        if (TwoFactor && !IsLost) return Redirect(AccountsLinks.Authenticator());
        if (lasting.Key is null) ModelState.AddModelError("", KeyIsMissing);
        if (!ModelState.IsValid || !await MayAsync(account)) return Page();
        if (IsLost) await accounts.SetTwoFactorEnabledAsync(account, false);
        await accounts.ResetAuthenticatorKeyAsync(account);
        await codes.BeginAnewAsync(account.Id);
        await signIn.RefreshSignInAsync(account); // the security stamp changed
        Show((await accounts.GetAuthenticatorKeyAsync(account))!, account);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await LoadAsync();
        if (TwoFactor || !HasBegun(account)
            || await accounts.GetAuthenticatorKeyAsync(account) is not { Length: > 0 } key) return Redirect(AccountsLinks.Authenticator());
        if (OneTimeCodes.Read(Code) is not { } code || !await accounts.VerifyTwoFactorTokenAsync(account,
            accounts.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            ModelState.AddModelError(nameof(Code), string.IsNullOrWhiteSpace(Code) ? "Enter the six digits from the app"
                : "That code did not work. Check that the phone's clock is right and type the code shown now");
            Show(key, account);
            return Page();
        }
        await accounts.SetTwoFactorEnabledAsync(account, true);
        Codes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodesModel.Count) ?? []];
        await ChangedAsync(account);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        var account = await LoadAsync();
        if (!TwoFactor) return Redirect(AccountsLinks.Authenticator());
        if (!await MayAsync(account)) return Page();
        await accounts.SetTwoFactorEnabledAsync(account, false);
        if (lasting.Key is not null) await accounts.ResetAuthenticatorKeyAsync(account);
        await ChangedAsync(account);
        this.Say("The authenticator app is off. Your password alone signs you in.");
        return Redirect(AccountsLinks.You());
    }

    private async Task<bool> MayAsync(Account account)
    {
        if (await proofs.ProblemAsync(account, Proof) is { } problem) ModelState.AddModelError(AsksForProof ? nameof(Proof) : "", problem);
        return ModelState.IsValid;
    }

    /// <summary>How one signs in has changed: every session ends, and here a new one begins, so that a copy of the cookie is worth
    /// nothing.</summary>
    private async Task ChangedAsync(Account account)
    {
        await sessions.EndAsync(account.Id);
        await signIn.SignInAsync(account, isPersistent: false);
    }

    private async Task<Account> LoadAsync()
    {
        var account = await accounts.SignedInAsync(User);
        TwoFactor = account.TwoFactorEnabled;
        IsLost = TwoFactor && string.IsNullOrEmpty(await accounts.GetAuthenticatorKeyAsync(account));
        AsksForProof = await proofs.AsksAsync(account);
        RecoveryCodes = TwoFactor ? await accounts.CountRecoveryCodesAsync(account) : 0;
        return account;
    }

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("an authenticator's key is shown")
        .ToTimeLimitedDataProtector();

    private string Mark(Account account) => FormattableString.Invariant($"{account.Id} {sessions.Current}");

    private bool HasBegun(Account account)
    {
        try
        {
            return Protector.Unprotect(Begun ?? "") == Mark(account);
        }
        catch (CryptographicException)
        {
            return false; // too old, or forged
        }
    }

    private void Show(string key, Account account)
    {
        ModelState.Remove(nameof(Begun));
        Begun = Protector.Protect(Mark(account), TimeSpan.FromMinutes(30));
        Key = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
        var address = $"otpauth://totp/{Uri.EscapeDataString("Colead:" + account.Email)}?secret={key}&issuer=Colead&digits=6";
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        Picture = "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(4));
    }
}
