using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Accounts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Bench;

/// <summary>
/// The overview of a partnership of 60 organisations, 500 actions, 5,000 ledger lines and 200 decisions, as a coordinator reads it over
/// HTTP, one request after the other; server and reader share the cores. Yardstick: the same page of a partnership in which nothing has
/// happened yet, on the same server, by turns; the ratio of medians says what size costs.
/// </summary>
public static partial class OverviewBench
{
    private const int WarmingUp = 300;
    private const int Rounds = 400;
    private const double MostMilliseconds = 100;

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        Console.WriteLine("overview: 60 organisations, 500 actions, 5,000 ledger lines, 200 decisions; read by a coordinator");
        Console.WriteLine("  database      full p50 / p95 / most ms     empty p50 / p95 ms    ratio");
        await OnAsync("SQLite", null);
        if (Environment.GetEnvironmentVariable("COLEAD_TEST_POSTGRES") is { } postgres) await OnAsync("PostgreSQL", postgres);
        else Console.WriteLine("  PostgreSQL is measured when COLEAD_TEST_POSTGRES names a server.");
    }

    private static async Task OnAsync(string name, string? server)
    {
        var folder = Directory.CreateTempSubdirectory("colead-bench-").FullName;
        await using (var database = server is null ? null : await PostgresDatabase.CreateAsync(server))
        {
            var settings = new ColeadSettings { DataFolder = folder, Database = database?.Connection };
            var engine = ColeadDatabase.Choose(settings.Database, folder);
            await using (var db = engine.Open()) await engine.MigrateAsync(db);
            await using var app = ColeadApp.Build(settings, engine, AllParts.InOrder,
                builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
            await app.StartAsync();
            var (full, empty, secret) = await FillAsync(app.Services);
            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false,
                CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(app.Urls.First()) };
            await SignInAsync(browser, secret);
            for (var i = 0; i < WarmingUp; i++)
            {
                await ReadAsync(browser, full, "3 votes are open");
                await ReadAsync(browser, empty, "A partnership needs two organisations");
            }
            double[] busy = new double[Rounds], quiet = new double[Rounds];
            for (var i = 0; i < Rounds; i++) // by turns, because the machine's own speed drifts
            {
                busy[i] = await ReadAsync(browser, full, "3 votes are open");
                quiet[i] = await ReadAsync(browser, empty, "A partnership needs two organisations");
            }
            Array.Sort(busy);
            Array.Sort(quiet);
            var kept = Percentile(busy, 95) < MostMilliseconds ? "" : $"   more than {MostMilliseconds:0} ms";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-12}  {Percentile(busy, 50),8:0.00} / {Percentile(busy, 95):0.00} / {busy[^1]:0.00}   {Percentile(quiet, 50),12:0.00} / {Percentile(quiet, 95):0.00}   {Percentile(busy, 50) / Percentile(quiet, 50),9:0.00}{kept}"));
            await app.StopAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(long Full, long Empty, string Secret)> FillAsync(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var full = await BusyPartnership.AddAsync(db, now);
        var empty = new Partnership { Name = "Estuary Alliance", Kind = PartnershipKind.Formal, Place = "Estuary",
            Purpose = "Children grow up well.", WhyNotAlone = "No service sees the whole child.", CreatedAt = now };
        db.Set<Partnership>().Add(empty);
        await db.SaveChangesAsync();
        var (account, _) = await scope.ServiceProvider.GetRequiredService<NewAccounts>().CreateAsync("Sam Rivers", "sam@example.org", null);
        foreach (var id in new[] { full, empty.Id }) db.Set<RoleGrant>()
            .Add(new RoleGrant { PartnershipId = id, AccountId = account!.Id, Role = Role.Coordinator, GrantedAt = now });
        await db.SaveChangesAsync();
        return (full, empty.Id, await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().CreateAsync(account!.Id));
    }

    private static async Task SignInAsync(HttpClient browser, string secret)
    {
        var path = new Uri(AccountsLinks.Enter(secret), UriKind.Relative);
        var token = Token().Match(await browser.GetStringAsync(path)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var entered = await browser.PostAsync(path, form);
        if (entered.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"Signing in gave {entered.StatusCode}.");
    }

    /// <returns>Milliseconds until the page was there.</returns>
    private static async Task<double> ReadAsync(HttpClient browser, long partnership, string words)
    {
        var start = Stopwatch.GetTimestamp();
        var page = await browser.GetStringAsync(new Uri(PartnershipsLinks.Overview(partnership), UriKind.Relative));
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return page.Contains(words, StringComparison.Ordinal) ? time
            : throw new InvalidOperationException("Not the overview: " + page[..Math.Min(2000, page.Length)]);
    }

    private static double Percentile(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Token();
}
