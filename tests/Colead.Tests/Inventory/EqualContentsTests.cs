using System.Data.Common;
using System.Globalization;
using Colead.Analysis;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

/// <summary>Whatever people answered, and whoever of a group did: where the same is published, the same is left, in every table and
/// sequence.</summary>
public class EqualContentsTests
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever has the database", "every row and sequence of two rounds with equal publications and other answers",
        "to tell them apart",
        "nothing: equal to the row")]
    public async Task Database_AfterClosing_HoldsNothingThatThePublicationDoesNotTell(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await using var database = await app.StopAsync();
        var random = new SeededRandom(31);
        var answers = Enumerable.Range(0, ClosingRound.People)
            .Select(i => new ClosingRound.Sent(round.Partnership.Organisations[i % 3].Id, ClosingRound.LevelOf(i),
            ClosingRound.Bytes(random), "The same words")).ToList();

        // In one world 45 people answer, in order; in the other, of each group others, what others said, in another order, and somebody
        // begins and does not send.
        int[] first = [.. Enumerable.Range(0, 45)];
        var second = first.GroupBy(i => (i % 3, ClosingRound.LevelOf(i)))
            .SelectMany(group => group.Zip(Enumerable.Range(0, ClosingRound.People)
            .Where(i => (i % 3, ClosingRound.LevelOf(i)) == group.Key).Reverse(), (said, by) => (said, by))).Reverse().ToList();
        Assert.NotEqual(first.Order(), second.Select(s => s.by).Order());
        var one = await CloseAsync([.. first.Select(i => (i, i))], begun: null);
        var other = await CloseAsync(second, begun: Enumerable.Range(0, ClosingRound.People).First(i => second.All(s => s.by != i)));
        Assert.Equal(one.Publication, other.Publication);
        Assert.Contains(one.Rows, row => row.StartsWith("FormerLinks", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', one.Rows), string.Join('\n', other.Rows));

        async Task<(byte[] Publication, IReadOnlyList<string> Rows)> CloseAsync(IEnumerable<(int Said, int By)> sent, int? begun)
        {
            await using var copy = await TestApp.OverAsync(await database.CopyAsync());
            var there = round.In(copy);
            foreach (var (said, by) in sent) Assert.True(await there.SendAsync(answers[said], by: there.Places[by]));
            if (begun is { } somebody)
            {
                using var respondent = new Respondent(copy, there.Places[somebody].Link);
                await respondent.StartAsync();
                await respondent.AnswerAsync(1, new() { ["cv1"] = "3" });
            }
            Assert.True(await there.CloseAsync());
            return (await there.ContentAsync(), await copy.DbAsync(db => RowsAsync(db, engine)));
        }
    }

    /// <summary>Every row of every table, and every sequence; without times and what is random.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(ColeadDb db, Engine engine)
    {
        await db.Database.OpenConnectionAsync();
        var tables = await TextsAsync(db, engine == Engine.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
        Assert.Contains("AnsweredTags", tables);
        var rows = new List<string>();
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var found = new List<string>();
            while (await reader.ReadAsync()) found.Add(table + ": "
                + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={Say(table, reader, i)}")));
            rows.AddRange(found.Order(StringComparer.Ordinal));
        }
        if (engine == Engine.Postgres) rows.AddRange(await TextsAsync(db,
            "SELECT sequencename || ' ' || coalesce(last_value::text, '') FROM pg_sequences ORDER BY 1"));
        return rows;
    }

    private static string Say(string table, DbDataReader row, int column)
    {
        var name = row.GetName(column);
        if (row.IsDBNull(column)) return "nothing";
        if (name.EndsWith("At", StringComparison.Ordinal) || table == "ProtectionKeys") return "~";
        if (name is "CommentsKey" || (table == "Comments" && name is "Key" or "Content")) return row.GetValue(column) is byte[] noise
            ? $"{noise.Length} random bytes" : "~";
        return row.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes)
            : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)!;
    }

    private static async Task<List<string>> TextsAsync(ColeadDb db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
