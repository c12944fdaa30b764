using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Lists;

/// <summary>An organisation's list, whole, for somebody other than who wrote it to say that it is right.</summary>
[For(Role.Lead)]
public sealed class ListModel(ColeadDb db, PartnershipAccess access, ListOperations lists, IEnumerable<IListUse> uses) : PageModel
{
    [BindProperty]
    public string? Seen { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Organisation Organisation { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<(Level Level, int People)> Levels { get; private set; } = [];
    public int Waiting => Rows.Count(row => row.Entry.Awaits(Standing));
    public int WaitForLead => Rows.Count(row => !row.Entry.Awaits(Standing) && row.Entry.LacksLead);
    public int WaitForCoordinator => Rows.Count(row => !row.Entry.Awaits(Standing) && row.Entry.LacksCoordinator);
    public string Growth { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long organisationId) => await LoadAsync(organisationId) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long organisationId)
    {
        if (await FindAsync(organisationId) is not { } organisation) return NotFound();
        if (await lists.ConfirmAsync(Standing, organisation, Seen))
        {
            this.Say("Confirmed. Thank you.");
            return Redirect(PartnershipsLinks.List(Standing.PartnershipId, organisationId));
        }
        ModelState.Clear(); // the form must carry what is shown now
        ModelState.AddModelError("", "Somebody changed this list while you looked at it. Nothing was confirmed. This is how it stands now");
        await LoadAsync(organisationId);
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    public string State(ListEntry entry) =>
        entry.Awaits(Standing) ? entry.HasChanged ? "Changed since it was confirmed" : "Not confirmed yet"
        : entry.LacksCoordinator ? Standing.IsCoordinator ? "Waits for another coordinator" : "Waits for the coordinator"
        : entry.LacksLead ? Standing.IsLead ? "Waits for another partner lead" : "No partner lead has confirmed it"
        : "Confirmed";

    private async Task<bool> LoadAsync(long organisationId)
    {
        if (await FindAsync(organisationId) is not { } organisation) return false;
        Organisation = organisation;
        var entries = await lists.ReadAsync(Standing, organisationId);
        Seen = ListOperations.Seen(entries);
        var ids = entries.SelectMany(e => new[] { e.EnteredBy.AccountId, e.PlacedBy.AccountId }).OfType<long>().Distinct().ToList();
        var names = await db.Users.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name);
        string Say(Writer writer) => writer.AccountId is not { } id ? "Not recorded; taken as a coordinator’s"
            : $"{names.GetValueOrDefault(id, "somebody whose account is gone")}, {(writer.AsCoordinator ? "coordinator" : "partner lead")}";
        var before = await BeforeAsync(organisationId, entries.Count);
        Rows = [.. entries.OrderByDescending(e => e.Awaits(Standing)).ThenBy(e => e.NameKey, StringComparer.Ordinal).Select(e => new Row(e,
            e.EnteredBy == e.PlacedBy ? Say(e.EnteredBy) : $"Name and address: {Say(e.EnteredBy)}. Put here: {Say(e.PlacedBy)}",
                before is not null && !before.Contains(e.PersonId)))];
        Levels = [.. entries.GroupBy(e => e.Level).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()))];
        return true;
    }

    /// <summary>Who was on the list when the last round opened; nothing before the first.</summary>
    private async Task<HashSet<long>?> BeforeAsync(long organisationId, int now)
    {
        DateTime? last = null;
        foreach (var use in uses)
            if (await use.LastAsync(Standing.PartnershipId) is { } used && !(last >= used)) last = used;
        if (last is not { } at) return null;
        var day = Dates.DayOf(at);
        var then = (await db.Set<Membership>().Where(m => m.OrganisationId == organisationId && m.JoinedOn <= day
            && (m.LeftOn == null || m.LeftOn > day)).Select(m => m.PersonId).ToListAsync()).ToHashSet();
        var more = now - then.Count;
        Growth = (more > 0 ? $"{more:N0} more than" : more < 0 ? $"{-more:N0} fewer than" : "As many as")
            + $" when the last round opened, on {Dates.Say(day)}";
        return then;
    }

    private async Task<Organisation?> FindAsync(long organisationId)
    {
        Standing = await access.RequiredAsync();
        return await access.ManagedOrganisations(Standing).FirstOrDefaultAsync(o => o.Id == organisationId);
    }

    public sealed record Row(ListEntry Entry, string WrittenBy, bool IsNew);
}
