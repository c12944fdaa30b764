using Microsoft.EntityFrameworkCore;

namespace Colead.Data.Decisions;

/// <summary>
/// Closes a secret vote, in one transaction that is done or not done: its ballots are counted and destroyed, and who voted is rewritten in random order. What an engine does so that
/// nothing stays in its files either, <see cref="Inventory.Sealing"/> does for rounds already.
/// </summary>
public sealed class BallotSealing(ColeadDb db)
{
    /// <param name="count">Gets the marks of every ballot, in no order of casting, and saves what came of them. It may be called again where others were in the way.</param>
    /// <returns>False where it was not being voted on; then nothing has changed.</returns>
    public Task<bool> CloseAsync(long proposalId, Func<IReadOnlyList<string>, Task> count) => db.Sealing.InOneTransactionAsync(async () =>
    {
        db.ChangeTracker.Clear(); // what a try before this one read
        if (!await db.HoldVotingAsync(proposalId, alone: true)) return false;
        await count(await db.SecretBallots.AsNoTracking().Where(b => b.ProposalId == proposalId).OrderBy(b => b.Key).Select(b => b.Marks).ToListAsync());
        await db.SecretBallots.Where(b => b.ProposalId == proposalId).ExecuteDeleteAsync();
        return true;
    });

    /// <summary>After the transaction: removes from the engine's files what it left there.</summary>
    public Task ScrubAsync() => db.Sealing.ScrubAsync();
}
