using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Accounts;
using Colead.Parts.Findings;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Organisation = Colead.Analysis.Scoring.Organisation;
using Publication = Colead.Parts.Rounds.StoredPublication;

namespace Colead.Bench;

/// <summary>
/// Pages of a published round of 100 and of 1,000,000 responses, asked for in turn from the served program (SQLite), by the clock from
/// request to last byte. The yardstick is the signed-in reader's own account page in the same run.
/// </summary>
internal static partial class FindingsBench
{
    private const int Runs = 300;

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        Console.WriteLine("Findings: a published round of 100 and of 1,000,000 responses; milliseconds, median (95th per cent)");
        var folder = Directory.CreateTempSubdirectory("colead-bench-").FullName;
        try
        {
            var engine = ColeadDatabase.Choose(null, folder);
            await using (var db = engine.Open()) await engine.MigrateAsync(db);
            await using var app = ColeadApp.Build(new ColeadSettings { DataFolder = folder }, engine, AllParts.InOrder,
                builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
            await app.StartAsync();
            var (partnership, small, large, client) = await PrepareAsync(app);
            using (client)
            {
                Console.WriteLine(Row("first page after start, with parsing, 100",
                    [await TimeAsync(client, FindingsLinks.Home(partnership, small))]));
                Console.WriteLine(Row("first page after start, with parsing, 1,000,000",
                    [await TimeAsync(client, FindingsLinks.Home(partnership, large))]));
                foreach (var (name, page) in new (string, Func<long, string>)[]
                {
                    ("headlines", r => FindingsLinks.Home(partnership, r)), ("levels", r => FindingsLinks.Levels(partnership, r)),
                    ("organisations", r => FindingsLinks.Organisations(partnership, r)),
                        ("statements", r => FindingsLinks.Statements(partnership, r)),
                }) await CompareAsync(client, name, page(small), page(large));
            }
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(HttpClient client, string name, string small, string large)
    {
        for (var i = 0; i < 40; i++) foreach (var path in new[] { small, large, AccountsLinks.You() }) await TimeAsync(client, path);
        List<double> a = [], b = [], yardstick = [];
        for (var i = 0; i < Runs; i++) // in turn, so that whatever else the machine does falls on all alike
        {
            a.Add(await TimeAsync(client, small));
            b.Add(await TimeAsync(client, large));
            yardstick.Add(await TimeAsync(client, AccountsLinks.You()));
        }
        Console.WriteLine(Row($"{name}, 100", a) + string.Create(CultureInfo.InvariantCulture,
            $"  {Median(a) / Median(yardstick):0.0} × account page"));
        Console.WriteLine(Row($"{name}, 1,000,000", b) + string.Create(CultureInfo.InvariantCulture,
            $"  {Median(b) / Median(yardstick):0.0} × account page, {Median(b) / Median(a):0.00} × that of 100"));
    }

    private static async Task<(long Partnership, long Small, long Large, HttpClient Client)> PrepareAsync(WebApplication app)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var (account, _) = await scope.ServiceProvider.GetRequiredService<NewAccounts>()
            .CreateAsync("Ada Marsh", "ada@example.org", password: null, isOperator: false);
        var now = new DateTime(2026, 5, 11, 16, 0, 0, DateTimeKind.Utc);
        var partnership = new Partnership { Name = "Bench", Kind = PartnershipKind.Formal, Place = "Bench", Purpose = "Measure.",
            WhyNotAlone = "Nobody can.", CreatedAt = now };
        db.Set<Partnership>().Add(partnership);
        await db.SaveChangesAsync();
        db.Set<RoleGrant>().Add(new RoleGrant { PartnershipId = partnership.Id, AccountId = account!.Id, Role = Role.Member,
            GrantedAt = now });
        var file = ShippedInstruments.FileOf(ShippedInstruments.Inventory12.Id);
        db.Set<StoredInstrument>().Add(new StoredInstrument { Hash = PublicationJson.Hash(file), Content = file });
        await db.SaveChangesAsync();
        List<long> rounds = [];
        foreach (var responses in new[] { 100, 1_000_000 })
        {
            var round = new Round { PartnershipId = partnership.Id, Name = $"{responses} people", State = RoundState.Published,
                InstrumentHash = PublicationJson.Hash(file), Contact = "Ada", CreatedAt = now, ClosedAt = now, PublishedAt = now };
            db.Set<Round>().Add(round);
            await db.SaveChangesAsync();
            var content = PublicationJson.Write(Publish(responses));
            db.Set<StoredPublication>().Add(new Publication { RoundId = round.Id, Part = PublicationPart.Figures, Content = content,
                Hash = PublicationJson.Hash(content), SealedAt = now });
            await db.SaveChangesAsync();
            rounds.Add(round.Id);
        }
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(),
            AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        var enter = AccountsLinks.Enter(await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().CreateAsync(account.Id));
        var token = Token().Match(await client.GetStringAsync(enter)).Groups["value"].Value;
        using var sent =
            await client.PostAsync(enter, new FormUrlEncodedContent(new Dictionary<string,
            string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = token }));
        return (partnership.Id, rounds[0], rounds[1], client);
    }

    /// <summary>Six organisations, so that both rounds publish the same rows and only the answers differ in number.</summary>
    private static Colead.Analysis.Publishing.Publication Publish(int responses)
    {
        var answers = SummaryBench.Answers(responses, 6);
        var structure = new Structure([.. Enumerable.Range(0, 6)
            .Select(o => new Organisation($"Organisation {o + 1}", Field.Sectors[o % 3]))], Field.Levels);
        var table = new AnswerTable(ShippedInstruments.Inventory12, structure, answers.Organisations.ToArray(), answers.Levels.ToArray(),
            answers.Codes.ToArray());
        var invited = answers.Organisations.ToArray().Zip(answers.Levels.ToArray()).CountBy(s => new Stratum(s.First, s.Second))
            .ToDictionary(s => s.Key, s => s.Value + 1);
        return Publisher.Publish(new RoundToPublish { Answers = RoundSummary.Of(table), Roster = new Roster(structure, invited) });
    }

    private static async Task<double> TimeAsync(HttpClient client, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? time
            : throw new InvalidOperationException($"{path} gave {(int)answer.StatusCode}.");
    }

    private static string Row(string name, List<double> times) =>
        string.Create(CultureInfo.InvariantCulture,
        $"{name,-50} {Median(times),7:0.0} ({times.Order().ElementAt(times.Count * 95 / 100):0.0})");

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
