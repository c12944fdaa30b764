using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>Sessions are rows that can be ended, codes of authenticator apps work once, and the database says under which lasting key it is
/// sealed.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611290040_SessionsAndLastingKey")]
public sealed class M202611290040SessionsAndLastingKey : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "AccountSessions" (
                "Id" TEXT NOT NULL CONSTRAINT "PK_AccountSessions" PRIMARY KEY,
                "AccountId" INTEGER NOT NULL,
                "BeganAt" TEXT NOT NULL,
                "SeenAt" TEXT NOT NULL,
                "Browser" TEXT NOT NULL,
                "EndedAt" TEXT NULL,
                CONSTRAINT "FK_AccountSessions_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );
            CREATE INDEX "IX_AccountSessions_AccountId" ON "AccountSessions" ("AccountId");

            CREATE TABLE "AccountCodes" (
                "AccountId" INTEGER NOT NULL CONSTRAINT "PK_AccountCodes" PRIMARY KEY,
                "Step" INTEGER NOT NULL,
                CONSTRAINT "FK_AccountCodes_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "LastingKey" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_LastingKey" PRIMARY KEY,
                "Fingerprint" TEXT NOT NULL,
                "Unscrubbed" INTEGER NOT NULL
            );
        """);
}
