using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget.Books;

/// <summary>One entry with what it moved, and the ways to undo it.</summary>
[For(Role.Viewer)]
[TypeFilter(typeof(OnlyWithABudget))]
public sealed class EntryModel(PartnershipAccess access, LedgerOperations book) : EditPage
{
    [BindProperty]
    public string? Reason { get; set; }

    public Standing Standing { get; private set; } = null!;
    public JournalEntry Entry { get; private set; } = null!;
    /// <summary>The entry that undid this one.</summary>
    public JournalEntry? UndoneBy { get; private set; }
    /// <summary>The entry this one undid.</summary>
    public JournalEntry? Undid { get; private set; }
    public JournalEntry? Promise { get; private set; }
    /// <summary>What is left of a promise.</summary>
    public long Left { get; private set; }
    public bool IsPromise => Entry.Kind == EntryKind.Commitment;
    public bool MayUndo => Standing.Manages(Entry.OrganisationId) && UndoneBy is null && Entry.Kind != EntryKind.Reversal
        && (!IsPromise || Left == Entry.Amount);
    public bool MayRelease => Standing.Manages(Entry.OrganisationId) && IsPromise && UndoneBy is null && Left > 0;

    public async Task<IActionResult> OnGetAsync(long entryId)
    {
        if (!await LoadAsync(entryId)) return NotFound();
        NewKey();
        return Page();
    }

    public Task<IActionResult> OnPostUndoAsync(long entryId) => WriteAsync(entryId, release: false);

    public Task<IActionResult> OnPostReleaseAsync(long entryId) => WriteAsync(entryId, release: true);

    private async Task<IActionResult> WriteAsync(long entryId, bool release)
    {
        if (!await LoadAsync(entryId) || !Standing.Manages(Entry.OrganisationId)
            || (release ? !IsPromise : Entry.Kind == EntryKind.Reversal)) return NotFound();
        var reason = Typed.Line(ModelState, nameof(Reason), Reason, JournalEntry.TextLength, "Say why in a few words");
        if (!ModelState.IsValid) return Page();
        var posting = release ? await book.ReleaseAsync(Standing, entryId, reason, Key)
            : await book.ReverseAsync(Standing, entryId, reason, Key);
        if (posting.Result == PostResult.Written)
        {
            this.Say(release ? "What was left is back in the pot." : "It is undone. Both entries stay.");
            return Redirect(BudgetLinks.Entry(Standing.PartnershipId, posting.EntryId!.Value));
        }
        if (!await LoadAsync(entryId)) return NotFound();
        ModelState.AddModelError("", posting.Result switch
        {
            PostResult.AlreadyUndone => "This entry is undone already",
            PostResult.DrawnOn => "Something was spent out of this promise. Give back what is left instead",
            _ => "Nothing is left of this promise",
        });
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    private async Task<bool> LoadAsync(long entryId)
    {
        Standing = await access.RequiredAsync();
        var entries = book.Entries(Standing).AsNoTracking();
        Entry = (await entries.Include(e => e.Lines).ThenInclude(l => l.Organisation).Include(e => e.Organisation).Include(e => e.Outcome)
            .Include(e => e.Action).FirstOrDefaultAsync(e => e.Id == entryId))!;
        if (Entry is null) return false;
        var others = await entries.Where(e => e.ReversesId == entryId || e.Id == Entry.ReversesId || e.Id == Entry.CommitmentId)
            .ToListAsync();
        (UndoneBy, Undid, Promise) = (others.Find(e => e.ReversesId == entryId), others.Find(e => e.Id == Entry.ReversesId),
            others.Find(e => e.Id == Entry.CommitmentId));
        if (IsPromise) Left = await book.LeftAsync(entryId);
        return true;
    }
}
