using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>
/// The planner's statistics would keep samples of letters, with the links in them, beyond closing. Giving a column its own type once more
/// takes away the samples that it has.
/// </summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611220002_LettersLeaveNoSamples")]
public sealed class M202611220002LettersLeaveNoSamples : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Outbox" ALTER COLUMN "To" SET STATISTICS 0, ALTER COLUMN "Subject" SET STATISTICS 0, ALTER COLUMN "Body" SET STATISTICS 0;
            ALTER TABLE "Outbox" ALTER COLUMN "To" TYPE character varying(254), ALTER COLUMN "Subject" TYPE character varying(200), ALTER COLUMN "Body" TYPE text;
        """);
}
