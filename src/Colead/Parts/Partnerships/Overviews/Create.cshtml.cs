using Colead.Kit.Texts;
using Colead.Parts.Accounts;
using Colead.Storage;
using Colead.Storage.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Partnerships.Overviews;

[Authorize(Policies.Operator)]
public sealed class CreateModel(ColeadDb db, CurrentAccount current, TimeProvider clock) : PartnershipForm
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        var account = (await current.ReadAsync())!;
        var now = clock.Now();
        var partnership = new Partnership
        {
            Name = TidyName,
            Place = TidyPlace,
            Kind = Kind!.Value,
            Purpose = Lines(Purpose),
            WhyNotAlone = Lines(WhyNotAlone),
            CreatedAt = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Set<Partnership>().Add(partnership);
        db.Set<RoleGrant>().Add(new RoleGrant { Partnership = partnership, AccountId = account.Id, Role = Role.Coordinator,
            GrantedAt = now });
        await db.SaveChangesAsync();
        db.AuditEntries.Add(new AuditEntry { At = now, AccountId = account.Id, Who = account.Name, PartnershipId = partnership.Id,
            Act = "created the partnership", Detail = partnership.Name });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return Redirect(PartnershipsLinks.Overview(partnership.Id));
    }
}
