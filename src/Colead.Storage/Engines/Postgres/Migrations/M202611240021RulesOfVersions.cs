using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>A version of a proposal keeps its rules too, since they may change before voting opens.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611240021_RulesOfVersions")]
public sealed class M202611240021RulesOfVersions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "ProposalWordings" ADD COLUMN "Rules" text NOT NULL DEFAULT '';
        """);
}
