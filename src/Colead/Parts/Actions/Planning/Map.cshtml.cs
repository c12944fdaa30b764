using System.Globalization;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions.Planning;

/// <summary>The plan as a map: by outcome and organisation, and by time. The map is a table of signs; below it stands the same in
/// words.</summary>
[For(Role.Viewer)]
public sealed class MapModel(PartnershipAccess access, ActionOperations book, TimeProvider clock) : PageModel
{
    private const string None = "No outcome";

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<string> Organisations { get; private set; } = [];
    public IReadOnlyList<string> Outcomes { get; private set; } = [];
    public IReadOnlyList<Month> Months { get; private set; } = [];
    public int Most => Months.Max(m => m.Rows.Count);
    public IReadOnlyList<string> Without { get; private set; } = [];
    public IReadOnlyList<string> Idle { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var today = clock.Today();
        Rows = await book.Of(Standing).AsNoTracking().OrderBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new Row(a.Id, a.Title, a.Organisation!.Name, a.Outcome!.Title ?? None, a.DueOn, a.State,
                (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today)).ToListAsync();
        var outcomes = (await book.OutcomesAsync(Standing, also: null)).Select(o => o.Label).ToList();
        Organisations = [.. Rows.Select(r => r.Organisation).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture)];
        Outcomes = [.. Rows.Select(r => r.Outcome).Distinct(StringComparer.Ordinal).OrderBy(o => o == None)
            .ThenBy(o => o, StringComparer.CurrentCulture)];
        var held = Rows.Where(r => r.State != ActionState.Dropped).ToList(); // what was dropped is no part
        Without = [.. outcomes.Where(o => !held.Exists(r => r.Outcome == o))];
        var partners = await access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => o.Name).ToListAsync();
        Idle = [.. partners.Where(o => !held.Exists(r => r.Organisation == o))];
        Months = [.. Rows.GroupBy(r => new DateOnly(r.DueOn.Year, r.DueOn.Month, 1))
            .Select(g => new Month(g.Key.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")), [.. g]))];
    }

    public IEnumerable<Row> At(string organisation, string outcome) =>
        Rows.Where(r => r.Organisation == organisation && r.Outcome == outcome);

    public sealed record Row(long Id, string Title, string Organisation, string Outcome, DateOnly DueOn, ActionState State, bool Late);
    public sealed record Month(string Name, IReadOnlyList<Row> Rows);
}
