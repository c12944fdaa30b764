using System.Globalization;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Running;

/// <summary>Where a round stands, and what to do next. Of a draft: the steps before it opens.</summary>
[For(Role.Viewer)]
public sealed class RoundModel(ColeadDb db, KeyFolder keys, PartnershipAccess access, RoundOperations rounds,
    InstrumentOperations instruments, AskedPeople asked, TimeProvider clock) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Round Round { get; private set; } = null!;
    public IReadOnlyList<Missing> Missing { get; private set; } = [];
    public IReadOnlyList<Step> Steps { get; private set; } = [];
    /// <summary>People with an invitation.</summary>
    public int Invited { get; private set; }
    public OfferedInstrument Instrument { get; private set; } = null!;

    /// <summary>An open round whose answers this server has no key to: restored from a backup, perhaps. It can only be cancelled.</summary>
    public bool KeyIsMissing => Round.State == RoundState.Open && keys.Find(KeyUse.Round, Round.Key) is null;

    public string When => RoundWords.When(Round.State, Round.OpensAt, Round.ClosesAt, Round.ClosedAt, Round.PublishedAt, Round.CancelledAt);
    public bool MissedOpening => Round.OpensAt <= clock.Now();

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        Standing = await access.RequiredAsync();
        var found = await rounds.DraftAsync(Standing, roundId) ?? await rounds.Of(Standing).Include(r => r.Organisations)
            .FirstOrDefaultAsync(r => r.Id == roundId);
        if (found is null) return NotFound();
        Round = found;
        Instrument = new("", await instruments.ReadAsync(Round.InstrumentHash));
        if (Round.State == RoundState.Open) Invited = await db.Set<Invited>().Where(i => i.RoundId == roundId).SumAsync(i => i.People);
        if (Round.State == RoundState.Draft) await PrepareStepsAsync();
        return Page();
    }

    private async Task PrepareStepsAsync()
    {
        Missing = await rounds.MissingAsync(Round);
        var people = (await asked.InviteesAsync(Round)).Count;
        var organisations = await access.Organisations(Standing).CountAsync(o => o.Terms.Any(t => t.LeftOn == null));
        var folds = Round.Organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold).Count();
        var (partnership, round) = (Standing.PartnershipId, Round.Id);
        Steps =
        [
            Row(RoundStep.Contact, "Name and contact", $"{Round.Contact}. Kept for {Dates.Count(Round.KeptYears, "year", "years")}.",
                RoundsLinks.Contact(partnership, round)),
            Row(RoundStep.Questionnaire, "What people are asked",
                $"{Instrument.Title}: {Dates.Count(Instrument.Instrument.ItemCount, "statement", "statements")}, in {Languages.Join(Round.Languages.Select(tag => Languages.SayBriefly(Instrument.Instrument, tag)))}.", RoundsLinks.Questionnaire(partnership, round)),
            Row(RoundStep.Who, "Who is asked",
                $"{Dates.Count(people, "person", "people")} of {(Round.Organisations.Count == organisations ? "all " : "")}{Dates.Count(Round.Organisations.Count, "organisation", "organisations")}{(Round.OpenLink is null ? "" : ", and others by an open link")}.", RoundsLinks.Who(partnership, round)),
            Row(RoundStep.Ways, "How people get their links", Sentence(Languages.Join(Round.Ways.Select(way => RoundWords.Say(way)))),
                RoundsLinks.Ways(partnership, round)),
            Row(RoundStep.Shown, "What could be shown", !Round.FoldsDecided ? "Not decided yet."
                : (Round.OrganisationRows ? folds == 0 ? "Every organisation by itself"
                    : $"{Dates.Count(folds, "group", "groups")} of organisations reported together" : "No organisations")
                    + string.Create(CultureInfo.InvariantCulture,
                        $"; averages from {Round.MeansFrom} people, the rest from {Round.DetailsFrom}."),
                        RoundsLinks.Shown(partnership, round)),
            Row(RoundStep.Dates, "Opening and closing", (Round.OpensAt is { } opens ? $"Opens by itself on {Dates.Say(opens)}"
                : "Opens when you say so") + (Round.ClosesAt is { } closes ? $", closes on {Dates.Say(closes)}." : "."),
                    RoundsLinks.Dates(partnership, round)),
        ];
    }

    private static string Sentence(string words) => words.Length == 0 ? "Not decided yet." : char.ToUpperInvariant(words[0]) + words[1..]
        + ".";

    private Step Row(RoundStep step, string title, string answer, string address) =>
        new(title, answer, Missing.FirstOrDefault(m => m.Step == step)?.Sentence, address);

    public sealed record Step(string Title, string Answer, string? Missing, string Address);
}
