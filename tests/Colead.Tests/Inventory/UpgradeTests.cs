using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Colead.Tests.Inventory;

/// <summary>
/// A database as the program left it before answers lay under keys: an open round with answers, drafts and letters; one that was published;
/// one whose comments wait; and one whose closing was cut short between parting its answers and working out their figures.
/// </summary>
public class UpgradeTests
{
    private const string Before = "202611240032_TrailAndBooksAreKept";

    [Theory, ClassData(typeof(Engines))]
    public async Task Upgrade_OfEveryKindOfRound_KeepsLinksDraftsAndFigures_AndLeavesNothingOfClosedOnes(Engine engine)
    {
        var database = await TestDatabase.CreateAsync(engine, migrate: false);
        var old = await OldDatabase.MakeAsync(database);
        await using (var db = database.Engine.Open()) await database.Engine.MigrateAsync(db);
        Assert.Contains("Copies of the database made before this", database.Engine.ToTell, StringComparison.Ordinal);
        await AssertUpgradedAsync(engine, database, old);
    }

    /// <summary>The power goes after the schema, and again while answers are sealed: each time the next start goes on.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Upgrade_CutShortTwice_GoesOnAtTheNextStart(Engine engine)
    {
        var database = await TestDatabase.CreateAsync(engine, migrate: false);
        var old = await OldDatabase.MakeAsync(database);
        await using (var db = database.Engine.Open()) await db.Database.MigrateAsync();
        await using (var db = database.Engine.Open())
        {
            await db.Database.ExecuteSqlRawAsync(engine == Engine.Sqlite
                ? """CREATE TRIGGER broken BEFORE INSERT ON "AuditEntries" BEGIN SELECT RAISE(ABORT, 'power cut'); END"""
                : """ALTER TABLE "AuditEntries" ADD CONSTRAINT broken CHECK ("Act" <> 'sealed the answers of earlier rounds')""");
            await Assert.ThrowsAnyAsync<Exception>(() => database.Engine.MigrateAsync(db));
            await db.Database.ExecuteSqlRawAsync(engine == Engine.Sqlite ? "DROP TRIGGER broken" : """ALTER TABLE "AuditEntries" DROP CONSTRAINT broken""");
        }
        await using (var db = database.Engine.Open()) await database.Engine.MigrateAsync(db);
        await AssertUpgradedAsync(engine, database, old);
    }

