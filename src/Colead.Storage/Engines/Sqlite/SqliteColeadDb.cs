using Colead.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Engines.Sqlite;

public sealed class SqliteColeadDb(DbContextOptions<SqliteColeadDb> options) : ColeadDb(options)
{
    public override RoundSealing Sealing => new SqliteSealing(this);

    // unique index, primary key, or a seal's trigger
    public override bool IsDuplicate(DbUpdateException error) =>
        error.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 1811 };

    /// <summary>A transaction that writes is the only one, so reading the state is enough.</summary>
    public override Task<bool> HoldOpenAsync(long roundId, CancellationToken cancellation = default) =>
        AnyAsync($"SELECT COUNT(*) AS \"Value\" FROM \"Rounds\" WHERE \"Id\" = {roundId} AND \"State\" = {nameof(RoundState.Open)}",
            cancellation);

    public override Task<bool> HoldVotingAsync(long proposalId, bool alone = false, CancellationToken cancellation = default) =>
        AnyAsync($"SELECT COUNT(*) AS \"Value\" FROM \"Proposals\" WHERE \"Id\" = {proposalId} AND \"State\" = {SecretVote.Voting}",
            cancellation);

    private async Task<bool> AnyAsync(FormattableString count, CancellationToken cancellation) => await Database.SqlQuery<long>(count)
        .SingleAsync(cancellation) > 0;
}
