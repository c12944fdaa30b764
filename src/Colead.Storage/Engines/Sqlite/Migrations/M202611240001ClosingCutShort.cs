using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Closing says when it begins, so that one that was cut short leaves no second copy of answers behind.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611240001_ClosingCutShort")]
public sealed class M202611240001ClosingCutShort : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Rounds" ADD COLUMN "ClosingBegun" INTEGER NOT NULL DEFAULT 0;
        """);
}
