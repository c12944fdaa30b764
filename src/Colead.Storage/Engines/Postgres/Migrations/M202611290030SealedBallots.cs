using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>
/// Ballots of a secret vote lie under a key of the vote, without the organisation's name; who voted is written when it has closed. Open
/// votes, whose ballots no SQL can encrypt, and the two tables of before are left to <see cref="Colead.Storage.Upgrades.BallotUpgrade"/>,
/// which runs after this.
/// </summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611290030_SealedBallots")]
public sealed class M202611290030SealedBallots : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            ALTER TABLE "Proposals" ADD COLUMN "OnPaper" boolean NOT NULL DEFAULT false;

            ALTER TABLE "ProposalVoices" ADD COLUMN "BySlip" boolean NOT NULL DEFAULT false;

            CREATE TABLE "SecretVotes" (
                "ProposalId" bigint NOT NULL,
                "KeyName" character varying(32) NOT NULL,
                "Slips" integer NOT NULL,
                "Converted" boolean NOT NULL,
                "Papers" integer NOT NULL,
                "Untraceable" boolean NOT NULL,
                CONSTRAINT "PK_SecretVotes" PRIMARY KEY ("ProposalId"),
                CONSTRAINT "FK_SecretVotes_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "SecretVoters" (
                "ProposalId" bigint NOT NULL,
                "OrganisationId" bigint NOT NULL,
                "OnPaper" boolean NOT NULL,
                CONSTRAINT "PK_SecretVoters" PRIMARY KEY ("ProposalId", "OrganisationId"),
                CONSTRAINT "FK_SecretVoters_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_SecretVoters_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE INDEX "IX_SecretVoters_OrganisationId" ON "SecretVoters" ("OrganisationId");

            CREATE TABLE "SealedBallots" (
                "ProposalId" bigint NOT NULL,
                "Tag" bytea NOT NULL,
                "Seal" bytea NOT NULL,
                CONSTRAINT "PK_SealedBallots" PRIMARY KEY ("ProposalId", "Tag"),
                CONSTRAINT "FK_SealedBallots_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            -- The planner needs no samples of them.
            ALTER TABLE "SealedBallots" ALTER COLUMN "Tag" SET STATISTICS 0, ALTER COLUMN "Seal" SET STATISTICS 0;

            INSERT INTO "SecretVoters" ("ProposalId", "OrganisationId", "OnPaper")
            SELECT m."ProposalId", m."OrganisationId", m."OnPaper" FROM "BallotMarks" m JOIN "Proposals" p ON p."Id" = m."ProposalId" WHERE p."State" = 'Decided' ORDER BY 1, 2;
        """);
}
