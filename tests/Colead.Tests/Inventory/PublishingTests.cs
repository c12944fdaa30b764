using System.Globalization;
using Colead.Analysis.Publishing;
using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Publishing.Releasing;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

public class PublishingTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_LookedAtPageByPage_ArePublishedAsDecidedAndNotOtherwise(Engine engine)
    {
        var (round, coordinator) = await ClosedAsync(engine, 45);
        using var _ = coordinator;
        var path = RoundsLinks.Comments(round.Partnership.Id, round.Id);
        var page = await coordinator.GetAsync(path);
        Assert.Equal("45 comments wait for you", page.Heading);
        Assert.Equal(20, page.Document.QuerySelectorAll("blockquote").Length);
        var seen = (await round.WithAsync<PublishingOperations, CommentsState>(publishing => publishing.StateAsync(round.Id))).Seen;
        var waiting = await coordinator.ForgeAsync(path, RoundsLinks.Publish(round.Partnership.Id, round.Id),
            new(StringComparer.Ordinal) { ["Seen"] = seen });
        Assert.Contains("Look at every comment first", waiting.Text, StringComparison.Ordinal);

        var withheld = page.Document.QuerySelectorAll("blockquote")[0].TextContent;
        var edited = page.Document.QuerySelectorAll("blockquote")[1].TextContent;
        var fields = All(20, CommentFate.Release);
        fields["Rows[0].Fate"] = "Withhold";
        (fields["Rows[1].Fate"], fields["Rows[1].Edited"]) = ("Edit", "Someone wrote about minibuses");
        var saved = await coordinator.SubmitAsync(page, fields);
        Assert.Equal(RoundsLinks.Comments(round.Partnership.Id, round.Id, 2), saved.Location);
        Assert.Equal(RoundsLinks.Comments(round.Partnership.Id, round.Id, 3), (await coordinator.PostAsync(saved.Location!, All(20,
            CommentFate.Release))).Location);
        Assert.Equal(RoundsLinks.Publish(round.Partnership.Id, round.Id),
            (await coordinator.PostAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id, 3), All(5, CommentFate.Release))).Location);

        var closed = await round.RoundAsync();
        Assert.True(round.Keys.Has(KeyUse.Comments, closed.CommentsKey!));
        var done = await coordinator.PostAsync(RoundsLinks.Publish(round.Partnership.Id, round.Id), []);
        Assert.Equal(302, done.Status);
        var published = await round.RoundAsync();
        Assert.Equal(RoundState.Published, published.State);
        Assert.NotNull(published.PublishedAt);
        var release = await ReleaseAsync(round);
        var texts = release.Comments.Select(c => c.Text).ToList();
        Assert.Equal(44, texts.Count);
        Assert.Contains("Someone wrote about minibuses", texts);
        Assert.DoesNotContain(withheld, texts);
        Assert.DoesNotContain(edited, texts);
        var app = await house.OnAsync(engine);
        Assert.False(await app.DbAsync(db => db.Comments.AnyAsync(c => c.RoundId == round.Id)));
        // the words that were withheld are noise in every copy
        Assert.Equal((null, false), (published.CommentsKey, round.Keys.Has(KeyUse.Comments, closed.CommentsKey!)));
        Assert.Contains("44 comments released, 1 withheld",
            await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == round.Partnership.Id && e.Act == "published a round")
            .Select(e => e.Detail).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal(409, (await coordinator.ForgeAsync(RoundsLinks.Rounds(round.Partnership.Id) + "/new",
            RoundsLinks.Publish(round.Partnership.Id, round.Id), [])).Status);
    }

    /// <summary>
    /// Beside what a comment was written is told of ten and more, to coordinators too; and who wrote it counting is kept nowhere.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_FewBesideADimension_DoNotSayBesideWhat_ToCoordinatorsEither(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var wrote in new[] { 6, 12 })
        {
            var round = await ClosingRound.OpenAsync(app);
            await round.InviteAsync();
            var random = new Colead.Analysis.SeededRandom(3);
            for (var i = 0; i < 15; i++)
                Assert.True(await round.SendAsync(new(round.Partnership.Organisations[i % 3].Id, ClosingRound.LevelOf(i),
                    ClosingRound.Bytes(random), i < wrote ? $"Words {i}" : ""), by: round.Places[i]));
            await round.CloseAsync();
            var comments = await round.CommentsAsync();
            Assert.Equal(wrote, comments.Count);
            Assert.All(comments, c => Assert.Equal(wrote >= 10, c.Dimension is not null));
            using var coordinator = await round.Partnership.AsAsync(Role.Coordinator);
            Assert.Equal(wrote >= 10,
                (await coordinator.GetAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id))).Text.Contains("written beside",
                StringComparison.Ordinal));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_TwoHundred_AreDecidedOnTenPagesAndPublished(Engine engine)
    {
        var (round, coordinator) = await ClosedAsync(engine, 200);
        using var _ = coordinator;
        var withheld = new List<string>();
        for (var number = 1; number <= 10; number++)
        {
            var page = await coordinator.GetAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id, number));
            Assert.Equal(20, page.Document.QuerySelectorAll("blockquote").Length);
            withheld.Add(page.Document.QuerySelectorAll("blockquote")[2].TextContent);
            var fields = All(20, CommentFate.Release);
            (fields["Rows[2].Fate"], fields["Rows[7].Fate"], fields["Rows[7].Edited"]) = ("Withhold", "Edit", $"In other words {number}");
            var saved = await coordinator.SubmitAsync(page, fields);
            Assert.Equal(number < 10 ? RoundsLinks.Comments(round.Partnership.Id, round.Id, number + 1)
                : RoundsLinks.Publish(round.Partnership.Id, round.Id), saved.Location);
        }
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.Publish(round.Partnership.Id, round.Id), [])).Status);
        var texts = (await ReleaseAsync(round)).Comments.Select(c => c.Text).ToList();
        Assert.Equal((190, 10), (texts.Count, texts.Count(t => t.StartsWith("In other words", StringComparison.Ordinal))));
        Assert.Empty(texts.Intersect(withheld, StringComparer.Ordinal));
        Assert.Equal(190, (await coordinator.GetAsync(FindingsLinks.Comments(round.Partnership.Id, round.Id)))
            .Document.QuerySelectorAll("blockquote").Length);
    }

    /// <summary>Files from elsewhere may bring comments of 10,000 characters, and every one on the page is in the form that is
    /// sent.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_OfTheLongestLength_CanBeEditedAndReleased(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        var random = new Colead.Analysis.SeededRandom(21);
        for (var i = 0; i < 20; i++)
            Assert.True(await round.SendAsync(new(round.Partnership.Organisations[i % 3].Id, ClosingRound.LevelOf(i),
                ClosingRound.Bytes(random), string.Concat(Enumerable.Repeat("“…”—’\n", 1_666)) + $"{i:000}x")));
        Assert.True(await round.CloseAsync());
        using var coordinator = await round.Partnership.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id));
        var text = page.Document.QuerySelectorAll("blockquote")[4].TextContent;
        Assert.Equal(10_000, text.Length);
        var fields = All(20, CommentFate.Release);
        // as browsers send it
        foreach (var row in Enumerable.Range(0, 20)) fields[$"Rows[{row}].Edited"] =
            page.ValueOf($"Rows_{row}__Edited")!.ReplaceLineEndings("\r\n");
        (fields["Rows[4].Fate"], fields["Rows[4].Edited"]) =
            ("Edit", fields["Rows[4].Edited"].Replace(text[^4..], "0000", StringComparison.Ordinal));
        fields["Rows[5].Fate"] = "Edit"; // and nothing taken out: released as it is
        Assert.Equal(302, (await coordinator.SubmitAsync(page, fields)).Status);
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.Publish(round.Partnership.Id, round.Id), [])).Status);
        var texts = (await ReleaseAsync(round)).Comments.Select(c => c.Text).ToList();
        Assert.Equal((20, 1), (texts.Count, texts.Count(t => t == text[..^4] + "0000")));
        Assert.DoesNotContain(text, texts);
        Assert.All(texts, t => Assert.Equal(10_000, t.Length));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_DecidedByTwoAtOnce_TellsTheSecondAndKeepsWhatTheyTyped(Engine engine)
    {
        var (round, first) = await ClosedAsync(engine, 12);
        using var _ = first;
        using var second = await round.Partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Comments(round.Partnership.Id, round.Id);
        var (mine, theirs) = (await first.GetAsync(path), await second.GetAsync(path));
        var withhold = All(12, CommentFate.Later);
        withhold["Rows[3].Fate"] = "Withhold";
        Assert.Equal(302, (await first.SubmitAsync(mine, withhold)).Status);
        var all = All(12, CommentFate.Release);
        (all["Rows[0].Fate"], all["Rows[0].Edited"]) = ("Edit", "What I typed");
        var clash = await second.SubmitAsync(theirs, all);
        Assert.Equal(409, clash.Status);
        Assert.Equal("What I typed", clash.ValueOf("Rows_0__Edited"));
        var app = await house.OnAsync(engine);
        Assert.Equal((11, 0),
            await app.DbAsync(async db => (await db.Comments.CountAsync(c => c.RoundId == round.Id
            && c.Decision == CommentDecision.Pending), await db.Comments.CountAsync(c => c.RoundId == round.Id
            && c.Decision == CommentDecision.Released))));
        var other = All(12, CommentFate.Later);
        other["Rows[5].Fate"] = "Release";
        // another comment: nobody is in the way, and the first decision stays
        Assert.Equal(302, (await second.SubmitAsync(theirs, other)).Status);
        Assert.Equal(1, await app.DbAsync(db => db.Comments.CountAsync(c => c.RoundId == round.Id
            && c.Decision == CommentDecision.Withheld)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Publish_AfterAnotherDecision_IsRefusedUntilSeen(Engine engine)
    {
        var (round, coordinator) = await ClosedAsync(engine, 12);
        using var _ = coordinator;
        var comments = RoundsLinks.Comments(round.Partnership.Id, round.Id);
        await coordinator.PostAsync(comments, All(12, CommentFate.Release));
        var seen = await coordinator.GetAsync(RoundsLinks.Publish(round.Partnership.Id, round.Id));
        var withhold = All(12, CommentFate.Release);
        withhold["Rows[2].Fate"] = "Withhold";
        await coordinator.PostAsync(comments, withhold);
        Assert.Equal(409, (await coordinator.SubmitAsync(seen, [])).Status);
        Assert.Equal(RoundState.Closed, (await round.RoundAsync()).State);
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.Publish(round.Partnership.Id, round.Id), [])).Status);
        Assert.Equal(11, (await ReleaseAsync(round)).Comments.Count);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_ReleasedWithoutWords_SaysSoBesideTheFieldAndSavesNothing(Engine engine)
    {
        var (round, coordinator) = await ClosedAsync(engine, 12);
        using var _ = coordinator;
        var fields = All(12, CommentFate.Release);
        (fields["Rows[4].Fate"], fields["Rows[4].Edited"]) = ("Edit", "  ");
        var answer = await coordinator.PostAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id), fields);
        Assert.Equal(400, answer.Status);
        Assert.Equal("Write what is to be released, or withhold the comment", answer.ErrorOf("Rows_4__Edited"));
        Assert.Equal(12, await (await house.OnAsync(engine))
            .DbAsync(db => db.Comments.CountAsync(c => c.RoundId == round.Id && c.Decision == CommentDecision.Pending)));
        var forged = All(1, CommentFate.Release);
        (forged["Rows[0].Key"], forged["Rows[0].Seen"]) = (new string('0', 32), "x");
        Assert.Equal(404, (await coordinator.ForgeAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id),
            RoundsLinks.Comments(round.Partnership.Id, round.Id), forged)).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Publish_WhereNothingMayBeShown_SaysSoKindly(Engine engine)
    {
        var (round, coordinator) = await ClosedAsync(engine, 4);
        using var _ = coordinator;
        var page = await coordinator.GetAsync(RoundsLinks.Publish(round.Partnership.Id, round.Id));
        Assert.Contains("Too few people answered to show any figure without giving someone away", page.Text, StringComparison.Ordinal);
        Assert.Equal("No comments to look at", (await coordinator.GetAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id))).Heading);
        Assert.Equal(302, (await coordinator.SubmitAsync(page, [])).Status);
        Assert.Empty((await ReleaseAsync(round)).Comments);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Pages_OfAnotherPartnershipOrAnOpenRound_AreNotThere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (round, _) = await ClosedAsync(engine, 4);
        var stranger = await app.PartnershipAsync();
        using var coordinator = await stranger.AsAsync(Role.Coordinator);
        using var member = await round.Partnership.AsAsync(Role.Member);
        foreach (var link in new[] { RoundsLinks.Comments(stranger.Id, round.Id), RoundsLinks.Publish(stranger.Id, round.Id),
            RoundsLinks.Comments(round.Partnership.Id, round.Id) })
            Assert.Equal(404, (await coordinator.GetAsync(link)).Status);
        Assert.Equal(404, (await member.GetAsync(RoundsLinks.Comments(round.Partnership.Id, round.Id))).Status);
        var open = await ClosingRound.OpenAsync(app, stranger);
        Assert.Equal(RoundsLinks.Round(stranger.Id, open.Id), (await coordinator.GetAsync(RoundsLinks.Publish(stranger.Id,
            open.Id))).Location);
    }

    private async Task<(ClosingRound Round, Visitor Coordinator)> ClosedAsync(Engine engine, int answers)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(answers);
        Assert.True(await round.CloseAsync());
        return (round, await round.Partnership.AsAsync(Role.Coordinator));
    }

    private static Dictionary<string, string> All(int rows, CommentFate fate) =>
        Enumerable.Range(0, rows).ToDictionary(i => string.Create(CultureInfo.InvariantCulture, $"Rows[{i}].Fate"), _ => fate.ToString(),
            StringComparer.Ordinal);

    private static async Task<CommentRelease> ReleaseAsync(ClosingRound round) =>
        PublicationJson.ReadComments(await round.ContentAsync(PublicationPart.Comments));
}
