using Colead.Data.Inventory;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colead.Data.Postgres;

public sealed class PostgresColeadDb(DbContextOptions<PostgresColeadDb> options) : ColeadDb(options)
{
    public override Sealing Sealing => new PostgresSealing(this);

    public override bool IsDuplicate(DbUpdateException error) => error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>A shared lock: many send at once; closing, which changes the row, waits for them and they for it.</summary>
    public override async Task<bool> HoldOpenAsync(long roundId, CancellationToken cancellation = default) =>
        await Database.SqlQuery<string>($"""SELECT "State" AS "Value" FROM "Rounds" WHERE "Id" = {roundId} FOR SHARE""").AsAsyncEnumerable().FirstOrDefaultAsync(cancellation) == nameof(RoundState.Open);
}
