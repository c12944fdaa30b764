using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>How a list of people was understood is kept for the next one.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611300043_RosterMappings")]
public sealed class M202611300043RosterMappings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "RosterMappings" (
                "PartnershipId" bigint NOT NULL CONSTRAINT "PK_RosterMappings" PRIMARY KEY,
                "Content" text NOT NULL,
                CONSTRAINT "FK_RosterMappings_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );
        """);
}
