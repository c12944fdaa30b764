namespace Colead.Parts.Accounts;

/// <summary>Addresses of this part.</summary>
public static class AccountsLinks
{
    public static string SignIn(string? then = null) => then is null ? "/sign-in" : "/sign-in?then=" + Uri.EscapeDataString(then);
    public static string SecondStep(string? then = null) => then is null ? "/sign-in/code" : "/sign-in/code?then="
        + Uri.EscapeDataString(then);
    public static string Enter(string secret) => "/enter/" + secret;
    public static string Forgotten() => "/forgotten";
    public static string Reset(long account, string token) => $"/reset?account={account}&token={Uri.EscapeDataString(token)}";
    public static string SetUp(string secret) => "/set-up/" + secret;
    public static string SignOut() => "/sign-out";
    public static string You() => "/account";
    public static string Password() => "/account/password";
    public static string Passkeys() => "/account/passkeys";
    public static string Authenticator() => "/account/authenticator";
    public static string RecoveryCodes() => "/account/recovery-codes";
    public static string SignedIn() => "/account/signed-in";
}
