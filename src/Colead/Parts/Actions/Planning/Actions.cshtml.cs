using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions.Planning;

/// <summary>All actions, soonest first, and the balance of the plan.</summary>
[For(Role.Viewer)]
public sealed class ActionsModel(PartnershipAccess access, ActionOperations book, TimeProvider clock) : PageModel
{
    public static IReadOnlyList<(string Key, string Words)> Shows { get; } =
        [("open", "Under way"), ("late", "Late"), ("blocked", "Blocked"), ("done", "Done"), ("dropped", "Dropped"), ("all", "All")];

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<OrganisationBalance> Balance { get; private set; } = [];
    public int Total { get; private set; }
    public int UnderWay { get; private set; }
    public int Late { get; private set; }
    public string Show { get; private set; } = "open";
    public OrganisationBalance? Only { get; private set; }

    public async Task OnGetAsync(long? organisation, string? show)
    {
        Standing = await access.RequiredAsync();
        var today = clock.Today();
        var all = await book.Of(Standing).AsNoTracking().OrderBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new Row(a.Id, a.Title, a.OrganisationId, a.Organisation!.Name, a.Person!.Name, a.DueOn, a.State, a.Nature,
                a.CoProducedWith != "", (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today)).ToListAsync();
        Show = Shows.Any(s => s.Key == show) ? show! : "open";
        (Total, UnderWay, Late) = (all.Count, all.Count(r => r.IsUnderWay), all.Count(r => r.Late));
        Balance = BalanceOf(all);
        Only = Balance.FirstOrDefault(b => b.Id == organisation);
        Rows = all.FindAll(r => (Only is null || r.OrganisationId == Only.Id) && Show switch
        {
            "late" => r.Late,
            "blocked" => r.State == ActionState.Blocked,
            "done" => r.State == ActionState.Done,
            "dropped" => r.State == ActionState.Dropped,
            "all" => true,
            _ => r.IsUnderWay,
        });
    }

    private static List<OrganisationBalance> BalanceOf(IReadOnlyList<Row> rows) =>
    [
        .. rows.GroupBy(r => (r.OrganisationId, r.Organisation))
            .Select(g => (g.Key, Counted: g.Where(r => r.State != ActionState.Dropped).ToList()))
            .Select(g => new OrganisationBalance(g.Key.OrganisationId, g.Key.Organisation,
                g.Counted.Count(r => r.Nature == ActionNature.Transformational),
                g.Counted.Count(r => r.Nature == ActionNature.Transactional),
                g.Counted.Count(r => r.CoProduced), g.Counted.Count(r => r.IsUnderWay), g.Counted.Count(r => r.Late),
                    g.Counted.Count(r => r.State == ActionState.Done)))
            .OrderByDescending(b => b.Transformational + b.Transactional).ThenBy(b => b.Name, StringComparer.CurrentCulture),
    ];

    public sealed record Row(long Id, string Title, long OrganisationId, string Organisation, string? Person, DateOnly DueOn,
        ActionState State, ActionNature Nature, bool CoProduced, bool Late)
    {
        public bool IsUnderWay => State is ActionState.Open or ActionState.Blocked;
    }
}
