using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>One place in the list: an organisation's level.</summary>
internal sealed record ListPlace(long OrganisationId, Level Level);

/// <summary>How many stand at a place of the list.</summary>
/// <param name="Counting">Who count.</param>
/// <param name="Others">Who have a link of their own and do not count.</param>
/// <param name="OnPaper">Who draw a slip.</param>
/// <param name="PaperCounting">Of these, who count.</param>
internal sealed record PlacePeople(int People, int Counting, int Others, int OnPaper, int PaperCounting);

/// <summary>The list of a round as it stands when it closes, and how many of it are known to have been unable to answer.</summary>
/// <param name="KnownSilent">Who count.</param>
/// <param name="SomeDrewSlips">Who count.</param>
internal sealed record RoundList(IReadOnlyDictionary<ListPlace, PlacePeople> Places, int KnownSilent, bool SomeDrewSlips)
{
    public static async Task<RoundList> ReadAsync(ColeadDb db, Round round, IReadOnlyList<Invited> list)
    {
        var personal = await db.Invitations.Where(i => i.RoundId == round.Id && i.PersonId != null && i.OrganisationId != null
            && i.Level != null)
            .GroupBy(i => new { i.OrganisationId, i.Level, i.Counts }).Select(g => new { g.Key.OrganisationId, g.Key.Level, g.Key.Counts,
                People = g.Count() })
            .ToListAsync();
        var own = personal.ToDictionary(p => (new ListPlace(p.OrganisationId!.Value, p.Level!.Value), p.Counts), p => p.People);
        var silent = await KnownSilentOf(db, round).Where(i => i.OrganisationId != null && i.Level != null)
            .GroupBy(i => new { i.OrganisationId, i.Level }).Select(g => new { g.Key.OrganisationId, g.Key.Level, People = g.Count() })
                .ToListAsync();
        var places = new Dictionary<ListPlace, PlacePeople>();
        foreach (var stratum in list)
        {
            var at = new ListPlace(stratum.OrganisationId, stratum.Level);
            var (counting, others) = (own.GetValueOrDefault((at, true)), own.GetValueOrDefault((at, false)));
            places[at] = new(stratum.People, stratum.Counting, others,
                Math.Max(0, stratum.People - counting - others), Math.Max(0, stratum.Counting - counting));
        }
        var ofPlace = silent.ToDictionary(s => new ListPlace(s.OrganisationId!.Value, s.Level!.Value), s => s.People);
        FewLeft(round, places, await SilentBesideAsync(db, round, places, ofPlace));
        return new(places, ofPlace.Values.Sum(), await db.Invitations.AnyAsync(i => i.RoundId == round.Id && i.PersonId == null
            && i.Counts));
    }

    /// <summary>
    /// Of people who draw slips, as many more are as good as silent as lie in their envelope for people who do not count: so many of their
    /// answers are taken for others'.
    /// </summary>
    private static async Task<Dictionary<ListPlace, int>> SilentBesideAsync(ColeadDb db, Round round,
        Dictionary<ListPlace, PlacePeople> places, Dictionary<ListPlace, int> silent)
    {
        var envelopes = await db.Invitations.Where(i => i.RoundId == round.Id && i.PersonId == null)
            .GroupBy(i => new { i.OrganisationId, i.Sector }).Select(g => new { g.Key.OrganisationId, g.Key.Sector,
                Uncounted = g.Count(i => !i.Counts) })
            .ToListAsync();
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        var all = new Dictionary<ListPlace, int>(silent);
        foreach (var (at, people) in places.Where(p => p.Value.PaperCounting > 0))
        {
            var uncounted = envelopes.Where(e => e.OrganisationId is null || e.OrganisationId == at.OrganisationId)
                .Where(e => e.Sector is null || e.Sector == sectors.GetValueOrDefault(at.OrganisationId)).Select(e => e.Uncounted)
                    .DefaultIfEmpty().Max();
            if (uncounted > 0) all[at] = all.GetValueOrDefault(at) + Math.Min(uncounted, people.PaperCounting);
        }
        return all;
    }

    /// <summary>
    /// Invitations of people who count and could not answer, as whoever saw to it or read of it knows: taken back, gone to another
    /// address, and where links come by mail alone, refused by a mail server or not sent.
    /// </summary>
    public static IQueryable<Invitation> KnownSilentOf(ColeadDb db, Round round)
    {
        var mails = round.Ways.Contains(RoundWay.Mail) && !round.Ways.Contains(RoundWay.Merge);
        return db.Invitations.Where(i => i.RoundId == round.Id && i.Counts && i.PersonId != null && (i.Withdrawn || i.Replaced
            || mails && i.AddressKey != null && !db.RoundMessages.Any(m => m.InvitationId == i.Id && m.Kind == RoundMessageKind.Invitation
                && !db.Outbox.Any(o => o.Id == m.MessageId && o.SentAt == null))));
    }

    /// <summary>
    /// Where of a group that might be shown some are known to be silent and only as many as a threshold are left, showing it would say
    /// that every one of these answered: then fewer of it count.
    /// </summary>
    private static void FewLeft(Round round, Dictionary<ListPlace, PlacePeople> places, Dictionary<ListPlace, int> silent)
    {
        if (silent.Count == 0) return;
        var organisations = round.Organisations.ToDictionary(o => o.OrganisationId);
        Func<ListPlace, object>[] groups =
        [
            _ => "all",
            at => at.Level,
            at => organisations[at.OrganisationId].Sector,
            at => organisations[at.OrganisationId].Fold is { } fold ? ("fold", fold) : (object)at.OrganisationId,
            at => (organisations[at.OrganisationId].Sector, at.Level),
        ];
        var asked = places.ToDictionary(p => p.Key, p => p.Value.Counting);
        foreach (var group in groups.SelectMany(of => places.Keys.Where(at => organisations.ContainsKey(at.OrganisationId)).GroupBy(of))
            .ToList())
        {
            var known = group.Sum(at => silent.GetValueOrDefault(at));
            if (known == 0) continue;
            var left = group.Sum(at => asked[at]) - known;
            if (left > round.DetailsFrom) continue;
            var most = left > round.MeansFrom ? round.DetailsFrom - 1 : round.MeansFrom - 1;
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
