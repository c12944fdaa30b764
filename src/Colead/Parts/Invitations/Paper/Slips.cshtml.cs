using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations.Paper;

/// <summary>
/// Slips to cut and to draw, as many as people without an address: an organisation's, a sector's or everyone's, never a level's, and with
/// nobody's name. Printed again they are the same. That they were printed stands in the trail, so it is a form that prints them.
/// </summary>
[For(Role.Lead)]
public sealed class SlipsModel(OpenRoundOperations opens, RoundLetters letters, InvitationOperations invitations, Outbox outbox,
    PartnershipAccess access, ColeadDb db) : PageModel
{
    [BindProperty]
    public long? Organisation { get; set; }

    [BindProperty]
    public Sector? Sector { get; set; }

    /// <summary>Notes without a link, for everyone: nobody knows who has answered.</summary>
    [BindProperty]
    public bool Reminder { get; set; }

    public OpenRound Open { get; private set; } = null!;
    public LetterForm Form { get; private set; } = null!;
    public string For { get; private set; } = "";
    public IReadOnlyList<Slip> Slips { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long roundId) =>
        await opens.FindAsync(roundId) is { } open ? Redirect(InvitationsLinks.Invitations(open.Standing.PartnershipId, roundId))
            : NotFound();

    public async Task<IActionResult> OnPostAsync(long roundId)
    {
        if (!ModelState.IsValid || await opens.FindAsync(roundId) is not { } open) return NotFound();
        // slips of more than one organisation are the coordinator's
        if (Organisation is { } id ? !open.Standing.Manages(id) : !open.Standing.IsCoordinator) return NotFound();
        Open = open;
        var slips = await db.Set<Invitation>().Where(i => i.RoundId == roundId && i.PersonId == null && !i.Withdrawn
            && i.OrganisationId == Organisation && i.Sector == Sector)
            .OrderBy(i => i.SecretHash).Select(i => new { i.Id, i.Generation }).ToListAsync();
        if (slips.Count == 0) return NotFound();
        For = Organisation is not null ? open.Round.Organisations.First(o => o.OrganisationId == Organisation).Name : Sector is { } sector
            ? Words.Say(sector) : "Everyone";
        Form = await letters.FormAsync(open.Round);
        var links = invitations.Links(open.Round);
        Slips = [.. slips.Select(s => links.Secret(s.Id, s.Generation).ToString())
            .Select(code => new Slip(outbox.Absolute(AnswerLinks.Answer(code)), code))];
        access.Record(open.Standing, Reminder ? "printed reminders" : "printed slips", $"{open.Round.Name}, {For}: {Slips.Count}");
        await db.SaveChangesAsync();
        return Page();
    }
}
