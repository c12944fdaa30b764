using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>A letter of a kind that comes again says where one click stops them. Like the rest of a letter it leaves no sample in the
/// planner’s statistics.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611240031_LettersCanBeStopped")]
public sealed class M202611240031LettersCanBeStopped : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Outbox" ADD COLUMN "StopAt" character varying(1000);
            ALTER TABLE "Outbox" ALTER COLUMN "StopAt" SET STATISTICS 0;
        """);
}
