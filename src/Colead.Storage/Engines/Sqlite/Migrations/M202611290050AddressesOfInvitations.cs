using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>An invitation keeps for which address it was made: its link goes to no other.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611290050_AddressesOfInvitations")]
public sealed class M202611290050AddressesOfInvitations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Invitations" ADD COLUMN "AddressKey" TEXT NULL;

            UPDATE "Invitations" SET "AddressKey" = (SELECT p."EmailKey" FROM "People" p WHERE p."Id" = "Invitations"."PersonId");
        """);
}
