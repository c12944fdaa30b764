using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships.Lists;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Partners;

[For(Role.Viewer)]
public sealed class OrganisationModel(ColeadDb db, PartnershipAccess access, ListOperations lists, MergeOperations merging,
    TimeProvider clock) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Organisation Organisation { get; private set; } = null!;
    public bool Manages => Standing.Manages(Organisation.Id);
    public IReadOnlyList<Row> People { get; private set; } = [];
    /// <summary>Entries of the list that wait for whoever looks to confirm them.</summary>
    public int Waiting { get; private set; }
    public IReadOnlyList<string> Leads { get; private set; } = [];

    /// <summary>With which of these it could be one; alike names first.</summary>
    public IReadOnlyList<Organisation> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long organisationId)
    {
        if (!await LoadAsync(organisationId)) return NotFound();
        Leads = await db.Set<RoleGrant>().Where(g => g.OrganisationId == organisationId && g.Role == Role.Lead)
            .OrderBy(g => g.Account!.Name).Select(g => g.Account!.Name).ToListAsync();
        if (Manages)
        {
            People = await db.Set<Membership>().Where(m => m.OrganisationId == organisationId && m.LeftOn == null)
                .OrderBy(m => m.Person!.NameKey)
                .Select(m => new Row(m.PersonId, m.Person!.Name, m.Level, m.TitleShown ? m.Title : null, m.JoinedOn)).ToListAsync();
            Waiting = (await lists.ReadAsync(Standing, organisationId)).Count(e => e.Awaits(Standing));
        }
        if (Standing.IsCoordinator)
        {
            var others = await access.Organisations(Standing).Where(o => o.Id != organisationId && o.Terms.Any(t => t.LeftOn == null))
                .OrderBy(o => o.NameKey).ToListAsync();
            Others = [.. others.OrderByDescending(o => OrganisationNames.AreNear(o.Name, Organisation.Name))];
        }
        return Page();
    }

    public async Task<IActionResult> OnPostMergeAsync(long organisationId, long? into)
    {
        if (!await LoadAsync(organisationId) || !Standing.IsCoordinator) return NotFound();
        switch (into is null ? Merge.NotThere : await merging.MergeAsync(Standing, organisationId, into.Value))
        {
            case Merge.Done:
                this.Say("They are one organisation now. Its list wants to be confirmed again.");
                return Redirect(PartnershipsLinks.Organisation(Standing.PartnershipId, into!.Value));
            case Merge.Named:
                ModelState.AddModelError("into",
                    $"A round, a decision, money or something else names {Organisation.Name}, and that would be lost. Rename it, or record that it left, instead");
                break;
            default:
                ModelState.AddModelError("into", "Choose which organisation it is the same as");
                break;
        }
        return await OnGetAsync(organisationId);
    }

    public Task<IActionResult> OnPostLeaveAsync(long organisationId) =>
        ChangeAsync(organisationId, organisation => organisation.Leave(clock.Today()), "recorded that an organisation left");

    public Task<IActionResult> OnPostReturnAsync(long organisationId) =>
        ChangeAsync(organisationId, organisation => organisation.Join(clock.Today()), "recorded that an organisation joined again");

    private async Task<IActionResult> ChangeAsync(long organisationId, Action<Organisation> change, string act)
    {
        if (!await LoadAsync(organisationId) || !Standing.IsCoordinator) return NotFound();
        await db.Entry(Organisation).Collection(o => o.Memberships).LoadAsync();
        change(Organisation);
        access.Record(Standing, act, Organisation.Name);
        await db.SaveChangesAsync();
        this.Say("Saved.");
        return Redirect(PartnershipsLinks.Organisation(Standing.PartnershipId, organisationId));
    }

    private async Task<bool> LoadAsync(long organisationId)
    {
        Standing = await access.RequiredAsync();
        Organisation = (await access.Organisations(Standing).Include(o => o.Terms).FirstOrDefaultAsync(o => o.Id == organisationId))!;
        return Organisation is not null;
    }

    public sealed record Row(long Id, string Name, Level Level, string? Title, DateOnly Since);
}
