using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>
/// Answers, drafts and comments lie under keys that are not in the database, and of closed rounds nothing is left but what was published.
/// What has to be sealed with a key is put aside here in tables that begin with Old, and sealed from there by
/// <see cref="Upgrades.SealingUpgrade"/>.
/// </summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611290001_AnswersUnderAKey")]
public sealed class M202611290001AnswersUnderAKey : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "OldDrafts" AS SELECT * FROM "Drafts";
            CREATE TABLE "OldResponses" AS SELECT * FROM "Responses";
            CREATE TABLE "OldAnswered" AS SELECT "Id", "RoundId" FROM "Invitations" WHERE "Answered";
            CREATE TABLE "OldComments" AS SELECT * FROM "Comments";
            CREATE TABLE "OldServerKeys" AS SELECT * FROM "ServerKeys";
            -- A crash between parting answers and working out their figures: that closing is begun again.
            CREATE TABLE "OldClosedResponses" AS SELECT * FROM "ClosedResponses" WHERE "RoundId" IN (SELECT r."Id" FROM "Rounds" r WHERE r."State" = 'Closed' AND NOT EXISTS (SELECT 1 FROM "Publications" p WHERE p."RoundId" = r."Id" AND p."Part" = 'Figures'));
            CREATE TABLE "OldInvited" AS SELECT * FROM "Invited" WHERE "RoundId" IN (SELECT r."Id" FROM "Rounds" r WHERE r."State" = 'Closed' AND NOT EXISTS (SELECT 1 FROM "Publications" p WHERE p."RoundId" = r."Id" AND p."Part" = 'Figures'));
            DROP TABLE "Drafts";
            DROP TABLE "Responses";
            DROP TABLE "Comments";
            DROP TABLE "ServerKeys";
            DROP TABLE "ClosedResponses";
            DROP TABLE "RoundSummaries";
            DROP TABLE "AnswersUploads";

            -- Counted without regard to who answered: withdrawn invitations are on the list too.
            DELETE FROM "Invited";
            ALTER TABLE "Invited" ADD COLUMN "Counting" INTEGER NOT NULL DEFAULT 0;
            INSERT INTO "Invited" ("RoundId", "OrganisationId", "Level", "People", "Counting")
            SELECT "RoundId", "OrganisationId", "Level", count(*), count(*) FROM "Invitations" GROUP BY "RoundId", "OrganisationId", "Level";
            INSERT INTO "Invited" ("RoundId", "OrganisationId", "Level", "People", "Counting") SELECT "RoundId", "OrganisationId", "Level", "People", "People" FROM "OldInvited";

            -- Reminders went to those who had not answered: whom they were for tells who had.
            DELETE FROM "Outbox" WHERE "Quiet";
            DELETE FROM "RoundMessages" WHERE "Kind" = 'Reminder';
            ALTER TABLE "Outbox" DROP COLUMN "Quiet";
            ALTER TABLE "Outbox" ADD COLUMN "Composed" INTEGER NOT NULL DEFAULT 0;
            UPDATE "Outbox" SET "Body" = '', "Composed" = 1 WHERE "Id" IN (SELECT "MessageId" FROM "RoundMessages");

            ALTER TABLE "Rounds" ADD COLUMN "Ways" TEXT NOT NULL DEFAULT 'Mail Paper';
            ALTER TABLE "Rounds" ADD COLUMN "Reminders" INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE "Rounds" ADD COLUMN "Key" TEXT NULL;
            ALTER TABLE "Rounds" ADD COLUMN "CommentsKey" TEXT NULL;
            ALTER TABLE "Rounds" ADD COLUMN "UntraceableAt" TEXT NULL;
            ALTER TABLE "Rounds" ADD COLUMN "DoublesLookedFor" INTEGER NULL;
            ALTER TABLE "RoundOrganisations" ADD COLUMN "ListConfirmed" INTEGER NULL;

            CREATE TABLE "NewInvitations" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Invitations" PRIMARY KEY AUTOINCREMENT,
                "RoundId" INTEGER NOT NULL,
                "PersonId" INTEGER NULL,
                "OrganisationId" INTEGER NULL,
                "Sector" TEXT NULL,
                "Level" TEXT NULL,
                "Counts" INTEGER NOT NULL,
                "Generation" INTEGER NOT NULL,
                "SecretHash" BLOB NOT NULL,
                "Withdrawn" INTEGER NOT NULL,
                "Replaced" INTEGER NOT NULL,
                "NoReminders" INTEGER NOT NULL,
                CONSTRAINT "FK_Invitations_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Invitations_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );
            INSERT INTO "NewInvitations" SELECT "Id", "RoundId", "PersonId", "OrganisationId", NULL, "Level", 1, "Generation", "SecretHash", "Withdrawn", 0, 0 FROM "Invitations";
            DROP TABLE "Invitations";
            ALTER TABLE "NewInvitations" RENAME TO "Invitations";

            CREATE TABLE "AnswersUploads" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AnswersUploads" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "AccountId" INTEGER NOT NULL,
                "FileName" TEXT NOT NULL,
                "Key" TEXT NOT NULL,
                "Content" BLOB NOT NULL,
                "Choices" BLOB NOT NULL,
                "UploadedAt" TEXT NOT NULL,
                CONSTRAINT "FK_AnswersUploads_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );
            CREATE TABLE "AnsweredTags" (
                "Tag" BLOB NOT NULL CONSTRAINT "PK_AnsweredTags" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                CONSTRAINT "FK_AnsweredTags_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );
            CREATE TABLE "Comments" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_Comments" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "Content" BLOB NOT NULL,
                "Decision" TEXT NOT NULL,
                "Edited" BLOB NULL,
                CONSTRAINT "FK_Comments_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );
            CREATE TABLE "Drafts" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_Drafts" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "Tag" BLOB NULL,
                "Place" INTEGER NOT NULL,
                "CodeHash" BLOB NULL,
                "CodeTries" INTEGER NOT NULL,
                "Content" BLOB NOT NULL,
                CONSTRAINT "FK_Drafts_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );
            CREATE TABLE "Responses" (
                "Key" BLOB NOT NULL CONSTRAINT "PK_Responses" PRIMARY KEY,
                "RoundId" INTEGER NOT NULL,
                "Content" BLOB NOT NULL,
                CONSTRAINT "FK_Responses_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE CASCADE
            );

            CREATE INDEX "IX_AnsweredTags_RoundId" ON "AnsweredTags" ("RoundId");
            CREATE INDEX "IX_AnswersUploads_PartnershipId_AccountId" ON "AnswersUploads" ("PartnershipId", "AccountId");
            CREATE INDEX "IX_Comments_RoundId" ON "Comments" ("RoundId");
            CREATE INDEX "IX_Drafts_RoundId" ON "Drafts" ("RoundId");
            CREATE INDEX "IX_Drafts_Tag" ON "Drafts" ("Tag");
            CREATE INDEX "IX_Responses_RoundId" ON "Responses" ("RoundId");
            CREATE INDEX "IX_Invitations_PersonId" ON "Invitations" ("PersonId");
            CREATE UNIQUE INDEX "IX_Invitations_RoundId_PersonId" ON "Invitations" ("RoundId", "PersonId") WHERE NOT "Replaced";
            CREATE UNIQUE INDEX "IX_Invitations_SecretHash" ON "Invitations" ("SecretHash");
            PRAGMA user_version = 1; -- what was deleted is still to be removed from the file
        """);
}
