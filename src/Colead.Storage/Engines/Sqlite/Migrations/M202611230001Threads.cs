using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Threads, what is said in them, and the links by which they are read.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230001_Threads")]
public sealed class M202611230001Threads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Threads" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Threads" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Title" TEXT NOT NULL,
                "About" TEXT NOT NULL,
                "Source" TEXT NOT NULL,
                "RoundId" INTEGER NULL,
                "FindingKind" TEXT NULL,
                "Measure" TEXT NULL,
                "First" TEXT NULL,
                "Second" TEXT NULL,
                "Dimension" TEXT NULL,
                "StartedByAccountId" INTEGER NULL,
                "StartedBy" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "StartedAt" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Threads_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_Threads_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Threads_Rounds_RoundId" FOREIGN KEY ("RoundId") REFERENCES "Rounds" ("Id") ON DELETE SET NULL
            );

            CREATE TABLE "ThreadLinks" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ThreadLinks" PRIMARY KEY AUTOINCREMENT,
                "ThreadId" INTEGER NOT NULL,
                "SecretHash" BLOB NOT NULL,
                "Title" TEXT NOT NULL,
                "For" TEXT NOT NULL,
                "MadeBy" TEXT NOT NULL,
                "MadeAt" TEXT NOT NULL,
                "RevokedAt" TEXT NULL,
                CONSTRAINT "FK_ThreadLinks_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "ThreadNotes" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ThreadNotes" PRIMARY KEY AUTOINCREMENT,
                "ThreadId" INTEGER NOT NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "Text" TEXT NOT NULL,
                "At" TEXT NOT NULL,
                "FormKey" TEXT NOT NULL,
                "ChangedAt" TEXT NULL,
                "TakenBackAt" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_ThreadNotes_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_ThreadNotes_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE CASCADE
            );

            CREATE UNIQUE INDEX "IX_ThreadLinks_SecretHash" ON "ThreadLinks" ("SecretHash");

            CREATE INDEX "IX_ThreadLinks_ThreadId" ON "ThreadLinks" ("ThreadId");

            CREATE UNIQUE INDEX "IX_ThreadNotes_FormKey" ON "ThreadNotes" ("FormKey");

            CREATE INDEX "IX_ThreadNotes_OrganisationId" ON "ThreadNotes" ("OrganisationId");

            CREATE INDEX "IX_ThreadNotes_ThreadId" ON "ThreadNotes" ("ThreadId");

            CREATE UNIQUE INDEX "IX_Threads_FormKey" ON "Threads" ("FormKey");

            CREATE INDEX "IX_Threads_OrganisationId" ON "Threads" ("OrganisationId");

            CREATE INDEX "IX_Threads_PartnershipId" ON "Threads" ("PartnershipId");

            CREATE INDEX "IX_Threads_RoundId" ON "Threads" ("RoundId");
        """);
}
