using Colead.Analysis;
using Colead.Storage;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Inventory;

/// <summary>Who can write into the database, and has not the key: nine copies of one person's answer would publish it.</summary>
public class ForgeryTests
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("Who can write into the database", "rows copied, swapped, moved and replayed",
        "to publish nine copies of one answer",
        "they are left out, and the log says so")]
    public async Task Rows_CopiedSwappedMovedAndReplayed_AreLeftOut_Counted_AndTheRestIsPublished(Engine engine)
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(heard));
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(30);
        var other = await ClosingRound.OpenAsync(app);
        await other.InviteAsync();
        await other.AnswerAsync(3, seed: 8);
        var stored = await app.DbAsync(db => db.Responses.AsNoTracking().Where(r => r.RoundId == round.Id).ToListAsync());
        // by person, so that the same are hit each time
        var rows = stored.OrderBy(r => round.Answers.ToList()
            .FindIndex(a => a.Bytes.AsSpan().SequenceEqual(AnswerContent.Open(round.Key, round.Id, r.Key, r.Content)!.Answers))).ToList();
        // nine copies
        await app.SaveAsync(db => db.Responses.AddRange(Enumerable.Range(1, 9)
            .Select(i => new Response { Key = [(byte)(rows[0].Key[0] ^ i), .. rows[0].Key[1..]], RoundId = round.Id, Content = rows[0]
            .Content })));
        await WriteAsync(rows[1].Key, rows[2].Content); // two swapped
        await WriteAsync(rows[2].Key, rows[1].Content);
        // three of another round
        await app.DbAsync(db => db.Responses.Where(r => r.RoundId == other.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RoundId, round.Id)));
        await WriteAsync(rows[3].Key, [.. rows[3].Content[..^1], (byte)(rows[3].Content[^1] ^ 1)]); // one changed
        await WriteAsync(rows[4].Key, []);
        await WriteAsync(rows[5].Key, new byte[600]);
        var tag = round.Key.Tag(SealedAnswers.AnsweredTag, round.Places[29].Invitation);
        await app.DbAsync(db => db.Set<AnsweredTag>().Where(t => t.Tag == tag).ExecuteDeleteAsync()); // one sends again
        Assert.True(await round.SendAsync(new(round.Partnership.Organisations[2].Id, Level.Frontline,
            ClosingRound.Bytes(new SeededRandom(5)), "again"), by: round.Places[29]));

        Assert.True(await round.CloseAsync());
        Assert.Equal(30 - 5, (await round.PublicationAsync()).Members.All.Answered);
        Assert.Contains(heard.Messages,
            message => message.Contains($"{9 + 2 + 3 + 3 + 1} rows of answers to round {round.Id} were not genuine",
            StringComparison.Ordinal));
        Assert.DoesNotContain(await round.CommentsAsync(), c => c.Text.Contains(other.Word, StringComparison.Ordinal));

        Task<int> WriteAsync(byte[] row, byte[] content) => app.DbAsync(db => db.Responses.Where(r => r.Key == row)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Content, content)));
    }

    /// <summary>Somebody's draft, copied to a row whose mark one has, opens for nobody.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Who can write into the database", "somebody's draft, copied to their own place", "to read it", "it opens for nobody")]
    public async Task Draft_CopiedToAnother_ShowsNothing(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var victim = new Respondent(app, await round.InviteAsync());
        using var thief = new Respondent(app, await round.InviteAsync());
        await victim.StartAsync();
        await victim.AnswerAsync(1, new() { ["cv1"] = "7", ["_comment"] = "only mine" });
        await thief.StartAsync();
        await thief.AnswerAsync(1, new() { ["cv1"] = "2" });
        var rows = await round.RowsAsync();
        var (own, theirs) = (rows.Single(r => Opens(r).Answers[0] == 2), rows.Single(r => Opens(r).Answers[0] == 7));
        await app.DbAsync(db => db.Drafts.Where(d => d.Key == own.Key)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Content, theirs.Content)));
        Assert.DoesNotContain("only mine", (await thief.OpenAsync("/1")).Body, StringComparison.Ordinal);
        await app.DbAsync(db => db.Drafts.Where(d => d.Key == own.Key)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Content, own.Content)));
        // another's draft on one's own link
        await app.DbAsync(db => db.Drafts.Where(d => d.Key == theirs.Key).ExecuteUpdateAsync(set => set.SetProperty(d => d.Tag, own.Tag)));
        Assert.DoesNotContain("only mine", (await thief.OpenAsync("/1")).Body, StringComparison.Ordinal);
        Assert.Equal("2", (await thief.OpenAsync("/1")).Document.QuerySelector("input[checked]")!.GetAttribute("value"));

        DraftContent Opens(Draft row) => DraftContent.Open(round.Key, round.Id, new SealedDraft(row.Key, row.Tag, row.Content))!;
    }
}
