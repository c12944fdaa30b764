using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Publication = Colead.Analysis.Publishing.Publication;

namespace Colead.Parts.Findings;

/// <summary>A round's publication with all that its pages need.</summary>
public sealed record RoundFindings
{
    public required Standing Standing { get; init; }
    public required long RoundId { get; init; }
    public required string RoundName { get; init; }
    public required RoundState State { get; init; }
    public required DateTime SealedAt { get; init; }
    /// <summary>The seal: SHA-256 of the publication.</summary>
    public required string Hash { get; init; }
    public required Edition Edition { get; init; }
    public required bool HasComments { get; init; }

    public Publication Publication => Edition.Publication;
    public Names Names => Edition.Names;
    /// <summary>Everyone in the partnership reads the same tier.</summary>
    public PublishedTier Tier => Publication.Members;
    public PublishedInstrument Instrument => Publication.Instrument;
    public bool AnythingShown => Tier.All.Dimensions.Any(d => d.Withheld is null);
    public bool HasChange => Tier.All.Dimensions.Concat(Groups.SelectMany(g => g.Dimensions)).Any(c => c.Change is not null);
    public IEnumerable<PublishedGroup> Groups => Tier.Sectors.Concat(Tier.Levels).Concat(Tier.Organisations);
    /// <summary>The best finding that is more than possible; where there is none, what that rests on.</summary>
    public string Headline => Tier.Headline is { } first ? Names.Sentence(first)
        : Tier.Tests is { } tests && tests.All(t => t.Count == 0) ? "Nothing can be compared this time"
        : "No clear differences in what could be compared";

    /// <summary>Groups of a view that can be shown, as a sentence names them.</summary>
    public IReadOnlyList<string> Shown(TestFamily family)
    {
        var groups = family switch { TestFamily.Sectors => Tier.Sectors, TestFamily.Levels => Tier.Levels,
            TestFamily.Organisations => Tier.Organisations, _ => [] };
        return [.. groups.Where(g => g.Dimensions.Any(c => c.Withheld is null)).Select(g => g.Unit is { } unit ? Names.Unit(unit)
            : FindingWords.Group(g.Level ?? g.Sector ?? "", "en"))];
    }

    /// <summary>The heading of a view in which nothing is likely.</summary>
    public string Heading(TestFamily family) => TestedWords.Heading(Tier.TestsOf(family), family, Shown(family), Instrument);

    /// <summary>What was compared there and what it could have found.</summary>
    public string Explanation(TestFamily family) => TestedWords.Explanation(Tier.TestsOf(family), Shown(family), Instrument,
        Publication.Thresholds.Details);

    public int Organisations => Publication.Units.Sum(u => u.Organisations.Count);
}

/// <summary>A published round and what it says.</summary>
public sealed record PublishedEdition(long PartnershipId, long RoundId, string RoundName, DateTime PublishedAt, Edition Edition);

/// <summary>Rounds whose findings the signed-in person may read. Answers and summaries are out of reach here: only what was published is
/// read.</summary>
public sealed class PublishedRounds(ColeadDb db, PartnershipAccess access, PublicationShelf shelf)
{
    /// <summary>Null when there is no such round here, or its findings are not to be read (yet).</summary>
    public async Task<RoundFindings?> FindAsync(long roundId) => await ReadAsync(roundId, 1) is [var round] ? round : null;

    /// <summary>All of them, newest first.</summary>
    public Task<IReadOnlyList<RoundFindings>> AllAsync(int most = 50) => ReadAsync(null, most);

    public async Task<CommentRelease?> CommentsAsync(RoundFindings round)
    {
        if (!round.HasComments) return null;
        var content = await db.Set<StoredPublication>().Where(p => p.RoundId == round.RoundId && p.Part == PublicationPart.Comments)
            .Select(p => p.Content).FirstOrDefaultAsync();
        return content is null ? null : PublicationJson.ReadComments(content);
    }

    /// <summary>The bytes that were sealed.</summary>
    public Task<byte[]> ContentAsync(RoundFindings round) => db.Set<StoredPublication>()
        .Where(p => p.RoundId == round.RoundId && p.Part == PublicationPart.Figures).Select(p => p.Content).SingleAsync();

