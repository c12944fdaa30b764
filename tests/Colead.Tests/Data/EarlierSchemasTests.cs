using System.IO.Compression;
using System.Text.Json;
using Colead.Storage.Accounts;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Data;

/// <summary>
/// The demonstration as earlier versions wrote it, kept beside this file by <c>Schemas/keep</c>, is upgraded and says on its pages what it
/// said then.
/// </summary>
public class EarlierSchemasTests
{
    /// <summary>What every version's demonstration says, wherever it stands on the page: names, counts, votes, sums, and figures of
    /// published rounds.</summary>
    private static readonly (string Path, string[] Says)[] Facts =
    [
        ("", ["Harbour Vale Moving Together"]),
        ("/people", ["140 people"]),
        ("/organisations", ["12 organisations"]),
        ("/team", ["Morgan Ellery"]),
        ("/threads/1", ["Nobody we serve had a hand in our plans"]),
        ("/decisions/2", ["Go on for another year, and pay hosts for their evenings"]),
        ("/outcomes/1", ["People who use them help to design half of our new activities"]),
        ("/money", ["£7,500"]),
        ("/agreement", ["10 of 12 partners have signed version 2"]),
        ("/meetings/1", ["Partnership meeting, January"]),
        ("/vision", ["One door"]),
        ("/rounds/1/findings", ["front-line staff"]),
        ("/rounds/2/findings", ["Systems and structures"]),
        ("/rounds/2/findings/levels", ["3.5 points"]),
        ("/rounds/2/findings/statements", ["views vary"]),
    ];

    public static TheoryData<Engine, string> Kept()
    {
        var kept = new TheoryData<Engine, string>();
        foreach (var schema in Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal))
        {
            kept.Add(Engine.Sqlite, schema);
            kept.Add(Engine.Postgres, schema);
        }
        return kept;
    }

    [Theory, MemberData(nameof(Kept))]
    public async Task Demonstration_OfAnEarlierVersion_IsUpgraded_AndSaysTheSame(Engine engine, string schema)
    {
        var name = engine.ToString().ToLowerInvariant();
        var database = await TestDatabase.CreateAsync(engine, migrate: false);
        await RestoreAsync(database, Path.Combine(Folder, schema, name + ".sql.gz"));
        if (Path.Combine(Folder, schema, name + "-keys") is var keys && Directory.Exists(keys))
        {
            Directory.CreateDirectory(database.Engine.Keys.Path);
            foreach (var key in Directory.GetFiles(keys)) File.Copy(key, Path.Combine(database.Engine.Keys.Path, Path.GetFileName(key)));
        }
        var sealedThen = await PublicationsAsync(database);
        Assert.NotEmpty(sealedThen);
        await using (var db = database.Engine.Open()) await database.Engine.MigrateAsync(db, TestContext.Current.CancellationToken);
        Assert.Equal(sealedThen, await PublicationsAsync(database));

        await using var app = await TestApp.OverAsync(database);
        var coordinator = await app.DbAsync(db => db.Set<Account>().SingleAsync(a => a.Name == "Morgan Ellery"));
        using var visitor = await app.SignedInAsync(coordinator);
        var wrong = new List<string>();
        foreach (var (path, says) in Facts)
        {
            var page = await visitor.GetAsync("/partnerships/1" + path);
            if (page.Status != 200) wrong.Add($"{path}: {page.Status}");
            wrong.AddRange(says.Where(fact => !page.Text.Contains(fact, StringComparison.Ordinal))
                .Select(fact => $"{path} does not say “{fact}”"));
        }
        using var figures = JsonDocument.Parse(Convert.FromHexString(sealedThen[^1]));
        var findings = (await visitor.GetAsync("/partnerships/1/rounds/2/findings")).Text;
        foreach (var cell in figures.RootElement.GetProperty("members").GetProperty("all").GetProperty("dimensions").EnumerateArray())
            if (cell.TryGetProperty("mean", out var mean) && !findings.Contains(mean.GetRawText(),
                StringComparison.Ordinal)) wrong.Add($"the findings do not say {mean}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The bytes of what was published, oldest first.</summary>
    private static async Task<List<string>> PublicationsAsync(TestDatabase database)
    {
        await using var db = database.Engine.Open();
        return (await db.Database.SqlQuery<byte[]>($"""SELECT "Content" AS "Value" FROM "Publications" WHERE "Part" = 'Figures' ORDER BY "RoundId" """)
            .ToListAsync()).ConvertAll(Convert.ToHexString);
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "Colead.Tests", "Data", "Schemas");

    private static async Task RestoreAsync(TestDatabase database, string file)
    {
        Directory.CreateDirectory(database.Folder);
        await using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        await database.RunScriptAsync(await reader.ReadToEndAsync());
    }
}