    private static async Task AssertUpgradedAsync(Engine engine, TestDatabase database, OldDatabase old)
    {
        await using var app = await TestApp.OverAsync(database);
        // Nothing of the rounds that had ended, and nothing readable of the open one.
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.All(old.Planted, what => Assert.Equal(0, files.CountOf(what)));

        // Links, devices and short codes of the open round are what they were.
        using (var fresh = app.Visitor()) Assert.Contains("ten minutes", (await fresh.GetAsync(old.Link(50))).Text,
            StringComparison.Ordinal);
        using (var used = app.Visitor()) Assert.Equal("This link has been used", (await used.GetAsync(old.Link(3))).Heading);
        using (var device = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = app.Address })
        {
            device.DefaultRequestHeaders.Add("Cookie", "colead-answers=" + old.Mark);
            Assert.Contains("a thought on the way", await device.GetStringAsync(new Uri(old.Link(OldDatabase.Drafting) + "/1",
                UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using (var other = new Respondent(app, old.Link(OldDatabase.Drafting)))
        {
            var start = await other.OpenAsync();
            Assert.Contains("You began on another device", start.Text, StringComparison.Ordinal);
            Assert.Equal(302, (await other.Visitor.SubmitAsync(start, new() { ["Code"] = old.Code }, "code")).Status);
            Assert.Equal("a thought on the way", (await other.OpenAsync("/1")).ValueOf("Comment"));
        }
        Assert.Equal([("", true)], (await app.DbAsync(db => db.Outbox.AsNoTracking().ToListAsync())).Select(m => (m.Body, m.Composed)));

        // It publishes what the same answers publish in a round of today.
        var house = new TestPartnership(app, await app.DbAsync(db => db.Set<Partnership>().AsNoTracking().Include(p => p.Organisations)
            .SingleAsync(p => p.Id == old.Partnership)));
        var today = await ClosingRound.OpenAsync(app, house);
        await today.InviteAsync();
        await today.AnswerAsync(45);
        Assert.True(await today.CloseAsync());
        Assert.True(await today.WithAsync<ClosingOperations, bool>(closing => closing.CloseAsync(old.Open)));
        // the start went on with this one
        await app.UntilAsync(db => db.Set<Round>().AnyAsync(r => r.Id == old.CutShort && r.UntraceableAt != null));
        foreach (var round in new[] { old.Open, old.CutShort })
            Assert.Equal(Encoding.UTF8.GetString(await today.ContentAsync()),
                Encoding.UTF8.GetString(await app.DbAsync(db => db.Set<StoredPublication>()
                .Where(p => p.RoundId == round && p.Part == PublicationPart.Figures).Select(p => p.Content).SingleAsync())));
        Assert.Equal(45, (await today.WithAsync<RoundComments, IReadOnlyList<WaitingComment>>(comments => comments.ReadAsync(old.Open)))
            .Count);

        // Comments that waited can be released, and are the same.
        var waiting = await today.WithAsync<RoundComments, IReadOnlyList<WaitingComment>>(comments => comments.ReadAsync(old.Waiting));
        Assert.Equal(Enumerable.Range(0, 12).Select(OldDatabase.Comment).Order(StringComparer.Ordinal), waiting.Select(c => c.Text)
            .Order(StringComparer.Ordinal));
        Assert.Equal(["in other words"], waiting.Where(c => c.Edited is not null).Select(c => c.Edited));
        var seen = (await today.WithAsync<PublishingOperations, CommentsState>(publishing => publishing.StateAsync(old.Waiting))).Seen;
        Assert.Equal(PublishOutcome.Done, await today.WithAsync<PublishingOperations,
            PublishOutcome>(publishing => publishing.PublishAsync(null, old.Waiting, seen)));
        var released = PublicationJson.ReadComments(await app.DbAsync(db => db.Set<StoredPublication>()
            .Where(p => p.RoundId == old.Waiting && p.Part == PublicationPart.Comments).Select(p => p.Content).SingleAsync()));
        Assert.Contains("in other words", released.Comments.Select(c => c.Text));

        var rounds = await app.DbAsync(db => db.Set<Round>().AsNoTracking().ToListAsync());
        Assert.All(rounds, round => Assert.True(round is { UntraceableAt: not null, Key: null }, round.Name));
        // the power cut may leave one, under which nothing lies
        if (engine == Engine.Sqlite) Assert.Empty(database.Engine.Keys.All(KeyUse.Comments)
            .Except(rounds.Select(r => r.CommentsKey), StringComparer.Ordinal).Skip(1));
    }

    /// <summary>Rows as the old program wrote them, put in by SQL.</summary>
    private sealed class OldDatabase
    {
        public const int Drafting = 45;
        private const int People = 60;
        private static readonly byte[] Links = Key(1), Marks = Key(2), Codes = Key(3);
        private readonly DbConnection connection;
        private readonly List<long> invitations = [];

        private OldDatabase(DbConnection connection) => this.connection = connection;

        public long Partnership { get; private set; }
        public long Open { get; private set; }
        public long Waiting { get; private set; }
        public long CutShort { get; private set; }
        public string Mark { get; private set; } = "";
        public string Code { get; private set; } = "";
        /// <summary>What may be in no file afterwards.</summary>
        public List<byte[]> Planted { get; } = [];

        public string Link(int person) => AnswerLinks.Answer(LinkSecret.Of(Links, invitations[person], 0).ToString());

        public static string Comment(int number) => $"Written long ago, {number}";

        public static async Task<OldDatabase> MakeAsync(TestDatabase database)
        {
            await using var db = database.Engine.Open();
            // its number is shorter than those that EF knows by sight
            await db.GetService<IMigrator>().MigrateAsync(db.GetService<IMigrationsIdGenerator>().GetName(Before));
            await db.Database.OpenConnectionAsync();
            var old = new OldDatabase(db.Database.GetDbConnection());
            await old.FillAsync();
            if (database.Connection is null) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
            return old;
        }

        private async Task FillAsync()
        {
            foreach (var (name, value) in new[] { ("links", Links), ("draft marks", Marks),
                ("draft codes", Codes) }) await PutAsync("ServerKeys", ("Name", name), ("Value", value));
            Planted.AddRange([Links, Marks, Codes]);
            Partnership = await PutAsync("Partnerships", ("Name", "Old Alliance"), ("Kind", "Formal"));
            var organisations = new List<long>();
            foreach (var (name, sector) in new[] { ("Old Council", "Public"), ("Old Play", "Voluntary"), ("Old Works", "Private") })
                organisations.Add(await PutAsync("Organisations", ("PartnershipId", Partnership), ("Name", name),
                    ("NameKey", name.ToUpperInvariant()), ("Sector", sector)));
            var hash = InstrumentFile.ContentHash(ShippedInstruments.Inventory12);
            await PutAsync("Instruments", ("Hash", hash), ("Content", InstrumentFile.Write(ShippedInstruments.Inventory12)));
            Open = await RoundAsync("Open", "Open");
            var published = await RoundAsync("Published", "Published");
            Waiting = await RoundAsync("Waiting", "Closed");
            CutShort = await RoundAsync("Cut short", "Closed");

            var random = new SeededRandom(7);
            var answers = Enumerable.Range(0, 45).Select(_ => ClosingRound.Bytes(random)).ToList();
            for (var i = 0; i < People; i++)
            {
                var person = await PutAsync("People", ("PartnershipId", Partnership), ("Name", $"Old person {i}"),
                    ("NameKey", $"OLD PERSON {i}"));
                // else the clock takes them for gone
                await PutAsync("Memberships", ("PersonId", person), ("OrganisationId", organisations[i % 3]),
                    ("Level", ClosingRound.LevelOf(i).ToString()), ("JoinedOn", new DateOnly(2026, 1, 5)));
                invitations.Add(await PutAsync("Invitations", ("RoundId", Open), ("PersonId", person),
                    ("OrganisationId", organisations[i % 3]), ("Level", ClosingRound.LevelOf(i).ToString()),
                    ("SecretHash", RandomNumberGenerator.GetBytes(32)), ("Answered", i < 45)));
                await RunAsync("UPDATE \"Invitations\" SET \"SecretHash\" = @p0 WHERE \"Id\" = @p1",
                    LinkSecret.Of(Links, invitations[i], 0).Hash(), invitations[i]);
            }
            for (var i = 0; i < 45; i++)
            {
                var (place, level, text) = (organisations[i % 3], ClosingRound.LevelOf(i).ToString(), $"Old comment {i} about minibuses");
                await PutAsync("Responses", ("Key", RandomNumberGenerator.GetBytes(16)), ("RoundId", Open), ("OrganisationId", place),
                    ("Level", level), ("Answers", answers[i]), ("Comments", ClosingRound.CommentsOf(new(null, null, [], text))));
                await PutAsync("ClosedResponses", ("Key", RandomNumberGenerator.GetBytes(16)), ("RoundId", CutShort),
                    ("OrganisationId", place), ("Level", level), ("Answers", answers[i]));
                var gone = ClosingRound.Bytes(random);
                await PutAsync("ClosedResponses", ("Key", RandomNumberGenerator.GetBytes(16)),
                    ("RoundId", i % 2 == 0 ? published : Waiting), ("OrganisationId", place), ("Level", level), ("Answers", gone));
                Planted.AddRange([answers[i], gone, Encoding.UTF8.GetBytes(text)]);
            }
            foreach (var group in Enumerable.Range(0, People).GroupBy(i => (organisations[i % 3], ClosingRound.LevelOf(i).ToString())))
                await PutAsync("Invited", ("RoundId", CutShort), ("OrganisationId", group.Key.Item1), ("Level", group.Key.Item2),
                    ("People", group.Count()));
            foreach (var round in new[] { published, Waiting })
            {
                var content = PublicationJson.Write(SeededRounds.First);
                await PutAsync("Publications", ("RoundId", round), ("Part", "Figures"), ("Content", content),
                    ("Hash", PublicationJson.Hash(content)));
                var sums = RandomNumberGenerator.GetBytes(40);
                await PutAsync("RoundSummaries", ("RoundId", round), ("Answers", sums));
                Planted.Add(sums);
            }
            for (var i = 0; i < 12; i++)
                await PutAsync("Comments", ("Key", RandomNumberGenerator.GetBytes(16)), ("RoundId", Waiting), ("Dimension", "vision"),
                    ("Text", Comment(i)), ("Decision", "Released"), ("Edited", i == 4 ? "in other words" : null));
            Planted.Add("Written long ago"u8.ToArray());

            var draft = RandomNumberGenerator.GetBytes(16);
            var link = LinkSecret.Of(Links, invitations[Drafting], 0).Hash();
            Mark = Base64Url.EncodeToString([.. draft, .. HMACSHA256.HashData(Marks, draft)[..16]]);
            Code = string.Concat(HMACSHA256.HashData(Codes, (byte[])[.. draft, .. link]).Take(8)
                .Select(b => "0123456789abcdefghjkmnpqrstvwxyz"[b & 31]));
            await PutAsync("Drafts", ("RoundId", Open), ("InvitationId", invitations[Drafting]), ("Key", draft), ("CodeHash", SHA256.HashData(Encoding.UTF8.GetBytes(Code))), ("Language", "en"), ("Answers", new byte[30]), ("Comments", """["a thought on the way","","","","","",""]"""), ("Pages", 1));
            Planted.Add("a thought on the way"u8.ToArray());
            foreach (var (kind, quiet, to) in new[] { ("Invitation", false, 50), ("Reminder", true, 51) })
            {
                var letter = await PutAsync("Outbox", ("To", $"p{to}@example.org"), ("Subject", "Please answer"), ("Body", Link(to)),
                    ("Quiet", quiet), ("DueAt", new DateTime(2526, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
                await PutAsync("RoundMessages", ("MessageId", letter), ("RoundId", Open), ("InvitationId", invitations[to]),
                    ("Kind", kind));
                Planted.Add(Encoding.UTF8.GetBytes(Link(to)));
            }

            async Task<long> RoundAsync(string name, string state)
            {
                var ended = state == "Open" ? (object?)null : new DateTime(2026, 3, 5, 9, 0, 0, DateTimeKind.Utc);
                var round = await PutAsync("Rounds", ("PartnershipId", Partnership), ("Name", name), ("Origin", "Asked"), ("State", state),
                    ("InstrumentHash", hash), ("Languages", "en"), ("Levels", "Board Senior Middle Frontline Volunteer Citizen"),
                    ("MeansFrom", 5), ("DetailsFrom", 10), ("OrganisationRows", true), ("FoldsDecided", true), ("Contact", "Jo"),
                        ("KeptYears", 6), ("OpenedAt", new DateTime(2026, 2, 5, 9, 0, 0, DateTimeKind.Utc)), ("ClosedAt", ended),
                    ("PublishedAt", state == "Published" ? ended : null));
                for (var i = 0; i < 3; i++)
                    await PutAsync("RoundOrganisations", ("RoundId", round), ("OrganisationId", organisations[i]),
                        ("Name", new[] { "Old Council", "Old Play", "Old Works" }[i]),
                        ("Sector", new[] { "Public", "Voluntary", "Private" }[i]));
                return round;
            }
        }

        private static byte[] Key(byte number) => SHA256.HashData([number, 77]);

        /// <summary>Puts a row in; columns that are not named and must hold something hold nothing much. Gives its number where it has
        /// one.</summary>
        private async Task<long> PutAsync(string table, params (string Column, object? Value)[] given)
        {
            var values = given.ToDictionary(g => g.Column, g => g.Value, StringComparer.Ordinal);
            var columns = await ColumnsAsync(table);
            foreach (var (name, type, required) in columns)
                if (required && name != "Id" && !values.ContainsKey(name)) values[name] = Nothing(name, type);
            var hasId = columns.Any(c => c.Name == "Id");
            await using var command =
                Command($"INSERT INTO \"{table}\" ({string.Join(", ", values.Keys.Select(k => $"\"{k}\""))}) VALUES ({string.Join(", ", values.Select((_, i) => $"@p{i}"))}){(hasId ? " RETURNING \"Id\"" : "")}", [.. values.Values]);
            var id = await command.ExecuteScalarAsync();
            return hasId ? Convert.ToInt64(id, System.Globalization.CultureInfo.InvariantCulture) : 0;
        }

        private async Task RunAsync(string sql, params object?[] values)
        {
            await using var command = Command(sql, values);
            await command.ExecuteNonQueryAsync();
        }

        private bool IsSqlite => connection is Microsoft.Data.Sqlite.SqliteConnection;

        private DbCommand Command(string sql, object?[] values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) =
                    ($"@p{i}", values[i] switch { null => DBNull.Value,
                    DateTime at when IsSqlite => at.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
                    var value => value });
                command.Parameters.Add(parameter);
            }
            return command;
        }

        private async Task<List<(string Name, string Type, bool Required)>> ColumnsAsync(string table)
        {
            await using var command =
                Command(IsSqlite ? $"SELECT name, type, \"notnull\" <> 0 AND dflt_value IS NULL FROM pragma_table_info('{table}')"
                : $"SELECT column_name, data_type, is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'", []);
            await using var rows = await command.ExecuteReaderAsync();
            var columns = new List<(string, string, bool)>();
            while (await rows.ReadAsync()) columns.Add((rows.GetString(0), rows.GetString(1), rows.GetBoolean(2)));
            return columns;
        }

        private static object Nothing(string name, string type) =>
            name.EndsWith("At", StringComparison.Ordinal) ? new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc)
            : type switch { "INTEGER" or "integer" or "bigint" => 0, "boolean" => false, "BLOB" or "bytea" => Array.Empty<byte>(),
                _ => "" };
    }
}
