using Colead.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Overviews;

/// <summary>What the partnership is, and the one thing to do next.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class OverviewModel(ColeadDb db, PartnershipAccess access) : PageModel
{
    public Partnership Partnership { get; private set; } = null!;
    public Standing Standing { get; private set; } = null!;
    public int Organisations { get; private set; }
    public int People { get; private set; }
    private int WithoutLead { get; set; }
    public IReadOnlyList<(Sector Sector, int Count)> Sectors { get; private set; } = [];
    public NextStep Next { get; private set; } = null!;
    /// <summary>The reader's organisation, where it has left.</summary>
    public string? Left { get; private set; }

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        if (!Standing.Holds)
        {
            Left = await access.Organisations(Standing).Where(o => o.Id == Standing.OrganisationId).Select(o => o.Name).SingleAsync();
            return;
        }
        var organisations = access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null));
        var people = access.People(Standing).Where(p => p.Memberships.Any(m => m.LeftOn == null));
        var found = await db.Set<Partnership>().AsNoTracking().Where(p => p.Id == Standing.PartnershipId).Select(p => new
        {
            Partnership = p,
            People = people.Count(),
            WithoutLead = organisations.Count(o => !db.Set<RoleGrant>().Any(g => g.OrganisationId == o.Id)),
        }).SingleAsync(); // the page everyone opens asks the database little
        var sectors = await organisations.GroupBy(o => o.Sector).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        (Partnership, People, WithoutLead) = (found.Partnership, found.People, found.WithoutLead);
        Sectors = [.. sectors.OrderBy(s => s.Key).Select(s => (s.Key, s.Count))];
        Organisations = sectors.Sum(s => s.Count);
        Next = Decide();
    }

    private NextStep Decide()
    {
        var id = Standing.PartnershipId;
        if (Standing.IsCoordinator)
        {
            if (Organisations < 2) return new("A partnership needs two organisations or more. Add them one by one, or bring a list of people and their organisations from a spreadsheet.", "Add an organisation", PartnershipsLinks.AddOrganisation(id));
            if (People == 0) return new("Add the people. Most coordinators have them in a spreadsheet already.", "Add people from a list",
                PartnershipsLinks.Import(id));
            return WithoutLead > 0
                ? new(WithoutLead == Organisations
                    ? "No organisation has a partner lead yet: someone who looks after its people, so that you need not."
                    : $"{WithoutLead} of {Organisations} organisations have no partner lead yet to look after their people.",
                        "Invite partner leads", PartnershipsLinks.Team(id))
                : new("Organisations, people and partner leads are in place. Keep the list true as people come and go.", "See the people",
                    PartnershipsLinks.People(id));
        }
        if (Standing.IsLead)
        {
            return People == 0
                ? new("Add the people of your organisation. Their addresses stay with you and the coordinator.", "Add people",
                    PartnershipsLinks.AddPerson(id))
                : new("Check that the list of your people is right: who joined, who left, who changed their address.", "See your people",
                    PartnershipsLinks.People(id));
        }
        return new("See who else is in the partnership.", "See the organisations", PartnershipsLinks.Organisations(id));
    }

    public sealed record NextStep(string Sentence, string Button, string Address);
}
