using Colead.Analysis.Decisions;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Live;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions;

/// <summary>What became of a vote that was sent.</summary>
public enum Cast
{
    /// <summary>It is on disk and will be counted, once.</summary>
    Taken,
    /// <summary>Voting is not open, or not any more.</summary>
    NotOpen,
    /// <summary>The organisation has no voice in this decision.</summary>
    NoVoice,
    /// <summary>A secret vote of this organisation is in already, and cannot be changed.</summary>
    Already,
    /// <summary>The key of a secret vote is not there: nothing can be taken now.</summary>
    NoKey,
    /// <summary>The organisation’s other delegate voted, or somebody for it, after the form was opened. Nothing is changed until it is sent
    /// again.</summary>
    Meanwhile,
}

/// <summary>A filled-in ballot.</summary>
public sealed record FilledBallot(IReadOnlyList<int?> Marks, string Reason)
{
    public bool Abstains => Marks.All(mark => mark is null);
}

/// <summary>Voting, and closing the vote. One organisation has one vote, whoever sends it and however often.</summary>
public sealed class BallotOperations(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, BallotBox box, LiveChanges live,
    TimeProvider clock, ILogger<BallotOperations> log)
{
    private const int Tries = 20;

    /// <summary>What a form has seen of an organisation's vote; 0 while there is none.</summary>
    public static int SeenOf(ProposalVote? vote) => vote is null ? 0 : vote.Version + 1;

    /// <summary>The vote of an organisation in an open ballot. A later one replaces an earlier one, which stays to be seen.</summary>
    /// <param name="seen">What the form has seen of it; absent where no form was.</param>
    public async Task<Cast> VoteAsync(Standing standing, Proposal proposal, long organisationId, FilledBallot ballot, VoteWay way,
        int? seen = null)
    {
        if (proposal.Secret) throw new InvalidOperationException("A secret vote is cast secretly.");
        var marks = Marks.Write(ballot.Marks);
        for (var left = Tries; ; left--)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (!await db.HoldVotingAsync(proposal.Id)) return Cast.NotOpen;
            var organisation = await db.Set<ProposalVoice>().Where(v => v.ProposalId == proposal.Id && v.OrganisationId == organisationId)
                .Select(v => v.Organisation!.Name).FirstOrDefaultAsync();
            if (organisation is null) return Cast.NoVoice;
            var vote = await db.Set<ProposalVote>().FirstOrDefaultAsync(v => v.ProposalId == proposal.Id
                && v.OrganisationId == organisationId);
            // sent again
            if (vote is not null && vote.Marks == marks && vote.Reason == ballot.Reason && vote.Way == way
                && vote.AccountId == standing.AccountId) return Cast.Taken;
            if (seen is { } known && known != SeenOf(vote)) return Cast.Meanwhile;
            if (vote is null) db.Set<ProposalVote>().Add(vote = new() { ProposalId = proposal.Id, OrganisationId = organisationId,
                Marks = marks, Way = way, Who = standing.AccountName, At = clock.Now() });
            else (vote.EarlierMarks, vote.EarlierWho, vote.EarlierAt) = (vote.Marks, vote.Who, vote.At);
            (vote.Marks, vote.Reason, vote.Way, vote.AccountId, vote.Who, vote.At) =
                (marks, ballot.Reason, way, standing.AccountId, standing.AccountName, clock.Now());
            access.Record(standing, way == VoteWay.Delegate ? "voted" : "entered a vote",
                $"{proposal.Title}: {organisation}, {DecisionWords.Say(proposal, ballot.Marks)}");
            try
            {
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                await live.AnnounceAsync(DecisionsPart.Topic(proposal.Id));
                return Cast.Taken;
            }
            catch (DbUpdateException error) when (left > 0 && (error is DbUpdateConcurrencyException || db.IsDuplicate(error)))
            {
                // The organisation's other delegate was a moment earlier: now theirs is the one to be replaced.
            }
        }
    }

    /// <summary>
    /// A secret vote: one row, which tells nothing without the vote's key; not who, not when, nothing in the audit trail, and nobody's page
    /// is told. It cannot be found again, so it cannot be changed either; sent a second time it is refused and the first one counts.
    /// </summary>
    /// <param name="by">The account that votes; absent in the demonstration.</param>
    public Task<Cast> VoteSecretlyAsync(Proposal proposal, long organisationId, FilledBallot ballot, long? by) =>
        PutAsync(proposal.Id, ballot, async (key, id) =>
            await db.Set<ProposalVoice>().AnyAsync(v => v.ProposalId == id && v.OrganisationId == organisationId && !v.BySlip)
            && (by is not { } account || await WasLeadAtOpeningAsync(id, organisationId, account))
                ? BallotBox.TagOf(key, organisationId) : null);

    /// <summary>
    /// Has the account been the organisation's lead since voting opened? Whoever appoints leads meanwhile would else vote for all
    /// organisations but one, and read that one's ballot from the totals.
    /// </summary>
    public Task<bool> WasLeadAtOpeningAsync(long proposalId, long organisationId, long accountId) =>
        db.RolesNow().AnyAsync(g => g.AccountId == accountId && g.OrganisationId == organisationId && g.Role == Role.Lead
            && db.Set<Proposal>().Any(p => p.Id == proposalId && p.PartnershipId == g.PartnershipId && g.GrantedAt <= p.OpenedAt));

    /// <summary>The same with a slip that was drawn: whose it is, nobody knows.</summary>
    public Task<Cast> VoteBySlipAsync(Slip slip, FilledBallot ballot) =>
        PutAsync(slip.ProposalId, ballot, (key, _) => Task.FromResult<byte[]?>(BallotBox.TagOfSlip(key, slip.Number)));

    /// <summary>The totals of a secret vote on paper: once, all of them, and with them it is closed and counted.</summary>
    public async Task<Cast> EnterPaperAsync(Standing standing, Proposal proposal, IReadOnlyList<long> organisationIds,
        IReadOnlyList<IReadOnlyList<int?>> ballots)
    {
        if (!proposal.OnPaper) throw new InvalidOperationException("Papers are for a vote on paper.");
        if (ballots.Count != organisationIds.Count) throw new ArgumentException("As many ballots as organisations.", nameof(ballots));
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldVotingAsync(proposal.Id, alone: true)) return Cast.NotOpen;
        var voices = await db.Set<ProposalVoice>().Where(v => v.ProposalId == proposal.Id).Select(v => v.OrganisationId).ToListAsync();
        if (organisationIds.Except(voices).Any()) return Cast.NoVoice;
        access.Record(standing, "entered paper votes", $"{proposal.Title}: {Dates.Count(ballots.Count, "ballot", "ballots")}");
        await DecideSecretAsync(proposal.Id, [.. ballots.Select(Marks.Write)], standing);
        if (ballots.Count >= Proposal.FewestSecretBallots)
            db.Set<SecretVoter>()
                .AddRange(organisationIds.Order().Select(id => new SecretVoter { ProposalId = proposal.Id, OrganisationId = id,
                OnPaper = true }));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await live.AnnounceAsync(DecisionsPart.Topic(proposal.Id));
        return Cast.Taken;
    }

    /// <summary>Takes back a secret vote whose key is lost, and with it the ballots that nobody can count.</summary>
    public async Task<bool> GiveUpAsync(Standing standing, long proposalId)
    {
        var given = await box.GiveUpAsync(proposalId, async () =>
        {
            var proposal = await db.Set<Proposal>().FirstAsync(p => p.Id == proposalId);
            (proposal.State, proposal.ClosedAt) = (ProposalState.Withdrawn, clock.Now());
            access.Record(standing, "withdrew a proposal", $"{proposal.Title}: the key to its ballots is lost");
            await db.SaveChangesAsync();
        });
        if (!given) return false;
        await FinishAsync(proposalId);
        await live.AnnounceAsync(DecisionsPart.Topic(proposalId));
        return true;
    }

    /// <summary>Closes the vote, counts it and keeps the result for good. By date, nobody closes it. False where it was not open.</summary>
    public async Task<bool> CloseAsync(long proposalId, Standing? by)
    {
        db.ChangeTracker.Clear();
        var (secret, onPaper) = await db.Set<Proposal>().Where(p => p.Id == proposalId)
            .Select(p => new ValueTuple<bool, bool>(p.Secret, p.OnPaper)).FirstAsync();
        if (!(onPaper ? await CloseWithoutPapersAsync(proposalId, by) : secret ? await CloseSecretAsync(proposalId, by)
            : await CloseOpenAsync(proposalId, by))) return false;
        await live.AnnounceAsync(DecisionsPart.Topic(proposalId));
        return true;
    }

    /// <summary>At every start and every night: finishes the ends of secret votes that were cut short, and tells the operator of votes
    /// whose key is not there.</summary>
    public async Task CatchUpAsync()
    {
        foreach (var id in await box.UnfinishedAsync()) await FinishAsync(id);
        foreach (var vote in await box.OpenAsync())
            if (box.KeyOf(vote) is null) VotingLog.NoKey(log, vote.ProposalId);
    }

    private async Task<bool> CloseOpenAsync(long proposalId, Standing? by)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldVotingAsync(proposalId, alone: true)) return false;
        var votes = await db.Set<ProposalVote>().AsNoTracking().Where(v => v.ProposalId == proposalId)
            .Select(v => new { v.OrganisationId, v.Marks, v.Reason }).ToListAsync();
        var proposal = await db.Set<Proposal>().FirstAsync(p => p.Id == proposalId);
        var weights = await db.Set<ProposalVoice>().Where(v => v.ProposalId == proposalId)
            .ToDictionaryAsync(v => v.OrganisationId, v => v.Weight);
        var ballots = votes.ConvertAll(v => new Ballot(weights[v.OrganisationId], Marks.Read(v.Marks)));
        await DecideAsync(proposal, Counted.Of(proposal, ballots, votes.ConvertAll(v => (string?)v.Reason), weights.Values.Sum()), by);
        await transaction.CommitAsync();
        return true;
    }

    private async Task<bool> CloseSecretAsync(long proposalId, Standing? by)
    {
        var leftOut = 0;
        var closed = await box.CloseAsync(proposalId, async opened =>
        {
            leftOut = opened.LeftOut;
            await DecideSecretAsync(proposalId, opened.Marks, by);
            if (opened.Marks.Count < Proposal.FewestSecretBallots) return; // nothing of them is kept, not even who voted
            db.Set<SecretVoter>()
                .AddRange(opened.Organisations.Order().Select(id => new SecretVoter { ProposalId = proposalId, OrganisationId = id }));
            await db.SaveChangesAsync();
            if (leftOut == 0) return;
            var proposal = await db.Set<Proposal>().FirstAsync(p => p.Id == proposalId);
            db.AuditEntries.Add(proposals.Entry(by: null, proposal, "left ballots out",
                $"{proposal.Title}: {Dates.Count(leftOut, "ballot was", "ballots were")} not as sent, and not counted"));
            await db.SaveChangesAsync();
        });
        if (!closed) return false;
        if (leftOut > 0) VotingLog.LeftOut(log, leftOut, proposalId);
        await FinishAsync(proposalId);
        return true;
    }

    /// <summary>Nobody's papers were entered, so there is nothing to count.</summary>
    private async Task<bool> CloseWithoutPapersAsync(long proposalId, Standing? by)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldVotingAsync(proposalId, alone: true)) return false;
        await DecideSecretAsync(proposalId, [], by);
        await transaction.CommitAsync();
        return true;
    }

    private async Task DecideSecretAsync(long proposalId, IReadOnlyList<string> marks, Standing? by)
    {
        var proposal = await db.Set<Proposal>().FirstAsync(p => p.Id == proposalId);
        var voices = await db.Set<ProposalVoice>().CountAsync(v => v.ProposalId == proposalId);
        var few = marks.Count < Proposal.FewestSecretBallots;
        await DecideAsync(proposal, few ? null : Counted.Of(proposal, [.. marks.Select(m => new Ballot(1, Marks.Read(m)))],
            [.. marks.Select(_ => "")], voices), by);
    }

    /// <summary>What fails here is done at the next start, or at night; the vote is closed all the same, and says only then that it is
    /// untraceable.</summary>
    private async Task FinishAsync(long proposalId)
    {
        db.ChangeTracker.Clear();
        try
        {
            await box.FinishAsync(proposalId);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            VotingLog.Unfinished(log, proposalId, error);
        }
    }

    /// <param name="tally">Absent where there are too few ballots to show anything.</param>
    private Task<int> DecideAsync(Proposal proposal, Tally? tally, Standing? by)
    {
        (proposal.State, proposal.ClosedAt) = (ProposalState.Decided, clock.Now());
        proposal.Outcome = tally is null ? DecisionOutcome.TooFewToShow : Counted.OutcomeOf(tally);
        proposal.Result = tally is null ? null : Counted.Write(tally);
        var words = DecisionWords.Outcome(proposal, tally);
        proposal.OutcomeWords = words.Length > Proposal.OutcomeLength ? words[..(Proposal.OutcomeLength - 1)] + "…" : words;
        db.AuditEntries.Add(proposals.Entry(by, proposal, "closed a vote",
            $"{proposal.Title}: {proposal.OutcomeWords}"[..Math.Min(500, proposal.Title.Length + 2 + proposal.OutcomeWords.Length)]));
        return db.SaveChangesAsync();
    }

    /// <param name="tagOf">Whose it is; null for who has no voice.</param>
    private async Task<Cast> PutAsync(long proposalId, FilledBallot ballot, Func<SealingKey, long, Task<byte[]?>> tagOf)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldVotingAsync(proposalId)) return Cast.NotOpen;
        if (await db.SecretVotes.AsNoTracking()
            .FirstOrDefaultAsync(v =>
            v.ProposalId == proposalId) is not { } vote) throw new InvalidOperationException("A secret vote on screen is needed.");
        if (box.KeyOf(vote) is not { } key) return Cast.NoKey;
        if (await tagOf(key, proposalId) is not { } tag) return Cast.NoVoice;
        if (!await box.PutAsync(key, proposalId, tag, Marks.Write(ballot.Marks))) return Cast.Already;
        await transaction.CommitAsync();
        return Cast.Taken;
    }
}
