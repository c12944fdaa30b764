using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Audit;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing;

/// <summary>Why a round cannot be closed just now. Nothing was lost, and it is tried again.</summary>
public enum ClosingObstacle
{
    /// <summary>The key to its answers is not in the folder of keys: the database was perhaps restored from before. Such a round can only
    /// be cancelled.</summary>
    KeyMissing,
    /// <summary>The disk is nearly full.</summary>
    NoRoom,
}

/// <summary>A round could not be closed, for a reason that somebody can see to.</summary>
public sealed class ClosingRefusedException(ClosingObstacle obstacle, string message) : Exception(message)
{
    public ClosingObstacle Obstacle => obstacle;
}

/// <summary>
/// Ends rounds: no more answers; what they say is worked out in memory; one transaction puts the publication in their place; when that is
/// on disk, the key to them is destroyed; and when it is seen gone the round is marked untraceable, before which nothing says so. Wherever
/// that is cut short, the next start, night or call goes on.
/// </summary>
public sealed class ClosingOperations(ColeadDb db, KeyFolder keys, InstrumentOperations instruments, SealedAnswers answers,
    Troubles troubles, TimeProvider clock, ILogger<ClosingOperations> log)
{
    /// <summary>Closes an open round, or finishes what a crash cut short. Harmless when it is closed already. Call it with everything of
    /// your own saved.</summary>
    /// <returns>False for a round that was never opened, or was cancelled.</returns>
    public Task<bool> CloseAsync(long roundId) => CloseAsync(roundId, clock.Now());

    /// <summary>The same at another time.</summary>
    /// <param name="acts">For the audit trail; written by whoever is first to close it.</param>
    /// <exception cref="ClosingRefusedException">It cannot be closed just now.</exception>
    public async Task<bool> CloseAsync(long roundId, DateTime at, params IReadOnlyList<AuditEntry> acts)
    {
        db.ChangeTracker.Clear();
        var round = await db.Set<Round>().AsNoTracking().Include(r => r.Organisations).FirstOrDefaultAsync(r => r.Id == roundId);
        if (round is null or { State: RoundState.Draft or RoundState.Cancelled }) return false;
        if (round.State == RoundState.Open) await PublishAndDeleteAsync(round, at, acts);
        await EndKeysAsync(roundId);
        return true;
    }

    /// <summary>Cancels a round before it is closed; answers, drafts and links are destroyed.</summary>
    /// <returns>False where it is closed already: what is untraceable cannot be taken back, and what was published stays.</returns>
    public async Task<bool> DestroyAsync(long roundId, params IReadOnlyList<AuditEntry> acts)
    {
        db.ChangeTracker.Clear();
        if (!await db.Sealing.CancelAsync(roundId, clock.Now(), acts)) return false;
        await EndKeysAsync(roundId);
        return true;
    }

    private async Task DestroyUnnamedAsync()
    {
        var named = await db.Set<Round>().Where(r => r.CommentsKey != null).Select(r => r.CommentsKey!).ToListAsync();
        keys.DestroyUnnamed(KeyUse.Comments, named, clock.Now());
    }

    /// <summary>
    /// As <see cref="DestroyKeysAsync"/>, for whoever has just ended something: that is done, whatever becomes of the key's file; the
    /// operator is told, and the next start or night goes on.
    /// </summary>
    public async Task EndKeysAsync(long roundId)
    {
        try
        {
            await DestroyKeysAsync(roundId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var sentence = string.Create(CultureInfo.InvariantCulture,
                $"Round {roundId} has ended, and its key could not be destroyed yet: {error.Message} See to {keys.Path}; it is tried again at the next start and every night.");
            if (troubles.Tell(About(roundId), sentence)) ClosingLog.Waits(log, sentence);
        }
    }

    /// <summary>
    /// At every start and every night: goes on with every closing that was cut short, destroys keys that should be gone, and deletes rounds
    /// that were kept as long as promised. What fails is logged and tried again the next time; it keeps nothing else waiting.
    /// </summary>
    public async Task CatchUpAsync()
    {
        keys.ForgetGone();
        var begun = await db.Set<Round>().AsNoTracking().Where(r => r.State == RoundState.Open && r.ClosingBegun).OrderBy(r => r.Id)
            .ToListAsync();
        foreach (var round in begun)
            await TryAsync(round.Id, "go on with closing",
                () => CloseAsync(round.Id, clock.Now(), new AuditEntry { At = clock.Now(), Who = "Colead",
                PartnershipId = round.PartnershipId, Act = "closed a round", Detail = $"{round.Name}, going on after an interruption" }));
        var marked = await db.Set<Round>().Where(r => r.Key != null && r.State != RoundState.Open && r.State != RoundState.Draft
            || r.CommentsKey != null && r.State == RoundState.Published).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
        foreach (var id in marked) await TryAsync(id, "destroy the keys", () => DestroyKeysAsync(id));
        await TryAsync(null, "destroy keys that nobody names", DestroyUnnamedAsync);
        await TryAsync(null, "clean the database's files", db.Sealing.ScrubAsync);
        await TryAsync(null, "delete rounds that were kept long enough", DeleteOldAsync);
    }

    /// <summary>Deletes rounds that were kept as long as their respondents were told. Returns how many.</summary>
    public async Task<int> DeleteOldAsync()
    {
        var now = clock.Now();
        var ended = await db.Set<Round>().Where(r => r.UntraceableAt != null)
            .Select(r => new { r.Id, r.PartnershipId, r.Name, EndedAt = r.ClosedAt ?? r.CancelledAt, r.KeptYears, r.CommentsKey })
            .ToListAsync();
        var old = ended.Where(r => r.EndedAt!.Value.AddYears(r.KeptYears) <= now).ToList();
        if (old.Count == 0) return 0;
        var deleted = await db.Sealing.DeleteAsync([.. old.Select(r => r.Id)],
            [.. old.Select(r => new AuditEntry { At = now, Who = "Colead", PartnershipId = r.PartnershipId, Act = "deleted a round",
                Detail = $"{r.Name}: kept for {Dates.Count(r.KeptYears, "year", "years")}, as promised" })]);
        foreach (var round in old)
            if (round.CommentsKey is { } waiting) keys.Destroy(KeyUse.Comments, waiting);
        await db.Sealing.ScrubAsync();
        return deleted ? old.Count : 0;
    }

    /// <summary>
    /// When what a round keeps is on disk, standbys included: destroys the key to what it does not keep, and marks it untraceable when the
    /// key is seen gone; so too the key to comments that are released. Not yet on disk, it is left to the next time.
    /// </summary>
    public async Task DestroyKeysAsync(long roundId)
    {
        var round = await db.Set<Round>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId);
        if (round is null or { State: RoundState.Draft or RoundState.Open } || !await db.Sealing.IsOnDiskAsync()) return;
        if (round.UntraceableAt is null && (round.Key is null || keys.Destroy(KeyUse.Round, round.Key)))
        {
            var now = clock.Now();
            await db.Set<Round>().Where(r => r.Id == roundId && r.UntraceableAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.UntraceableAt, now).SetProperty(r => r.Key, (string?)null));
        }
        if (round.State != RoundState.Closed && round.CommentsKey is { } comments && keys.Destroy(KeyUse.Comments, comments))
            await db.Set<Round>().Where(r => r.Id == roundId).ExecuteUpdateAsync(set => set.SetProperty(r => r.CommentsKey, (string?)null));
        await db.Sealing.ScrubAsync();
    }

    /// <summary>
    /// Where the last audit refuses a figure, the finer views are given up, the finest first: the partnership as a whole is still worth
    /// reading. Each attempt passes the same audit or is not published.
    /// </summary>
    /// <remarks>
    /// The audit is a second lock. What was chosen to be shown has passed it already, counting fewer people than there are, and is only
    /// ever made less; so no round is known that it refuses, and a mistake in choosing or an audit given up as too long would be the first.
    /// That is why the publisher is handed in: a test hands in one that refuses.
    /// </remarks>
    public static Colead.Analysis.Publishing.Publication Publish(RoundToPublish round, Func<RoundToPublish,
        Colead.Analysis.Publishing.Publication> publish, Action<ReleaseRefusedException> onRefused)
    {
        foreach (var attempt in new[] { round, round with { Folds = FoldPlan.WithoutOrganisations } })
        {
            try
            {
                return publish(attempt);
            }
            catch (ReleaseRefusedException refused)
            {
                onRefused(refused);
            }
        }
        return publish(round with { Groupings = Groupings.None, Folds = FoldPlan.WithoutOrganisations });
    }

    private async Task PublishAndDeleteAsync(Round round, DateTime at, IReadOnlyList<AuditEntry> acts)
    {
        await CheckAsync(round);
        if (!await db.Sealing.BeginClosingAsync(round.Id)) return; // somebody else was first
        if (await WorkOutUnlessClosedAsync(round, at) is not var (publication, comments)) return;
        var commentsKey = comments.Count > 0 ? keys.Make(KeyUse.Comments) : null;
        var kept = false;
        try
        {
            kept = await db.Sealing.CloseAsync(new(round.Id, at, publication, PublicationJson.Hash(publication), commentsKey, comments),
                acts);
        }
        finally
        {
            // Of a commit whose answer never came nobody knows whether it was done; then the key stays, and lies under nothing at worst.
            if (!kept && commentsKey is not null && await WasLeftOutAsync(round.Id, commentsKey.Fingerprint)) keys.Destroy(KeyUse.Comments,
                commentsKey.Fingerprint);
        }
        Mended(round.Id);
    }

    /// <summary>Of two who close it at once the slower may find the key gone already; null then.</summary>
    private async Task<(byte[] Publication, IReadOnlyList<CommentContent> Comments)?> WorkOutUnlessClosedAsync(Round round, DateTime at)
    {
        try
        {
            return await WorkOutAsync(round, at);
        }
        catch (KeyGoneException)
        {
            if (await db.Set<Round>().AnyAsync(r => r.Id == round.Id && r.State == RoundState.Open)) throw;
            return null;
        }
    }

    private async Task<bool> WasLeftOutAsync(long roundId, string fingerprint)
    {
        try
        {
            return !await db.Set<Round>().AnyAsync(r => r.Id == roundId && r.CommentsKey == fingerprint);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Looked at before anything is begun: a round that began to close takes no more answers.</summary>
    private async Task CheckAsync(Round round)
    {
        if (keys.Find(KeyUse.Round, round.Key) is null)
            throw Refused(round, ClosingObstacle.KeyMissing,
                $"The key to the answers of round {round.Id} is not in {keys.Path}. If the database was restored from a backup, the round can only be cancelled; else bring the folder of keys back.");
        if (await db.Sealing.RoomAsync() is { } room && room.Free < room.Needed)
            throw Refused(round, ClosingObstacle.NoRoom, string.Create(CultureInfo.InvariantCulture,
                $"Round {round.Id} cannot be closed: the disk has {room.Free >> 20} MiB free, and closing may need {room.Needed >> 20}. Nothing is lost; it closes when there is room."));
    }

    private ClosingRefusedException Refused(Round round, ClosingObstacle obstacle, string sentence)
    {
        if (troubles.Tell(About(round.Id), sentence)) ClosingLog.Waits(log, sentence);
        return new(obstacle, sentence);
    }

    private void Mended(long roundId) => troubles.Mended(About(roundId));

    private static string About(long roundId) => string.Create(CultureInfo.InvariantCulture, $"closing {roundId}");

    private async Task TryAsync(long? roundId, string act, Func<Task> work)
    {
        db.ChangeTracker.Clear(); // what failed before is not saved by what comes next
        try
        {
            await work();
            if (roundId is { } mended) Mended(mended);
        }
        catch (ClosingRefusedException)
        {
            // Told to the operator when it was refused.
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ClosingLog.Failed(log, roundId is null ? act : string.Create(CultureInfo.InvariantCulture, $"{act} of round {roundId}"), error);
            if (roundId is { } id) troubles.Tell(About(id), string.Create(CultureInfo.InvariantCulture,
                $"Round {id} could not be closed to the end: {error.Message} Nothing is lost; it is tried again at the next start and every night."));
        }
    }

    /// <summary>One pass over the answers; none is held longer than until its figures are made.</summary>
    private async Task<(byte[] Publication, IReadOnlyList<CommentContent> Comments)> WorkOutAsync(Round round, DateTime at)
    {
        var instrument = await instruments.ReadAsync(round.InstrumentHash);
        var list = await db.Set<Invited>().AsNoTracking().Where(i => i.RoundId == round.Id).ToListAsync();
        var plan = RoundPlan.Of(round, list.Select(i => new InvitedPeople(i.OrganisationId, i.Level, i.People)));
        var (all, uncounted, open) = (new Rows(instrument.ItemCount), new Rows(instrument.ItemCount), new Rows(instrument.ItemCount));
        var comments = new PartedComments(round.Origin == RoundOrigin.Imported ? [] : [.. instrument.Dimensions.Select(d => d.Id)]);
        var standing = round.Origin == RoundOrigin.Imported ? null : await RoundList.ReadAsync(db, round, list);
        var who = standing is null ? null : new WhoCounts(standing.Places, await SlipsAsync(round));
        var (allHaveSector, allHaveLevel, refused) = (true, true, 0);
        await foreach (var answer in answers.ReadAsync(round.Id, round.Key, () => refused++))
        {
            allHaveSector &= answer.ByOpenLink || answer.Sector is not null;
            allHaveLevel &= answer.ByOpenLink || answer.Level is not null;
            if (who is null || answer.ByOpenLink) Put(answer, answer.Counts);
            else if (who.Of(answer) is { } counts) Put(answer, counts);
        }
        foreach (var (answer, counts) in who?.Rest() ?? []) Put(answer, counts);
        if (refused > 0) ClosingLog.NotGenuine(log, refused, round.Id);
        var answered = all.Summarise(instrument, plan.Structure);
        var toPublish = new RoundToPublish
        {
            Answers = answered,
            Uncounted = uncounted.Count > 0 ? uncounted.Summarise(instrument, plan.Structure) : null,
            Roster = plan.Roster,
            KnownSilent = standing?.KnownSilent ?? 0,
            Slips = standing?.FullestEnvelope ?? 0,
            UncountedInvited = standing is null ? null : UncountedOf(plan, list, standing),
            Told = await ToldAsync(round, plan),
            Folds = plan.Folds,
            Thresholds = plan.Thresholds,
            Groupings = plan.GroupingsWhere(allHaveSector, allHaveLevel),
            OpenLink = open.Count > 0 || round.OpenLink is not null ? open.Summarise(instrument, OpenLinkStructure) : null,
            Before = await BeforeAsync(round, instrument, at),
        };
        var publication = Publish(toPublish, Publisher.Publish, refusal => ClosingLog.Refused(log, refusal));
        return (PublicationJson.Write(publication), comments.Kept(all.Count - uncounted.Count, open.Count, round.DetailsFrom,
            publication.Members));

        void Put(AnswerContent answer, bool counts)
        {
            comments.Add(answer, counts);
            if (answer.ByOpenLink)
            {
                open.Add(default, answer.Answers);
                return;
            }
            var stratum = plan.StratumOf(answer.OrganisationId, answer.Sector, answer.Level);
            all.Add(stratum, answer.Answers);
            if (!counts) uncounted.Add(stratum, answer.Answers);
        }
    }

    /// <summary>What was told of the response, week by week; null where nothing was.</summary>
    private async Task<ToldWhileOpen?> ToldAsync(Round round, RoundPlan plan)
    {
        var kept = await db.Set<RoundProgress>().AsNoTracking().Where(p => p.RoundId == round.Id).Select(p => p.Content)
            .FirstOrDefaultAsync();
        if (kept is null) return null;
        var places = round.Organisations.ToDictionary(o => o.Name, o => plan.StratumOf(o.OrganisationId, null, null).Organisation,
            StringComparer.Ordinal);
        return JsonSerializer.Deserialize<Progress>(kept)!.InNumbers(name => places.TryGetValue(name, out var place) ? place : null);
    }

    private static Roster UncountedOf(RoundPlan plan, IEnumerable<Invited> list, RoundList stands) => new(plan.Structure, list
        .Select(i => (At: plan.StratumOf(i.OrganisationId, null, i.Level), People: i.People - stands.Places[new(i.OrganisationId,
            i.Level)].Counting))
        .Where(i => i.People > 0).ToDictionary(i => i.At, i => i.People));

    private async Task<Dictionary<string, bool>> SlipsAsync(Round round)
    {
        var slips = await db.Set<Invitation>().AsNoTracking().Where(i => i.RoundId == round.Id && i.PersonId == null)
            .Select(i => new { i.Id, Envelope = new { i.OrganisationId, i.Sector }, i.Counts }).ToListAsync();
        var key = keys.Read(KeyUse.Round, round.Key ?? "");
        return slips.GroupBy(s => s.Envelope).SelectMany(envelope =>
        {
            var whole = envelope.All(s => s.Counts);
            return envelope.Select(s => (Tag: Convert.ToHexString(key.Tag(SealedAnswers.AnsweredTag, s.Id)), whole));
        }).ToDictionary(s => s.Tag, s => s.whole, StringComparer.Ordinal);
    }

    private static readonly Structure OpenLinkStructure = new([new("open link", "open link")], ["open link"]);

    /// <summary>The latest round before this one that the partnership has read and that asked from the same questionnaire; what of it was
    /// asked alike, the core decides. Only what it printed is used.</summary>
    private async Task<PublishedRound?> BeforeAsync(Round round, Instrument instrument, DateTime at)
    {
        var earlier = await db.Set<Round>().AsNoTracking().Where(r => r.PartnershipId == round.PartnershipId
            && r.State == RoundState.Published && r.ClosedAt < at).OrderByDescending(r => r.ClosedAt)
            .Select(r => new { r.Id, r.InstrumentHash }).ToListAsync();
        foreach (var before in earlier)
        {
            var asked = await instruments.ReadAsync(before.InstrumentHash);
            if (asked.Id != instrument.Id) continue;
            var content = await db.Set<StoredPublication>().Where(p => p.RoundId == before.Id && p.Part == PublicationPart.Figures)
                .Select(p => p.Content).SingleAsync();
            return new(asked, PublicationJson.Read(content));
        }
        return null;
    }

    /// <summary>Answers on their way into a summary.</summary>
    private sealed class Rows(int items)
    {
        private readonly List<int> organisations = [];
        private readonly List<byte> levels = [];
        private readonly List<byte> codes = [];

        public int Count => organisations.Count;

        public void Add(Stratum stratum, byte[] row)
        {
            if (row.Length != items) throw new InvalidOperationException("An answer has as many codes as there are statements.");
            organisations.Add(stratum.Organisation);
            levels.Add((byte)stratum.Level);
            codes.AddRange(row);
        }

        public RoundSummary Summarise(Instrument instrument, Structure structure) =>
            RoundSummary.Of(new AnswerTable(instrument, structure, [.. organisations], [.. levels], [.. codes]));
    }
}

internal static partial class ClosingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The last audit refused a round's finer views; fewer are published")]
    public static partial void Refused(ILogger log, Exception reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Closing could not {Act}; it is tried again at the next start and every night")]
    public static partial void Failed(ILogger log, string act, Exception reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence}")]
    public static partial void Waits(ILogger log, string sentence);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Rows} rows of answers to round {Round} were not genuine and were left out: somebody wrote into the database")]
    public static partial void NotGenuine(ILogger log, int rows, long round);
}
