using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>A letter may carry a calendar file.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611240022_LettersWithACalendar")]
public sealed class M202611240022LettersWithACalendar : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Outbox" ADD COLUMN "Calendar" TEXT NULL;
        """);
}
