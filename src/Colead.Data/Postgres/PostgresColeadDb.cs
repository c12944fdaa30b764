using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colead.Data.Postgres;

public sealed class PostgresColeadDb(DbContextOptions<PostgresColeadDb> options) : ColeadDb(options)
{
    public override bool IsDuplicate(DbUpdateException error) => error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
