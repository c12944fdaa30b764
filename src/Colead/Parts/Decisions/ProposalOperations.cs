using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Audit;
using Colead.Storage.Live;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions;

/// <summary>A proposal's wording, as forms send it.</summary>
public sealed record Wording(string Title, string Text, IReadOnlyList<string> Options)
{
    public static Wording Of(Proposal proposal) => new(proposal.Title, proposal.Text, [.. proposal.Options]);

    public bool IsThatOf(Proposal proposal) => Title == proposal.Title && Text == proposal.Text
        && Options.SequenceEqual(proposal.Options, StringComparer.Ordinal);
}

/// <summary>How a proposal is voted on.</summary>
public sealed record VotingRules(DecisionMethod Method, PassAt PassAt, int QuorumPercent, int Dots, int HighestScore, bool Secret)
{
    /// <summary>Agreed voices by organisation; none where each has one.</summary>
    public IReadOnlyDictionary<long, int> Weights { get; init; } = new Dictionary<long, int>();
    public string WeightsReason { get; init; } = "";
    /// <summary>Of a secret vote: on paper, or else on screen.</summary>
    public bool OnPaper { get; init; }
    /// <summary>Of a secret vote on screen: who votes by slip.</summary>
    public IReadOnlyCollection<long> Slips { get; init; } = [];
    public DateTime? OpensAt { get; init; }
    public DateTime? ClosesAt { get; init; }
    public DateOnly? ReviewOn { get; init; }

    /// <summary>Puts them into a proposal.</summary>
    public void PutInto(Proposal proposal)
    {
        (proposal.Method, proposal.PassAt, proposal.QuorumPercent) = (Method, PassAt, QuorumPercent);
        (proposal.Dots, proposal.HighestScore, proposal.Secret) = (Dots, HighestScore, Secret);
        (proposal.Weighted, proposal.WeightsReason) = (Weights.Count > 0, WeightsReason);
        (proposal.OpensAt, proposal.ClosesAt, proposal.ReviewOn) = (OpensAt, ClosesAt, ReviewOn);
        proposal.OnPaper = Secret && OnPaper;
        var slips = Secret && !OnPaper ? Slips : [];
        var voices = Weights.Where(voice => voice.Value > 0).ToDictionary();
        foreach (var organisation in slips) voices[organisation] = 1;
        proposal.Voices.RemoveAll(voice => !voices.ContainsKey(voice.OrganisationId));
        foreach (var voice in proposal.Voices) voice.Weight = voices[voice.OrganisationId];
        proposal.Voices.AddRange(voices.Where(voice => proposal.Voices.TrueForAll(there => there.OrganisationId != voice.Key))
            .Select(voice => new ProposalVoice { OrganisationId = voice.Key, Weight = voice.Value }));
        foreach (var voice in proposal.Voices) voice.BySlip = slips.Contains(voice.OrganisationId);
    }
}

/// <summary>What a proposal hangs on.</summary>
public sealed record ProposalPlace(long? ThreadId = null, long? MeetingId = null, long? RevisitsId = null);

/// <summary>A proposal as a thread or a meeting lists it.</summary>
/// <param name="At">When it was decided or withdrawn, else when it was made.</param>
/// <param name="OutcomeWords">Empty until it is decided.</param>
public sealed record ListedDecision(long Id, DateTime At, string Title, ProposalState State, DecisionOutcome? Outcome, string OutcomeWords,
    DateOnly? ReviewOn);

/// <summary>Making proposals, advising on them, changing their wording and rules, opening the vote.</summary>
public sealed class ProposalOperations(ColeadDb db, PartnershipAccess access, BallotBox box, LiveChanges live, TimeProvider clock)
{
    public IQueryable<Proposal> Of(Standing standing) => db.Set<Proposal>().Where(p => p.PartnershipId == standing.PartnershipId);

    /// <summary>Proposals and decisions of a thread, the oldest first.</summary>
    public IQueryable<ListedDecision> OfThread(Standing standing, long threadId) => Listed(Of(standing).Where(p => p.ThreadId == threadId));

    /// <summary>Proposals and decisions of a meeting, the oldest first.</summary>
    public IQueryable<ListedDecision> OfMeeting(Standing standing, long meetingId) =>
        Listed(Of(standing).Where(p => p.MeetingId == meetingId));

    /// <summary>Whether somebody runs a proposal: who made it, and coordinators.</summary>
    public static bool Runs(Standing standing, long? proposedByAccountId) => standing.IsCoordinator
        || (standing.TakesPart && standing.AccountId == proposedByAccountId);

