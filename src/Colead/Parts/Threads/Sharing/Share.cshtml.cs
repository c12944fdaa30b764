using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Parts.Findings;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads.Starting;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads.Sharing;

/// <summary>Links by which people without an account read a thread.</summary>
[For(Role.Coordinator)]
public sealed class ShareModel(ColeadDb db, PartnershipAccess access, ThreadOperations threads, PublishedRounds rounds,
    Outbox outbox) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Say whom it is for"), StringLength(120, ErrorMessage = "Say it in 120 letters or fewer")]
    public string? For { get; set; }

    [BindProperty, Required(ErrorMessage = "Give it a title that may be read outside"),
        StringLength(GoldenThread.TitleLength, ErrorMessage = "Say it in 200 letters or fewer")]
    public string? Title { get; set; }

    [BindProperty]
    public string? FormKey { get; set; }

    public Standing Standing { get; private set; } = null!;
    public GoldenThread Thread { get; private set; } = null!;
    public IReadOnlyList<Given> Links { get; private set; } = [];
    public string? Link { get; private set; }
    /// <summary>Whether the finding that it began with is among what may leave the partnership.</summary>
    public bool FindingIsOpen { get; private set; }

    public string TitleHint => "Outsiders read this title." + (Thread.Source == Colead.Parts.Threads.ThreadSource.Aim
        ? " It began with a partner’s aim, which may be for the partnership alone: ask that partner before you repeat it."
        : FindingIsOpen ? "" : " The finding it began with is for the partnership alone, so do not repeat its figures.");

    public async Task<IActionResult> OnGetAsync(long threadId)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        FormKey = Colead.Kit.Forms.FormKey.New();
        if (FindingIsOpen && Thread.Source != Colead.Parts.Threads.ThreadSource.Aim) Title = Thread.Title;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long threadId)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        var (title, forWhom) = (ShortText.Tidy(Title), ShortText.Tidy(For));
        if (!ModelState.IsValid || title is null || forWhom is null) return Page();
        if (await threads.ShareAsync(Standing, Thread, title, forWhom, Colead.Kit.Forms.FormKey.Of(FormKey)) is not { } secret)
        {
            FormKey = Colead.Kit.Forms.FormKey.New();
            ModelState.Remove(nameof(FormKey));
            ModelState.AddModelError("", Links.Count(l => l.RevokedAt is null) >= ThreadOperations.MostLinks
                ? $"There are {ThreadOperations.MostLinks} open links already. Revoke one that is not needed any more"
                    : "The link that this form made is revoked. Send it again to make another");
            return Page();
        }
        Link = outbox.Absolute(ThreadsLinks.Shared(secret));
        await LoadAsync(threadId);
        ModelState.Clear();
        (For, Title, FormKey) = (null, title, Colead.Kit.Forms.FormKey.New());
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long threadId, [FromForm] long link)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        ModelState.Clear();
        if (!await threads.RevokeAsync(Standing, Thread, link)) return NotFound();
        this.Say("The link opens nothing any more.");
        return Redirect(ThreadsLinks.Share(Standing.PartnershipId, threadId));
    }

    private async Task<bool> LoadAsync(long threadId)
    {
        Standing = await access.RequiredAsync();
        if (await threads.FindAsync(Standing, threadId) is not { } thread) return false;
        Thread = thread;
        ThreadOrigin beginning = ThreadOrigin.Of(thread);
        FindingIsOpen = beginning.RoundId is not { } round || (beginning.Kind is null ? await StatementIsOpenAsync(round)
            : await rounds.FindAsync(round) is { } found && beginning.In(found.Publication.Open) is not null);
        Links = await db.Set<ThreadLink>().Where(l => l.ThreadId == threadId).OrderByDescending(l => l.Id)
            .Select(l => new Given(l.Id, l.For, l.Title, l.MadeBy, l.MadeAt, l.RevokedAt)).ToListAsync();
        return true;
    }

    private async Task<bool> StatementIsOpenAsync(long round) =>
        await rounds.FindAsync(round) is { } found && found.Publication.Open.All.Items.Any(i => i.Item == Thread.Measure
            && i.Mean.Withheld is null);

    public sealed record Given(long Id, string For, string Title, string MadeBy, DateTime MadeAt, DateTime? RevokedAt);
}
