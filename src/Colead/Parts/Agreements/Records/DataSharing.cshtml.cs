using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Records;

[For(Role.Viewer)]
public sealed class DataSharingModel(PartnershipAccess access, RecordOperations records, TimeProvider clock) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Records { get; private set; } = [];
    public int Due => Records.Count(record => record.IsDue);

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var today = clock.Today();
        Records = await records.DataSharings(Standing).OrderBy(d => d.ReviewOn).ThenBy(d => d.Id)
            .Select(d => new Row(d.Id, d.Purpose, d.Data, d.Basis, d.BasisNote, d.OtherParties, d.ReviewOn, d.ReviewOn <= today,
                d.Parties.OrderBy(p => p.Organisation!.NameKey).Select(p => p.Organisation!.Name).ToList())).ToListAsync();
    }

    public sealed record Row(long Id, string Purpose, string Data, LawfulBasis Basis, string BasisNote, string OtherParties,
        DateOnly ReviewOn, bool IsDue, IReadOnlyList<string> Parties);
}
