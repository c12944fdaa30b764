using Colead.Kit.Forms;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Partners;

[For(Role.Coordinator)]
public sealed class EditOrganisationModel(ColeadDb db, PartnershipAccess access) : OrganisationFields(db, access)
{
    private readonly ColeadDb db = db;
    private readonly PartnershipAccess access = access;

    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public long OrganisationId { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is not { } organisation) return NotFound();
        (Name, Sector, Size, Identifier, Version) = (organisation.Name, organisation.Sector, organisation.Size, organisation.Identifier,
            organisation.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is not { } organisation) return NotFound();
        await CheckAsync(except: organisation.Id);
        if (!ModelState.IsValid) return Page();
        (organisation.Name, organisation.Sector, organisation.Size, organisation.Identifier) = (Name!, Sector!.Value, Size, Identifier);
        db.Entry(organisation).Property(o => o.Version).OriginalValue = Version;
        access.Record(Standing, "changed an organisation", organisation.Name);
        this.Say("Saved.");
        return await SaveAsync(() => PartnershipsLinks.Organisation(PartnershipId, organisation.Id));
    }

    private async Task<Organisation?> LoadAsync()
    {
        await FindStandingAsync();
        return await access.Organisations(Standing).FirstOrDefaultAsync(o => o.Id == OrganisationId);
    }
}
