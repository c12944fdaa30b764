using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Accounts.YourAccount;

[Authorize(Policies.SignedIn)]
public sealed class SignedInModel(UserManager<Account> accounts, SignInManager<Account> signIn, Sessions sessions, TimeProvider clock)
    : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostEndAsync([FromForm] string? id)
    {
        var account = await LoadAsync();
        if (Rows.FirstOrDefault(row => row.Id == id) is not { } row) return NotFound();
        if (row.IsThis) return await OutAsync();
        await sessions.EndAsync(account.Id, only: id);
        this.Say($"{row.Browser} is signed out.");
        return Redirect(AccountsLinks.SignedIn());
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await sessions.EndAsync((await accounts.SignedInAsync(User)).Id);
        return await OutAsync();
    }

    private async Task<RedirectResult> OutAsync()
    {
        await signIn.SignOutAsync();
        return Redirect("/");
    }

    private async Task<Account> LoadAsync()
    {
        var account = await accounts.SignedInAsync(User);
        var hour = AccountSession.HourOf(clock.Now());
        Rows = [.. (await sessions.OfAsync(account.Id)).Select(s => new Row(s.Id, s.Browser, s.BeganAt, s.SeenAt >= hour
            ? "within the hour" : Dates.Say(s.SeenAt), s.Id == sessions.Current))
            .OrderByDescending(row => row.IsThis)];
        return account;
    }

    public sealed record Row(string Id, string Browser, DateTime Began, string Seen, bool IsThis);
}
