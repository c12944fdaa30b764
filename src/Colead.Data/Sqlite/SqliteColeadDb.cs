using Colead.Data.Decisions;
using Colead.Data.Inventory;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Colead.Data.Sqlite;

public sealed class SqliteColeadDb(DbContextOptions<SqliteColeadDb> options) : ColeadDb(options)
{
    public override Sealing Sealing => new SqliteSealing(this);

    public override bool IsDuplicate(DbUpdateException error) => error.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 1811 }; // unique index, primary key, or a seal's trigger

    /// <summary>A transaction that writes is the only one, so reading the state is enough.</summary>
    public override Task<bool> HoldOpenAsync(long roundId, CancellationToken cancellation = default) =>
        Rounds.AnyAsync(r => r.Id == roundId && r.State == RoundState.Open, cancellation);

    public override Task<bool> HoldVotingAsync(long proposalId, bool alone = false, CancellationToken cancellation = default) =>
        Proposals.AnyAsync(p => p.Id == proposalId && p.State == ProposalState.Voting, cancellation);
}
