using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.People;

/// <summary>
/// One person: name and address, where they are, where they were. A lead sees only their own organisation's part, and may not change the
/// address of someone who also belongs elsewhere: whoever holds the address gets the invitations.
/// </summary>
[For(Role.Lead)]
public sealed class PersonModel(ColeadDb db, PartnershipAccess access, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public Level? Level { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Person Person { get; private set; } = null!;
    public IReadOnlyList<Membership> Current { get; private set; } = [];
    public IReadOnlyList<Membership> History { get; private set; } = [];
    public IReadOnlyList<Choice> More { get; private set; } = [];
    public bool MayRename => Standing.IsCoordinator || Person.Current.All(m => Standing.Manages(m.OrganisationId));

    public async Task<IActionResult> OnGetAsync(long personId)
    {
        if (!await LoadAsync(personId)) return NotFound();
        (Name, Email, Version) = (Person.Name, Person.Email, Person.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long personId)
    {
        if (!await LoadAsync(personId) || !MayRename) return NotFound();
        var name = ShortText.Tidy(Name);
        var email = ShortText.Tidy(Email);
        if (name is null) ModelState.AddModelError(nameof(Name), "Enter the person’s name");
        else if (name.Length > Person.NameLength) ModelState.AddModelError(nameof(Name), "Enter a name of at most 120 characters");
        if (email is not null && !EmailAddress.IsValid(email)) ModelState.AddModelError(nameof(Email),
            "Enter an e-mail address in the form name@example.org");
        if (!ModelState.IsValid) return Page();
        Person.Enter(name!, email, Standing.Writer);
        db.Entry(Person).Property(p => p.Version).OriginalValue = Version;
        return await SaveAsync("changed a person", Person.Name);
    }

    public async Task<IActionResult> OnPostPlaceAsync(long personId, long membershipId, [FromForm] string? title,
        [FromForm] bool titleShown)
    {
        if (!await LoadAsync(personId) || Current.FirstOrDefault(m => m.Id == membershipId) is not { } membership) return NotFound();
        var tidy = ShortText.Tidy(title);
        if (Level is null) ModelState.AddModelError(nameof(Level), "Choose a level");
        if (tidy?.Length > Person.TitleLength) ModelState.AddModelError("", "Enter a title of at most 120 characters");
        if (!ModelState.IsValid) return Page();
        Person.PlaceIn(membership.Organisation!, Level!.Value, clock.Today(), Standing.Writer);
        var open = Person.Current.First(m => m.IsIn(membership.Organisation!));
        (open.Title, open.TitleShown) = (tidy, titleShown);
        return await SaveAsync("changed a person’s place", $"{Person.Name}, {membership.Organisation!.Name}");
    }

    public async Task<IActionResult> OnPostLeaveAsync(long personId, long membershipId)
    {
        if (!await LoadAsync(personId) || Current.FirstOrDefault(m => m.Id == membershipId) is not { } membership) return NotFound();
        membership.End(clock.Today());
        return await SaveAsync("recorded that a person left", $"{Person.Name}, {membership.Organisation!.Name}");
    }

    public async Task<IActionResult> OnPostJoinAsync(long personId)
    {
        if (!await LoadAsync(personId)) return NotFound();
        if (More.All(choice => choice.Value != Organisation)) ModelState.AddModelError(nameof(Organisation), "Choose an organisation");
        if (Level is null && ModelState.IsValid) ModelState.AddModelError(nameof(Level), "Choose a level");
        if (!ModelState.IsValid) return Page();
        var organisationId = long.Parse(Organisation!, CultureInfo.InvariantCulture);
        var organisation = await access.ManagedOrganisations(Standing).SingleAsync(o => o.Id == organisationId);
        Person.PlaceIn(organisation, Level!.Value, clock.Today(), Standing.Writer);
        return await SaveAsync("added a person", $"{Person.Name}, {organisation.Name}");
    }

    private async Task<IActionResult> SaveAsync(string act, string detail)
    {
        access.Record(Standing, act, detail);
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
            ModelState.AddModelError(nameof(Email), "Someone else on the list has this address");
            return Page();
        }
        this.Say("Saved.");
        return Redirect(PartnershipsLinks.Person(Standing.PartnershipId, Person.Id));
    }

    private async Task<bool> LoadAsync(long personId)
    {
        Standing = await access.RequiredAsync();
        Person = (await access.People(Standing).Include(p => p.Memberships).ThenInclude(m => m.Organisation)
            .FirstOrDefaultAsync(p => p.Id == personId))!;
        if (Person is null) return false;
        var visible = Person.Memberships.Where(m => Standing.Manages(m.OrganisationId)).ToList();
        Current = [.. visible.Where(m => m.LeftOn is null).OrderBy(m => m.Id)];
        History = [.. visible.Where(m => m.LeftOn is not null).OrderByDescending(m => m.LeftOn)];
        var taken = Current.Select(m => m.OrganisationId).ToHashSet();
        var open = await access.ManagedOrganisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => new { o.Id, o.Name }).ToListAsync();
        More = [.. open.Where(o => !taken.Contains(o.Id)).Select(o => new Choice(o.Id.ToString(CultureInfo.InvariantCulture), o.Name))];
        return true;
    }
}
