using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Colead.Data.Sqlite;

public sealed class SqliteColeadDb(DbContextOptions<SqliteColeadDb> options) : ColeadDb(options)
{
    public override bool IsDuplicate(DbUpdateException error) => error.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };
}
