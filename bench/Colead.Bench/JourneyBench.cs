using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Colead.Analysis.Instruments;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Bench;

/// <summary>
/// Complete respondents' journeys: open the link, start, seven parts read and saved, look over, send, thank-you; nineteen requests, nine of
/// them durable writes. The load runs on the same cores, each journey on a connection of its own. Yardstick: the same server answering the
/// same pages from a store that writes nothing, by turns of two seconds; the ratio is the median of five.
/// Server processor time is read from the kernel and includes all processes of the database; COLEAD_TEST_POSTGRES should name a cluster
/// that nobody else uses.
/// </summary>
public static class JourneyBench
{
    private const int People = 24_000;
    private static readonly TimeSpan WarmingUp = TimeSpan.FromSeconds(20); // until the machine code is the last one
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(2);
    private const int Turns = 5;
    private static readonly Instrument Instrument = ShippedInstruments.Inventory12;
    private static LinkMaker? links;

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        Console.WriteLine("journeys: seven parts, thirty statements; 19 requests and 9 durable writes each");
        Console.WriteLine("  database     at once  journeys/s  nothing stored   ratio   request p50 / p95 / p99 ms   journey p99 ms   server CPU ms a journey (of it database)");
        var postgres = Environment.GetEnvironmentVariable("COLEAD_TEST_POSTGRES");
        await OnAsync("SQLite", null);
        if (postgres is null) Console.WriteLine("  PostgreSQL is measured when COLEAD_TEST_POSTGRES names a server.");
        else await OnAsync("PostgreSQL", postgres);
    }

    private static async Task OnAsync(string name, string? server)
    {
        var folder = Directory.CreateTempSubdirectory("colead-bench-").FullName;
        await using var database = server is null ? null : await PostgresDatabase.CreateAsync(server);
        var engine = ColeadDatabase.Choose(database?.Connection, folder);
        await FillAsync(engine);

        using var stored = await Server.StartAsync(folder, database?.Connection, forgetful: false);
        using var forgetful = await Server.StartAsync(folder, database?.Connection, forgetful: true);
        var next = 0;
        await LoadAsync(forgetful, 16, WarmingUp, () => Interlocked.Increment(ref next) % People);
        next = 0;
        await LoadAsync(stored, 16, WarmingUp, () => Interlocked.Increment(ref next));
        foreach (var atOnce in new[] { 1, 16, 64 })
        {
            var other = 0;
            var (load, yardstick, spent, ratios) = (new Load(), new Load(), 0.0, new double[Turns]);
            for (var turn = 0; turn < Turns; turn++) // by turns, because the machine's own speed drifts
            {
                var nothing = await LoadAsync(forgetful, atOnce, Measured, () => Interlocked.Increment(ref other) % People);
                var before = database is null ? 0 : database.Processor();
                var kept = await LoadAsync(stored, atOnce, Measured, () => Interlocked.Increment(ref next));
                spent += database is null ? 0 : database.Processor() - before;
                ratios[turn] = kept.Rate / nothing.Rate;
                load.Add(kept);
                yardstick.Add(nothing);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-12} {atOnce,7}  {load.Rate,10:0.0}  {yardstick.Rate,14:0.0}   {ratios.Order().ElementAt(Turns / 2),5:0.00}   {load.Request(50),11:0.00} / {load.Request(95):0.00} / {load.Request(99):0.00}   {load.Journey(99),14:0.0}   {(load.ServerMilliseconds + spent) / load.Journeys,10:0.00} ({spent / load.Journeys:0.00}); nothing stored {yardstick.ServerMilliseconds / yardstick.Journeys:0.00}"));
        }
        if (next >= People) Console.WriteLine("  (more journeys than people: the last figures are too good)");
        Directory.Delete(folder, recursive: true);
        Directory.Delete(engine.Keys.Path, recursive: true);
    }

    private static async Task FillAsync(DatabaseEngine engine)
    {
        await using var db = engine.Open();
        await engine.MigrateAsync(db);
        var day = new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);
        var partnership = new Partnership { Name = "Estuary Alliance", Kind = PartnershipKind.Formal, Place = "Estuary",
            Purpose = "Children grow up well.", WhyNotAlone = "No service sees the whole child.", CreatedAt = day };
        for (var i = 0; i < 12; i++) partnership.Organisations.Add(new() { Name = "Organisation " + i, Sector = (Sector)(i % 3) });
        db.Set<Partnership>().Add(partnership);
        db.Set<StoredInstrument>().Add(new() { Hash = InstrumentFile.ContentHash(Instrument), Content = InstrumentFile.Write(Instrument) });
        await db.SaveChangesAsync();
        var round = new Round { PartnershipId = partnership.Id, Name = "Autumn", State = RoundState.Open,
            InstrumentHash = InstrumentFile.ContentHash(Instrument), Languages = ["en", "cy"], Contact = "Jo Tide, jo@example.org",
            CreatedAt = day, OpenedAt = day };
        var key = engine.Keys.Make(KeyUse.Round);
        (round.Key, links) = (key.Fingerprint, new LinkMaker(key));
        foreach (var organisation in partnership.Organisations) round.Organisations.Add(new() { OrganisationId = organisation.Id,
            Name = organisation.Name, Sector = organisation.Sector });
        db.Set<Round>().Add(round);
        await db.SaveChangesAsync();
        for (var start = 0; start < People; start += 4_000)
        {
            db.ChangeTracker.Clear();
            for (var i = start; i < start + 4_000; i++)
            {
                var person = new Person { PartnershipId = partnership.Id, Name = "Person " + i.ToString(CultureInfo.InvariantCulture),
                    Email = null, EnteredBy = Writer.Unrecorded };
                // Who belongs nowhere has their invitation taken back by the clock.
                person.Memberships.Add(new() { OrganisationId = partnership.Organisations[i % 12].Id, Level = (Level)(i % 6),
                    JoinedOn = DateOnly.FromDateTime(day), PlacedBy = Writer.Unrecorded });
                db.Set<Invitation>().Add(new() { RoundId = round.Id, Person = person, OrganisationId = partnership.Organisations[i % 12]
                    .Id, Level = (Level)(i % 6), SecretHash = Secret(i).Hash() });
            }
            await db.SaveChangesAsync();
        }
    }

    private static LinkSecret Secret(int person) => links!.Secret(person, 0);

    private static async Task<Load> LoadAsync(Server server, int atOnce, TimeSpan time, Func<int> next)
    {
        var load = new Load();
        var processor = server.Processor();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < time) load.Add(await JourneyAsync(server.Port, next()));
        })));
        load.Seconds = clock.Elapsed.TotalSeconds;
        load.ServerMilliseconds = server.Processor() - processor;
        return load;
    }

    /// <returns>Milliseconds of each request.</returns>
    private static async Task<double[]> JourneyAsync(int port, int person)
    {
        var times = new List<double>(19);
        using var browser = new TinyBrowser(port, times);
        var link = AnswerLinks.Answer(Secret(person).ToString());
        await browser.GetAsync(link, "ten minutes");
        await browser.PostAsync(link, "Language=en", link + "/1");
        for (var part = 1; part <= Instrument.Dimensions.Count; part++)
        {
            await browser.GetAsync($"{link}/{part}", "Content-Encoding: gzip");
            var form = string.Join('&', Instrument.Dimensions[part - 1].Items.Select((item, i) => $"{item.Id}={(person + i) % 12 + 1}"))
                + (part == 3 ? "&_comment=We+meet+often+and+decide+little." : "&_comment=") + "&_go=next";
            await browser.PostAsync($"{link}/{part}", form, part == Instrument.Dimensions.Count ? link + "/review" : $"{link}/{part + 1}");
        }
        await browser.GetAsync(link + "/review", "30 of 30");
        await browser.PostAsync(link + "/review", "", link + "/thanks");
        await browser.GetAsync(link + "/thanks", "Thank you");
        return [.. times];
    }

    private sealed class Load
    {
        private readonly ConcurrentBag<double[]> journeys = [];

        public double Seconds { get; set; }
        public double ServerMilliseconds { get; set; }
        public int Journeys => journeys.Count;
        public double Rate => Journeys / Seconds;

        public void Add(double[] times) => journeys.Add(times);

        public void Add(Load further)
        {
            foreach (var times in further.journeys) journeys.Add(times);
            Seconds += further.Seconds;
            ServerMilliseconds += further.ServerMilliseconds;
        }

        public double Request(int percent) => Percentile(journeys.SelectMany(times => times), percent);
        public double Journey(int percent) => Percentile(journeys.Select(times => times.Sum()), percent);

        private static double Percentile(IEnumerable<double> values, int percent)
        {
            var sorted = values.Order().ToArray();
            return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
        }
    }
}

