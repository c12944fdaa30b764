using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Budget.Books;

/// <summary>Where a statutory or contract partnership decides whether it keeps a budget.</summary>
[For(Role.Coordinator)]
[TypeFilter(typeof(OnlyWithABudget))]
public sealed class SwitchModel(PartnershipAccess access, BudgetSwitch budget) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public bool IsOn { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostOnAsync()
    {
        await LoadAsync();
        await budget.SetAsync(Standing, on: true);
        this.Say("The partnership keeps a budget from now on.");
        return Redirect(BudgetLinks.Money(Standing.PartnershipId));
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        await LoadAsync();
        await budget.SetAsync(Standing, on: false);
        this.Say("The partnership does without a budget. What was entered is kept, and is there again when you switch it on.");
        return Redirect(PartnershipsLinks.Overview(Standing.PartnershipId));
    }

    private async Task LoadAsync()
    {
        Standing = await access.RequiredAsync();
        IsOn = await budget.IsOnAsync(Standing);
    }
}
