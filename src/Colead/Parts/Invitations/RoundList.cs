using Colead.Analysis.Disclosure;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>One place in the list: an organisation's level.</summary>
internal sealed record ListPlace(long OrganisationId, Level Level);

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
        var places = new Dictionary<ListPlace, PlacePeople>();
        foreach (var stratum in list)
        {
            var at = new ListPlace(stratum.OrganisationId, stratum.Level);
            places[at] = new(stratum.Counting, Math.Max(0, stratum.Counting - own.GetValueOrDefault(at)));
        }
        FewLeft(round, places, ofPlace);
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
            || mails && i.AddressKey != null && !db.Set<RoundMessage>().Any(m => m.InvitationId == i.Id && m.Kind == RoundMessageKind.Invitation
                && !db.Outbox.Any(o => o.Id == m.MessageId && o.SentAt == null))));
    }

    /// <summary>
    /// Where of a group that might be shown some are known to be silent and only as many as a threshold are left, showing it would say
    /// that every one of these answered; so would the band of its size where as many are left, or were asked, as the band begins with. Then
    /// fewer of it count.
    /// </summary>
    private static void FewLeft(Round round, Dictionary<ListPlace, PlacePeople> places, Dictionary<ListPlace, int> silent)
    {
        var organisations = round.Organisations.ToDictionary(o => o.OrganisationId);
        (Func<ListPlace, object> Of, bool Statements)[] groups =
        [
            (_ => "all", true),
            (at => at.Level, true),
            (at => organisations[at.OrganisationId].Sector, true),
            (at => organisations[at.OrganisationId].Fold is { } fold ? ("fold", fold) : (object)at.OrganisationId, false),
            (at => (organisations[at.OrganisationId].Sector, at.Level), false),
        ];
        var asked = places.ToDictionary(p => p.Key, p => p.Value.Counting);
        foreach (var (group, statements) in groups.SelectMany(kind => places.Keys.Where(at => organisations.ContainsKey(at.OrganisationId))
            .GroupBy(kind.Of).Select(group => (group, kind.Statements))).ToList())
        {
            var known = group.Sum(at => silent.GetValueOrDefault(at));
            var left = group.Sum(at => asked[at]) - known;
            var most = known == 0 || left > round.DetailsFrom ? int.MaxValue : left > round.MeansFrom ? round.DetailsFrom - 1 : round.MeansFrom - 1;
            // What single statements say of a group of as many as they need, the start page tells; of a group that has none it does not.
            if (left > round.MeansFrom && left == CountBands.Start(left) && (left != round.DetailsFrom || !statements)) most = Math.Min(most, left - 1);
            foreach (var at in group.OrderByDescending(at => places[at].Counting).ThenBy(at => at.OrganisationId).ThenBy(at => at.Level))
            {
                var over = group.Sum(g => places[g].Counting) - most;
                if (over <= 0) break;
                var counting = Math.Max(0, places[at].Counting - over);
                places[at] = places[at] with { Counting = counting, PaperCounting = Math.Min(places[at].PaperCounting, counting) };
            }
        }
    }
}