/// <summary>The least of a browser: one connection, one cookie, and a look whether the right page came. It costs little of the cores that
/// it shares with the server.</summary>
internal sealed class TinyBrowser : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<double> times;
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly int port;
    private string cookie = "";

    public TinyBrowser(int port, List<double> times) => (this.port, this.times) = (port, times);

    public async Task GetAsync(string path, string words)
    {
        var page = await AskAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\n{cookie}\r\n");
        if (!page.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
            || !page.Contains(words,
            StringComparison.Ordinal)) throw new InvalidOperationException($"GET {path} gave {page[..Math.Min(2000, page.Length)]}");
    }

    public async Task PostAsync(string path, string form, string leadsTo)
    {
        var page = await AskAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\n{cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");
        if (!page.Contains("\r\nLocation: " + leadsTo + "\r\n",
            StringComparison.Ordinal)) throw new InvalidOperationException($"POST {path} gave {page[..Math.Min(2000, page.Length)]}");
        const string Sets = "\r\nSet-Cookie: ";
        var at = page.IndexOf(Sets, StringComparison.Ordinal);
        if (at >= 0) cookie = "Cookie: " + page[(at + Sets.Length)..page.IndexOf(';', at)] + "\r\n";
    }

    public void Dispose() => socket.Dispose();

    private async Task<string> AskAsync(string request)
    {
        var start = Stopwatch.GetTimestamp();
        if (!socket.Connected) await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(request));
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("The server hung up.");
            length += read;
        }
        while (!IsWhole(buffer.AsSpan(0, length)));
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return System.Text.Encoding.Latin1.GetString(buffer, 0, length);
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var length = answer[..head].IndexOf("\r\nContent-Length: "u8);
        if (length < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(length + 18)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length >= head + 4 + int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }
}

