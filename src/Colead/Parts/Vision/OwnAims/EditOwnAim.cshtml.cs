using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.OwnAims;

[For(Role.Lead)]
public sealed class EditOwnAimModel(ColeadDb db, PartnershipAccess access, AimOperations aims) : OwnAimFields
{
    private Standing standing = null!;
    private OwnAim aim = null!;

    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public long OwnAimId { get; set; }

    /// <summary>What someone else of the organisation saved meanwhile.</summary>
    public OwnAim? Theirs { get; private set; }

    /// <summary>Others read it now, and a thread began with it.</summary>
    public bool InAThread => aim.ThreadId is not null && aim.Visibility != AimVisibility.Itself;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return NotFound();
        (Name, Text, Visibility, Version) = (aim.Name, aim.Text, aim.Visibility, aim.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return NotFound();
        CheckFields();
        if (!ModelState.IsValid) return Page();
        var hides = InAThread && Visibility == AimVisibility.Itself;
        if (!await aims.ChangeAsync(standing, aim, Typed, Version)) return await DiffersAsync();
        this.Say(hides
            ? $"Saved. Its words are gone from the thread about it, too: unless somebody had changed its title, it is called “{AimOperations.NameLess(aim.Organisation!.Name)}” now." : "Saved.");
        return Redirect(VisionLinks.OwnAim(PartnershipId, OwnAimId));
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        if (!await LoadAsync()) return NotFound();
        ModelState.Clear();
        if (!await aims.EndAsync(standing, aim, Version))
        {
            await LoadAsync();
            (Name, Text, Visibility, Version) = (aim.Name, aim.Text, aim.Visibility, aim.Version);
            return this.Clashed();
        }
        this.Say("It is put away.");
        return Redirect(VisionLinks.OwnAims(PartnershipId, OrganisationId));
    }

    private async Task<IActionResult> DiffersAsync()
    {
        Theirs = await db.Set<OwnAim>().AsNoTracking().FirstAsync(a => a.Id == OwnAimId);
        Version = Theirs.Version;
        return this.Differs();
    }

    private async Task<bool> LoadAsync()
    {
        standing = await access.RequiredAsync();
        aim = (await aims.Own(standing).Include(a => a.Organisation)
            .FirstOrDefaultAsync(a => a.Id == OwnAimId && a.OrganisationId == standing.OrganisationId && a.EndedAt == null))!;
        (PartnershipId, OrganisationId) = (standing.PartnershipId, standing.OrganisationId ?? 0);
        return standing.IsLead && aim is not null;
    }
}
