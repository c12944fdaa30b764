using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>Who wrote what on the lists of people, and who confirmed it. What is there already counts as written by a coordinator, of whom
/// nothing is known.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611290020_WhoWroteLists")]
public sealed class M202611290020WhoWroteLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "People" ADD COLUMN "EnteredBy" bigint;
            ALTER TABLE "People" ADD COLUMN "EnteredAsCoordinator" boolean NOT NULL DEFAULT true;
            ALTER TABLE "Memberships" ADD COLUMN "PlacedBy" bigint;
            ALTER TABLE "Memberships" ADD COLUMN "PlacedAsCoordinator" boolean NOT NULL DEFAULT true;
            ALTER TABLE "Memberships" ADD COLUMN "CoordinatorConfirmedBy" bigint;
            ALTER TABLE "Memberships" ADD COLUMN "CoordinatorConfirmedAt" timestamp with time zone;
            ALTER TABLE "Memberships" ADD COLUMN "CoordinatorConfirmedHash" bytea;
            ALTER TABLE "Memberships" ADD COLUMN "LeadConfirmedBy" bigint;
            ALTER TABLE "Memberships" ADD COLUMN "LeadConfirmedAt" timestamp with time zone;
            ALTER TABLE "Memberships" ADD COLUMN "LeadConfirmedHash" bytea;
        """);
}
