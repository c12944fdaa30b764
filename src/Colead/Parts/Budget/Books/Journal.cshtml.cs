using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget.Books;

/// <summary>Every entry, newest first, a page at a time.</summary>
[For(Role.Viewer)]
[TypeFilter(typeof(OnlyWithABudget))]
public sealed class JournalModel(PartnershipAccess access, LedgerOperations book) : PageModel
{
    public const int PageSize = 100;

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<JournalEntry> Entries { get; private set; } = [];
    public int Count { get; private set; }
    public int Number { get; private set; }
    public int Pages => Math.Max(1, (Count + PageSize - 1) / PageSize);

    public async Task OnGetAsync(int number = 1)
    {
        Standing = await access.RequiredAsync();
        Count = await book.Entries(Standing).CountAsync();
        Number = Math.Clamp(number, 1, Pages);
        Entries = await book.Entries(Standing).AsNoTracking().Include(e => e.Organisation).OrderByDescending(e => e.Number)
            .Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }
}
