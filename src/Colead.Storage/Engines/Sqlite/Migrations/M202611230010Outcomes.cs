using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Outcomes, who answers for them, and their indicators.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230010_Outcomes")]
public sealed class M202611230010Outcomes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Outcomes" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Outcomes" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "ThreadId" INTEGER NULL,
                "Title" TEXT NOT NULL,
                "Who" TEXT NOT NULL,
                "Where" TEXT NOT NULL,
                "WhatChanges" TEXT NOT NULL,
                "PublicValue" TEXT NOT NULL,
                "Responsibility" TEXT NOT NULL,
                "Resources" TEXT NOT NULL,
                "DueOn" TEXT NULL,
                "EndedAt" TEXT NULL,
                "EndedNote" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "CreatedBy" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Outcomes_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_Outcomes_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Outcomes_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE SET NULL
            );

            CREATE TABLE "Indicators" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Indicators" PRIMARY KEY AUTOINCREMENT,
                "OutcomeId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "Unit" TEXT NOT NULL,
                "Direction" TEXT NOT NULL,
                "Frequency" TEXT NOT NULL,
                "Baseline" INTEGER NULL,
                "BaselineOn" TEXT NULL,
                "Target" INTEGER NULL,
                "TargetOn" TEXT NULL,
                "PeersReached" INTEGER NULL,
                "PeersSource" TEXT NOT NULL,
                "ShowsChange" INTEGER NOT NULL,
                "PeopleAsked" INTEGER NOT NULL,
                "Required" INTEGER NOT NULL,
                "DataExist" INTEGER NOT NULL,
                "WhatCounts" TEXT NOT NULL,
                "Story" TEXT NOT NULL,
                "Confidence" TEXT NOT NULL,
                "ConfidenceWhy" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Indicators_Outcomes_OutcomeId" FOREIGN KEY ("OutcomeId") REFERENCES "Outcomes" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "OutcomePartners" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_OutcomePartners" PRIMARY KEY AUTOINCREMENT,
                "OutcomeId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "IsOwner" INTEGER NOT NULL,
                "AgreedAt" TEXT NULL,
                "AgreedBy" TEXT NULL,
                "Contribution" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_OutcomePartners_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_OutcomePartners_Outcomes_OutcomeId" FOREIGN KEY ("OutcomeId") REFERENCES "Outcomes" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "OutcomeReviews" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_OutcomeReviews" PRIMARY KEY AUTOINCREMENT,
                "OutcomeId" INTEGER NOT NULL,
                "On" TEXT NOT NULL,
                "HeldAt" TEXT NULL,
                "HeldBy" TEXT NOT NULL,
                "Note" TEXT NOT NULL,
                CONSTRAINT "FK_OutcomeReviews_Outcomes_OutcomeId" FOREIGN KEY ("OutcomeId") REFERENCES "Outcomes" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "IndicatorReadings" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_IndicatorReadings" PRIMARY KEY AUTOINCREMENT,
                "IndicatorId" INTEGER NOT NULL,
                "On" TEXT NOT NULL,
                "Value" INTEGER NOT NULL,
                "Note" TEXT NOT NULL,
                "EnteredBy" TEXT NOT NULL,
                "EnteredAt" TEXT NOT NULL,
                "Imported" INTEGER NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_IndicatorReadings_Indicators_IndicatorId" FOREIGN KEY ("IndicatorId") REFERENCES "Indicators" ("Id") ON DELETE CASCADE
            );

            CREATE UNIQUE INDEX "IX_IndicatorReadings_IndicatorId_On" ON "IndicatorReadings" ("IndicatorId", "On");

            CREATE UNIQUE INDEX "IX_Indicators_OutcomeId_FormKey" ON "Indicators" ("OutcomeId", "FormKey");

            CREATE INDEX "IX_OutcomePartners_OrganisationId" ON "OutcomePartners" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_OutcomePartners_OutcomeId_OrganisationId" ON "OutcomePartners" ("OutcomeId", "OrganisationId");

            CREATE UNIQUE INDEX "IX_OutcomeReviews_OutcomeId_On" ON "OutcomeReviews" ("OutcomeId", "On");

            CREATE INDEX "IX_Outcomes_OrganisationId" ON "Outcomes" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_Outcomes_PartnershipId_FormKey" ON "Outcomes" ("PartnershipId", "FormKey");

            CREATE INDEX "IX_Outcomes_ThreadId" ON "Outcomes" ("ThreadId");
        """);
}
