using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget;

/// <summary>What a form says of an entry.</summary>
public sealed record EntryText(EntryKind Kind, BudgetUnit Unit, long Amount, long OrganisationId, long? OutcomeId, long? ActionId,
    DateOnly On, string Text, long? CommitmentId);

/// <summary>How an entry was taken; of those not written, why.</summary>
public enum PostResult
{
    Written,
    /// <summary>The promise it was for is not there, or not theirs.</summary>
    NoSuchCommitment,
    AlreadyUndone,
    /// <summary>Something was spent out of the promise: what is left can be given back instead.</summary>
    DrawnOn,
    NothingLeft,
}

/// <summary>What was written, or why not.</summary>
public sealed record Posting(PostResult Result, long? EntryId = null);

/// <summary>What is on one account, for whom and towards what.</summary>
public sealed record Balance(BudgetUnit Unit, BudgetAccount Account, long? OrganisationId, long? OutcomeId, long? ActionId, long Amount);

/// <summary>A promise that something is left of.</summary>
public sealed record OpenCommitment(long Id, int Number, BudgetUnit Unit, long OrganisationId, string Organisation, long? OutcomeId,
    long? ActionId, string Text, long Left);

/// <summary>The books: entries are added, never changed; each balances in its unit.</summary>
public sealed class LedgerOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    private const int MostTries = 40;

    public IQueryable<JournalEntry> Entries(Standing standing) => db.Set<JournalEntry>()
        .Where(e => e.PartnershipId == standing.PartnershipId);

    public IQueryable<JournalLine> Lines(Standing standing) => db.Set<JournalLine>()
        .Where(l => l.Entry!.PartnershipId == standing.PartnershipId);

    /// <summary>What was spent in a thread: towards its outcomes, or by its actions.</summary>
    public static IQueryable<JournalLine> SpentInThread(ColeadDb db, long partnershipId, long threadId) => db.Set<JournalLine>()
        .Where(l => l.Entry!.PartnershipId == partnershipId && l.Account == BudgetAccount.Spent
            && (l.Outcome!.ThreadId == threadId || l.Action!.ThreadId == threadId));

    /// <summary>Every account's balance, added up by the database.</summary>
    public async Task<IReadOnlyList<Balance>> BalancesAsync(Standing standing) => await Lines(standing)
        .GroupBy(l => new { l.Unit, l.Account, l.OrganisationId, l.OutcomeId, l.ActionId })
        .Select(g => new Balance(g.Key.Unit, g.Key.Account, g.Key.OrganisationId, g.Key.OutcomeId, g.Key.ActionId, g.Sum(l => l.Amount)))
            .ToListAsync();

    /// <summary>Promises that something is left of and that the person may draw on.</summary>
    public async Task<IReadOnlyList<OpenCommitment>> OpenCommitmentsAsync(Standing standing)
    {
        var promises = await Entries(standing).Where(e => e.Kind == EntryKind.Commitment
            && (standing.IsCoordinator || e.OrganisationId == standing.OrganisationId)).OrderBy(e => e.Number)
            .Select(e => new OpenCommitment(e.Id, e.Number, e.Unit, e.OrganisationId, e.Organisation!.Name, e.OutcomeId, e.ActionId, e.Text,
                db.Set<JournalLine>().Where(l => l.Account == BudgetAccount.Committed
                    && (l.EntryId == e.Id || l.Entry!.CommitmentId == e.Id)).Sum(l => l.Amount))).ToListAsync();
        return [.. promises.Where(p => p.Left > 0)];
    }

    /// <summary>What is left of a promise.</summary>
    public Task<long> LeftAsync(long commitmentId) =>
        db.Set<JournalLine>().Where(l => l.Account == BudgetAccount.Committed
            && (l.EntryId == commitmentId || l.Entry!.CommitmentId == commitmentId)).SumAsync(l => l.Amount);

    /// <summary>Writes what happened; the same form sent again finds the entry it made.</summary>
    public Task<Posting> PostAsync(Standing standing, EntryText text, string formKey) => WriteAsync(standing, formKey, async number =>
    {
        var facts = Facts(standing, text, formKey);
        if (text.OutcomeId is null && text.ActionId is { } action) facts =
            facts with { OutcomeId = await db.Set<PlannedAction>().Where(a => a.Id == action).Select(a => a.OutcomeId)
            .FirstOrDefaultAsync() };
        if (text is not { Kind: EntryKind.Spending, CommitmentId: { } id })
        {
            return (PostResult.Written, text.Kind switch
            {
                EntryKind.Contribution => JournalEntry.Contribution(facts, number),
                EntryKind.Commitment => JournalEntry.Commitment(facts, number),
                EntryKind.Spending => JournalEntry.Spending(facts, number),
                EntryKind.GivenAndUsed => JournalEntry.GivenAndUsed(facts, number),
                _ => throw new InvalidOperationException($"{text.Kind} is not entered by itself."),
            });
        }
        var promise = await Entries(standing).FirstOrDefaultAsync(e => e.Id == id && e.Kind == EntryKind.Commitment && e.Unit == text.Unit);
        if (promise is null || !standing.Manages(promise.OrganisationId)) return (PostResult.NoSuchCommitment, null);
        facts = facts with { OrganisationId = promise.OrganisationId, OutcomeId = promise.OutcomeId, ActionId = promise.ActionId };
        return (PostResult.Written, JournalEntry.Spending(facts, number, id, await LeftAsync(id)));
    }, "entered money or hours");

    /// <summary>Undoes an entry by another; no entry twice.</summary>
    public Task<Posting> ReverseAsync(Standing standing, long entryId, string reason, string formKey) =>
        WriteAsync(standing, formKey, async number =>
    {
        var first = await Entries(standing).Include(e => e.Lines).FirstAsync(e => e.Id == entryId);
        if (await Entries(standing).AnyAsync(e => e.ReversesId == entryId)) return (PostResult.AlreadyUndone, null);
        if (first.Kind == EntryKind.Commitment && await LeftAsync(entryId) != first.Amount) return (PostResult.DrawnOn, null);
        var facts = new EntryFacts(standing.PartnershipId, clock.Today(), first.Unit, first.Amount, first.OrganisationId, first.OutcomeId,
            first.ActionId, reason, standing.AccountName, standing.AccountId, clock.Now(), formKey);
        return (PostResult.Written, JournalEntry.Reversal(first, facts, number));
    }, "undid an entry");

    /// <summary>Gives what is left of a promise back into the pot.</summary>
    public Task<Posting> ReleaseAsync(Standing standing, long commitmentId, string reason, string formKey) =>
        WriteAsync(standing, formKey, async number =>
    {
        var promise = await Entries(standing).FirstAsync(e => e.Id == commitmentId && e.Kind == EntryKind.Commitment);
        var left = await LeftAsync(commitmentId);
        if (left <= 0) return (PostResult.NothingLeft, null);
        var facts = new EntryFacts(standing.PartnershipId, clock.Today(), promise.Unit, left, promise.OrganisationId, promise.OutcomeId,
            promise.ActionId, reason, standing.AccountName, standing.AccountId, clock.Now(), formKey);
        return (PostResult.Written, JournalEntry.Release(facts, number, commitmentId));
    }, "gave a promise back");

    private EntryFacts Facts(Standing standing, EntryText text, string formKey) =>
        new(standing.PartnershipId, text.On, text.Unit, text.Amount, text.OrganisationId, text.OutcomeId, text.ActionId, text.Text,
            standing.AccountName, standing.AccountId, clock.Now(), formKey);

    /// <summary>
    /// Writes one entry after the other within a partnership: the ledger's version is the queue. Who finds that somebody wrote meanwhile
    /// reads again and makes the entry anew, so that two never draw the same promise twice.
    /// </summary>
    private async Task<Posting> WriteAsync(Standing standing, string formKey, Func<int, Task<(PostResult, JournalEntry?)>> make, string act)
    {
        for (var tries = 1; ; tries++)
        {
            db.ChangeTracker.Clear();
            if (await Entries(standing).Where(e => e.FormKey == formKey).Select(e => (long?)e.Id)
                .FirstOrDefaultAsync() is { } made) return new(PostResult.Written, made);
            var ledger = await db.Set<Ledger>().FirstOrDefaultAsync(l => l.PartnershipId == standing.PartnershipId);
            if (ledger is null) db.Set<Ledger>().Add(ledger = new Ledger { PartnershipId = standing.PartnershipId });
            var (result, entry) = await make(++ledger.LastNumber);
            if (entry is null) return new(result);
            db.Set<JournalEntry>().Add(entry);
            access.Record(standing, act,
                $"{entry.Number}: {BudgetWords.Say(entry.Kind).ToLowerInvariant()}, {BudgetWords.Name(entry.Unit).ToLowerInvariant()} {BudgetWords.Say(entry.Amount, entry.Unit)}{(entry.Text.Length > 0 ? ", " + entry.Text : "")}");
            try
            {
                await db.SaveChangesAsync();
                return new(PostResult.Written, entry.Id);
            }
            catch (DbUpdateException error) when (tries < MostTries && (error is DbUpdateConcurrencyException || db.IsDuplicate(error)))
            {
                await Task.Delay(tries * 3); // somebody wrote in the same moment
            }
        }
    }
}
