using Colead.Kit.Forms;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Overviews;

[For(Role.Coordinator)]
public sealed class EditModel(ColeadDb db, PartnershipAccess access) : PartnershipForm
{
    [BindProperty]
    public int Version { get; set; }

    public long Id { get; private set; }

    public async Task OnGetAsync()
    {
        var partnership = await LoadAsync();
        (Name, Place, Kind, Purpose, WhyNotAlone, Version) =
            (partnership.Name, partnership.Place, partnership.Kind, partnership.Purpose, partnership.WhyNotAlone, partnership.Version);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var partnership = await LoadAsync();
        if (!ModelState.IsValid) return Page();
        (partnership.Name, partnership.Place, partnership.Kind, partnership.Purpose, partnership.WhyNotAlone) =
            (TidyName, TidyPlace, Kind!.Value, Lines(Purpose), Lines(WhyNotAlone));
        db.Entry(partnership).Property(p => p.Version).OriginalValue = Version;
        access.Record(await access.RequiredAsync(), "changed the partnership", partnership.Name);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return this.Clashed();
        }
        this.Say("Saved.");
        return Redirect(PartnershipsLinks.Overview(Id));
    }

    private async Task<Partnership> LoadAsync()
    {
        Id = (await access.RequiredAsync()).PartnershipId;
        return await db.Set<Partnership>().SingleAsync(p => p.Id == Id);
    }
}
