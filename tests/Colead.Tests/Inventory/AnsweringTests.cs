using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Composition;
using Colead.Parts.Answering;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

/// <summary>What a respondent does, from the link to the thank-you, and everything that may come between.</summary>
public class AnsweringTests(House house)
{
    private static readonly Instrument Inventory = ShippedInstruments.Inventory12;

    [Theory, ClassData(typeof(Engines))]
    public async Task Journey_WholeWay_LeavesOneAnswerThatKnowsNoInvitation(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync(organisation: 1, Level.Volunteer));
        await person.StartAsync();
        for (var part = 1; part <= 7; part++)
        {
            var page = await person.OpenAsync($"/{part}");
            Assert.Equal((200, Inventory.Dimensions[part - 1].Names["en"]), (page.Status, page.Heading));
            Assert.Contains($"Part {Word(part)} of seven", page.Text, StringComparison.Ordinal);
            var fields = Inventory.Dimensions[part - 1].Items.ToDictionary(item => item.Id, _ => (part + 2)
                .ToString(CultureInfo.InvariantCulture));
            if (part == 1) (fields["cv1"], fields["cv2"], fields["_comment"]) = ("dk", "skip", "We <b>do</b> agree.\r\nMostly.");
            var saved = await person.AnswerAsync(part, fields);
            Assert.Equal((302, person.Link + (part == 7 ? "/review" : $"/{part + 1}")), (saved.Status, saved.Location));
        }
        var review = await person.OpenAsync("/review");
        Assert.Contains("You have answered 29 of 30 statements", review.Text, StringComparison.Ordinal);
        Assert.Contains("3 – Very little evidence", review.Text, StringComparison.Ordinal);
        Assert.Contains("We &lt;b&gt;do&lt;/b&gt; agree.", review.Body, StringComparison.Ordinal);
        Assert.Contains("cannot be changed or taken back", review.Text, StringComparison.Ordinal);

        var sent = await person.SendAsync();
        Assert.Equal((302, person.Link + "/thanks"), (sent.Status, sent.Location));
        Assert.Equal("Thank you. Your answers are in.", (await person.OpenAsync("/thanks")).Heading);

