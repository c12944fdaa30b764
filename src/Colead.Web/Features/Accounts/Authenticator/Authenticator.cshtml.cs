using System.ComponentModel.DataAnnotations;
using Colead.Data.Accounts;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace Colead.Web.Features.Accounts;

public sealed class AuthenticatorModel(UserManager<Account> accounts, SignInManager<Account> signIn) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the six digits from the app")]
    public string? Code { get; set; }

    public bool TwoFactor { get; private set; }
    public int RecoveryCodes { get; private set; }
    public string Key { get; private set; } = "";
    public string Picture { get; private set; } = "";

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await LoadAsync();
        if (!ModelState.IsValid || TwoFactor) return Page();
        var code = new string([.. Code!.Where(char.IsAsciiDigit)]);
        if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            ModelState.AddModelError(nameof(Code), "That code did not work. Check that the phone's clock is right and type the code shown now");
            return Page();
        }
        await accounts.SetTwoFactorEnabledAsync(account, true);
        await signIn.RefreshSignInAsync(account);
        return RedirectPreserveMethod(AccountsLinks.RecoveryCodes());
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        var account = await accounts.SignedInAsync(User);
        await accounts.SetTwoFactorEnabledAsync(account, false);
        await accounts.ResetAuthenticatorKeyAsync(account);
        await signIn.RefreshSignInAsync(account);
        this.Say("The authenticator app is off. Your password alone signs you in.");
        return Redirect(AccountsLinks.You());
    }

    private async Task<Account> LoadAsync()
    {
        var account = await accounts.SignedInAsync(User);
        TwoFactor = account.TwoFactorEnabled;
        if (TwoFactor)
        {
            RecoveryCodes = await accounts.CountRecoveryCodesAsync(account);
            return account;
        }
        var key = await accounts.GetAuthenticatorKeyAsync(account);
        if (string.IsNullOrEmpty(key))
        {
            await accounts.ResetAuthenticatorKeyAsync(account);
            key = await accounts.GetAuthenticatorKeyAsync(account);
            await signIn.RefreshSignInAsync(account); // the reset changed the security stamp
        }
        Key = string.Join(' ', key!.Chunk(4).Select(part => new string(part)));
        var address = $"otpauth://totp/{Uri.EscapeDataString("Colead:" + account.Email)}?secret={key}&issuer=Colead&digits=6";
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        Picture = "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(4));
        return account;
    }
}
