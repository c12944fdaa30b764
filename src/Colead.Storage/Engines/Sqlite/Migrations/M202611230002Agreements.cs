using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>The governing document with its versions and signatures, duties of the law, and records of shared data.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230002_Agreements")]
public sealed class M202611230002Agreements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Agreements" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Agreements" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "StartedAt" TEXT NOT NULL,
                "ReviewOn" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Agreements_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "DataSharings" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_DataSharings" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Purpose" TEXT NOT NULL,
                "Data" TEXT NOT NULL,
                "Basis" TEXT NOT NULL,
                "BasisNote" TEXT NOT NULL,
                "OtherParties" TEXT NOT NULL,
                "ReviewOn" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_DataSharings_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "StatutoryDuties" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_StatutoryDuties" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Kind" TEXT NOT NULL,
                "Name" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_StatutoryDuties_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AgreementSections" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AgreementSections" PRIMARY KEY AUTOINCREMENT,
                "AgreementId" INTEGER NOT NULL,
                "Key" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                "ChangedBy" TEXT NOT NULL,
                "ChangedAt" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_AgreementSections_Agreements_AgreementId" FOREIGN KEY ("AgreementId") REFERENCES "Agreements" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AgreementVersions" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AgreementVersions" PRIMARY KEY AUTOINCREMENT,
                "AgreementId" INTEGER NOT NULL,
                "Number" INTEGER NOT NULL,
                "PartnershipName" TEXT NOT NULL,
                "Kind" TEXT NOT NULL,
                "ReviewOn" TEXT NULL,
                "PutForwardBy" TEXT NOT NULL,
                "PutForwardAt" TEXT NOT NULL,
                CONSTRAINT "FK_AgreementVersions_Agreements_AgreementId" FOREIGN KEY ("AgreementId") REFERENCES "Agreements" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "DataSharingParties" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_DataSharingParties" PRIMARY KEY AUTOINCREMENT,
                "DataSharingId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                CONSTRAINT "FK_DataSharingParties_DataSharings_DataSharingId" FOREIGN KEY ("DataSharingId") REFERENCES "DataSharings" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_DataSharingParties_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "DutyHolders" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_DutyHolders" PRIMARY KEY AUTOINCREMENT,
                "StatutoryDutyId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                CONSTRAINT "FK_DutyHolders_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_DutyHolders_StatutoryDuties_StatutoryDutyId" FOREIGN KEY ("StatutoryDutyId") REFERENCES "StatutoryDuties" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AgreementSignatures" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AgreementSignatures" PRIMARY KEY AUTOINCREMENT,
                "AgreementVersionId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "OrganisationName" TEXT NOT NULL,
                "SignedBy" TEXT NOT NULL,
                "SignedOn" TEXT NOT NULL,
                "OnPaper" INTEGER NOT NULL,
                "EnteredBy" TEXT NOT NULL,
                "EnteredByAccountId" INTEGER NULL,
                "EnteredAt" TEXT NOT NULL,
                CONSTRAINT "FK_AgreementSignatures_AgreementVersions_AgreementVersionId" FOREIGN KEY ("AgreementVersionId") REFERENCES "AgreementVersions" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_AgreementSignatures_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
            );

            CREATE TABLE "AgreementVersionSections" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AgreementVersionSections" PRIMARY KEY AUTOINCREMENT,
                "AgreementVersionId" INTEGER NOT NULL,
                "Position" INTEGER NOT NULL,
                "Key" TEXT NOT NULL,
                "Title" TEXT NOT NULL,
                "Text" TEXT NOT NULL,
                CONSTRAINT "FK_AgreementVersionSections_AgreementVersions_AgreementVersionId" FOREIGN KEY ("AgreementVersionId") REFERENCES "AgreementVersions" ("Id") ON DELETE CASCADE
            );

            CREATE UNIQUE INDEX "IX_Agreements_PartnershipId" ON "Agreements" ("PartnershipId");

            CREATE UNIQUE INDEX "IX_AgreementSections_AgreementId_Key" ON "AgreementSections" ("AgreementId", "Key");

            CREATE UNIQUE INDEX "IX_AgreementSignatures_AgreementVersionId_OrganisationId" ON "AgreementSignatures" ("AgreementVersionId", "OrganisationId");

            CREATE INDEX "IX_AgreementSignatures_OrganisationId" ON "AgreementSignatures" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_AgreementVersions_AgreementId_Number" ON "AgreementVersions" ("AgreementId", "Number");

            CREATE UNIQUE INDEX "IX_AgreementVersionSections_AgreementVersionId_Key" ON "AgreementVersionSections" ("AgreementVersionId", "Key");

            CREATE UNIQUE INDEX "IX_DataSharingParties_DataSharingId_OrganisationId" ON "DataSharingParties" ("DataSharingId", "OrganisationId");

            CREATE INDEX "IX_DataSharingParties_OrganisationId" ON "DataSharingParties" ("OrganisationId");

            CREATE INDEX "IX_DataSharings_PartnershipId" ON "DataSharings" ("PartnershipId");

            CREATE INDEX "IX_DutyHolders_OrganisationId" ON "DutyHolders" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_DutyHolders_StatutoryDutyId_OrganisationId" ON "DutyHolders" ("StatutoryDutyId", "OrganisationId");

            CREATE INDEX "IX_StatutoryDuties_PartnershipId" ON "StatutoryDuties" ("PartnershipId");
        """);
}
