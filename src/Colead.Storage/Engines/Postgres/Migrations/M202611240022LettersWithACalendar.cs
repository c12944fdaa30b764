using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>A letter may carry a calendar file. Like the rest of a letter it leaves no sample in the planner’s statistics.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611240022_LettersWithACalendar")]
public sealed class M202611240022LettersWithACalendar : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Outbox" ADD COLUMN "Calendar" text NULL;
            ALTER TABLE "Outbox" ALTER COLUMN "Calendar" SET STATISTICS 0;
        """);
}
