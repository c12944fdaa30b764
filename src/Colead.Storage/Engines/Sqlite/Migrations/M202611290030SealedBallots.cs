using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>
/// Ballots of a secret vote lie under a key of the vote, without the organisation's name; who voted is written when it has closed. Open
/// votes, whose ballots no SQL can encrypt, and the two tables of before are left to <see cref="Colead.Storage.Upgrades.BallotUpgrade"/>,
/// which runs after this.
/// </summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611290030_SealedBallots")]
public sealed class M202611290030SealedBallots : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Proposals" ADD COLUMN "OnPaper" INTEGER NOT NULL DEFAULT 0;

            ALTER TABLE "ProposalVoices" ADD COLUMN "BySlip" INTEGER NOT NULL DEFAULT 0;

            CREATE TABLE "SecretVotes" (
                "ProposalId" INTEGER NOT NULL CONSTRAINT "PK_SecretVotes" PRIMARY KEY,
                "KeyName" TEXT NOT NULL,
                "Slips" INTEGER NOT NULL,
                "Converted" INTEGER NOT NULL,
                "Papers" INTEGER NOT NULL,
                "Untraceable" INTEGER NOT NULL,
                CONSTRAINT "FK_SecretVotes_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "SecretVoters" (
                "ProposalId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "OnPaper" INTEGER NOT NULL,
                CONSTRAINT "PK_SecretVoters" PRIMARY KEY ("ProposalId", "OrganisationId"),
                CONSTRAINT "FK_SecretVoters_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_SecretVoters_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE INDEX "IX_SecretVoters_OrganisationId" ON "SecretVoters" ("OrganisationId");

            CREATE TABLE "SealedBallots" (
                "ProposalId" INTEGER NOT NULL,
                "Tag" BLOB NOT NULL,
                "Seal" BLOB NOT NULL,
                CONSTRAINT "PK_SealedBallots" PRIMARY KEY ("ProposalId", "Tag"),
                CONSTRAINT "FK_SealedBallots_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            ) WITHOUT ROWID; -- in the order of their tags, not of voting

            INSERT INTO "SecretVoters" ("ProposalId", "OrganisationId", "OnPaper")
            SELECT m."ProposalId", m."OrganisationId", m."OnPaper" FROM "BallotMarks" m JOIN "Proposals" p ON p."Id" = m."ProposalId" WHERE p."State" = 'Decided' ORDER BY 1, 2;
        """);
}