    /// <summary>Makes a proposal and opens its advice round; sent a second time, it is the same proposal.</summary>
    public async Task<long> ProposeAsync(Standing standing, Wording wording, VotingRules rules, ProposalPlace place, string formKey)
    {
        if (await Of(standing).Where(p => p.FormKey == formKey).Select(p => (long?)p.Id).FirstOrDefaultAsync() is { } sent) return sent;
        var now = clock.Now();
        var proposal = new Proposal
        {
            PartnershipId = standing.PartnershipId,
            ThreadId = place.ThreadId,
            MeetingId = place.MeetingId,
            RevisitsId = place.RevisitsId,
            Title = wording.Title,
            Text = wording.Text,
            Options = [.. wording.Options],
            ProposedByAccountId = standing.AccountId,
            ProposedBy = standing.AccountName,
            OrganisationId = standing.OrganisationId,
            ProposedAt = now,
            FormKey = formKey,
            Method = rules.Method,
        };
        rules.PutInto(proposal);
        proposal.Wordings.Add(VersionOf(standing, proposal, 1, await RulesAsync(proposal)));
        db.Set<Proposal>().Add(proposal);
        access.Record(standing, "made a proposal", wording.Title);
        try
        {
            await db.SaveChangesAsync();
            return proposal.Id;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return await Of(standing).Where(p => p.FormKey == formKey).Select(p => p.Id).SingleAsync();
        }
    }

