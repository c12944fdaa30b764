using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget;

/// <summary>What went into a thread's outcomes and actions, and who carried it. One moment for all of it, from the ledger.</summary>
public sealed class MoneyMoments(ColeadDb db) : IMoments
{
    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var spent = await LedgerOperations.SpentInThread(db, thread.PartnershipId, thread.Id)
            .Select(l => new { l.Unit, l.Amount, Organisation = l.Organisation!.Name, l.Organisation.Size, l.Entry!.On }).ToListAsync();
        var units = spent.GroupBy(s => s.Unit).Select(g => (Unit: g.Key, Amount: g.Sum(s => s.Amount))).Where(u => u.Amount != 0)
            .OrderBy(u => u.Unit).ToList();
        if (units.Count == 0) return [];
        var (first, last) = (spent.Min(s => s.On), spent.Max(s => s.On));
        var carried = spent.GroupBy(s => s.Organisation, StringComparer.Ordinal)
            .Select(g => (Organisation: g.Key, Amounts: g.GroupBy(s => s.Unit).Select(u => (Unit: u.Key, Amount: u.Sum(s => s.Amount)))
            .Where(u => u.Amount != 0).OrderBy(u => u.Unit).ToList()))
            .Where(c => c.Amounts.Count > 0).OrderBy(c => c.Organisation, StringComparer.Ordinal).ToList();
        var minutes = spent.Where(s => s.Unit == BudgetUnit.Hours).ToList();
        var small = BudgetWords.Percent(minutes.Where(s => s.Size is SizeBand.Micro or SizeBand.Small).Sum(s => s.Amount),
            minutes.Sum(s => s.Amount));
        return
        [
            new(Dates.FromLondon(first, new TimeOnly(12, 0))!.Value, MomentKind.Money, Dates.Span(first, last), "money and time",
                Joined.And([.. units.Select(u => BudgetWords.Say(u.Amount, u.Unit) + (u.Unit == BudgetUnit.InKind ? " in kind" : ""))]))
            {
                Text = small > 0 ? $"Small organisations gave {small}% of the hours." : "",
                More = Lines.Few(carried.OrderByDescending(c => c.Amounts.Max(a => a.Amount)), carried,
                    c => $"{c.Organisation}: {Joined.And([.. c.Amounts.Select(a => BudgetWords.Say(a.Amount, a.Unit) + (a.Unit == BudgetUnit.InKind ? " in kind" : ""))])}", "other organisation", "other organisations"),
                Address = reader == Reader.Member ? BudgetLinks.Money(thread.PartnershipId) : null,
            },
        ];
    }
}
