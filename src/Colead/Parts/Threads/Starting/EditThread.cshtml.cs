using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Threads.Starting;

/// <summary>Names a thread anew, or puts it away.</summary>
[For(Role.Member)]
public sealed class EditThreadModel(PartnershipAccess access, ThreadOperations threads, ThreadOrigins beginnings) : PageModel
{
    [BindProperty, StringLength(GoldenThread.TitleLength, ErrorMessage = "Say it in 200 letters or fewer")]
    public string? Title { get; set; }

    [BindProperty, StringLength(GoldenThread.AboutLength, ErrorMessage = "Keep it to 2,000 letters; write the rest as a note")]
    public string? About { get; set; }

    [BindProperty]
    public string? Dimension { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public GoldenThread Thread { get; private set; } = null!;
    public IReadOnlyList<FieldClash> Differences { get; private set; } = [];
    public IReadOnlyList<Choice> Dimensions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long threadId)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        (Title, About, Dimension, Version) = (Thread.Title, Thread.About, Thread.Dimension, Thread.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long threadId)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        var title = ShortText.Tidy(Title);
        if (title is null) ModelState.AddModelError(nameof(Title), "Give it a title that people will recognise");
        if (!ModelState.IsValid) return Page();
        var dimension = Thread.Source is Colead.Parts.Threads.ThreadSource.Aim or Colead.Parts.Threads.ThreadSource.Problem
            ? Dimensions.FirstOrDefault(d => d.Value == Dimension)?.Value : Thread.Dimension;
        if (await threads.ChangeAsync(Standing, Thread, Version, title!, About?.ReplaceLineEndings("\n").Trim() ?? "", dimension))
        {
            this.Say("Saved.");
            return Redirect(ThreadsLinks.Thread(Standing.PartnershipId, threadId));
        }
        await LoadAsync(threadId);
        Version = Thread.Version;
        Differences = FieldClash.Of(("Title", Thread.Title, title),
            ("What it is about", Thread.About, About?.ReplaceLineEndings("\n").Trim()),
            ("The part of leading together", Named(Thread.Dimension), Named(dimension)));
        return this.Differs();
    }

    public async Task<IActionResult> OnPostEndAsync(long threadId, [FromForm] bool ended)
    {
        if (!await LoadAsync(threadId)) return NotFound();
        ModelState.Clear();
        await threads.EndAsync(Standing, Thread, ended);
        this.Say(ended ? "The thread is put away. It can be read and taken up again." : "The thread goes on.");
        return Redirect(ThreadsLinks.Thread(Standing.PartnershipId, threadId));
    }

    private string? Named(string? dimension) => Dimensions.FirstOrDefault(d => d.Value == dimension)?.Label;

    private async Task<bool> LoadAsync(long threadId)
    {
        Standing = await access.RequiredAsync();
        if (await threads.FindAsync(Standing, threadId) is not { } thread || !ThreadOperations.MayChange(Standing, thread)) return false;
        Thread = thread;
        Dimensions = await beginnings.DimensionsAsync();
        return true;
    }
}
