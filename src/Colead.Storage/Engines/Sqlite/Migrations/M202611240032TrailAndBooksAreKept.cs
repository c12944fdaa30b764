using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Storage.Engines.Sqlite.Migrations;

/// <summary>The database itself keeps the audit trail and the books: what is written there is neither changed nor deleted, and an entry
/// whose lines add up to zero takes no more. Entries go only with their whole partnership.</summary>
[DbContext(typeof(SqliteColeadDb))]
[Migration("202611240032_TrailAndBooksAreKept")]
public sealed class M202611240032TrailAndBooksAreKept : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
            CREATE TRIGGER "AuditEntries_Unchanged" BEFORE UPDATE ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'The audit trail is only added to.'); END;
            CREATE TRIGGER "AuditEntries_Kept" BEFORE DELETE ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'The audit trail is only added to.'); END;
            CREATE TRIGGER "AuditEntries_NotReplaced" BEFORE INSERT ON "AuditEntries" WHEN EXISTS (SELECT 1 FROM "AuditEntries" WHERE "Id" = NEW."Id") BEGIN SELECT RAISE(ABORT, 'The audit trail is only added to.'); END;

            CREATE TRIGGER "JournalEntries_Unchanged" BEFORE UPDATE ON "JournalEntries" BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;
            CREATE TRIGGER "JournalEntries_Kept" BEFORE DELETE ON "JournalEntries" WHEN EXISTS (SELECT 1 FROM "Partnerships" WHERE "Id" = OLD."PartnershipId") BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;
            CREATE TRIGGER "JournalEntries_NotReplaced" BEFORE INSERT ON "JournalEntries" WHEN EXISTS (SELECT 1 FROM "JournalEntries" WHERE "Id" = NEW."Id") BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;

            CREATE TRIGGER "JournalLines_Unchanged" BEFORE UPDATE ON "JournalLines" BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;
            CREATE TRIGGER "JournalLines_Kept" BEFORE DELETE ON "JournalLines" WHEN EXISTS (SELECT 1 FROM "JournalEntries" WHERE "Id" = OLD."EntryId") BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;
            CREATE TRIGGER "JournalLines_NotReplaced" BEFORE INSERT ON "JournalLines" WHEN EXISTS (SELECT 1 FROM "JournalLines" WHERE "Id" = NEW."Id") BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;
            CREATE TRIGGER "JournalLines_Complete" BEFORE INSERT ON "JournalLines" WHEN (SELECT sum("Amount") FROM "JournalLines" WHERE "EntryId" = NEW."EntryId") = 0 BEGIN SELECT RAISE(ABORT, 'What was entered in the books is never changed; another entry undoes it.'); END;
        """);
}
