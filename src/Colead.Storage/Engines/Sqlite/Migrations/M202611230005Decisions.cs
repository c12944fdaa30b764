using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Proposals, their wordings, advice, voices and votes. What is decided stays; secret ballots leave no samples.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230005_Decisions")]
public sealed class M202611230005Decisions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Proposals" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Proposals" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "ThreadId" INTEGER NULL,
                "MeetingId" INTEGER NULL,
                "Title" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "Options" TEXT NOT NULL,
                "ProposedByAccountId" INTEGER NULL,
                "ProposedBy" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "ProposedAt" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                "Method" TEXT NOT NULL,
                "PassAt" TEXT NOT NULL,
                "QuorumPercent" INTEGER NOT NULL,
                "Dots" INTEGER NOT NULL,
                "HighestScore" INTEGER NOT NULL,
                "Secret" INTEGER NOT NULL,
                "Weighted" INTEGER NOT NULL,
                "WeightsReason" TEXT NOT NULL,
                "State" TEXT NOT NULL,
                "OpensAt" TEXT NULL,
                "ClosesAt" TEXT NULL,
                "OpenedAt" TEXT NULL,
                "ClosedAt" TEXT NULL,
                "Outcome" TEXT NULL,
                "OutcomeWords" TEXT NOT NULL,
                "Result" TEXT NULL,
                "ReviewOn" TEXT NULL,
                "RevisitsId" INTEGER NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Proposals_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_Proposals_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Proposals_Proposals_RevisitsId" FOREIGN KEY ("RevisitsId") REFERENCES "Proposals" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_Proposals_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE RESTRICT
            );

            CREATE TABLE "BallotMarks" (
                "ProposalId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "OnPaper" INTEGER NOT NULL,
                CONSTRAINT "PK_BallotMarks" PRIMARY KEY ("ProposalId", "OrganisationId"),
                CONSTRAINT "FK_BallotMarks_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_BallotMarks_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "ProposalAdvice" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ProposalAdvice" PRIMARY KEY AUTOINCREMENT,
                "ProposalId" INTEGER NOT NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "Text" TEXT NOT NULL,
                "At" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                CONSTRAINT "FK_ProposalAdvice_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_ProposalAdvice_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "ProposalVoices" (
                "ProposalId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "Weight" INTEGER NOT NULL,
                CONSTRAINT "PK_ProposalVoices" PRIMARY KEY ("ProposalId", "OrganisationId"),
                CONSTRAINT "FK_ProposalVoices_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_ProposalVoices_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "ProposalVotes" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ProposalVotes" PRIMARY KEY AUTOINCREMENT,
                "ProposalId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "Marks" TEXT NOT NULL,
                "Reason" TEXT NOT NULL,
                "Way" TEXT NOT NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "At" TEXT NOT NULL,
                "EarlierMarks" TEXT NULL,
                "EarlierWho" TEXT NULL,
                "EarlierAt" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_ProposalVotes_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_ProposalVotes_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "ProposalWordings" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ProposalWordings" PRIMARY KEY AUTOINCREMENT,
                "ProposalId" INTEGER NOT NULL,
                "Number" INTEGER NOT NULL,
                "Title" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "Options" TEXT NOT NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "At" TEXT NOT NULL,
                CONSTRAINT "FK_ProposalWordings_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "SecretBallots" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_SecretBallots" PRIMARY KEY,
                "ProposalId" INTEGER NOT NULL,
                "Marks" TEXT NOT NULL,
                CONSTRAINT "FK_SecretBallots_Proposals_ProposalId" FOREIGN KEY ("ProposalId") REFERENCES "Proposals" ("Id") ON DELETE CASCADE
            );

            CREATE INDEX "IX_BallotMarks_OrganisationId" ON "BallotMarks" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_ProposalAdvice_FormKey" ON "ProposalAdvice" ("FormKey");

            CREATE INDEX "IX_ProposalAdvice_OrganisationId" ON "ProposalAdvice" ("OrganisationId");

            CREATE INDEX "IX_ProposalAdvice_ProposalId" ON "ProposalAdvice" ("ProposalId");

            CREATE UNIQUE INDEX "IX_Proposals_FormKey" ON "Proposals" ("FormKey");

            CREATE INDEX "IX_Proposals_OrganisationId" ON "Proposals" ("OrganisationId");

            CREATE INDEX "IX_Proposals_PartnershipId_State" ON "Proposals" ("PartnershipId", "State");

            CREATE INDEX "IX_Proposals_RevisitsId" ON "Proposals" ("RevisitsId");

            CREATE INDEX "IX_Proposals_ThreadId" ON "Proposals" ("ThreadId");

            CREATE INDEX "IX_ProposalVoices_OrganisationId" ON "ProposalVoices" ("OrganisationId");

            CREATE INDEX "IX_ProposalVotes_OrganisationId" ON "ProposalVotes" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_ProposalVotes_ProposalId_OrganisationId" ON "ProposalVotes" ("ProposalId", "OrganisationId");

            CREATE UNIQUE INDEX "IX_ProposalWordings_ProposalId_Number" ON "ProposalWordings" ("ProposalId", "Number");

            CREATE INDEX "IX_SecretBallots_ProposalId" ON "SecretBallots" ("ProposalId");

            CREATE TRIGGER "Proposals_Unchanged" BEFORE UPDATE ON "Proposals" WHEN OLD."State" = 'Decided' BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
            CREATE TRIGGER "Proposals_Kept" BEFORE DELETE ON "Proposals" WHEN OLD."State" = 'Decided' AND EXISTS (SELECT 1 FROM "Partnerships" WHERE "Id" = OLD."PartnershipId") BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
            CREATE TRIGGER "ProposalVotes_Added" BEFORE INSERT ON "ProposalVotes" WHEN EXISTS (SELECT 1 FROM "Proposals" WHERE "Id" = NEW."ProposalId" AND "State" = 'Decided') BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
            CREATE TRIGGER "ProposalVotes_Unchanged" BEFORE UPDATE ON "ProposalVotes" WHEN EXISTS (SELECT 1 FROM "Proposals" WHERE "Id" = OLD."ProposalId" AND "State" = 'Decided') BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
            CREATE TRIGGER "ProposalVotes_Kept" BEFORE DELETE ON "ProposalVotes" WHEN EXISTS (SELECT 1 FROM "Proposals" WHERE "Id" = OLD."ProposalId" AND "State" = 'Decided') BEGIN SELECT RAISE(ABORT, 'What was decided is never changed.'); END;
        """);
}
