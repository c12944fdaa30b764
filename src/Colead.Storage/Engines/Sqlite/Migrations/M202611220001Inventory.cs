using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Instruments, rounds, invitations, answers and sealed publications.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611220001_Inventory")]
public sealed class M202611220001Inventory : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Instruments" (
                "Hash" TEXT NOT NULL CONSTRAINT "PK_Instruments" PRIMARY KEY,
                "Content" BLOB NOT NULL
            );

            CREATE TABLE "RoundMessages" (
                "MessageId" INTEGER NOT NULL CONSTRAINT "PK_RoundMessages" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "InvitationId" INTEGER NOT NULL,
                "Kind" TEXT NOT NULL
            );

            CREATE TABLE "ServerKeys" (
                "Name" TEXT NOT NULL CONSTRAINT "PK_ServerKeys" PRIMARY KEY,
                "Value" BLOB NOT NULL
            );

            CREATE TABLE "AnswersUploads" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AnswersUploads" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "AccountId" INTEGER NOT NULL,
                "FileName" TEXT NOT NULL,
                "Content" BLOB NOT NULL,
                "Choices" TEXT NOT NULL,
                "UploadedAt" TEXT NOT NULL,
                CONSTRAINT "FK_AnswersUploads_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "OwnInstruments" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_OwnInstruments" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Title" TEXT NOT NULL,
                "Content" BLOB NOT NULL,
                "ChangedAt" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_OwnInstruments_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Rounds" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Rounds" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "Origin" TEXT NOT NULL,
                "State" TEXT NOT NULL,
                "InstrumentHash" TEXT NOT NULL,
                "Languages" TEXT NOT NULL,
                "Levels" TEXT NOT NULL,
                "MeansFrom" INTEGER NOT NULL,
                "DetailsFrom" INTEGER NOT NULL,
                "OrganisationRows" INTEGER NOT NULL,
                "FoldsDecided" INTEGER NOT NULL,
                "OpensAt" TEXT NULL,
                "ClosesAt" TEXT NULL,
                "OpenedAt" TEXT NULL,
                "ClosedAt" TEXT NULL,
                "PublishedAt" TEXT NULL,
                "CancelledAt" TEXT NULL,
                "OpenLink" TEXT NULL,
                "Contact" TEXT NOT NULL,
                "KeptYears" INTEGER NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "RemindsByItself" INTEGER NOT NULL,
                "RemindedAt" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Rounds_Instruments_InstrumentHash" FOREIGN KEY ("InstrumentHash") REFERENCES "Instruments" ("Hash") ON DELETE RESTRICT,
                CONSTRAINT "FK_Rounds_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "ClosedResponses" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_ClosedResponses" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "ByOpenLink" INTEGER NOT NULL,
                "OrganisationId" INTEGER NULL,
                "Sector" TEXT NULL,
                "Level" TEXT NULL,
                "Answers" BLOB NOT NULL,
                CONSTRAINT "FK_ClosedResponses_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Comments" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_Comments" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "Dimension" TEXT NULL,
                "Text" TEXT NOT NULL,
                "Decision" TEXT NOT NULL,
                "Edited" TEXT NULL,
                CONSTRAINT "FK_Comments_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Drafts" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Drafts" PRIMARY KEY AUTOINCREMENT,
                "RoundId" INTEGER NOT NULL,
                "InvitationId" INTEGER NULL,
                "Key" BLOB NOT NULL,
                "CodeHash" BLOB NULL,
                "CodeTries" INTEGER NOT NULL,
                "OrganisationId" INTEGER NULL,
                "Level" TEXT NULL,
                "Language" TEXT NOT NULL,
                "Answers" BLOB NOT NULL,
                "Comments" TEXT NOT NULL,
                "Pages" INTEGER NOT NULL,
                CONSTRAINT "FK_Drafts_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "FormerLinks" (
                "SecretHash" BLOB NOT NULL CONSTRAINT "PK_FormerLinks" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "End" TEXT NOT NULL,
                CONSTRAINT "FK_FormerLinks_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Invitations" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Invitations" PRIMARY KEY AUTOINCREMENT,
                "RoundId" INTEGER NOT NULL,
                "PersonId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "Level" TEXT NOT NULL,
                "Generation" INTEGER NOT NULL,
                "SecretHash" BLOB NOT NULL,
                "Answered" INTEGER NOT NULL,
                "Withdrawn" INTEGER NOT NULL,
                CONSTRAINT "FK_Invitations_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Invitations_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Invited" (
                "RoundId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "Level" TEXT NOT NULL,
                "People" INTEGER NOT NULL,
                CONSTRAINT "PK_Invited" PRIMARY KEY ("RoundId", "OrganisationId", "Level"),
                CONSTRAINT "FK_Invited_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Publications" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Publications" PRIMARY KEY AUTOINCREMENT,
                "RoundId" INTEGER NOT NULL,
                "Part" TEXT NOT NULL,
                "Content" BLOB NOT NULL,
                "Hash" TEXT NOT NULL,
                "SealedAt" TEXT NOT NULL,
                CONSTRAINT "FK_Publications_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Responses" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_Responses" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "ByOpenLink" INTEGER NOT NULL,
                "OrganisationId" INTEGER NULL,
                "Sector" TEXT NULL,
                "Level" TEXT NULL,
                "Answers" BLOB NOT NULL,
                "Comments" TEXT NOT NULL,
                CONSTRAINT "FK_Responses_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "RoundOrganisations" (
                "RoundId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "Sector" TEXT NOT NULL,
                "Fold" INTEGER NULL,
                CONSTRAINT "PK_RoundOrganisations" PRIMARY KEY ("RoundId", "OrganisationId"),
                CONSTRAINT "FK_RoundOrganisations_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_RoundOrganisations_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "RoundProgress" (
                "RoundId" INTEGER NOT NULL CONSTRAINT "PK_RoundProgress" PRIMARY KEY,
                "CountedAt" TEXT NOT NULL,
                "Content" TEXT NOT NULL,
                CONSTRAINT "FK_RoundProgress_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "RoundSummaries" (
                "RoundId" INTEGER NOT NULL CONSTRAINT "PK_RoundSummaries" PRIMARY KEY,
                "Answers" BLOB NOT NULL,
                "OpenLink" BLOB NULL,
                CONSTRAINT "FK_RoundSummaries_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            -- A letter may be quiet.
            CREATE TABLE "NewOutbox" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Outbox" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NULL,
                "To" TEXT NOT NULL,
                "Subject" TEXT NOT NULL,
                "Body" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "Attempts" INTEGER NOT NULL,
                "DueAt" TEXT NOT NULL,
                "SentAt" TEXT NULL,
                "GivenUpAt" TEXT NULL,
                "Problem" TEXT NULL,
                "Quiet" INTEGER NOT NULL
            );
            INSERT INTO "NewOutbox" SELECT *, 0 FROM "Outbox";
            DROP TABLE "Outbox";
            ALTER TABLE "NewOutbox" RENAME TO "Outbox";
            CREATE INDEX "IX_Outbox_SentAt_GivenUpAt_DueAt" ON "Outbox" ("SentAt", "GivenUpAt", "DueAt");

            CREATE INDEX "IX_AnswersUploads_PartnershipId_AccountId" ON "AnswersUploads" ("PartnershipId", "AccountId");
            CREATE INDEX "IX_ClosedResponses_RoundId" ON "ClosedResponses" ("RoundId");
            CREATE INDEX "IX_Comments_RoundId" ON "Comments" ("RoundId");
            CREATE INDEX "IX_Drafts_InvitationId" ON "Drafts" ("InvitationId");
            CREATE UNIQUE INDEX "IX_Drafts_Key" ON "Drafts" ("Key");
            CREATE INDEX "IX_Drafts_RoundId" ON "Drafts" ("RoundId");
            CREATE INDEX "IX_FormerLinks_RoundId" ON "FormerLinks" ("RoundId");
            CREATE INDEX "IX_Invitations_PersonId" ON "Invitations" ("PersonId");
            CREATE UNIQUE INDEX "IX_Invitations_RoundId_PersonId" ON "Invitations" ("RoundId", "PersonId");
            CREATE UNIQUE INDEX "IX_Invitations_SecretHash" ON "Invitations" ("SecretHash");
            CREATE INDEX "IX_OwnInstruments_PartnershipId" ON "OwnInstruments" ("PartnershipId");
            CREATE UNIQUE INDEX "IX_Publications_RoundId_Part" ON "Publications" ("RoundId", "Part");
            CREATE INDEX "IX_Responses_RoundId" ON "Responses" ("RoundId");
            CREATE INDEX "IX_RoundMessages_RoundId_InvitationId" ON "RoundMessages" ("RoundId", "InvitationId");
            CREATE INDEX "IX_RoundOrganisations_OrganisationId" ON "RoundOrganisations" ("OrganisationId");
            CREATE INDEX "IX_Rounds_InstrumentHash" ON "Rounds" ("InstrumentHash");
            CREATE UNIQUE INDEX "IX_Rounds_OpenLink" ON "Rounds" ("OpenLink");
            CREATE INDEX "IX_Rounds_PartnershipId" ON "Rounds" ("PartnershipId");
            CREATE INDEX "IX_Rounds_State" ON "Rounds" ("State");

            CREATE TRIGGER "Publications_Unchanged" BEFORE UPDATE ON "Publications" BEGIN SELECT RAISE(ABORT, 'What was published is never changed.'); END;
            CREATE TRIGGER "Publications_Kept" BEFORE DELETE ON "Publications" WHEN EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = OLD."RoundId") BEGIN SELECT RAISE(ABORT, 'What was published goes only with its whole round.'); END;

            CREATE TRIGGER "Publications_NotReplaced" BEFORE INSERT ON "Publications" WHEN EXISTS (SELECT 1 FROM "Publications" p WHERE p."Id" = NEW."Id" OR (p."RoundId" = NEW."RoundId" AND p."Part" = NEW."Part")) BEGIN SELECT RAISE(ABORT, 'What was published is never changed.'); END;

            CREATE TRIGGER "RoundSummaries_Unchanged" BEFORE UPDATE ON "RoundSummaries" BEGIN SELECT RAISE(ABORT, 'What was published is never changed.'); END;
            CREATE TRIGGER "RoundSummaries_Kept" BEFORE DELETE ON "RoundSummaries" WHEN EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = OLD."RoundId") BEGIN SELECT RAISE(ABORT, 'What was published goes only with its whole round.'); END;
            CREATE TRIGGER "RoundSummaries_NotReplaced" BEFORE INSERT ON "RoundSummaries" WHEN EXISTS (SELECT 1 FROM "RoundSummaries" s WHERE s."RoundId" = NEW."RoundId") BEGIN SELECT RAISE(ABORT, 'What was published is never changed.'); END;
        """);
}
