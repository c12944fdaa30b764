using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory.Inviting;

/// <summary>Letters and slips of the people that the signed-in person looks after, ready to print.</summary>
public abstract class PaperModel(OpenRounds opens, RoundLetters letters, Partnerships.PartnershipAccess access, Data.ColeadDb db) : PageModel
{
    /// <summary>More at once is more than a browser prints well.</summary>
    public const int Most = 500;

    [BindProperty(SupportsGet = true)]
    public long? Organisation { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Invitation { get; set; }

    /// <summary>Printed reminders go to everyone: nobody knows who has answered.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Reminder { get; set; }

    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public OpenRound Open { get; private set; } = null!;
    public LetterForm Form { get; private set; } = null!;
    public IReadOnlyList<Letter> Letters { get; private set; } = [];
    public bool HasMore { get; private set; }

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (!ModelState.IsValid || (Open = (await opens.FindAsync(roundId))!) is null) return NotFound();
        if (Organisation is { } id && !Open.Standing.Manages(id)) return NotFound();
        await opens.FollowRosterAsync(Open.Round);
        Form = await letters.FormAsync(Open.Round);
        var maker = await letters.MakerAsync();
        var names = Open.Round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Name);
        var people = await Open.Invitations.Where(i => !i.Withdrawn && (Invitation == null || i.Id == Invitation) && (Organisation == null || i.Person!.Memberships.Any(m => m.LeftOn == null && m.OrganisationId == Organisation)))
            .OrderBy(i => i.Person!.NameKey).ThenBy(i => i.Id).Skip(Math.Max(0, From)).Take(Most + 1)
            .Select(i => new { i.Id, i.Generation, i.Person!.Name, Organisations = i.Person.Memberships.Where(m => m.LeftOn == null).Select(m => m.OrganisationId).ToList() }).ToListAsync();
        Letters = [.. people.Take(Most).Select(p => new { p.Id, p.Generation, p.Name, Place = p.Organisations.Select(o => names.GetValueOrDefault(o)).OfType<string>().Order(StringComparer.Ordinal).FirstOrDefault() ?? "" })
            .OrderBy(p => p.Place, StringComparer.Ordinal).Select(p => new Letter(p.Name, p.Place, maker.Address(p.Id, p.Generation), maker.Code(p.Id, p.Generation)))];
        HasMore = people.Count > Most;
        if (Letters.Count == 0 && Invitation is not null) return NotFound();
        access.Record(Open.Standing, Reminder ? "printed reminders" : "printed letters", $"{Open.Round.Name}: {Letters.Count}");
        await db.SaveChangesAsync();
        return Page();
    }
}
