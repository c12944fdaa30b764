using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.People;

/// <summary>Adds someone to an organisation. An address that is on the list already means the same person in one more
/// organisation.</summary>
[For(Role.Lead)]
public sealed class AddPersonModel(ColeadDb db, PartnershipAccess access, TimeProvider clock) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the person’s name"),
        StringLength(Person.NameLength, ErrorMessage = "Enter a name of at most 120 characters")]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose where in the organisation")]
    public Level? Level { get; set; }

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Organisations.All(choice => choice.Value != Organisation)) ModelState.AddModelError(nameof(Organisation),
            "Choose an organisation");
        Email = ShortText.Tidy(Email);
        if (Email is not null && !EmailAddress.IsValid(Email)) ModelState.AddModelError(nameof(Email),
            "Enter an e-mail address in the form name@example.org");
        if (!ModelState.IsValid) return Page();

        var organisationId = long.Parse(Organisation!, CultureInfo.InvariantCulture);
        var organisation = await access.ManagedOrganisations(Standing).SingleAsync(o => o.Id == organisationId);
        var key = Email is null ? null : EmailAddress.Key(Email);
        var person = key is null ? null : await db.Set<Person>().Include(p => p.Memberships)
            .FirstOrDefaultAsync(p => p.PartnershipId == Standing.PartnershipId && p.EmailKey == key);
        if (person?.Current.Any(m => m.OrganisationId == organisationId) == true)
        {
            ModelState.AddModelError(nameof(Email), "Someone with this address is on the list of this organisation already");
            return Page();
        }
        var nameKey = ShortText.Key(Name!);
        if (Email is null && await db.Set<Membership>().AnyAsync(m => m.OrganisationId == organisationId && m.LeftOn == null
            && m.Person!.NameKey == nameKey && m.Person.EmailKey == null))
        {
            ModelState.AddModelError(nameof(Name),
                "Someone of this name is on the list of this organisation already. If this is another person, add an initial or an address to tell them apart");
            return Page();
        }
        if (person is null)
        {
            person = new Person { PartnershipId = Standing.PartnershipId, Name = ShortText.Tidy(Name)!, Email = Email,
                EnteredBy = Standing.Writer };
            db.Set<Person>().Add(person);
        }
        person.PlaceIn(organisation, Level!.Value, clock.Today(), Standing.Writer);
        access.Record(Standing, "added a person", $"{person.Name}, {organisation.Name}");
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            ModelState.AddModelError(nameof(Email), "Someone with this address was added just now. Look at the list");
            return Page();
        }
        this.Say($"{person.Name} is on the list.");
        return Redirect(PartnershipsLinks.AddPerson(Standing.PartnershipId, organisationId));
    }

    private async Task LoadAsync()
    {
        Standing = await access.RequiredAsync();
        var organisations = await access.ManagedOrganisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null))
            .OrderBy(o => o.NameKey).Select(o => new { o.Id, o.Name }).ToListAsync();
        Organisations = [.. organisations.Select(o => new Choice(o.Id.ToString(CultureInfo.InvariantCulture), o.Name))];
    }
}
