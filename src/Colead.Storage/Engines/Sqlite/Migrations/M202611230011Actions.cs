using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Actions, how they go, and who is reminded of them.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230011_Actions")]
public sealed class M202611230011Actions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "ActionReminders" (
                "EmailKey" TEXT NOT NULL CONSTRAINT "PK_ActionReminders" PRIMARY KEY,
                "LastSentAt" TEXT NULL,
                "StoppedAt" TEXT NULL
            );

            CREATE TABLE "Actions" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Actions" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Title" TEXT NOT NULL,
                "About" TEXT NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "PersonId" INTEGER NULL,
                "DueOn" TEXT NOT NULL,
                "ThreadId" INTEGER NULL,
                "OutcomeId" INTEGER NULL,
                "DecisionId" INTEGER NULL,
                "MeetingId" INTEGER NULL,
                "State" TEXT NOT NULL,
                "Nature" TEXT NOT NULL,
                "CoProducedWith" TEXT NOT NULL,
                "CreatedBy" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "FormKey" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Actions_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_Actions_Outcomes_OutcomeId" FOREIGN KEY ("OutcomeId") REFERENCES "Outcomes" ("Id") ON DELETE SET NULL,
                CONSTRAINT "FK_Actions_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Actions_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE SET NULL,
                CONSTRAINT "FK_Actions_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE SET NULL
            );

            CREATE TABLE "ActionNotes" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ActionNotes" PRIMARY KEY AUTOINCREMENT,
                "ActionId" INTEGER NOT NULL,
                "Kind" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "Who" TEXT NOT NULL,
                "AccountId" INTEGER NULL,
                "At" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                CONSTRAINT "FK_ActionNotes_Actions_ActionId" FOREIGN KEY ("ActionId") REFERENCES "Actions" ("Id") ON DELETE CASCADE
            );

            CREATE UNIQUE INDEX "IX_ActionNotes_ActionId_FormKey" ON "ActionNotes" ("ActionId", "FormKey");

            CREATE INDEX "IX_Actions_DecisionId" ON "Actions" ("DecisionId");

            CREATE INDEX "IX_Actions_MeetingId" ON "Actions" ("MeetingId");

            CREATE INDEX "IX_Actions_OrganisationId" ON "Actions" ("OrganisationId");

            CREATE INDEX "IX_Actions_OutcomeId" ON "Actions" ("OutcomeId");

            CREATE UNIQUE INDEX "IX_Actions_PartnershipId_FormKey" ON "Actions" ("PartnershipId", "FormKey");

            CREATE INDEX "IX_Actions_PersonId" ON "Actions" ("PersonId");

            CREATE INDEX "IX_Actions_State_DueOn" ON "Actions" ("State", "DueOn");

            CREATE INDEX "IX_Actions_ThreadId" ON "Actions" ("ThreadId");
        """);
}
