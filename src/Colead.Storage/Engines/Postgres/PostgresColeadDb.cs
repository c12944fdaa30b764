using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Colead.Storage.Engines.Postgres;

public sealed class PostgresColeadDb(DbContextOptions<PostgresColeadDb> options) : ColeadDb(options)
{
    public override RoundSealing Sealing => new PostgresSealing(this);

    public override bool IsDuplicate(DbUpdateException error) =>
        error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Closing waits here for those who are just sending, and they for it, in the order in which they came.</summary>
    internal const string Gate = "7219034551";

    /// <summary>
    /// Many send at once. Whoever comes while a round closes waits at the gate, holding nothing yet, so that closing and sending never wait
    /// for each other in a circle. The state is read by a statement of its own, after the wait.
    /// </summary>
    public override async Task<bool> HoldOpenAsync(long roundId, CancellationToken cancellation = default) =>
        await StateBehindTheGateAsync("Rounds", roundId, alone: false, cancellation) == nameof(RoundState.Open);

    /// <summary>Behind the same gate, for the same reason.</summary>
    public override async Task<bool> HoldVotingAsync(long proposalId, bool alone = false, CancellationToken cancellation = default) =>
        await StateBehindTheGateAsync("Proposals", proposalId, alone, cancellation) == SecretVote.Voting;

    private async Task<string?> StateBehindTheGateAsync(string table, long id, bool alone, CancellationToken cancellation)
    {
        await using var command = Database.GetDbConnection().CreateCommand();
        command.CommandText = $"""SELECT pg_advisory_xact_lock{(alone ? "" : "_shared")}({Gate}); SELECT "State" FROM "{table}" WHERE "Id" = @id""";
        command.Transaction = Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Holding something open needs a transaction.");
        command.Parameters.Add(new NpgsqlParameter<long>("id", id));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetString(0) : null;
    }
}
