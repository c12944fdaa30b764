using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>What is said of a shared aim keeps which wording it was said of.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611240011_FitNumber")]
public sealed class M202611240011FitNumber : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Fits" ADD COLUMN "Number" INTEGER NOT NULL DEFAULT 1;

            UPDATE "Fits" SET "Number" = COALESCE((SELECT MAX(w."Number") FROM "AimWordings" w WHERE w."SharedAimId" = "Fits"."SharedAimId" AND w."DecidedAt" <= "Fits"."SaidAt"), 1);
        """);
}
