using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Partners;

/// <summary>The fields of an organisation, the same whether it is added or changed.</summary>
public abstract class OrganisationFields(ColeadDb db, PartnershipAccess access) : PageModel
{
    protected const string NameTaken = "An organisation of this name is in the partnership already";

    [BindProperty, Required(ErrorMessage = "Enter the name of the organisation"),
        StringLength(Organisation.NameLength, ErrorMessage = "Enter a name of at most 160 characters")]
    public string? Name { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose its sector")]
    public Sector? Sector { get; set; }

    [BindProperty]
    public SizeBand? Size { get; set; }

    [BindProperty]
    public string? Identifier { get; set; }

    public long PartnershipId { get; private set; }
    protected Standing Standing { get; private set; } = null!;

    protected async Task FindStandingAsync()
    {
        Standing = await access.RequiredAsync();
        PartnershipId = Standing.PartnershipId;
    }

    /// <summary>Checks what the attributes cannot; what is right is left tidy on the model.</summary>
    protected async Task CheckAsync(long? except)
    {
        Name = ShortText.Tidy(Name);
        if (!string.IsNullOrWhiteSpace(Identifier))
        {
            if (OrganisationIdentifier.TryParse(Identifier, out var identifier, out var problem)) Identifier = identifier;
            else ModelState.AddModelError(nameof(Identifier), problem);
        }
        else Identifier = null;
        var key = ShortText.Key(Name ?? "");
        if (Name is not null && await access.Organisations(Standing)
            .AnyAsync(o => o.NameKey == key && o.Id != except)) ModelState.AddModelError(nameof(Name), NameTaken);
    }

    /// <summary>Saves; two people who add the same name at once are told apart from any other trouble.</summary>
    protected async Task<IActionResult> SaveAsync(Func<string> then)
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return this.Clashed();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            ModelState.AddModelError(nameof(Name), NameTaken);
            return Page();
        }
        return Redirect(then());
    }
}

[For(Role.Coordinator)]
public sealed class OrganisationFormModel(ColeadDb db, PartnershipAccess access, TimeProvider clock) : OrganisationFields(db, access)
{
    private readonly ColeadDb db = db;
    private readonly PartnershipAccess access = access;

    public Task OnGetAsync() => FindStandingAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await FindStandingAsync();
        await CheckAsync(except: null);
        if (!ModelState.IsValid) return Page();
        var organisation = new Organisation { PartnershipId = PartnershipId, Name = Name!, Sector = Sector!.Value, Size = Size,
            Identifier = Identifier };
        organisation.Join(clock.Today());
        db.Set<Organisation>().Add(organisation);
        access.Record(Standing, "added an organisation", organisation.Name);
        this.Say($"{organisation.Name} is part of the partnership.");
        return await SaveAsync(() => PartnershipsLinks.Organisation(PartnershipId, organisation.Id));
    }
}
