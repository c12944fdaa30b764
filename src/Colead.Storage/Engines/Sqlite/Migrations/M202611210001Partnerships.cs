using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Accounts, partnerships, mail, the audit trail and protection keys.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611210001_Partnerships")]
public sealed class M202611210001Partnerships : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "Accounts" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Accounts" PRIMARY KEY AUTOINCREMENT,
                "Name" TEXT NOT NULL,
                "IsOperator" INTEGER NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "UserName" TEXT NULL,
                "NormalizedUserName" TEXT NULL,
                "Email" TEXT NULL,
                "NormalizedEmail" TEXT NULL,
                "EmailConfirmed" INTEGER NOT NULL,
                "PasswordHash" TEXT NULL,
                "SecurityStamp" TEXT NULL,
                "ConcurrencyStamp" TEXT NULL,
                "PhoneNumber" TEXT NULL,
                "PhoneNumberConfirmed" INTEGER NOT NULL,
                "TwoFactorEnabled" INTEGER NOT NULL,
                "LockoutEnd" TEXT NULL,
                "LockoutEnabled" INTEGER NOT NULL,
                "AccessFailedCount" INTEGER NOT NULL
            );

            CREATE TABLE "AuditEntries" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AuditEntries" PRIMARY KEY AUTOINCREMENT,
                "At" TEXT NOT NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "PartnershipId" INTEGER NULL,
                "Act" TEXT NOT NULL,
                "Detail" TEXT NOT NULL
            );

            CREATE TABLE "Outbox" (
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
                "Problem" TEXT NULL
            );

            CREATE TABLE "Partnerships" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Partnerships" PRIMARY KEY AUTOINCREMENT,
                "Name" TEXT NOT NULL,
                "Kind" TEXT NOT NULL,
                "Place" TEXT NOT NULL,
                "Purpose" TEXT NOT NULL,
                "WhyNotAlone" TEXT NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "Version" INTEGER NOT NULL
            );

            CREATE TABLE "ProtectionKeys" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_ProtectionKeys" PRIMARY KEY AUTOINCREMENT,
                "Name" TEXT NOT NULL,
                "Xml" TEXT NOT NULL
            );

            CREATE TABLE "AccountClaims" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AccountClaims" PRIMARY KEY AUTOINCREMENT,
                "UserId" INTEGER NOT NULL,
                "ClaimType" TEXT NULL,
                "ClaimValue" TEXT NULL,
                CONSTRAINT "FK_AccountClaims_Accounts_UserId" FOREIGN KEY ("UserId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AccountLogins" (
                "LoginProvider" TEXT NOT NULL,
                "ProviderKey" TEXT NOT NULL,
                "ProviderDisplayName" TEXT NULL,
                "UserId" INTEGER NOT NULL,
                CONSTRAINT "PK_AccountLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
                CONSTRAINT "FK_AccountLogins_Accounts_UserId" FOREIGN KEY ("UserId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AccountPasskeys" (
                "CredentialId" BLOB NOT NULL CONSTRAINT "PK_AccountPasskeys" PRIMARY KEY,
                "UserId" INTEGER NOT NULL,
                "Data" TEXT NOT NULL,
                CONSTRAINT "FK_AccountPasskeys_Accounts_UserId" FOREIGN KEY ("UserId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "AccountTokens" (
                "UserId" INTEGER NOT NULL,
                "LoginProvider" TEXT NOT NULL,
                "Name" TEXT NOT NULL,
                "Value" TEXT NULL,
                CONSTRAINT "PK_AccountTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
                CONSTRAINT "FK_AccountTokens_Accounts_UserId" FOREIGN KEY ("UserId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "OneTimeLinks" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_OneTimeLinks" PRIMARY KEY AUTOINCREMENT,
                "AccountId" INTEGER NULL,
                "SecretHash" BLOB NOT NULL,
                "CreatedAt" TEXT NOT NULL,
                "UsedAt" TEXT NULL,
                CONSTRAINT "FK_OneTimeLinks_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Organisations" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Organisations" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "NameKey" TEXT NOT NULL,
                "Sector" TEXT NOT NULL,
                "Size" TEXT NULL,
                "Identifier" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Organisations_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "People" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_People" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Name" TEXT NOT NULL,
                "NameKey" TEXT NOT NULL,
                "Email" TEXT NULL,
                "EmailKey" TEXT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_People_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "RosterUploads" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_RosterUploads" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "AccountId" INTEGER NOT NULL,
                "FileName" TEXT NOT NULL,
                "Content" BLOB NOT NULL,
                "UploadedAt" TEXT NOT NULL,
                CONSTRAINT "FK_RosterUploads_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "OrganisationTerms" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_OrganisationTerms" PRIMARY KEY AUTOINCREMENT,
                "OrganisationId" INTEGER NOT NULL,
                "JoinedOn" TEXT NOT NULL,
                "LeftOn" TEXT NULL,
                CONSTRAINT "FK_OrganisationTerms_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "RoleGrants" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_RoleGrants" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "AccountId" INTEGER NOT NULL,
                "Role" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "GrantedAt" TEXT NOT NULL,
                CONSTRAINT "FK_RoleGrants_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_RoleGrants_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_RoleGrants_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "RoleInvitations" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_RoleInvitations" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Email" TEXT NOT NULL,
                "Role" TEXT NOT NULL,
                "OrganisationId" INTEGER NULL,
                "SecretHash" BLOB NOT NULL,
                "InvitedAt" TEXT NOT NULL,
                "TakenAt" TEXT NULL,
                "WithdrawnAt" TEXT NULL,
                CONSTRAINT "FK_RoleInvitations_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_RoleInvitations_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Memberships" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Memberships" PRIMARY KEY AUTOINCREMENT,
                "PersonId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "Level" TEXT NOT NULL,
                "Title" TEXT NULL,
                "TitleShown" INTEGER NOT NULL,
                "JoinedOn" TEXT NOT NULL,
                "LeftOn" TEXT NULL,
                CONSTRAINT "FK_Memberships_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_Memberships_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
            );

            CREATE INDEX "IX_AccountClaims_UserId" ON "AccountClaims" ("UserId");
            CREATE INDEX "IX_AccountLogins_UserId" ON "AccountLogins" ("UserId");
            CREATE INDEX "IX_AccountPasskeys_UserId" ON "AccountPasskeys" ("UserId");
            CREATE UNIQUE INDEX "EmailIndex" ON "Accounts" ("NormalizedEmail");
            CREATE UNIQUE INDEX "UserNameIndex" ON "Accounts" ("NormalizedUserName");
            CREATE INDEX "IX_AuditEntries_PartnershipId_Id" ON "AuditEntries" ("PartnershipId", "Id");
            CREATE INDEX "IX_Memberships_OrganisationId" ON "Memberships" ("OrganisationId");
            CREATE INDEX "IX_Memberships_PersonId" ON "Memberships" ("PersonId");
            CREATE INDEX "IX_OneTimeLinks_AccountId" ON "OneTimeLinks" ("AccountId");
            CREATE UNIQUE INDEX "IX_OneTimeLinks_SecretHash" ON "OneTimeLinks" ("SecretHash");
            CREATE UNIQUE INDEX "IX_Organisations_PartnershipId_NameKey" ON "Organisations" ("PartnershipId", "NameKey");
            CREATE INDEX "IX_OrganisationTerms_OrganisationId" ON "OrganisationTerms" ("OrganisationId");
            CREATE INDEX "IX_Outbox_SentAt_GivenUpAt_DueAt" ON "Outbox" ("SentAt", "GivenUpAt", "DueAt");
            CREATE UNIQUE INDEX "IX_People_PartnershipId_EmailKey" ON "People" ("PartnershipId", "EmailKey");
            CREATE INDEX "IX_People_PartnershipId_NameKey" ON "People" ("PartnershipId", "NameKey");
            CREATE INDEX "IX_RoleGrants_AccountId" ON "RoleGrants" ("AccountId");
            CREATE INDEX "IX_RoleGrants_OrganisationId" ON "RoleGrants" ("OrganisationId");
            CREATE UNIQUE INDEX "IX_RoleGrants_PartnershipId_AccountId" ON "RoleGrants" ("PartnershipId", "AccountId");
            CREATE INDEX "IX_RoleInvitations_OrganisationId" ON "RoleInvitations" ("OrganisationId");
            CREATE INDEX "IX_RoleInvitations_PartnershipId" ON "RoleInvitations" ("PartnershipId");
            CREATE UNIQUE INDEX "IX_RoleInvitations_SecretHash" ON "RoleInvitations" ("SecretHash");
            CREATE INDEX "IX_RosterUploads_PartnershipId_AccountId" ON "RosterUploads" ("PartnershipId", "AccountId");
        """);
}
