using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Kit.Forms;
using Colead.Parts.Accounts;
using Colead.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Mail.Queue;

/// <summary>How mail goes, for whoever runs the installation.</summary>
[Authorize(Policies.Operator)]
public sealed class MailModel(ColeadDb db, Outbox outbox, ColeadSettings settings) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter an e-mail address")]
    public string? To { get; set; }

    public bool IsSetUp => outbox.IsSetUp;
    public string Server => settings.Mail.Host ?? "";
    public string From => settings.Mail.From;
    public string SettingsFile => Path.Combine(settings.DataFolder, "colead.json");
    public int Waiting { get; private set; }
    public string? Trouble { get; private set; }
    public IReadOnlyList<Row> Failed { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid && !EmailAddress.IsValid(To!.Trim())) ModelState.AddModelError(nameof(To),
            "Enter an e-mail address in the form name@example.org");
        if (!ModelState.IsValid || !IsSetUp)
        {
            await LoadAsync();
            return Page();
        }
        outbox.Post(To!.Trim(), "A test message from Colead", "This message shows that Colead can send mail.\n");
        await db.SaveChangesAsync();
        this.Say("The test message is on its way. If it does not arrive, look here again in a minute.");
        return Redirect(MailLinks.Mail());
    }

    private async Task LoadAsync()
    {
        Failed = await db.Outbox.Where(m => m.GivenUpAt != null).OrderByDescending(m => m.Id).Take(50)
            .Select(m => new Row(m.To, m.Subject, m.Problem)).ToListAsync();
        var waiting = db.Outbox.Where(m => m.SentAt == null && m.GivenUpAt == null);
        Waiting = await waiting.CountAsync();
        Trouble = await waiting.Where(m => m.Problem != null).OrderByDescending(m => m.Id).Select(m => m.Problem).FirstOrDefaultAsync();
    }

    public sealed record Row(string To, string Subject, string? Problem);
}