    /// <summary>What the reader's organisation was called when the round opened, if they speak for one.</summary>
    public Task<string?> OwnOrganisationAsync(RoundFindings round) => db.Set<RoundOrganisation>()
        .Where(o => o.RoundId == round.RoundId && o.OrganisationId == round.Standing.OrganisationId).Select(o => o.Name)
            .FirstOrDefaultAsync();

    /// <summary>Whether doubles could be looked for in answers from elsewhere, and whose list of people nobody confirmed but who wrote
    /// it.</summary>
    public async Task<(bool? DoublesLookedFor, IReadOnlyList<string> Unconfirmed)> ListsAsync(RoundFindings round) =>
        (await db.Set<Round>().Where(r => r.Id == round.RoundId).Select(r => r.DoublesLookedFor).SingleAsync(),
            await db.Set<RoundOrganisation>().Where(o => o.RoundId == round.RoundId && o.ListConfirmed == false).OrderBy(o => o.Name)
                .Select(o => o.Name).ToListAsync());

    /// <summary>
    /// What a partnership has published, oldest first. It does not ask who reads: whoever calls it knows that the reader belongs here, or
    /// shows the open tier alone.
    /// </summary>
    public async Task<IReadOnlyList<PublishedEdition>> PublishedByAsync(long partnershipId)
    {
        var found = await db.Set<StoredPublication>().Where(p => p.Part == PublicationPart.Figures
            && p.Round!.PartnershipId == partnershipId && p.Round.State == RoundState.Published)
            .OrderBy(p => p.SealedAt).ThenBy(p => p.Id).Select(p => new { p.Id, p.RoundId, p.Hash, p.SealedAt, p.Round!.Name,
                p.Round.PublishedAt, p.Round.InstrumentHash }).ToListAsync();
        List<PublishedEdition> rounds = [];
        foreach (var p in found) rounds.Add(new(partnershipId, p.RoundId, p.Name, p.PublishedAt ?? p.SealedAt,
            await shelf.ReadAsync(p.Hash, p.InstrumentHash, () => LoadAsync(p.Id, p.InstrumentHash))));
        return rounds;
    }

    private async Task<IReadOnlyList<RoundFindings>> ReadAsync(long? roundId, int most)
    {
        var standing = await access.RequiredAsync();
        var found = await Visible(standing).Where(p => roundId == null || p.RoundId == roundId)
            .OrderByDescending(p => p.SealedAt).ThenByDescending(p => p.Id).Take(most)
            .Select(p => new
            {
                p.Id,
                p.RoundId,
                p.Hash,
                p.SealedAt,
                p.Round!.Name,
                p.Round.State,
                p.Round.InstrumentHash,
                HasComments = db.Set<StoredPublication>().Any(c => c.RoundId == p.RoundId && c.Part == PublicationPart.Comments),
            }).ToListAsync();
        List<RoundFindings> rounds = [];
        foreach (var p in found)
        {
            rounds.Add(new RoundFindings
            {
                Standing = standing,
                RoundId = p.RoundId,
                RoundName = p.Name,
                State = p.State,
                SealedAt = p.SealedAt,
                Hash = p.Hash,
                HasComments = p.HasComments,
                Edition = await shelf.ReadAsync(p.Hash, p.InstrumentHash, () => LoadAsync(p.Id, p.InstrumentHash)),
            });
        }
        return rounds;
    }

    /// <summary>
    /// Published rounds for everyone in the partnership; closed ones for coordinators, who look before they publish. Whose organisation has
    /// left reads what was published before that day.
    /// </summary>
    private IQueryable<StoredPublication> Visible(Standing standing)
    {
        var published = db.Set<StoredPublication>().Where(p => p.Part == PublicationPart.Figures
            && p.Round!.PartnershipId == standing.PartnershipId
            && (p.Round.State == RoundState.Published || (p.Round.State == RoundState.Closed && standing.IsCoordinator)));
        if (standing.LeftOn is not { } day) return published;
        var left = Dates.FromLondon(day, TimeOnly.MinValue);
        return published.Where(p => p.Round!.PublishedAt < left);
    }

    private async Task<(byte[] Publication, byte[] Instrument)> LoadAsync(long publicationId, string instrumentHash) =>
        (await db.Set<StoredPublication>().Where(p => p.Id == publicationId).Select(p => p.Content).SingleAsync(),
        await db.Set<StoredInstrument>().Where(i => i.Hash == instrumentHash).Select(i => i.Content).SingleAsync());
}
