using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Records;

[For(Role.Viewer)]
public sealed class DutiesModel(PartnershipAccess access, RecordOperations records) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Duties { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        Duties = await records.Duties(Standing).OrderBy(d => d.Id)
            .Select(d => new Row(d.Id, d.Name, d.Text, d.Holders.OrderBy(h => h.Organisation!.NameKey)
                .Select(h => new Holder(h.Organisation!.Name, h.Organisation.Terms.All(t => t.LeftOn != null))).ToList())).ToListAsync();
    }

    public sealed record Row(long Id, string Name, string Text, IReadOnlyList<Holder> Holders);

    public sealed record Holder(string Name, bool Left);
}
