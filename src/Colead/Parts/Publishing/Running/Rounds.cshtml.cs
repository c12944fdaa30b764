using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Running;

[For(Role.Viewer)]
public sealed class RoundsModel(PartnershipAccess access, RoundOperations rounds) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var found = await rounds.Of(Standing).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
            .Select(r => new { r.Id, r.Name, r.State, r.OpensAt, r.ClosesAt, r.ClosedAt, r.PublishedAt, r.CancelledAt }).ToListAsync();
        Rows = [.. found.Select(r => new Row(r.Id, r.Name, r.State,
            RoundWords.When(r.State, r.OpensAt, r.ClosesAt, r.ClosedAt, r.PublishedAt, r.CancelledAt)))];
    }

    public sealed record Row(long Id, string Name, RoundState State, string When);
}
