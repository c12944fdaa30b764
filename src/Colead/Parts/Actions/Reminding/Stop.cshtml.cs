using Colead.Composition;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Actions.Reminding;

/// <summary>
/// Stops reminders by the link in a letter. Opening it changes nothing, because scanners of mail open links. Sending needs no sign-in and
/// no form token, so that mail programs may do it in one click (RFC 8058); the secret in the address says whose letters they are.
/// </summary>
[IgnoreAntiforgeryToken]
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class StopModel(Reminders reminders) : PageModel
{
    public bool Known { get; private set; }
    public bool Stopped { get; private set; }

    public async Task OnGetAsync(string secret)
    {
        if (reminders.Read(secret) is not { } address) return;
        (Known, Stopped) = (true, await reminders.IsStoppedAsync(address));
    }

    public Task<IActionResult> OnPostAsync(string secret) => SetAsync(secret, stopped: true);

    public Task<IActionResult> OnPostStartAsync(string secret) => SetAsync(secret, stopped: false);

    private async Task<IActionResult> SetAsync(string secret, bool stopped)
    {
        if (reminders.Read(secret) is not { } address) return Page();
        await reminders.SetAsync(address, stopped);
        (Known, Stopped) = (true, stopped);
        return Page();
    }
}
