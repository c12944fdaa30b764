using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Shared aims and their wordings, own aims, and how they fit.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230003_Vision")]
public sealed class M202611230003Vision : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "SharedAims" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_SharedAims" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "Number" INTEGER NOT NULL,
                "ProposedAt" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "EndedWhy" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_SharedAims_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AimWordings" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AimWordings" PRIMARY KEY AUTOINCREMENT,
                "SharedAimId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "Why" TEXT NOT NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "At" TEXT NOT NULL,
                "BasedOn" INTEGER NOT NULL,
                "State" TEXT NOT NULL,
                "Number" INTEGER NULL,
                "DecidedBy" TEXT NULL,
                "DecidedAt" TEXT NULL,
                "DecidedWhy" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_AimWordings_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_AimWordings_SharedAims_SharedAimId" FOREIGN KEY ("SharedAimId") REFERENCES "SharedAims" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "OwnAims" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_OwnAims" PRIMARY KEY AUTOINCREMENT,
                "OrganisationId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "Visibility" TEXT NOT NULL,
                "WrittenAt" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "ThreadId" INTEGER NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_OwnAims_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_OwnAims_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE SET NULL
            );

            CREATE TABLE "Fits" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Fits" PRIMARY KEY AUTOINCREMENT,
                "SharedAimId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "OwnAimId" INTEGER NULL,
                "Word" TEXT NOT NULL,
                "Why" TEXT NOT NULL,
                "SaidBy" TEXT NOT NULL,
                "SaidAt" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Fits_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Fits_OwnAims_OwnAimId" FOREIGN KEY ("OwnAimId") REFERENCES "OwnAims" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Fits_SharedAims_SharedAimId" FOREIGN KEY ("SharedAimId") REFERENCES "SharedAims" ("Id") ON DELETE CASCADE
            );

            CREATE INDEX "IX_AimWordings_OrganisationId" ON "AimWordings" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_AimWordings_SharedAimId_Number" ON "AimWordings" ("SharedAimId", "Number");

            CREATE INDEX "IX_Fits_OrganisationId" ON "Fits" ("OrganisationId");

            CREATE INDEX "IX_Fits_OwnAimId" ON "Fits" ("OwnAimId");

            CREATE UNIQUE INDEX "IX_Fits_SharedAimId_OrganisationId" ON "Fits" ("SharedAimId", "OrganisationId") WHERE "OwnAimId" IS NULL;

            CREATE UNIQUE INDEX "IX_Fits_SharedAimId_OwnAimId" ON "Fits" ("SharedAimId", "OwnAimId");

            CREATE INDEX "IX_OwnAims_OrganisationId" ON "OwnAims" ("OrganisationId");

            CREATE INDEX "IX_OwnAims_ThreadId" ON "OwnAims" ("ThreadId");

            CREATE INDEX "IX_SharedAims_PartnershipId" ON "SharedAims" ("PartnershipId");
        """);
}
