using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Meetings, their agenda, minutes and attendance, and addresses for calendars.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611230020_Meetings")]
public sealed class M202611230020Meetings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "CalendarLinks" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_CalendarLinks" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "AccountId" INTEGER NOT NULL,
                "SecretHash" BLOB NOT NULL,
                "MadeAt" TEXT NOT NULL,
                "RevokedAt" TEXT NULL,
                CONSTRAINT "FK_CalendarLinks_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_CalendarLinks_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "MeetingSettings" (
                "PartnershipId" INTEGER NOT NULL CONSTRAINT "PK_MeetingSettings" PRIMARY KEY,
                "TitlesShown" INTEGER NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_MeetingSettings_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "Meetings" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Meetings" PRIMARY KEY AUTOINCREMENT,
                "PartnershipId" INTEGER NOT NULL,
                "Title" TEXT NOT NULL,
                "Place" TEXT NOT NULL,
                "StartsAt" TEXT NOT NULL,
                "EndsAt" TEXT NOT NULL,
                "State" TEXT NOT NULL,
                "ChairOrganisationId" INTEGER NULL,
                "ChairName" TEXT NOT NULL,
                "CalendarUid" TEXT NOT NULL,
                "CalendarSequence" INTEGER NOT NULL,
                "InvitedSequence" INTEGER NULL,
                "MadeByAccountId" INTEGER NULL,
                "MadeBy" TEXT NOT NULL,
                "MadeAt" TEXT NOT NULL,
                "CalendarChangedAt" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                "EndedBy" TEXT NULL,
                "CancelledAt" TEXT NULL,
                "FormKey" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_Meetings_Organisations_ChairOrganisationId" FOREIGN KEY ("ChairOrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_Meetings_Partnerships_PartnershipId" FOREIGN KEY ("PartnershipId") REFERENCES "Partnerships" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "MeetingAttendance" (
                "MeetingId" INTEGER NOT NULL,
                "OrganisationId" INTEGER NOT NULL,
                "State" TEXT NOT NULL,
                "Names" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "PK_MeetingAttendance" PRIMARY KEY ("MeetingId", "OrganisationId"),
                CONSTRAINT "FK_MeetingAttendance_Meetings_MeetingId" FOREIGN KEY ("MeetingId") REFERENCES "Meetings" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_MeetingAttendance_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
            );

            CREATE TABLE "AgendaItems" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_AgendaItems" PRIMARY KEY AUTOINCREMENT,
                "MeetingId" INTEGER NOT NULL,
                "Position" INTEGER NOT NULL,
                "Title" TEXT NOT NULL,
                "About" TEXT NOT NULL,
                "OwnerName" TEXT NOT NULL,
                "OwnerOrganisationId" INTEGER NULL,
                "Minutes" INTEGER NOT NULL,
                "State" TEXT NOT NULL,
                "ThreadId" INTEGER NULL,
                "PutOnByOrganisationId" INTEGER NULL,
                "PutOnByAccountId" INTEGER NULL,
                "PutOnBy" TEXT NOT NULL,
                "PutOnAt" TEXT NOT NULL,
                "CarriedFromId" INTEGER NULL,
                "FormKey" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_AgendaItems_AgendaItems_CarriedFromId" FOREIGN KEY ("CarriedFromId") REFERENCES "AgendaItems" ("Id") ON DELETE SET NULL,
                CONSTRAINT "FK_AgendaItems_Meetings_MeetingId" FOREIGN KEY ("MeetingId") REFERENCES "Meetings" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_AgendaItems_Organisations_OwnerOrganisationId" FOREIGN KEY ("OwnerOrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_AgendaItems_Organisations_PutOnByOrganisationId" FOREIGN KEY ("PutOnByOrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT,
                CONSTRAINT "FK_AgendaItems_Threads_ThreadId" FOREIGN KEY ("ThreadId") REFERENCES "Threads" ("Id") ON DELETE SET NULL
            );

            CREATE TABLE "MeetingNotes" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_MeetingNotes" PRIMARY KEY AUTOINCREMENT,
                "ItemId" INTEGER NOT NULL,
                "Text" TEXT NOT NULL,
                "SpokeOrganisationId" INTEGER NULL,
                "AccountId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "At" TEXT NOT NULL,
                "ChangedBy" TEXT NULL,
                "ChangedAt" TEXT NULL,
                "TakenOut" INTEGER NOT NULL,
                "FormKey" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_MeetingNotes_AgendaItems_ItemId" FOREIGN KEY ("ItemId") REFERENCES "AgendaItems" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_MeetingNotes_Organisations_SpokeOrganisationId" FOREIGN KEY ("SpokeOrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
            );

            CREATE TABLE "FormerNotes" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_FormerNotes" PRIMARY KEY AUTOINCREMENT,
                "NoteId" INTEGER NOT NULL,
                "Text" TEXT NOT NULL,
                "SpokeOrganisationId" INTEGER NULL,
                "Who" TEXT NOT NULL,
                "At" TEXT NOT NULL,
                CONSTRAINT "FK_FormerNotes_MeetingNotes_NoteId" FOREIGN KEY ("NoteId") REFERENCES "MeetingNotes" ("Id") ON DELETE CASCADE,
                CONSTRAINT "FK_FormerNotes_Organisations_SpokeOrganisationId" FOREIGN KEY ("SpokeOrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
            );

            CREATE UNIQUE INDEX "IX_AgendaItems_CarriedFromId" ON "AgendaItems" ("CarriedFromId");

            CREATE UNIQUE INDEX "IX_AgendaItems_FormKey" ON "AgendaItems" ("FormKey");

            CREATE INDEX "IX_AgendaItems_MeetingId" ON "AgendaItems" ("MeetingId");

            CREATE INDEX "IX_AgendaItems_OwnerOrganisationId" ON "AgendaItems" ("OwnerOrganisationId");

            CREATE INDEX "IX_AgendaItems_PutOnByOrganisationId" ON "AgendaItems" ("PutOnByOrganisationId");

            CREATE INDEX "IX_AgendaItems_ThreadId" ON "AgendaItems" ("ThreadId");

            CREATE INDEX "IX_CalendarLinks_AccountId" ON "CalendarLinks" ("AccountId");

            CREATE INDEX "IX_CalendarLinks_PartnershipId_AccountId" ON "CalendarLinks" ("PartnershipId", "AccountId");

            CREATE UNIQUE INDEX "IX_CalendarLinks_SecretHash" ON "CalendarLinks" ("SecretHash");

            CREATE INDEX "IX_FormerNotes_NoteId" ON "FormerNotes" ("NoteId");

            CREATE INDEX "IX_FormerNotes_SpokeOrganisationId" ON "FormerNotes" ("SpokeOrganisationId");

            CREATE INDEX "IX_MeetingAttendance_OrganisationId" ON "MeetingAttendance" ("OrganisationId");

            CREATE UNIQUE INDEX "IX_MeetingNotes_FormKey" ON "MeetingNotes" ("FormKey");

            CREATE INDEX "IX_MeetingNotes_ItemId" ON "MeetingNotes" ("ItemId");

            CREATE INDEX "IX_MeetingNotes_SpokeOrganisationId" ON "MeetingNotes" ("SpokeOrganisationId");

            CREATE INDEX "IX_Meetings_ChairOrganisationId" ON "Meetings" ("ChairOrganisationId");

            CREATE UNIQUE INDEX "IX_Meetings_FormKey" ON "Meetings" ("FormKey");

            CREATE INDEX "IX_Meetings_PartnershipId_StartsAt" ON "Meetings" ("PartnershipId", "StartsAt");
        """);
}
