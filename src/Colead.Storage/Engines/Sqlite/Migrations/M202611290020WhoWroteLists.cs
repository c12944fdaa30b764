using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Who wrote what on the lists of people, and who confirmed it. What is there already counts as written by a coordinator, of whom
/// nothing is known.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611290020_WhoWroteLists")]
public sealed class M202611290020WhoWroteLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "People" ADD COLUMN "EnteredBy" INTEGER NULL;
            ALTER TABLE "People" ADD COLUMN "EnteredAsCoordinator" INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE "Memberships" ADD COLUMN "PlacedBy" INTEGER NULL;
            ALTER TABLE "Memberships" ADD COLUMN "PlacedAsCoordinator" INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE "Memberships" ADD COLUMN "CoordinatorConfirmedBy" INTEGER NULL;
            ALTER TABLE "Memberships" ADD COLUMN "CoordinatorConfirmedAt" TEXT NULL;
            ALTER TABLE "Memberships" ADD COLUMN "CoordinatorConfirmedHash" BLOB NULL;
            ALTER TABLE "Memberships" ADD COLUMN "LeadConfirmedBy" INTEGER NULL;
            ALTER TABLE "Memberships" ADD COLUMN "LeadConfirmedAt" TEXT NULL;
            ALTER TABLE "Memberships" ADD COLUMN "LeadConfirmedHash" BLOB NULL;
        """);
}
