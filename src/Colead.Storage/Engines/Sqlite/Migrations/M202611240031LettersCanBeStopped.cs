using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>A letter of a kind that comes again says where one click stops them.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611240031_LettersCanBeStopped")]
public sealed class M202611240031LettersCanBeStopped : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Outbox" ADD COLUMN "StopAt" TEXT NULL;
        """);
}
