using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>Sessions are rows that can be ended, codes of authenticator apps work once, and the database says under which lasting key it is
/// sealed. The planner’s statistics keep no samples of secrets.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611290040_SessionsAndLastingKey")]
public sealed class M202611290040SessionsAndLastingKey : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TABLE "AccountSessions" (
                "Id" character varying(22) NOT NULL CONSTRAINT "PK_AccountSessions" PRIMARY KEY,
                "AccountId" bigint NOT NULL,
                "BeganAt" timestamp with time zone NOT NULL,
                "SeenAt" timestamp with time zone NOT NULL,
                "Browser" character varying(60) NOT NULL,
                "EndedAt" timestamp with time zone NULL,
                CONSTRAINT "FK_AccountSessions_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );
            CREATE INDEX "IX_AccountSessions_AccountId" ON "AccountSessions" ("AccountId");

            CREATE TABLE "AccountCodes" (
                "AccountId" bigint NOT NULL CONSTRAINT "PK_AccountCodes" PRIMARY KEY,
                "Step" bigint NOT NULL,
                CONSTRAINT "FK_AccountCodes_Accounts_AccountId" FOREIGN KEY ("AccountId") REFERENCES "Accounts" ("Id") ON DELETE CASCADE
            );

            CREATE TABLE "LastingKey" (
                "Id" integer NOT NULL CONSTRAINT "PK_LastingKey" PRIMARY KEY,
                "Fingerprint" character varying(32) NOT NULL,
                "Unscrubbed" boolean NOT NULL
            );

            ALTER TABLE "AccountTokens" ALTER COLUMN "Value" SET STATISTICS 0;
            ALTER TABLE "AccountTokens" ALTER COLUMN "Value" TYPE text;
            ALTER TABLE "ProtectionKeys" ALTER COLUMN "Xml" SET STATISTICS 0;
            ALTER TABLE "ProtectionKeys" ALTER COLUMN "Xml" TYPE text;
        """);
}
