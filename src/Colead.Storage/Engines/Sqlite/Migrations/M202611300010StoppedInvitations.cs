using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>An invitation remembers that it was taken back, or reached nobody.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611300010_StoppedInvitations")]
public sealed class M202611300010StoppedInvitations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Invitations" ADD COLUMN "WasStopped" INTEGER NOT NULL DEFAULT 0;

            UPDATE "Invitations" SET "WasStopped" = "Withdrawn";
        """);
}
