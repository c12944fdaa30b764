using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>The journal of what partners put in, promise and spend.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230012_Budget")]
public sealed class M202611230012Budget : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Ledgers" (
                "PartnershipId" INTEGER NOT NULL CONSTRAINT "PK_Ledgers" PRIMARY KEY,
                "IsOn" INTEGER NOT NULL,
                "LastNumber" INTEGER NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Ledgers_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "JournalEntries" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_JournalEntries" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Number" INTEGER NOT NULL,
                "Kind" TEXT NOT NULL,
                "On" TEXT NOT NULL,
                "Unit" TEXT NOT NULL,
                "Amount" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "OutcomeId" INTEGER NULL,
                "ActionId" INTEGER NULL,
                "Text" TEXT NOT NULL,
                "CommitmentId" INTEGER NULL,
                "ReversesId" INTEGER NULL,
                "EnteredBy" TEXT NOT NULL,
                "AccountId" INTEGER NULL,
                "EnteredAt" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                CONSTRAINT "FK_JournalEntries_Actions_ActionId" FOREIGN KEY ("ActionId") REFERENCES "Actions" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalEntries_JournalEntries_CommitmentId" FOREIGN KEY ("CommitmentId") REFERENCES "JournalEntries" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalEntries_JournalEntries_ReversesId" FOREIGN KEY ("ReversesId") REFERENCES "JournalEntries" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalEntries_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalEntries_Outcomes_OutcomeId" FOREIGN KEY ("OutcomeId") REFERENCES "Outcomes" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalEntries_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "JournalLines" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_JournalLines" PRIMARY KEY AUTOINCREMENT,
                "EntryId" INTEGER NOT NULL,
                "Account" TEXT NOT NULL,
                "Unit" TEXT NOT NULL,
                "Amount" INTEGER NOT NULL,
                "OrganisationId" INTEGER NULL,
                "OutcomeId" INTEGER NULL,
                "ActionId" INTEGER NULL,
                CONSTRAINT "FK_JournalLines_Actions_ActionId" FOREIGN KEY ("ActionId") REFERENCES "Actions" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalLines_JournalEntries_EntryId" FOREIGN KEY ("EntryId") REFERENCES "JournalEntries" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_JournalLines_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_JournalLines_Outcomes_OutcomeId" FOREIGN KEY ("OutcomeId") REFERENCES "Outcomes" ("Id") ON DELETE RESTRICT
            );

            CREATE INDEX "IX_JournalEntries_ActionId" ON "JournalEntries" ("ActionId");

            CREATE INDEX "IX_JournalEntries_CommitmentId" ON "JournalEntries" ("CommitmentId");

            CREATE INDEX "IX_JournalEntries_OrganisationId" ON "JournalEntries" ("OrganisationId");

            CREATE INDEX "IX_JournalEntries_OutcomeId" ON "JournalEntries" ("OutcomeId");

            CREATE UNIQUE INDEX "IX_JournalEntries_PartnershipId_FormKey" ON "JournalEntries" ("PartnershipId", "FormKey");

            CREATE UNIQUE INDEX "IX_JournalEntries_PartnershipId_Number" ON "JournalEntries" ("PartnershipId", "Number");

            CREATE UNIQUE INDEX "IX_JournalEntries_ReversesId" ON "JournalEntries" ("ReversesId");

            CREATE INDEX "IX_JournalLines_ActionId" ON "JournalLines" ("ActionId");

            CREATE INDEX "IX_JournalLines_EntryId" ON "JournalLines" ("EntryId");

            CREATE INDEX "IX_JournalLines_OrganisationId" ON "JournalLines" ("OrganisationId");

            CREATE INDEX "IX_JournalLines_OutcomeId" ON "JournalLines" ("OutcomeId");
        """);
}
