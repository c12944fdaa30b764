using Colead.Parts.Budget.Books;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget;

/// <summary>Which partnerships keep a budget: formal ones, and statutory and contract ones that switch it on. Informal ones never
/// do.</summary>
public sealed class BudgetSwitch(Lazy<ColeadDb> db, PartnershipAccess access)
{
    private bool? isOn;

    public static bool MayBeSwitched(Standing standing) => standing.IsCoordinator
        && standing.Kind is PartnershipKind.Contract or PartnershipKind.Statutory;

    public async Task<bool> IsOnAsync(Standing standing) => standing.Kind switch
    {
        PartnershipKind.Formal => true,
        PartnershipKind.Informal => false,
        _ => isOn ??= await db.Value.Set<Ledger>().AnyAsync(l => l.PartnershipId == standing.PartnershipId && l.IsOn),
    };

    /// <summary>Whether the menu shows it: to coordinators also where it is still to be switched on.</summary>
    public async Task<bool> IsShownAsync(Standing standing) => MayBeSwitched(standing) || await IsOnAsync(standing);

    /// <summary>On or off; what was entered stays. Done twice, it is done once.</summary>
    public async Task SetAsync(Standing standing, bool on)
    {
        var ledger = await db.Value.Set<Ledger>().FirstOrDefaultAsync(l => l.PartnershipId == standing.PartnershipId);
        if ((ledger?.IsOn ?? false) == on) return;
        if (ledger is null) db.Value.Set<Ledger>().Add(ledger = new Ledger { PartnershipId = standing.PartnershipId });
        ledger.IsOn = on;
        access.Record(standing, on ? "switched the budget on" : "switched the budget off", standing.PartnershipName);
        try
        {
            await db.Value.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.Value.IsDuplicate(error))
        {
            db.Value.ChangeTracker.Clear(); // somebody else, or an entry, in the same moment
            await SetAsync(standing, on);
        }
        isOn = on;
    }
}

/// <summary>Without a budget there are no such pages. A coordinator who may switch it on is led there.</summary>
internal sealed class OnlyWithABudget(PartnershipAccess access, BudgetSwitch budget) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var standing = await access.RequiredAsync();
        var switching = context.HandlerInstance is SwitchModel;
        if (switching ? BudgetSwitch.MayBeSwitched(standing) : await budget.IsOnAsync(standing)) await next();
        else context.Result = context.HandlerInstance is MoneyModel && BudgetSwitch.MayBeSwitched(standing)
            ? new RedirectResult(BudgetLinks.Switch(standing.PartnershipId)) : new NotFoundResult();
    }
}
