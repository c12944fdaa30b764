using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Postgres.Migrations;

/// <summary>The database itself keeps the audit trail and the books: what is written there is neither changed nor deleted; an entry whose
/// lines do not add up to zero in one unit is refused when it is committed, and one whose lines do takes no more. Entries go only with
/// their whole partnership.</summary>
[DbContext(typeof(PostgresColeadDb))]
[Migration("202611240032_TrailAndBooksAreKept")]
public sealed class M202611240032TrailAndBooksAreKept : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE FUNCTION "KeepTrail"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'The audit trail is only added to.';
            END $$;
            CREATE TRIGGER "AuditEntries_Kept" BEFORE UPDATE OR DELETE ON "AuditEntries" FOR EACH ROW EXECUTE FUNCTION "KeepTrail"();
            CREATE TRIGGER "AuditEntries_NotEmptied" BEFORE TRUNCATE ON "AuditEntries" FOR EACH STATEMENT EXECUTE FUNCTION "KeepTrail"();

            CREATE FUNCTION "KeepBooks"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF TG_TABLE_NAME = 'JournalEntries' THEN
                        IF NOT EXISTS (SELECT 1 FROM "Partnerships" WHERE "Id" = OLD."PartnershipId") THEN RETURN OLD; END IF;
                    ELSIF NOT EXISTS (SELECT 1 FROM "JournalEntries" WHERE "Id" = OLD."EntryId") THEN RETURN OLD;
                    END IF;
                END IF;
                RAISE EXCEPTION 'What was entered in the books is never changed; another entry undoes it.';
            END $$;
            CREATE TRIGGER "JournalEntries_Kept" BEFORE UPDATE OR DELETE ON "JournalEntries" FOR EACH ROW EXECUTE FUNCTION "KeepBooks"();
            CREATE TRIGGER "JournalEntries_NotEmptied" BEFORE TRUNCATE ON "JournalEntries" FOR EACH STATEMENT EXECUTE FUNCTION "KeepBooks"();
            CREATE TRIGGER "JournalLines_Kept" BEFORE UPDATE OR DELETE ON "JournalLines" FOR EACH ROW EXECUTE FUNCTION "KeepBooks"();
            CREATE TRIGGER "JournalLines_NotEmptied" BEFORE TRUNCATE ON "JournalLines" FOR EACH STATEMENT EXECUTE FUNCTION "KeepBooks"();

            CREATE FUNCTION "KeepComplete"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT sum("Amount") FROM "JournalLines" WHERE "EntryId" = NEW."EntryId") = 0 THEN RAISE EXCEPTION 'What was entered in the books is never changed; another entry undoes it.'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER "JournalLines_Complete" BEFORE INSERT ON "JournalLines" FOR EACH ROW EXECUTE FUNCTION "KeepComplete"();

            CREATE FUNCTION "KeepBalance"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT count(*) < 2 OR sum("Amount") <> 0 OR count(DISTINCT "Unit") <> 1 FROM "JournalLines" WHERE "EntryId" = NEW."Id") THEN RAISE EXCEPTION 'The lines of an entry add up to zero.'; END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER "JournalEntries_Balance" AFTER INSERT ON "JournalEntries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "KeepBalance"();
        """);
}
