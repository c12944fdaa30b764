using System.ComponentModel.DataAnnotations;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads.Talking;

/// <summary>The conversation of a thread, with questions that open it.</summary>
[For(Role.Viewer)]
public sealed class TalkModel(Colead.Storage.ColeadDb db, PartnershipAccess access, ThreadOperations threads) : PageModel
{
    [BindProperty, StringLength(ThreadNote.TextLength, ErrorMessage = "Keep it to 4,000 letters, or write two notes")]
    public string? Text { get; set; }

    [BindProperty]
    public string? FormKey { get; set; }

    public Standing Standing { get; private set; } = null!;
    public GoldenThread Thread { get; private set; } = null!;
    public IReadOnlyList<Note> Notes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long threadId)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        FormKey = Colead.Kit.Forms.FormKey.New();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long threadId)
    {
        if (!await LoadAsync(threadId) || !Standing.TakesPart) return NotFound();
        if (string.IsNullOrWhiteSpace(Text)) ModelState.AddModelError(nameof(Text), "Write something first");
        if (Thread.EndedAt is not null) ModelState.AddModelError("", "The thread has been put away. Take it up again before you write");
        if (!ModelState.IsValid) return Page();
        await threads.SayAsync(Standing, Thread, Text!.Trim(), Colead.Kit.Forms.FormKey.Of(FormKey));
        return Redirect(ThreadsLinks.Talk(Standing.PartnershipId, threadId) + "#write");
    }

    public async Task<IActionResult> OnPostTakeBackAsync(long threadId, [FromForm] long note)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        ModelState.Clear();
        return await threads.TakeBackAsync(Standing, threadId, note) ? Redirect(ThreadsLinks.Talk(Standing.PartnershipId, threadId))
            : NotFound();
    }

    private async Task<bool> LoadAsync(long threadId)
    {
        Standing = await access.RequiredAsync();
        if (await threads.FindAsync(Standing, threadId) is not { } thread) return false;
        Thread = thread;
        Notes = await db.Set<ThreadNote>().Where(n => n.ThreadId == threadId).OrderBy(n => n.At).ThenBy(n => n.Id)
            .Select(n => new Note(n.Id, n.Who, n.Organisation!.Name, n.Text, n.At, n.ChangedAt, n.TakenBackAt != null,
                n.AccountId == Standing.AccountId)).ToListAsync();
        return true;
    }

    public sealed record Note(long Id, string Who, string? Organisation, string Text, DateTime At, DateTime? ChangedAt, bool TakenBack,
        bool IsOwn);
}
