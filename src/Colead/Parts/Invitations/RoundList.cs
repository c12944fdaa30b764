using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>How many at a place of the list count.</summary>
/// <param name="PaperCounting">Of these, how many draw a slip.</param>
internal sealed record PlacePeople(int Counting, int PaperCounting);

/// <summary>The list of a round as it stands when it closes, and how many of it are known to have been unable to answer.</summary>
/// <param name="KnownSilent">Who count.</param>
/// <param name="FullestEnvelope">Slips for people who count, of the organisation or sector that has most; 0 without slips.</param>
internal sealed record RoundList(IReadOnlyDictionary<ListPlace, PlacePeople> Places, int KnownSilent, int FullestEnvelope)
{
    public static async Task<RoundList> ReadAsync(ColeadDb db, Round round, IReadOnlyList<Invited> list)
    {
        var personal = await db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId != null && i.OrganisationId != null
            && i.Level != null && i.Counts).GroupBy(i => new { i.OrganisationId, i.Level })
            .Select(g => new { g.Key.OrganisationId, g.Key.Level, People = g.Count() }).ToListAsync();
        var own = personal.ToDictionary(p => new ListPlace(p.OrganisationId!.Value, p.Level!.Value), p => p.People);
        var silent = await KnownSilentOf(db, round).Where(i => i.OrganisationId != null && i.Level != null)
            .GroupBy(i => new { i.OrganisationId, i.Level }).Select(g => new { g.Key.OrganisationId, g.Key.Level, People = g.Count() })
                .ToListAsync();
        var ofPlace = silent.ToDictionary(s => new ListPlace(s.OrganisationId!.Value, s.Level!.Value), s => s.People);
        var asked = list.ToDictionary(stratum => new ListPlace(stratum.OrganisationId, stratum.Level), stratum => stratum.Counting);
        var places = FewLeft.Of(round, asked, ofPlace).ToDictionary(at => at.Key,
            at => new PlacePeople(at.Value, Math.Clamp(asked[at.Key] - own.GetValueOrDefault(at.Key), 0, at.Value)));
        var envelopes = await db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == null && i.Counts)
            .GroupBy(i => new { i.OrganisationId, i.Sector }).Select(g => g.Count()).ToListAsync();
        return new(places, ofPlace.Values.Sum(), envelopes.DefaultIfEmpty().Max());
    }

    /// <summary>
    /// Invitations of people who count and could not answer, or not for some time, as whoever saw to it or read of it knows: taken back,
    /// gone to another address, and where links come by mail alone, refused by a mail server or not sent. Given back, it stays so: else it
    /// would be given back in the last minute.
    /// </summary>
    public static IQueryable<Invitation> KnownSilentOf(ColeadDb db, Round round)
    {
        var mails = round.Ways.Contains(RoundWay.Mail) && !round.Ways.Contains(RoundWay.Merge);
        return db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.Counts && i.PersonId != null
            && (i.Withdrawn || i.Replaced || i.WasStopped
            || mails && i.AddressKey != null && !db.Set<RoundMessage>()
                .Any(m => m.InvitationId == i.Id && m.Kind == RoundMessageKind.Invitation
                && !db.Outbox.Any(o => o.Id == m.MessageId && o.SentAt == null))));
    }
}
