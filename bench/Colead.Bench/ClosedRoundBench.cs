using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Colead.Bench;

/// <summary>
/// Closing a round of a million invited people and answers in the database, on each engine: parted, scrubbed, worked out, sealed. The
/// yardstick is one plain copy of the table of answers by the same engine, without order or index. Memory is this process's peak while
/// closing.
/// </summary>
internal static class ClosedRoundBench
{
    public static void Run()
    {
        RunAsync(100_000, 2_500).GetAwaiter().GetResult();
        RunAsync(1_000_000, 200).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(int people, int organisations)
    {
        Console.WriteLine($"Closing a round of {people.ToString("N0", CultureInfo.InvariantCulture)} answers, {organisations} organisations");
        Console.WriteLine($"{"engine",-12} {"seconds",10} {"yardstick s",12} {"× yardstick",12} {"own cpu s",10} {"peak MiB",10}");
        var folder = Directory.CreateTempSubdirectory("colead-bench-").FullName;
        try
        {
            await OnceAsync("SQLite", ColeadDatabase.Choose(null, folder), folder, people, organisations);
            if (Environment.GetEnvironmentVariable("COLEAD_TEST_POSTGRES") is not { Length: > 0 } server)
            {
                Console.WriteLine("PostgreSQL: not measured; COLEAD_TEST_POSTGRES names no server.");
                return;
            }
            var name = $"colead_bench_{Environment.ProcessId}";
            await CommandAsync(server, $"CREATE DATABASE {name}");
            try
            {
                await OnceAsync("PostgreSQL", ColeadDatabase.Choose(new NpgsqlConnectionStringBuilder(server) { Database = name,
                    CommandTimeout = 600 }.ToString(), folder), folder, people, organisations);
            }
            finally
            {
                await CommandAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OnceAsync(string name, DatabaseEngine engine, string folder, int people, int organisations)
    {
        await using var app = ColeadApp.Build(new ColeadSettings { DataFolder = folder }, engine, AllParts.InOrder);
        await using (var db = engine.Open()) await engine.MigrateAsync(db);
        using var scope = app.Services.CreateScope();
        var services = scope.ServiceProvider;
        var database = services.GetRequiredService<ColeadDb>();
        var round = await FillAsync(database, engine.Keys, services.GetRequiredService<InstrumentOperations>(), people, organisations);
        var start = Stopwatch.GetTimestamp();
        await database.Database.ExecuteSqlRawAsync("CREATE TABLE yardstick AS SELECT * FROM \"Responses\"");
        var yardstick = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await database.Database.ExecuteSqlRawAsync("DROP TABLE yardstick");
        GC.Collect();
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak counts from here
        var processor = Environment.CpuUsage.TotalTime;
        start = Stopwatch.GetTimestamp();
        await services.GetRequiredService<ClosingOperations>().CloseAsync(round);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var own = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        var peak = long.Parse((await File.ReadAllLinesAsync("/proc/self/status"))
            .Single(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) / 1024;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-12} {seconds,10:0.0} {yardstick,12:0.0} {seconds / yardstick,12:0.0} {own,10:0.0} {peak,10}"));
    }

    private static async Task<long> FillAsync(ColeadDb db, KeyFolder keys, InstrumentOperations instruments, int people, int organisations)
    {
        var partnership = new Partnership { Name = "Bench", Kind = PartnershipKind.Formal, Place = "Bench", Purpose = "Bench",
            WhyNotAlone = "Bench", CreatedAt = DateTime.UnixEpoch };
        for (var o = 0; o < organisations; o++) partnership.Organisations.Add(new() { Name = $"Organisation {o}",
            Sector = (Sector)(o % 3) });
        db.Set<Partnership>().Add(partnership);
        await db.SaveChangesAsync();
        var round = new Round { PartnershipId = partnership.Id, Name = "Bench", State = RoundState.Open,
            InstrumentHash = await instruments.KeepAsync(ShippedInstruments.Inventory12), Contact = "Bench", CreatedAt =
            DateTime.UnixEpoch };
        var key = keys.Make(KeyUse.Round);
        (round.Key, round.OpenedAt) = (key.Fingerprint, DateTime.UnixEpoch);
        round.Organisations.AddRange(partnership.Organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name,
            Sector = o.Sector }));
        db.Set<Round>().Add(round);
        await db.SaveChangesAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var someone = new Person { PartnershipId = partnership.Id, Name = "Somebody", Email = null, EnteredBy = Writer.Unrecorded };
        db.Set<Person>().Add(someone);
        await db.SaveChangesAsync();
        var ids = partnership.Organisations.Select(o => o.Id).ToArray();
        await FillPeopleAsync(db, someone.Id, people);
        var invited = Enumerable.Range(1, people)
            .Select(i => new Invitation { RoundId = round.Id, PersonId = someone.Id + i, OrganisationId = ids[i % organisations],
            Level = (Level)(i % 6), Counts = true, SecretHash = [] }).ToList();
        db.Set<Invited>().AddRange(invited.GroupBy(i => (i.OrganisationId, i.Level))
            .Select(g => new Invited { RoundId = round.Id, OrganisationId = g.Key.OrganisationId!.Value, Level = g.Key.Level!.Value,
            People = g.Count(), Counting = g.Count() }));
        await db.SaveChangesAsync();
        await NewInvitations.InsertAsync(db, invited, id => SHA256.HashData(BitConverter.GetBytes(id)));
        var random = new SeededRandom(1);
        await NewResponses.InsertAsync(db, key, round.Id,
            Enumerable.Range(1, people).Select(i =>
            new AnswerContent(false, RandomNumberGenerator.GetBytes(16), ids[i % organisations], null, (Level)(i % 6), true,
            [.. Enumerable.Range(0, ShippedInstruments.Inventory12.ItemCount).Select(_ => (byte)(1 + random.Next(12)))],
            i % 10 == 0 ? $"""["","Comment {i} about getting there and back again","","","","",""]""" : """["","","","","","",""]""")));
        await transaction.CommitAsync();
        db.ChangeTracker.Clear();
        return round.Id;
    }

    /// <summary>As many copies of one person.</summary>
    private static async Task FillPeopleAsync(ColeadDb db, long from, int people)
    {
        var columns = db.Model.FindEntityType(typeof(Person))!.GetProperties().Where(p => p.Name != "Id")
            .Select(p => $"\"{p.GetColumnName()}\"").ToArray();
        var list = string.Join(", ", columns);
        var sql = $"INSERT INTO \"People\" (\"Id\", {list}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people}) SELECT {from} + i, {list} FROM n, \"People\" WHERE \"Id\" = {from}";
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private static async Task CommandAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
