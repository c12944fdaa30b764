using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>Closing says when it begins, so that one that was cut short leaves no second copy of answers behind.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611240001_ClosingCutShort")]
public sealed class M202611240001ClosingCutShort : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Rounds" ADD COLUMN "ClosingBegun" boolean NOT NULL DEFAULT false;

            -- The planner's statistics would keep samples of answers beyond the deleting of their round. A column that is given its own type once more loses those that it has.
            ALTER TABLE "ClosedResponses" ALTER COLUMN "Key" SET STATISTICS 0, ALTER COLUMN "Answers" SET STATISTICS 0;
            ALTER TABLE "ClosedResponses" ALTER COLUMN "Key" TYPE bytea, ALTER COLUMN "Answers" TYPE bytea;
            ALTER TABLE "Comments" ALTER COLUMN "Key" SET STATISTICS 0;
            ALTER TABLE "Comments" ALTER COLUMN "Key" TYPE bytea;
        """);
}
