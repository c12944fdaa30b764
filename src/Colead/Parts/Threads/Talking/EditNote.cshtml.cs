using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Threads.Talking;

/// <summary>Changes what one wrote oneself.</summary>
[For(Role.Member)]
public sealed class EditNoteModel(PartnershipAccess access, ThreadOperations threads) : PageModel
{
    [BindProperty, StringLength(ThreadNote.TextLength, ErrorMessage = "Keep it to 4,000 letters, or write two notes")]
    public string? Text { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<FieldClash> Differences { get; private set; } = [];
    public ThreadNote Note { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long threadId, long noteId)
    {
        if (!await LoadAsync(threadId, noteId)) return NotFound();
        (Text, Version) = (Note.Text, Note.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long threadId, long noteId)
    {
        if (!await LoadAsync(threadId, noteId)) return NotFound();
        if (string.IsNullOrWhiteSpace(Text)) ModelState.AddModelError(nameof(Text), "Write something, or take it back in the conversation");
        if (!ModelState.IsValid) return Page();
        if (await threads.RewordAsync(Standing, Note, Version, Text!.Trim())) return Redirect(ThreadsLinks.Talk(Standing.PartnershipId,
            threadId) + $"#note-{noteId}");
        if (!await LoadAsync(threadId, noteId)) return NotFound();
        Version = Note.Version;
        Differences = FieldClash.Of(("What you wrote", Note.Text, Text));
        return this.Differs();
    }

    private async Task<bool> LoadAsync(long threadId, long noteId)
    {
        Standing = await access.RequiredAsync();
        if (await threads.OwnNoteAsync(Standing, threadId, noteId) is not { } note) return false;
        Note = note;
        return true;
    }
}
