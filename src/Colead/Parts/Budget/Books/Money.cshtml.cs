using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget.Books;

/// <summary>What there is, what is promised, what is spent and what is left, in each unit; who carries how much; towards what.</summary>
[For(Role.Viewer)]
[TypeFilter(typeof(OnlyWithABudget))]
public sealed class MoneyModel(ColeadDb db, PartnershipAccess access, LedgerOperations book, TimeProvider clock) : PageModel
{
    /// <summary>Days of spending that the pace is told from.</summary>
    public const int PaceDays = 91;

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<UnitSums> Units { get; private set; } = [];
    public Fairness Fairness { get; private set; } = null!;
    public IReadOnlyList<Aim> Aims { get; private set; } = [];
    public IReadOnlyList<JournalEntry> Latest { get; private set; } = [];
    public bool Balanced { get; private set; }

    public string Headline
    {
        get
        {
            var shown = Units.FirstOrDefault(u => u.Unit == BudgetUnit.Cash && u.PutIn > 0) ?? (Units.Count > 0 ? Units[0] : null);
            if (shown is null) return "Nothing is put in yet";
            var left = BudgetWords.Say(Math.Abs(shown.Left), shown.Unit);
            return shown.Left < 0 ? $"{left} more is spent and promised than was put in"
                : $"{left} of {BudgetWords.Say(shown.PutIn, shown.Unit)} {(shown.Unit == BudgetUnit.Hours ? "are" : "is")} still free";
        }
    }

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var balances = await book.BalancesAsync(Standing);
        Balanced = balances.GroupBy(b => b.Unit).All(unit => unit.Sum(b => b.Amount) == 0);
        var since = clock.Today().AddDays(-PaceDays);
        var recent = await book.Lines(Standing).Where(l => l.Account == BudgetAccount.Spent && l.Entry!.On > since).GroupBy(l => l.Unit)
            .Select(g => new { g.Key, Spent = g.Sum(l => l.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Spent);
        Units = [.. balances.GroupBy(b => b.Unit).OrderBy(g => g.Key)
            .Select(g => new UnitSums(g.Key, -Sum(g, BudgetAccount.Contributed), Sum(g, BudgetAccount.Spent),
            Sum(g, BudgetAccount.Committed), Sum(g, BudgetAccount.Available), recent.GetValueOrDefault(g.Key)))];
        var organisations = await access.Organisations(Standing).OrderBy(o => o.NameKey)
            .Select(o => new { o.Id, o.Name, o.Size, IsPartner = o.Terms.Any(t => t.LeftOn == null) }).ToListAsync();
        Fairness = Fairness.Of([.. organisations.Select(o =>
        {
            var own = balances.Where(b => b.OrganisationId == o.Id).ToList();
            return new Carried(o.Id, o.Name, o.Size, o.IsPartner,
                -Sum(own.Where(b => b.Unit == BudgetUnit.Cash), BudgetAccount.Contributed),
                -Sum(own.Where(b => b.Unit == BudgetUnit.InKind), BudgetAccount.Contributed),
                -Sum(own.Where(b => b.Unit == BudgetUnit.Hours), BudgetAccount.Contributed),
                    own.Where(b => b is { Unit: BudgetUnit.Cash, Account: BudgetAccount.Spent or BudgetAccount.Committed })
                    .Sum(b => b.Amount));
        }).Where(c => c.IsPartner || c.Money != 0 || c.Minutes != 0 || c.Paid != 0)]);
        Aims = await AimsAsync([.. balances.Where(b => b.Account is BudgetAccount.Spent or BudgetAccount.Committed
            || (b.Account == BudgetAccount.Contributed && (b.OutcomeId ?? b.ActionId) is not null))]);
        Latest = await book.Entries(Standing).AsNoTracking().Include(e => e.Organisation).OrderByDescending(e => e.Number).Take(8)
            .ToListAsync();
    }

    private async Task<IReadOnlyList<Aim>> AimsAsync(IReadOnlyList<Balance> balances)
    {
        var outcomes = await db.Set<Outcome>().Where(o => o.PartnershipId == Standing.PartnershipId).Select(o => new { o.Id, o.Title })
            .ToDictionaryAsync(o => o.Id, o => o.Title);
        var actions = await db.Set<PlannedAction>().Where(a => a.PartnershipId == Standing.PartnershipId)
            .Select(a => new { a.Id, a.Title }).ToDictionaryAsync(a => a.Id, a => a.Title);
        var aims = new List<Aim>();
        foreach (var outcome in balances.GroupBy(b => b.OutcomeId).OrderBy(g => g.Key is null).ThenBy(g => g.Key))
        {
            aims.Add(AimOf(outcome.Key is { } id ? outcomes[id] : "Towards no outcome", outcome.Key, null, outcome));
            aims.AddRange(outcome.Where(b => b.ActionId is not null).GroupBy(b => b.ActionId).OrderBy(g => g.Key)
                .Select(a => AimOf(actions[a.Key!.Value], null, a.Key, a)));
        }
        return [.. aims.Where(a => !a.IsEmpty)];
    }

    private static Aim AimOf(string name, long? outcome, long? action, IEnumerable<Balance> balances)
    {
        var all = balances.ToList();
        long Of(BudgetUnit unit, BudgetAccount account) => all.Where(b => b.Unit == unit && b.Account == account).Sum(b => b.Amount);
        return new(name, outcome, action, -Of(BudgetUnit.Cash, BudgetAccount.Contributed), Of(BudgetUnit.Cash, BudgetAccount.Spent),
            Of(BudgetUnit.Cash, BudgetAccount.Committed), Of(BudgetUnit.InKind, BudgetAccount.Spent),
            Of(BudgetUnit.Hours, BudgetAccount.Spent));
    }

    private static long Sum(IEnumerable<Balance> balances, BudgetAccount account) => balances.Where(b => b.Account == account)
        .Sum(b => b.Amount);

    /// <summary>One unit's sums, and what they lead to.</summary>
    public sealed record UnitSums(BudgetUnit Unit, long PutIn, long Spent, long Promised, long Left, long SpentLately)
    {
        /// <summary>Spent by the end, if all that is promised is spent and nothing is added.</summary>
        public long Forecast => Spent + Promised;
        /// <summary>For how many months what is promised and free would last at the pace of the last three; null where nothing was spent
        /// lately.</summary>
        public long? Months => SpentLately > 0 && Left + Promised > 0 ? (Left + Promised) * 3 / SpentLately : null;
    }

    public sealed record Aim(string Name, long? OutcomeId, long? ActionId, long PutIn, long Cash, long Promised, long InKind, long Minutes)
    {
        public bool IsEmpty => (PutIn, Cash, Promised, InKind, Minutes) == (0, 0, 0, 0, 0);
    }
}
