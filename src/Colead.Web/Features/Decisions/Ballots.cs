using System.Security.Cryptography;
using Colead.Analysis.Decisions;
using Colead.Data;
using Colead.Data.Decisions;
using Colead.Data.Live;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Decisions;

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
    /// <summary>The organisation’s other delegate voted, or somebody for it, after the form was opened. Nothing is changed until it is sent again.</summary>
    Meanwhile,
}

/// <summary>A filled-in ballot.</summary>
public sealed record FilledBallot(IReadOnlyList<int?> Marks, string Reason)
{
    public bool Abstains => Marks.All(mark => mark is null);
}

/// <summary>Voting, and closing the vote. One organisation has one vote, whoever sends it and however often.</summary>
public sealed class Ballots(ColeadDb db, PartnershipAccess access, Proposals proposals, LiveChanges live, TimeProvider clock)
{
    private const int Tries = 20;

    /// <summary>What a form has seen of an organisation's vote; 0 while there is none.</summary>
    public static int SeenOf(ProposalVote? vote) => vote is null ? 0 : vote.Version + 1;

    /// <summary>The vote of an organisation in an open ballot. A later one replaces an earlier one, which stays to be seen.</summary>
    /// <param name="seen">What the form has seen of it; absent where no form was.</param>
    public async Task<Cast> VoteAsync(Standing standing, Proposal proposal, long organisationId, FilledBallot ballot, VoteWay way, int? seen = null)
    {
        if (proposal.Secret) throw new InvalidOperationException("A secret vote is cast secretly.");
        var marks = Marks.Write(ballot.Marks);
        for (var left = Tries; ; left--)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (!await db.HoldVotingAsync(proposal.Id)) return Cast.NotOpen;
            var organisation = await db.ProposalVoices.Where(v => v.ProposalId == proposal.Id && v.OrganisationId == organisationId).Select(v => v.Organisation!.Name).FirstOrDefaultAsync();
            if (organisation is null) return Cast.NoVoice;
            var vote = await db.ProposalVotes.FirstOrDefaultAsync(v => v.ProposalId == proposal.Id && v.OrganisationId == organisationId);
            if (vote is not null && vote.Marks == marks && vote.Reason == ballot.Reason && vote.Way == way && vote.AccountId == standing.AccountId) return Cast.Taken; // sent again
            if (seen is { } known && known != SeenOf(vote)) return Cast.Meanwhile;
            if (vote is null) db.ProposalVotes.Add(vote = new() { ProposalId = proposal.Id, OrganisationId = organisationId, Marks = marks, Way = way, Who = standing.AccountName, At = clock.Now() });
            else (vote.EarlierMarks, vote.EarlierWho, vote.EarlierAt) = (vote.Marks, vote.Who, vote.At);
            (vote.Marks, vote.Reason, vote.Way, vote.AccountId, vote.Who, vote.At) = (marks, ballot.Reason, way, standing.AccountId, standing.AccountName, clock.Now());
            access.Record(standing, way == VoteWay.Delegate ? "voted" : "entered a vote", $"{proposal.Title}: {organisation}, {DecisionWords.Say(proposal, ballot.Marks)}");
            try
            {
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                await live.AnnounceAsync(DecisionsFeature.Topic(proposal.Id));
                return Cast.Taken;
            }
            catch (DbUpdateException error) when (left > 0 && (error is DbUpdateConcurrencyException || db.IsDuplicate(error)))
            {
                // The organisation's other delegate was a moment earlier: now theirs is the one to be replaced.
            }
        }
    }

    /// <summary>
    /// A secret vote: that the organisation has voted, and the ballot, in one transaction; not who, not when, and nothing in the audit trail. It cannot be found again, so it cannot be
    /// changed either; sent a second time it is refused and the first one counts.
    /// </summary>
    public Task<Cast> VoteSecretlyAsync(Proposal proposal, long organisationId, FilledBallot ballot) =>
        PutSecretlyAsync(proposal, [new() { ProposalId = proposal.Id, OrganisationId = organisationId }], [ballot.Marks]);

    /// <summary>Paper votes of a secret ballot, from their totals: all of these organisations, or none of them.</summary>
    public async Task<Cast> EnterPaperAsync(Standing standing, Proposal proposal, IReadOnlyList<long> organisationIds, IReadOnlyList<IReadOnlyList<int?>> ballots)
    {
        if (ballots.Count != organisationIds.Count) throw new ArgumentException("As many ballots as organisations.", nameof(ballots));
        var cast = await PutSecretlyAsync(proposal, [.. organisationIds.Select(id => new BallotMark { ProposalId = proposal.Id, OrganisationId = id, OnPaper = true })], ballots);
        if (cast != Cast.Taken) return cast;
        access.Record(standing, "entered paper votes", $"{proposal.Title}: {Dates.Count(ballots.Count, "ballot", "ballots")}"); // by itself: in the ballots' transaction its number would join them
        await db.SaveChangesAsync();
        return cast;
    }

    /// <summary>Closes the vote, counts it and keeps the result for good. By date, nobody closes it. False where it was not open.</summary>
    public async Task<bool> CloseAsync(long proposalId, Standing? by)
    {
        db.ChangeTracker.Clear();
        var secret = await db.Proposals.Where(p => p.Id == proposalId).Select(p => p.Secret).FirstAsync();
        if (!(secret ? await CloseSecretAsync(proposalId, by) : await CloseOpenAsync(proposalId, by))) return false;
        await live.AnnounceAsync(DecisionsFeature.Topic(proposalId));
        return true;
    }

    private async Task<bool> CloseOpenAsync(long proposalId, Standing? by)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldVotingAsync(proposalId, alone: true)) return false;
        var votes = await db.ProposalVotes.AsNoTracking().Where(v => v.ProposalId == proposalId).Select(v => new { v.OrganisationId, v.Marks, v.Reason }).ToListAsync();
        var proposal = await db.Proposals.FirstAsync(p => p.Id == proposalId);
        var weights = await db.ProposalVoices.Where(v => v.ProposalId == proposalId).ToDictionaryAsync(v => v.OrganisationId, v => v.Weight);
        var ballots = votes.ConvertAll(v => new Ballot(weights[v.OrganisationId], Marks.Read(v.Marks)));
        await DecideAsync(proposal, Counted.Of(proposal, ballots, votes.ConvertAll(v => (string?)v.Reason), weights.Values.Sum()), by);
        await transaction.CommitAsync();
        return true;
    }

    private async Task<bool> CloseSecretAsync(long proposalId, Standing? by)
    {
        var sealing = new BallotSealing(db);
        var closed = await sealing.CloseAsync(proposalId, async marks =>
        {
            var proposal = await db.Proposals.FirstAsync(p => p.Id == proposalId);
            var voices = await db.ProposalVoices.CountAsync(v => v.ProposalId == proposalId);
            var few = marks.Count < Proposal.FewestSecretBallots;
            await DecideAsync(proposal, few ? null : Counted.Of(proposal, [.. marks.Select(m => new Ballot(1, Marks.Read(m)))], [.. marks.Select(_ => "")], voices), by);
        });
        await sealing.ScrubAsync();
        return closed;
    }

    /// <param name="tally">Absent where there are too few ballots to show anything.</param>
    private Task<int> DecideAsync(Proposal proposal, Tally? tally, Standing? by)
    {
        (proposal.State, proposal.ClosedAt) = (ProposalState.Decided, clock.Now());
        proposal.Outcome = tally is null ? DecisionOutcome.TooFewToShow : Counted.OutcomeOf(tally);
        proposal.Result = tally is null ? null : Counted.Write(tally);
        var words = DecisionWords.Outcome(proposal, tally);
        proposal.OutcomeWords = words.Length > Proposal.OutcomeLength ? words[..(Proposal.OutcomeLength - 1)] + "…" : words;
        db.AuditEntries.Add(proposals.Entry(by, proposal, "closed a vote", $"{proposal.Title}: {proposal.OutcomeWords}"[..Math.Min(500, proposal.Title.Length + 2 + proposal.OutcomeWords.Length)]));
        return db.SaveChangesAsync();
    }

    private async Task<Cast> PutSecretlyAsync(Proposal proposal, IReadOnlyList<BallotMark> voted, IReadOnlyList<IReadOnlyList<int?>> ballots)
    {
        if (!proposal.Secret) throw new InvalidOperationException("An open vote is cast openly.");
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldVotingAsync(proposal.Id)) return Cast.NotOpen;
        var ids = voted.Select(mark => mark.OrganisationId).ToList();
        if (await db.ProposalVoices.CountAsync(v => v.ProposalId == proposal.Id && ids.Contains(v.OrganisationId)) != ids.Count) return Cast.NoVoice;
        foreach (var mark in voted)
        {
            // A second one is no error: an error would be logged, and a log says when.
            var put = await db.Database.ExecuteSqlAsync($"""INSERT INTO "BallotMarks" ("ProposalId", "OrganisationId", "OnPaper") VALUES ({mark.ProposalId}, {mark.OrganisationId}, {mark.OnPaper}) ON CONFLICT DO NOTHING""");
            if (put == 0) return Cast.Already;
        }
        foreach (var marks in ballots)
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "SecretBallots" ("Key", "ProposalId", "Marks") VALUES ({RandomNumberGenerator.GetBytes(16)}, {proposal.Id}, {Marks.Write(marks)})""");
        await transaction.CommitAsync();
        await live.AnnounceAsync(DecisionsFeature.Topic(proposal.Id)); // after the ballots' transaction and outside it: whoever hears it learns no more than a look at the turnout tells
        return Cast.Taken;
    }
}
