using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Data;
using Colead.Data.Audit;
using Colead.Data.Inventory;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>
/// Ends rounds. Closing has two steps, each done or not done: first answers are parted from people, then what they say is worked out and sealed. After a crash between
/// the two the round is closed and untraceable already, and the second step is done at the next start or the next call.
/// </summary>
public sealed class Closing(ColeadDb db, Instruments instruments, SealedAnswers answers, TimeProvider clock, ILogger<Closing> log)
{
    /// <summary>Closes an open round, or finishes what a crash cut short. Harmless when it is closed already. Call it with everything of your own saved.</summary>
    /// <returns>False for a round that was never opened, or was cancelled.</returns>
    public Task<bool> CloseAsync(long roundId) => CloseAsync(roundId, clock.Now());

    /// <summary>The same at another time.</summary>
    /// <param name="acts">For the audit trail; written by whoever is first to close it.</param>
    public async Task<bool> CloseAsync(long roundId, DateTime at, params IReadOnlyList<AuditEntry> acts)
    {
        db.ChangeTracker.Clear();
        var round = await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId);
        if (round is null or { State: RoundState.Draft or RoundState.Cancelled }) return false;
        if (round.State == RoundState.Open)
        {
            var instrument = await instruments.ReadAsync(round.InstrumentHash);
            await db.Sealing.CloseAsync(roundId, at, round.Origin == RoundOrigin.Imported ? [] : [.. instrument.Dimensions.Select(d => d.Id)], round.DetailsFrom, acts);
            await db.Sealing.ScrubAsync();
        }
        await MakePublicationAsync(roundId);
        return true;
    }

    /// <summary>Cancels a round before it is closed; answers, drafts and links are destroyed.</summary>
    /// <returns>False where it is closed already: what is untraceable cannot be taken back, and what was published stays.</returns>
    public async Task<bool> DestroyAsync(long roundId, params IReadOnlyList<AuditEntry> acts)
    {
        db.ChangeTracker.Clear();
        var destroyed = await db.Sealing.DestroyAsync(roundId, clock.Now(), acts);
        await db.Sealing.ScrubAsync();
        return destroyed;
    }

    /// <summary>
    /// At every start and every night: finishes every closing that was cut short, and deletes rounds that were kept as long as promised. What fails is logged and tried again
    /// the next time; it keeps nothing else waiting.
    /// </summary>
    public async Task CatchUpAsync()
    {
        await TryAsync("clean the database's files", db.Sealing.ScrubAsync);
        var unfinished = await db.Rounds.Where(r => r.State == RoundState.Closed && !db.Publications.Any(p => p.RoundId == r.Id && p.Part == PublicationPart.Figures)).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
        foreach (var roundId in unfinished) await TryAsync(FormattableString.Invariant($"work out the figures of round {roundId}"), () => MakePublicationAsync(roundId));
        await TryAsync("delete rounds that were kept long enough", DeleteOldAsync);
    }

    /// <summary>Deletes rounds that were kept as long as their respondents were told. Returns how many.</summary>
    public async Task<int> DeleteOldAsync()
    {
        var now = clock.Now();
        var ended = await db.Rounds.Where(r => r.ClosedAt != null || r.CancelledAt != null).Select(r => new { r.Id, r.PartnershipId, r.Name, EndedAt = r.ClosedAt ?? r.CancelledAt, r.KeptYears }).ToListAsync();
        var old = ended.Where(r => r.EndedAt!.Value.AddYears(r.KeptYears) <= now).ToList();
        if (old.Count == 0) return 0;
        var deleted = await db.Sealing.DeleteAsync([.. old.Select(r => r.Id)],
            [.. old.Select(r => new AuditEntry { At = now, Who = "Colead", PartnershipId = r.PartnershipId, Act = "deleted a round", Detail = $"{r.Name}: kept for {Dates.Count(r.KeptYears, "year", "years")}, as promised" })]);
        await db.Sealing.ScrubAsync();
        return deleted ? old.Count : 0;
    }

    private async Task TryAsync(string act, Func<Task> work)
    {
        db.ChangeTracker.Clear(); // what failed before is not saved by what comes next
        try
        {
            await work();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ClosingLog.Failed(log, act, error);
        }
    }

    private async Task MakePublicationAsync(long roundId)
    {
        if (await db.Publications.AnyAsync(p => p.RoundId == roundId && p.Part == PublicationPart.Figures)) return;
        var round = await db.Rounds.AsNoTracking().Include(r => r.Organisations).SingleAsync(r => r.Id == roundId);
        var instrument = await instruments.ReadAsync(round.InstrumentHash);
        var plan = await PlanAsync(round);
        var (invited, groupings) = await SummariseAsync(roundId, instrument, plan);
        var openLink = await SummariseOpenLinkAsync(round, instrument);
        var toPublish = new RoundToPublish
        {
            Answers = invited,
            Roster = Covering(plan.Roster, invited),
            Folds = plan.Folds,
            Thresholds = plan.Thresholds,
            Groupings = groupings,
            OpenLink = openLink,
            Before = await BeforeAsync(round, instrument),
        };
        var publication = Publish(toPublish, Publisher.Publish, refused => ClosingLog.Refused(log, refused));
        var content = PublicationJson.Write(publication);
        answers.Keep(roundId, new SealedSummary(invited.Write(), openLink?.Write()));
        db.Publications.Add(new Data.Inventory.Publication { RoundId = roundId, Part = PublicationPart.Figures, Content = content, Hash = PublicationJson.Hash(content), SealedAt = round.ClosedAt!.Value });
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear(); // another server was first; equal answers give equal bytes
        }
    }

    /// <summary>
    /// Where the last audit refuses a figure, the finer views are given up, the finest first: the partnership as a whole is still worth reading. Each attempt passes the same
    /// audit or is not published.
    /// </summary>
    /// <remarks>
    /// The audit is a second lock. What was chosen to be shown has passed it already, counting fewer people than there are, and is only ever made less; so no round is known that it
    /// refuses, and a mistake in choosing or an audit given up as too long would be the first. That is why the publisher is handed in: a test hands in one that refuses.
    /// </remarks>
    public static Colead.Analysis.Publishing.Publication Publish(RoundToPublish round, Func<RoundToPublish, Colead.Analysis.Publishing.Publication> publish, Action<ReleaseRefusedException> onRefused)
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

    private async Task<RoundPlan> PlanAsync(Round round) =>
        RoundPlan.Of(round, await db.Invited.Where(i => i.RoundId == round.Id).Select(i => new InvitedPeople(i.OrganisationId, i.Level, i.People)).ToListAsync());

    /// <summary>One pass over the answers; none is held longer.</summary>
    private async Task<(RoundSummary Summary, Groupings Groupings)> SummariseAsync(long roundId, Instrument instrument, RoundPlan plan)
    {
        var rows = await answers.CountAsync(roundId, byOpenLink: false);
        var table = new Rows(rows, instrument.ItemCount);
        var (allHaveSector, allHaveLevel) = (true, true);
        await foreach (var row in answers.Rows(roundId, byOpenLink: false))
        {
            table.Add(plan.StratumOf(row.OrganisationId, row.Sector, row.Level), row.Answers);
            allHaveSector &= row.Sector is not null;
            allHaveLevel &= row.Level is not null;
        }
        return (table.Summarise(instrument, plan.Structure), plan.GroupingsWhere(allHaveSector, allHaveLevel));
    }

    /// <summary>People who answered by open link are one group; of where they belong nothing is told.</summary>
    private async Task<RoundSummary?> SummariseOpenLinkAsync(Round round, Instrument instrument)
    {
        var rows = await answers.CountAsync(round.Id, byOpenLink: true);
        if (rows == 0 && round.OpenLink is null) return null;
        var table = new Rows(rows, instrument.ItemCount);
        await foreach (var row in answers.Rows(round.Id, byOpenLink: true)) table.Add(default, row.Answers);
        return table.Summarise(instrument, OpenLinkStructure);
    }

    private static readonly Structure OpenLinkStructure = new([new("open link", "open link")], ["open link"]);

    /// <summary>Somebody may have changed places after answering: nowhere did fewer people get an invitation than answered.</summary>
    private static Roster? Covering(Roster? roster, RoundSummary answered)
    {
        if (roster is null) return null;
        var invited = new Dictionary<Stratum, int>(roster.Invited);
        foreach (var (stratum, summary) in answered.Strata) invited[stratum] = Math.Max(invited.GetValueOrDefault(stratum), (int)summary.Respondents);
        return new(roster.Structure, invited);
    }

    /// <summary>The latest round before this one that the partnership has read and that asked from the same questionnaire; what of it was asked alike, the core decides.</summary>
    private async Task<PublishedRound?> BeforeAsync(Round round, Instrument instrument)
    {
        var earlier = await db.Rounds.AsNoTracking().Include(r => r.Organisations)
            .Where(r => r.PartnershipId == round.PartnershipId && r.State == RoundState.Published && r.ClosedAt < round.ClosedAt).OrderByDescending(r => r.ClosedAt).ToListAsync();
        foreach (var before in earlier)
        {
            var asked = await instruments.ReadAsync(before.InstrumentHash);
            if (asked.Id != instrument.Id) continue;
            var content = await db.Publications.Where(p => p.RoundId == before.Id && p.Part == PublicationPart.Figures).Select(p => p.Content).SingleAsync();
            return new(asked, PublicationJson.Read(content));
        }
        return null;
    }

    /// <summary>Answers on their way into a summary.</summary>
    private sealed class Rows(int rows, int items)
    {
        private readonly int[] organisations = new int[rows];
        private readonly byte[] levels = new byte[rows];
        private readonly byte[] codes = new byte[rows * items];
        private int filled;

        public void Add(Stratum stratum, byte[] row)
        {
            organisations[filled] = stratum.Organisation;
            levels[filled] = (byte)stratum.Level;
            row.CopyTo(codes.AsSpan(filled * items, items));
            filled++;
        }

        public RoundSummary Summarise(Instrument instrument, Structure structure) => RoundSummary.Of(new AnswerTable(instrument, structure, organisations, levels, codes));
    }
}

internal static partial class ClosingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The last audit refused a round's finer views; fewer are published")]
    public static partial void Refused(ILogger log, Exception reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Closing could not {Act}; it is tried again at the next start and every night")]
    public static partial void Failed(ILogger log, string act, Exception reason);
}
