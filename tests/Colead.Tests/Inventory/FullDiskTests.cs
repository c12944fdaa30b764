using System.Globalization;
using System.Text;
using Colead.Tests.Hosting;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Inventory;

/// <summary>The disk is full while people answer: they are told in their language, what they typed stands there, and when there is room
/// again the same button saves it.</summary>
public class FullDiskTests
{
    private static readonly string[] Said = ["disg yr arolwg hwn yn llawn", "the disk of this survey is full"];

    /// <summary>A disk of eight megabytes, in a name space of its own so that nobody has to be root, filled to the last byte.</summary>
    [Fact]
    public async Task Answer_OnADiskThatIsReallyFull_IsNotLost()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var app = await TestApp.OverAsync(database);
        var round = await TestRound.MakeAsync(app);
        var (link, untouched) = (await round.InviteAsync(), await round.InviteAsync());
        await app.StopAsync();
        using var disk = new TemporaryFolder();
        await using var program = await Served.StartAsync("unshare",
            ["--user", "--map-root-user", "--mount", "sh", "-c",
                "mount -t tmpfs -o size=8m tmpfs \"$1\" && cp \"$2\"/colead.db* \"$1\" && shift 2 && exec dotnet \"$@\"", "sh", disk.Path,
                database.Folder],
            ["--port", "0", "--data", disk.Path, "--keys", database.Engine.Keys.Path]);
        var fill = $"/proc/{program.Id}/root{disk.Path}/fill";
        using var person = new Visitor(program.Address);
        await BeginAsync(person, link);
        Fill(fill);
        await CannotAnswerAsync(person, link, "cy");
        Assert.Equal(507, (await person.PostAsync(link + "/review", [])).Status);
        using var other = new Visitor(program.Address);
        var begun = await other.PostAsync(untouched, []);
        Assert.Equal((507, "There is no room left for answers"), (begun.Status, begun.Heading));
        Assert.Contains(Said[1], begun.Text, StringComparison.Ordinal);
        File.Delete(fill);
        await CanAnswerAsync(person, link);
    }

    /// <summary>As a server of PostgreSQL says it (53100).</summary>
    [Fact]
    public async Task Answer_WhereTheServersDiskIsFull_IsNotLost()
    {
        var log = new LogListener();
        await using var app = await TestApp.StartAsync(Engine.Postgres, adjust: builder => builder.Logging.AddProvider(log));
        var round = await TestRound.MakeAsync(app);
        var link = await round.InviteAsync();
        using var person = app.Visitor();
        await BeginAsync(person, link);
        await ExecuteAsync(app, """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE OR DELETE ON "Drafts" FOR EACH STATEMENT EXECUTE FUNCTION full_disk();
            """);
        for (var i = 0; i < 20; i++) await CannotAnswerAsync(person, link, "cy");
        Assert.Equal(507, (await person.PostAsync(link + "/review", [])).Status);
        Assert.Single(log.Messages, message => message.StartsWith("Error", StringComparison.Ordinal));
        Assert.Single(log.Messages, message => message.StartsWith("Error: Nothing can be kept: the disk is full or fails.",
            StringComparison.Ordinal));
        await ExecuteAsync(app, """DROP TRIGGER full_disk ON "Drafts" """);
        await CanAnswerAsync(person, link);
    }

    private static async Task BeginAsync(Visitor person, string link)
    {
        Assert.Equal(302, (await person.PostAsync(link, new() { ["Language"] = "cy" })).Status);
        Assert.Equal(302, (await person.PostAsync(link + "/1", new() { ["cv1"] = "2", ["_go"] = "next" })).Status);
    }

    private static async Task CannotAnswerAsync(Visitor person, string link, string language)
    {
        var typed = "Rhaid i hwn aros: " + new string('å', 900);
        Answer answer;
        var saves = 0;
        do answer = await person.PostAsync($"{link}/1", new() { ["cv1"] = "7", ["cv3"] = "dk", ["_comment"] = typed + (++saves)
            .ToString(CultureInfo.InvariantCulture), ["_go"] = "next" });
        while (answer.Status == 302 && saves < 200); // a log of the database may have had room for some
        Assert.Equal(507, answer.Status);
        Assert.Equal(language, answer.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains(Said[0], answer.Text, StringComparison.Ordinal);
        Assert.StartsWith(typed, answer.Document.QuerySelector("textarea")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(["7", "dk"], answer.Document.QuerySelectorAll("input[checked]").Select(input => input.GetAttribute("value")!));
    }

    private static async Task CanAnswerAsync(Visitor person, string link)
    {
        Assert.Equal(302, (await person.PostAsync($"{link}/1", new() { ["cv1"] = "7", ["_comment"] = "Eto.", ["_go"] = "next" })).Status);
        Assert.Equal(302, (await person.PostAsync(link + "/review", [])).Status);
        Assert.Equal(200, (await person.GetAsync(link + "/thanks")).Status);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var piece in new[] { 65_536, 4_096, 1 })
        {
            try
            {
                while (true) file.Write(Encoding.ASCII.GetBytes(new string('x', piece)));
            }
            catch (IOException)
            {
                // as full as pieces of this size make it
            }
        }
    }

    private static Task<int> ExecuteAsync(TestApp app, string sql) => app.DbAsync(async db => await db.Database.ExecuteSqlRawAsync(sql));
}