        var response = Assert.Single(await round.ResponsesAsync());
        Assert.Equal((round.Partnership.Organisations[1].Id, Level.Volunteer, false),
            (response.OrganisationId!.Value, response.Level, response.ByOpenLink));
        Assert.True(response.Counts);
        byte[] expected = [.. Inventory.Dimensions.SelectMany((d, i) => d.Items.Select(_ => (byte)(i + 3)))];
        (expected[0], expected[1]) = (255, 0);
        Assert.Equal(expected, response.Answers);
        Assert.Equal("We <b>do</b> agree.\nMostly.", JsonSerializer.Deserialize<string[]>(response.Comments)![0]);
        Assert.Empty(await round.DraftsAsync());
        Assert.Equal([true], await round.AnsweredAsync());
        Assert.Equal("This link has been used", (await person.OpenAsync()).Heading);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Start_ByUsedLink_BeginsNoDraft(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        using var elsewhere = new Respondent(app, person.Link);
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "4" });
        var shown = await elsewhere.OpenAsync(); // both its forms, while they still led somewhere
        await person.SendAsync();
        foreach (var (fields, form) in new (Dictionary<string, string>, string?)[] { ([], null),
            (new() { ["Organisation"] = "1000000" }, null), (new() { ["Code"] = "ABCD EFGH" }, "code") })
        {
            var answer = await elsewhere.Visitor.SubmitAsync(shown, fields, form);
            Assert.Equal((302, person.Link), (answer.Status, answer.Location));
        }
        Assert.Equal("This link has been used", (await elsewhere.OpenAsync()).Heading);
        Assert.Empty(await round.DraftsAsync());
        Assert.Single(await round.ResponsesAsync());
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Link_Opened_ChangesNothingAndSetsNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        var link = await round.InviteAsync();
        using var scanner = new HttpClient { BaseAddress = app.Address };
        foreach (var path in new[] { link, link + "/1", link + "/review", link + "/thanks", link + "?lang=cy" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var answer = await scanner.SendAsync(new HttpRequestMessage(method, path));
                Assert.Equal(200, (int)answer.StatusCode);
                Assert.False(answer.Headers.Contains("Set-Cookie"));
                Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
                Assert.Equal("no-store", answer.Headers.GetValues("Cache-Control").Single());
            }
        }
        Assert.Empty(await round.DraftsAsync());
        Assert.Equal([false], await round.AnsweredAsync());
    }

    [Fact]
    public async Task Cookie_IsForThisLinkAlone_AndOutOfReachOfScripts()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        var started = await person.Visitor.PostAsync(person.Link, []);
        var cookie = Assert.Single(started.Headers.GetValues("Set-Cookie"));
        foreach (var part in new[] { "path=" + person.Link, "httponly", "samesite=lax" }) Assert.Contains(part, cookie,
            StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Pages of statements are rendered once for all: nothing of one respondent may be in another's.</summary>
    [Fact]
    public async Task Parts_OfTwoPeople_ShareNothingOfEither()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var first = new Respondent(app, await round.InviteAsync());
        using var second = new Respondent(app, await round.InviteAsync());
        await first.StartAsync();
        await second.StartAsync();
        await first.AnswerAsync(1, new() { ["cv1"] = "7", ["_comment"] = "only mine <script>" });
        await second.AnswerAsync(1, new() { ["cv1"] = "8" });
        var (mine, theirs) = (await first.OpenAsync("/1"), await second.OpenAsync("/1"));
        foreach (var page in new[] { mine, theirs })
            foreach (var link in new[] { first.Link[3..], second.Link[3..] }) Assert.DoesNotContain(link, page.Body,
                StringComparison.Ordinal);
        Assert.Contains("only mine &lt;script&gt;", mine.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("only mine", theirs.Body, StringComparison.Ordinal);
        Assert.NotEqual(mine.Document.QuerySelector("b.code")!.TextContent, theirs.Document.QuerySelector("b.code")!.TextContent);
        Assert.Equal("8", Assert.Single(theirs.Document.QuerySelectorAll("input[checked]")).GetAttribute("value"));
    }

    [Fact]
    public async Task Parts_PackedForTheWay_AreTheSame()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        var started = await person.Visitor.PostAsync(person.Link, []);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("Cookie", started.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        var plain = await client.GetByteArrayAsync(person.Link + "/1");
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        using var packed = await client.GetAsync(person.Link + "/1");
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        using var unpacked = new MemoryStream();
        await using (var stream = new System.IO.Compression.GZipStream(await packed.Content.ReadAsStreamAsync(),
            System.IO.Compression.CompressionMode.Decompress)) await stream.CopyToAsync(unpacked);
        Assert.Equal(plain, unpacked.ToArray());
        Assert.True(packed.Content.Headers.ContentLength < plain.Length / 3);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Send_PressedManyTimesAtOnce_IsOneAnswer_AndEveryPressIsThanked(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAllAsync(Inventory, 6);
        var page = await person.OpenAsync("/review");
        var presses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.Visitor.SubmitAsync(page, [])));
        Assert.All(presses, press => Assert.Equal((302, person.Link + "/thanks"), (press.Status, press.Location)));
        Assert.Single(await round.ResponsesAsync());
        // the back button, then the same again
        Assert.Equal(person.Link + "/thanks", (await person.Visitor.SubmitAsync(page, [])).Location);
        Assert.Single(await round.ResponsesAsync());
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Parts_SavedFromManyTabsAtOnce_AreAllKept(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        var tabs = await Task.WhenAll(Enumerable.Range(1, 7).Select(part => person.OpenAsync($"/{part}")));
        var saved = await Task.WhenAll(tabs.Select((tab, i) => person.Visitor.SubmitAsync(tab, Inventory.Dimensions[i]
            .Items.ToDictionary(item => item.Id, _ => "9"))));
        Assert.All(saved, answer => Assert.Equal(302, answer.Status));
        Assert.All(Assert.Single(await round.DraftsAsync()).Answers, code => Assert.Equal(9, code));
    }

    /// <summary>The same part in two windows, opened before either was saved: what was chosen in one is not lost by saving the
    /// other.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Part_OpenInTwoTabs_KeepsWhatEachOfThemSaid(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        var (one, two) = (await person.OpenAsync("/1"), await person.OpenAsync("/1"));
        await person.Visitor.SubmitAsync(one, new() { ["cv1"] = "3", ["cv2"] = "4", ["_comment"] = "We meet often." });
        var wrong = await person.Visitor.SubmitAsync(two, new() { ["cv1"] = "9", ["cv3"] = "99" });
        Assert.Equal(400, wrong.Status);
        Assert.Equal("9", wrong.Document.QuerySelector("input[name=cv1][checked]")!.GetAttribute("value"));
        Assert.Equal("4", wrong.Document.QuerySelector("input[name=cv2][checked]")!.GetAttribute("value"));
        await person.Visitor.SubmitAsync(two, new() { ["cv1"] = "9", ["cv3"] = "dk" });
        var page = await person.OpenAsync("/1");
        Assert.Equal(["9", "4", "dk"], page.Document.QuerySelectorAll("input[checked]").Select(input => input.GetAttribute("value")));
        Assert.Equal("We meet often.", page.ValueOf("Comment"));
        await person.Visitor.SubmitAsync(page, new() { ["_comment"] = "" }); // seen, and taken out
        Assert.Equal("", (await person.OpenAsync("/1")).ValueOf("Comment"));
    }

    /// <summary>What a save leads to may show what this server saved; any other look shows what another server saved since.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Parts_SavedByAnotherServer_AreShownAndKept(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "4" });
        Assert.Equal(200, (await person.OpenAsync("/2")).Status);
        await app.DbAsync(async db =>
        {
            var row = await db.Drafts.SingleAsync(d => d.RoundId == round.Id);
            var draft = DraftContent.Open(round.Key, round.Id, new(row.Key, row.Tag, row.Content))!;
            var content = (draft with { Answers = [9, .. draft.Answers[1..]] }).Seal(round.Key, round.Id, row.Key);
            return await db.Drafts.Where(d => d.Key == row.Key).ExecuteUpdateAsync(set => set.SetProperty(d => d.Content, content));
        });
        await person.AnswerAsync(2, new() { ["of1"] = "3" });
        Assert.Equal("9", (await person.OpenAsync("/1")).Document.QuerySelector("input[checked]")!.GetAttribute("value"));
        await person.SendAsync();
        Assert.Equal((9, 3), (Assert.Single(await round.ResponsesAsync()).Answers[0], Assert.Single(await round.ResponsesAsync())
            .Answers[6]));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Store_OneOfManyFails_TheOthersAreKept(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        var store = (AnswerStore)app.Services.GetService(typeof(AnswerStore))!;
        var starts = Enumerable.Range(0, 40)
            .Select(i => Task.Run(() =>
            store.StartAsync(new(round.Id, new([.. Enumerable.Repeat((byte)Math.Max(i, 1), 16)], null, new byte[285]), null)))).ToList();
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(39, starts.Count(start => start.IsCompletedSuccessfully && start.Result));
        // two with the same key
        Assert.IsType<DbException>(Assert.Single(starts, start => start.IsFaulted).Exception!.InnerException, exactMatch: false);
        Assert.Equal(39, (await round.RowsAsync()).Count);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Draft_SavedByBackAndNext_IsGoneOnWithByTheSameLink(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "12", ["cv2"] = "dk", ["cv3"] = "skip" });
        var back = await person.AnswerAsync(2, new() { ["of1"] = "1", ["_comment"] = "later" }, "back");
        Assert.Equal(person.Link + "/1", back.Location);
        var again = await person.OpenAsync();
        Assert.Contains("Welcome back. Your answers so far are saved. Next is part three of seven.", again.Text, StringComparison.Ordinal);
        Assert.Equal(person.Link + "/3", again.Document.QuerySelector("main a.button")!.GetAttribute("href"));
        var first = await person.OpenAsync("/1");
        Assert.Equal(["12", "dk"], first.Document.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")!));
        var second = await person.OpenAsync("/2");
        Assert.Equal("later", second.ValueOf("Comment"));
        Assert.Equal(person.Link, (await person.AnswerAsync(1, [], "back")).Location);
        Assert.Equal(302, (await person.Visitor.PostAsync(person.Link + "/2", new() { ["_go"] = "next" })).Status); // sent unchanged
        Assert.Equal([12, 255, AnswerOperations.SkipCode, 0, 0, 0, 1], Assert.Single(await round.DraftsAsync()).Answers.Take(7));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task OtherDevice_WithTheShortCode_GoesOn_WithoutItSeesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var phone = new Respondent(app, await round.InviteAsync());
        await phone.StartAsync();
        var code = (await phone.OpenAsync("/1")).Document.QuerySelector("b.code")!.TextContent;
        await phone.AnswerAsync(1, new() { ["cv1"] = "12", ["_comment"] = "secret thought" });

        using var laptop = new Respondent(app, phone.Link);
        var start = await laptop.OpenAsync();
        Assert.Contains("You began on another device", start.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Replace(" ", "", StringComparison.Ordinal), start.Body.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(phone.Link + "?lost=1", (await laptop.OpenAsync("/1")).Location);
        Assert.Equal(phone.Link + "?lost=1", (await laptop.OpenAsync("/review")).Location);
        var wrong = await laptop.Visitor.SubmitAsync(start, new() { ["Code"] = "abcd efgh" }, "code");
        Assert.Equal((400, "That is not the code. Look at it again: eight letters and digits"), (wrong.Status, wrong.ErrorOf("Code")));
        var right = await laptop.Visitor.SubmitAsync(wrong, new() { ["Code"] = code.ToUpperInvariant().Replace('0', 'O')
            .Replace(' ', '-') }, "code");
        Assert.Equal((302, phone.Link), (right.Status, right.Location));
        Assert.Equal("secret thought", (await laptop.OpenAsync("/1")).ValueOf("Comment"));
        await laptop.AnswerAsync(2, new() { ["of1"] = "3" });
        Assert.Equal("3", (await phone.OpenAsync("/2")).Document.QuerySelector("input[checked]")!.GetAttribute("value"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task OtherDevice_GuessingCodes_IsStopped_AndMayStartAfresh(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var phone = new Respondent(app, await round.InviteAsync());
        await phone.StartAsync();
        var code = (await phone.OpenAsync("/1")).Document.QuerySelector("b.code")!.TextContent;
        using var stranger = new Respondent(app, phone.Link);
        var page = await stranger.OpenAsync();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(i => stranger.Visitor.SubmitAsync(page, new() { ["Code"] = $"aaaa aa{i:00}" }, "code")));
        Assert.All(guesses, guess => Assert.Equal(400, guess.Status));
        var late = await stranger.Visitor.SubmitAsync(page, new() { ["Code"] = code }, "code");
        Assert.Equal((400, "That was wrong too often. Go on where you began, or start afresh here"), (late.Status, late.ErrorOf("Code")));

        await stranger.StartAsync();
        Assert.Null((await stranger.OpenAsync("/1")).Document.QuerySelector("input[checked]"));
        await stranger.AnswerAsync(1, new() { ["cv1"] = "2" });
        Assert.Equal(200, (await stranger.OpenAsync("/2")).Status);
        Assert.Equal(302, (await phone.AnswerAsync(1, new() { ["cv1"] = "11" })).Status); // the first device goes on as before
        Assert.Equal(phone.Link + "/thanks", (await phone.SendAsync()).Location);
        Assert.Equal(phone.Link + "/thanks", (await stranger.OpenAsync("/2")).Location); // whoever sends first is the answer
        Assert.Equal(11, Assert.Single(await round.ResponsesAsync()).Answers[0]);
        Assert.Empty(await round.DraftsAsync());
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Start_OnManyDevices_KeepsTheLastFew(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        var link = await round.InviteAsync();
        for (var i = 0; i < 7; i++)
        {
            using var device = new Respondent(app, link);
            await device.StartAsync();
        }
        Assert.Equal(AnswerStore.MostDrafts, (await round.DraftsAsync()).Count);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task PersonOfTwoOrganisations_Chooses_AndIsCountedThere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync(organisation: 0, Level.Board, alsoIn: 2));
        var start = await person.OpenAsync();
        Assert.Equal(2, start.Document.QuerySelectorAll("#Organisation input").Length);
        var forged = await person.Visitor.SubmitAsync(start,
            new() { ["Organisation"] = round.Partnership.Organisations[1].Id.ToString(CultureInfo.InvariantCulture) });
        Assert.Equal(400, forged.Status);
        Assert.NotNull(forged.ErrorOf("Organisation"));
        Assert.Empty(await round.DraftsAsync());
        var third = round.Partnership.Organisations[2].Id;
        await person.StartAsync(new() { ["Organisation"] = third.ToString(CultureInfo.InvariantCulture) });
        await person.AnswerAsync(1, new() { ["cv1"] = "5" });
        await person.SendAsync();
        Assert.Equal(third, Assert.Single(await round.ResponsesAsync()).OrganisationId);
        // answering changes no invitation
        Assert.Equal(round.Partnership.Organisations[0].Id, await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id)
            .Select(i => i.OrganisationId).SingleAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Part_WithAnythingForged_Is400_AndNothingIsHalfSaved(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "4" });
        var before = Assert.Single(await round.DraftsAsync());
        foreach (var (field, value) in new[] { ("cv1", "13"), ("cv1", "0"), ("cv1", "-1"), ("cv1", "x"), ("cv1", "254"), ("cv1", "٤"),
            ("cv1", ""), ("of1", "3"), ("zz", "3"), ("Organisation", "1"), ("Level", "Board"), ("round", "1") })
        {
            var answer = await person.AnswerAsync(1, new() { ["cv2"] = "7", [field] = value, ["_comment"] = "typed" });
            Assert.True(answer.Status == 400, $"{field}={value} gave {answer.Status}");
            Assert.Contains("Nothing was saved", answer.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("typed", answer.ValueOf("Comment"));
            Assert.Equal("7", answer.Document.QuerySelector("input[name=cv2][checked]")!.GetAttribute("value"));
        }
        using var twice =
            new StringContent("cv1=3&cv1=4&_go=next") { Headers = { ContentType = new("application/x-www-form-urlencoded") } };
        Assert.Equal(400, (await person.Visitor.SendRawAsync(person.Link + "/1", twice)).Status);
        var lengthy = await person.AnswerAsync(1, new() { ["cv2"] = "7", ["_comment"] = new string('ŵ',
            AnswerOperations.CommentLength + 1) });
        Assert.Equal((400, AnswerOperations.CommentLength + 1), (lengthy.Status, lengthy.ValueOf("Comment")!.Length));
        Assert.Contains("Shorten this to 1,000 characters", lengthy.ErrorOf("Comment"), StringComparison.Ordinal);
        var after = Assert.Single(await round.DraftsAsync());
        Assert.Equal(before.Answers, after.Answers);
        Assert.Equal((before.Comments, before.Pages), (after.Comments, after.Pages));
        Assert.Equal(302, (await person.AnswerAsync(1, new() { ["_comment"] = new string('ŵ',
            AnswerOperations.CommentLength - 2) + "\r\n" + "x" })).Status); // a line break counts once
        foreach (var page in new[] { "/0", "/8", "/999" }) Assert.Equal(person.Link, (await person.OpenAsync(page)).Location);
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsRefused()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        var link = await round.InviteAsync();
        using var client = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([]),
            Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Empty(await round.DraftsAsync());
    }

    [Fact]
    public async Task Send_WithNothingAnswered_IsRefusedKindly()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "skip" });
        var answer = await person.SendAsync();
        Assert.Equal(400, answer.Status);
        Assert.Contains("There is nothing to send yet", answer.Text, StringComparison.Ordinal);
        Assert.Empty(await round.ResponsesAsync());
        await person.AnswerAsync(1, new() { ["_comment"] = "Only words." });
        Assert.Equal(person.Link + "/thanks", (await person.SendAsync()).Location);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Round_ClosedOnTheWay_TakesNothingMore(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        using var late = new Respondent(app, await round.InviteAsync());
        var lateStart = await late.OpenAsync();
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "4" });
        var (part, review) = (await person.OpenAsync("/2"), await person.OpenAsync("/review"));
        await round.MoveToAsync(RoundState.Closed);
        foreach (var answer in new[] { await person.Visitor.SubmitAsync(part, new() { ["of1"] = "3" }),
            await person.Visitor.SubmitAsync(review, []), await late.Visitor.SubmitAsync(lateStart, []) }) Assert.Equal(302, answer.Status);
        var start = await person.OpenAsync();
        Assert.Equal((410, "The round is closed"), (start.Status, start.Heading));
        Assert.Empty(await round.ResponsesAsync());
        Assert.Equal(0, Assert.Single(await round.DraftsAsync()).Answers[6]);
    }

    /// <summary>The store itself keeps the gate: pages looked before, the round closed, then the write came.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Store_RoundNoLongerOpen_RefusesBeginningAndSending(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "4" });
        var store = (AnswerStore)app.Services.GetService(typeof(AnswerStore))!;
        var hash = TestRound.HashOf(person.Link);
        var draft = Assert.Single(await round.RowsAsync());
        var standing = (await store.FindAsync(hash, draft.Key))!;
        var tag = round.Key.Tag(SealedAnswers.AnsweredTag, standing.Invitation!.Id);
        Sending Of(SealedDraft seen, byte[]? link) =>
            new(seen, new() { Key = Guid.CreateVersion7().ToByteArray(), RoundId = round.Id, Content = seen.Content }) { Answered = tag,
            SecretHash = link };
        Assert.False(await store.SendAsync(Of(standing.Draft! with { Content = new byte[285] }, hash)));
        Assert.False(await store.SendAsync(Of(standing.Draft!, new byte[32])));
        await round.MoveToAsync(RoundState.Closed);
        Assert.False(await store.SendAsync(Of(standing.Draft!, hash)));
        Assert.False(await store.StartAsync(new(round.Id, new(new byte[16], tag, new byte[285]), null)));
        await round.MoveToAsync(RoundState.Open);
        await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == round.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ClosingBegun, true)));
        Assert.False(await store.SendAsync(Of(standing.Draft!, hash))); // its answers are being worked out
        Assert.False(await store.SaveAsync(standing.Draft!, new byte[285]));
        Assert.Empty(await round.ResponsesAsync());
        await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == round.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ClosingBegun, false)));
        Assert.True(await store.SendAsync(Of(standing.Draft!, hash)));
        Assert.False(await store.SendAsync(Of(standing.Draft!, hash)));
    }

    /// <summary>What was acknowledged is in the files, not only in the memory of the program.</summary>
    [Fact]
    public async Task Sqlite_ThankYou_MeansTheFilesHaveIt()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "4" });
        await person.SendAsync();
        var copy = Directory.CreateTempSubdirectory("colead-copy-").FullName;
        foreach (var file in new[] { "colead.db", "colead.db-wal" }) File.Copy(Path.Combine(app.Settings.DataFolder, file),
            Path.Combine(copy, file));
        await using (var db = ColeadDatabase.Choose(null, copy).Open()) Assert.Equal(1,
            await db.Responses.CountAsync(r => r.RoundId == round.Id));
        Directory.Delete(copy, recursive: true);
    }

    private static string Word(int number) => new[] { "one", "two", "three", "four", "five", "six", "seven" }[number - 1];
}