/// <summary>The web program in a process of its own, so that its processor time is its own.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process process;

    private Server(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static async Task<Server> StartAsync(string folder, string? database, bool forgetful)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true,
            RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Server).Assembly.Location);
        foreach (var argument in new[] { "journey-server", folder, database ?? "", forgetful ? "forgetful"
            : "stored" }) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        // what it had to complain of
        _ = Task.Run(async () => await Console.Error.WriteAsync(await process.StandardOutput.ReadToEndAsync()));
        return new(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>What <see cref="StartAsync"/> starts: serves until its input ends.</summary>
    public static async Task ServeAsync(string folder, string database, bool forgetful)
    {
        var settings = new ColeadSettings { DataFolder = folder, Database = database.Length == 0 ? null : database };
        await using var app = ColeadApp.Build(settings, ColeadDatabase.Choose(settings.Database, folder), AllParts.InOrder, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            if (forgetful) builder.Services.AddSingleton<AnswerStore, ForgetfulStore>();
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    /// <summary>Milliseconds of processor time so far.</summary>
    public double Processor()
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(10_000)) process.Kill();
        process.Dispose();
    }
}

/// <summary>The yardstick: keeps what a journey needs in memory until it is sent, and nothing anywhere else.</summary>
internal sealed class ForgetfulStore : AnswerStore
{
    private readonly ConcurrentDictionary<string, SealedDraft> drafts = new(StringComparer.Ordinal);
    private readonly ColeadDb db;
    private string? key;

    public ForgetfulStore(DatabaseEngine engine) => db = engine.Open();

    public override Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey)
    {
        lock (db) key ??= db.Set<Round>().Select(r => r.Key).Single();
        return Task.FromResult<LinkStanding?>(new LinkStanding(1, 0, RoundState.Open, key, Closing: false)
        {
            Invitation = new(1, 1, 1, null, Level.Board, Counts: true, Withdrawn: false, Replaced: false),
            Draft = draftKey is null ? null : drafts.GetValueOrDefault(Convert.ToHexString(draftKey)),
        });
    }

    public override Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey) => throw new NotSupportedException();

    public override Task<(bool Answered, bool HasDrafts)> StandsAsync(byte[] answered, byte[] draftTag) => Task.FromResult((false, false));

    public override Task<bool> StartAsync(NewDraft draft)
    {
        drafts[Convert.ToHexString(draft.Draft.Key)] = draft.Draft;
        return Task.FromResult(true);
    }

    public override Task<bool> SaveAsync(SealedDraft seen, byte[] content)
    {
        drafts[Convert.ToHexString(seen.Key)] = seen with { Content = content };
        return Task.FromResult(true);
    }

    public override Task<bool> SendAsync(Sending sending) =>
        Task.FromResult(drafts.TryRemove(Convert.ToHexString(sending.Draft.Key), out _));
}
