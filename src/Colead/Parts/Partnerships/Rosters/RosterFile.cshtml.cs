using Colead.Kit.Tables;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>The list of people as a file. Brought back unchanged, it changes nothing.</summary>
[For(Role.Lead)]
public sealed class RosterFileModel(PartnershipAccess access) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string format)
    {
        var standing = await access.RequiredAsync();
        var mine = standing.IsCoordinator ? null : standing.OrganisationId;
        var people = await access.People(standing).SelectMany(p => p.Memberships.Where(m => m.LeftOn == null
            && (mine == null || m.OrganisationId == mine)))
            .OrderBy(m => m.Organisation!.NameKey).ThenBy(m => m.Person!.NameKey).ThenBy(m => m.Id)
            .Select(m => new { m.Person!.Name, m.Person.Email, Organisation = m.Organisation!.Name, m.Organisation.Sector, m.Level,
                m.Title }).ToListAsync();
        var rows = people.Select(p => new[] { p.Name, p.Email, p.Organisation, Words.Say(p.Sector), Words.Say(p.Level), p.Title })
            .Prepend(["Name", "E-mail", "Organisation", "Sector", "Level", "Job title"]);
        return format == "csv"
            ? File(TableWriter.Csv(rows), "text/csv", "people.csv")
            : File(TableWriter.Workbook("People", rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "people.xlsx");
    }
}