    /// <summary>Adds advice, while there is an advice round. Sent a second time, it is there once.</summary>
    public async Task<bool> AdviseAsync(Standing standing, Proposal proposal, string text, string formKey)
    {
        if (proposal.State != ProposalState.Advice) return false;
        if (await db.Set<ProposalAdvice>().AnyAsync(a => a.FormKey == formKey)) return true;
        db.Set<ProposalAdvice>().Add(new() { ProposalId = proposal.Id, AccountId = standing.AccountId, Who = standing.AccountName,
            OrganisationId = standing.OrganisationId, Text = text, At = clock.Now(), FormKey = formKey });
        access.Record(standing, "advised on a proposal", proposal.Title);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
        }
        await live.AnnounceAsync(DecisionsPart.Topic(proposal.Id));
        return true;
    }

    /// <summary>Saves another wording and keeps the one before; false when someone else changed the proposal since
    /// <paramref name="version"/> was read, or its vote was opened.</summary>
    public async Task<bool> RewordAsync(Standing standing, Proposal proposal, int version, Wording wording)
    {
        if (proposal.State != ProposalState.Advice) return false;
        (proposal.Title, proposal.Text, proposal.Options) = (wording.Title, wording.Text, [.. wording.Options]);
        await db.Entry(proposal).Collection(p => p.Voices).LoadAsync();
        return await KeepAsync(standing, proposal, version, "reworded a proposal");
    }

    /// <summary>Saves other rules, with the options where there are any, and keeps the ones before; false when someone else changed the
    /// proposal since <paramref name="version"/> was read, or its vote was opened.</summary>
    public async Task<bool> ChangeRulesAsync(Standing standing, Proposal proposal, int version, VotingRules rules,
        IReadOnlyList<string> options)
    {
        if (proposal.State != ProposalState.Advice) return false;
        await db.Entry(proposal).Collection(p => p.Voices).LoadAsync();
        var before = await RulesAsync(proposal);
        rules.PutInto(proposal);
        // as a second press of the button finds it
        if (options.SequenceEqual(proposal.Options, StringComparer.Ordinal) && await RulesAsync(proposal) == before) return true;
        proposal.Options = [.. options];
        return await KeepAsync(standing, proposal, version, "changed how a proposal is decided");
    }

    /// <summary>How a proposal is decided, a sentence a line: with its dates, and with the voices where they were agreed.</summary>
    public async Task<string> RulesAsync(Proposal proposal)
    {
        var ids = proposal.Voices.ConvertAll(v => v.OrganisationId); // before opening, those of which something was agreed
        var names = ids.Count == 0 ? [] : await db.Set<Organisation>().Where(o => ids.Contains(o.Id)).OrderBy(o => o.NameKey)
            .Select(o => new { o.Id, o.Name }).ToListAsync();
        return string.Join('\n', DecisionWords.Rules(proposal)
            .Concat(names.Select(o => proposal.Voices.First(v => v.OrganisationId == o.Id) is { BySlip: false } voice
                ? $"{o.Name}: {Dates.Count(voice.Weight, "vote", "votes")}." : $"{o.Name} votes by slip."))
            .Concat(DecisionWords.Timetable(proposal)));
    }

    /// <summary>Ends the advice round and opens the vote: the wording and who has a voice are fixed from now on. False when it is open
    /// already, or was changed in the same moment.</summary>
    /// <param name="closesAt">When it closes by itself, where that is decided now.</param>
    /// <param name="by">Nobody, where it opens on its date.</param>
    /// <param name="seen">The version that was read: nobody opens a vote on what they have not read.</param>
    public async Task<bool> OpenAsync(long proposalId, Standing? by, DateTime? closesAt = null, int? seen = null)
    {
        db.ChangeTracker.Clear();
        var proposal = await db.Set<Proposal>().Include(p => p.Voices).FirstAsync(p => p.Id == proposalId);
        if (proposal.State != ProposalState.Advice || (seen ?? proposal.Version) != proposal.Version) return false;
        var now = clock.Now();
        var current = await db.Set<Organisation>().Where(o => o.PartnershipId == proposal.PartnershipId
            && o.Terms.Any(t => t.LeftOn == null)).Select(o => o.Id).ToListAsync();
        if (DecisionWords.WhyNotOpened(proposal, current) is { } why) // also on its date: partners may have left since it was proposed
        {
            if (by is not null) return false;
            proposal.OpensAt = null;
            db.AuditEntries.Add(Entry(by, proposal, "did not open a vote", $"{proposal.Title}: {why}"));
            await SaveAsync(proposalId);
            return false;
        }
        (proposal.State, proposal.OpenedAt) = (ProposalState.Voting, now);
        if (by is not null) proposal.ClosesAt = closesAt;
        else if (proposal.ClosesAt <= now) proposal.ClosesAt = null; // a closing date that was missed is not made up for by surprise
        proposal.Voices.RemoveAll(voice => !current.Contains(voice.OrganisationId)); // who has left is not waited for
        if (!proposal.Weighted) proposal.Voices.AddRange(current.Except(proposal.Voices.Select(v => v.OrganisationId))
            .Select(id => new ProposalVoice { OrganisationId = id, Weight = 1 }).ToList());
        db.AuditEntries.Add(Entry(by, proposal, "opened a vote", proposal.Title));
        if (!proposal.Secret || proposal.OnPaper) return await SaveAsync(proposalId);
        var vote = box.Make(proposal.Id, proposal.Voices.Count(v => v.BySlip));
        db.SecretVotes.Add(vote);
        if (await SaveAsync(proposalId)) return true;
        box.Unmake(vote);
        return false;
    }

    /// <summary>Gives people more time; false when it is no longer being voted on, or the time is not later.</summary>
    public async Task<bool> ExtendAsync(Standing standing, Proposal proposal, DateTime closesAt)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var extended = await db.Set<Proposal>().Where(p => p.Id == proposal.Id && p.State == ProposalState.Voting
            && (p.ClosesAt == null || p.ClosesAt < closesAt))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ClosesAt, closesAt).SetProperty(p => p.Version, p => p.Version + 1));
        if (extended == 0) return false;
        access.Record(standing, "extended a vote", $"{proposal.Title}, to {Dates.Say(closesAt)}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await live.AnnounceAsync(DecisionsPart.Topic(proposal.Id));
        return true;
    }

    /// <summary>Takes a proposal back before anybody has voted.</summary>
    public async Task<bool> WithdrawAsync(Standing standing, Proposal proposal)
    {
        if (proposal.State != ProposalState.Advice) return false;
        (proposal.State, proposal.ClosedAt) = (ProposalState.Withdrawn, clock.Now());
        access.Record(standing, "withdrew a proposal", proposal.Title);
        return await SaveAsync(proposal.Id);
    }

    /// <summary>For the audit trail, whoever it was.</summary>
    internal AuditEntry Entry(Standing? by, Proposal proposal, string act, string detail) =>
        by is not null ? access.Entry(by, act, detail) : new() { At = clock.Now(), Who = "Colead", PartnershipId = proposal.PartnershipId,
            Act = act, Detail = detail };

    private static IQueryable<ListedDecision> Listed(IQueryable<Proposal> proposals) => proposals.OrderBy(p => p.Id)
        .Select(p => new ListedDecision(p.Id, p.ClosedAt ?? p.ProposedAt, p.Title, p.State, p.Outcome, p.OutcomeWords, p.ReviewOn));

    private ProposalWording VersionOf(Standing standing, Proposal proposal, int number, string rules) =>
        new() { Number = number, Title = proposal.Title, Text = proposal.Text, Options = [.. proposal.Options], Rules = rules,
            AccountId = standing.AccountId, Who = standing.AccountName, At = clock.Now() };

    private async Task<bool> KeepAsync(Standing standing, Proposal proposal, int version, string act)
    {
        var number = await db.Set<ProposalWording>().Where(w => w.ProposalId == proposal.Id).MaxAsync(w => w.Number);
        var token = db.Entry(proposal).Property(p => p.Version);
        (token.IsModified, token.OriginalValue) = (true, version);
        proposal.Wordings.Add(VersionOf(standing, proposal, number + 1, await RulesAsync(proposal)));
        access.Record(standing, act, proposal.Title);
        return await SaveAsync(proposal.Id);
    }

    private async Task<bool> SaveAsync(long proposalId)
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return false;
        }
        await live.AnnounceAsync(DecisionsPart.Topic(proposalId));
        return true;
    }
}
