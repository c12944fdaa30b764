using System.Text.RegularExpressions;
using Colead.Parts.Accounts;
using Colead.Parts.Actions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Hosting;

/// <summary>
/// Two whole partnerships on one server, made alike. Every number in the database says of what kind a row is and whose: ours are
/// followed, at a fixed distance, by theirs. So a number of
/// ours anywhere in a form can be replaced by that of the same thing of theirs, and a row that has to do with them is known by its numbers.
/// </summary>
public sealed partial class Whole : IAsyncDisposable
{
    private const int Theirs = 50_000, Later = 80_000;
    /// <summary>In every name and title of theirs, and in none of ours.</summary>
    public const string Mark = "Faraway";

    private readonly Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);
    private HashSet<long> numbers = [];
    private Dictionary<long, long> first = [];
    private Rows rows = null!;

    private Whole(TestApp app) => App = app;

    public TestApp App { get; }
    public WholePartnership Us { get; private set; } = null!;
    public WholePartnership Them { get; private set; } = null!;
    /// <summary>Who is there: ours by their letters, X the operator, A anybody, F the coordinator of the other partnership.</summary>
    public Dictionary<char, Visitor> Visitors { get; } = [];
    public Dictionary<Visitor, string> Tokens { get; } = [];
    /// <summary>What everyone of <see cref="Visitors"/> reads by following links.</summary>
    public Dictionary<char, Dictionary<string, Answer>> Pages { get; } = [];

    public static async Task<Whole> MakeAsync(Engine engine)
    {
        var made = new Whole(await TestApp.StartAsync(engine, settings => settings.SecurityContact = "security@example.org"));
        var app = made.App;
        await Rows.NumberAsync(app, 0);
        made.Us = await WholePartnership.MakeAsync(app);
        await Rows.NumberAsync(app, Theirs);
        made.Them = await WholePartnership.MakeAsync(app);
        await Rows.NumberAsync(app, Later);
        await made.MarkAsync();
        foreach (var (letter, visitor) in made.Us.Visitors) made.Visitors[letter] = visitor;
        made.Visitors['X'] = await app.SignedInAsync(await app.AccountAsync(isOperator: true));
        made.Visitors['A'] = app.Visitor();
        made.Visitors['F'] = made.Them.Visitors['C'];
        foreach (var visitor in made.Visitors.Values)
        {
            var page = await visitor.GetAsync("/account");
            if (page.Status == 302) page = await visitor.GetAsync("/sign-in");
            made.Tokens[visitor] = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        }
        var beginnings = new Dictionary<char, IEnumerable<string>>();
        foreach (var letter in made.Visitors.Keys) beginnings[letter] = await made.BeginningsAsync(letter);
        foreach (var file in Directory.GetFiles(app.Services.GetRequiredService<KeyFolder>().Path))
            made.keys[file] = await File.ReadAllBytesAsync(file);
        made.rows = await Rows.KeepAsync(app, engine);
        made.numbers = [.. made.rows.Kept.SelectMany(row => Numbers().Matches(row[..Math.Min(row.Length, 40)])).Select(m => Read(m.Value))];
        made.first = made.numbers.Where(IsTheirs).GroupBy(n => n / 100_000).ToDictionary(g => g.Key, g => g.Min());
        made.Foreign = await app.DbAsync(made.ForeignAsync);
        foreach (var (letter, visitor) in made.Visitors)
            made.Pages[letter] = await Crawl.WalkAsync(visitor, beginnings[letter], letter == 'C' ? 2 : 1);
        return made;
    }

    /// <summary>A page as one of <see cref="Visitors"/> gets it.</summary>
    public async Task<Answer> PageAsync(char letter, string path)
    {
        if (!Pages[letter].TryGetValue(path, out var page)) Pages[letter][path] = page = await Visitors[letter].GetAsync(path);
        return page;
    }

    /// <summary>What the database holds else than when it was made.</summary>
    public Task<List<string>> ChangesAsync() => rows.ChangesAsync();

    /// <summary>Rows among them that have to do with the other partnership.</summary>
    public static IEnumerable<string> OfTheirs(IEnumerable<string> changes) =>
        changes.Where(c => c.Contains(Mark, StringComparison.Ordinal) || Numbers().Matches(c).Any(m => IsTheirs(Read(m.Value))));

    public async Task RestoreAsync(IReadOnlyList<string> changes)
    {
        await rows.RestoreAsync(changes);
        foreach (var (file, bytes) in keys.Where(k => !File.Exists(k.Key))) await File.WriteAllBytesAsync(file, bytes);
    }

    /// <summary>Numbers of our rows in a text.</summary>
    public static IEnumerable<long> OursIn(string text) => Numbers().Matches(text).Select(m => Read(m.Value)).Where(IsOurs);

    /// <summary>The same with the number, or all of ours, as those of the same things of theirs.</summary>
    public string Swap(string text, long? only = null) => Numbers()
        .Replace(text, match => Read(match.Value) is var n && IsOurs(n) && (only ?? n) == n ? $"{TheirsOf(n)}" : match.Value);

    /// <summary>Names by which a field could ask for a thing, with the number of one of theirs.</summary>
    public IReadOnlyList<(string Name, long Number)> Foreign { get; private set; } = [];

    public async ValueTask DisposeAsync()
    {
        Visitors['X'].Dispose();
        Visitors['A'].Dispose();
        Us.Dispose();
        Them.Dispose();
        await rows.DisposeAsync();
        await App.DisposeAsync();
    }

    private async Task<IEnumerable<string>> BeginningsAsync(char letter) => letter switch
    {
        'R' => [Us.Links['R'], .. new[] { "1", "2", "review", "thanks", "no-reminders" }.Select(p => Us.Links['R'] + "/" + p)],
        'S' => [Us.Links['S'], .. new[] { "1", "2", "review", "thanks" }.Select(p => Us.Links['S'] + "/" + p)],
        'F' => [],
        'X' => ["/", "/account", "/partnerships", "/partnerships/new", "/mail"],
        'A' => ["/", "/sign-in", "/sign-in/code", "/sign-out", "/forgotten", "/reset?account=1&token=2", "/set-up/none", "/answer",
            "/slip", "/partnerships", "/error/404", "/.well-known/security.txt", .. Us.Secrets,
            AccountsLinks.Enter(await App.SecretForAsync(Us.Agreeing.House.Account(Role.Viewer).Id)),
            ActionsLinks.Stop(App.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Colead.Actions.Reminders")
                .Protect("zoe@example.org"))],
        'C' or 'L' => ["/", "/account", "/account/recovery-codes", "/sign-out", "/partnerships", $"/partnerships/{Us.Id}", .. Us.Ways],
        _ => ["/", "/account", "/partnerships", $"/partnerships/{Us.Id}"],
    };

    private Task<IReadOnlyList<(string Name, long Number)>> ForeignAsync(ColeadDb db)
    {
        var tables = Rows.Numbered(db).ToList();
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entity in db.Model.GetEntityTypes().Where(e => tables.Contains(e.GetTableName()!)).OrderBy(e => e.ClrType.Name.Length))
        {
            if (!first.TryGetValue(Rows.At(tables.IndexOf(entity.GetTableName()!), 0) / 100_000, out var number)) continue;
            var name = entity.ClrType.Name;
            var last = Regex.Match(name, "[A-Z][a-z]+$", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
            foreach (var one in new[] { name, name + "Id", last, last + "Id" }) names.TryAdd(one, number);
        }
        Assert.Contains("ReadingId", names.Keys);
        Assert.Contains("PartnershipId", names.Keys);
        return Task.FromResult<IReadOnlyList<(string Name, long Number)>>([.. names.Select(n => (n.Key, n.Value))]);
    }

    private long TheirsOf(long ours) => numbers.Contains(ours + Theirs) ? ours + Theirs
        : first.GetValueOrDefault(ours / 100_000, ours + Theirs);

    private static bool IsOurs(long number) => number is >= 1_000_000 and < 9_999_999 && number % 100_000 is > 0 and <= Theirs;
    private static bool IsTheirs(long number) => number is >= 1_000_000 and < 9_999_999 && number % 100_000 is > Theirs and <= Later;
    private static long Read(string number) => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Names and titles of theirs say whose they are.</summary>
    private Task<int> MarkAsync() => App.DbAsync(async db =>
    {
        var tables = Rows.Numbered(db).ToList();
        foreach (var entity in db.Model.GetEntityTypes()
            .Where(e => !typeof(IWrittenOnce).IsAssignableFrom(e.ClrType) && tables.Contains(e.GetTableName()!)))
        {
            var start = Rows.At(tables.IndexOf(entity.GetTableName()!), Theirs);
            foreach (var named in entity.GetProperties().Where(p => p.Name is "Name" or "Title" && p.ClrType == typeof(string)))
#pragma warning disable EF1002 // the names are the model's
                await db.Database.ExecuteSqlRawAsync($"UPDATE \"{entity.GetTableName()}\" SET \"{named.GetColumnName()}\" = '{Mark} ' || \"{named.GetColumnName()}\" WHERE \"Id\" > {start} AND \"Id\" <= {start + Later - Theirs}");
#pragma warning restore EF1002
        }
        return 0;
    });

    [GeneratedRegex(@"(?<![.\w])\d{7}\b", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Numbers();
}

/// <summary>One on each engine.</summary>
public sealed class Wholes : IAsyncLifetime
{
    private readonly Dictionary<Engine, Task<Whole>> made = [];

    public Task<Whole> OnAsync(Engine engine) => made.TryGetValue(engine, out var whole) ? whole : made[engine] = Whole.MakeAsync(engine);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var whole in made.Values) await (await whole).DisposeAsync();
    }
}
