using Colead.Analysis.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Inventory;

/// <summary>What respondents are told: the promise, dead ends, languages; and what nobody is told.</summary>
public class RespondentPagesTests(House house)
{
    private async Task<string> PromiseAsync(Action<Round>? set = null, int?[]? folds = null, string query = "")
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app, set, folds: folds);
        using var person = new Respondent(app, await round.InviteAsync());
        return (await person.OpenAsync(query)).Text;
    }

    [Fact]
    public async Task Promise_Thresholds_AreTheRounds()
    {
        var text = await PromiseAsync(r => (r.MeansFrom, r.DetailsFrom) = (8, 14));
        Assert.Contains("No average of fewer than eight people is shown.", text, StringComparison.Ordinal);
        Assert.Contains("comments are shown only from 14 people", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promise_Folds_AreNamed_AndAFoldOfOneIsNotShown()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app, folds: [1, 1, 2]);
        using var person = new Respondent(app, await round.InviteAsync());
        var text = (await person.OpenAsync()).Text;
        var names = round.Partnership.Organisations.Select(o => o.Name).ToList();
        Assert.Contains($"these are shown as one: {names[0]} and {names[1]}.", text, StringComparison.Ordinal);
        Assert.Contains($"{names[2]} is not shown by itself.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("shown as one", await PromiseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promise_NoOrganisationRows_IsSaid_AndFoldsAreNot()
    {
        var text = await PromiseAsync(r => r.OrganisationRows = false, [1, 1, null]);
        Assert.Contains("Results of single organisations are not shown at all.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("shown as one", text, StringComparison.Ordinal);
        Assert.Contains("An organisation is shown as a whole only", await PromiseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promise_OpenLink_IsSaidWhereThereIsOne()
    {
        Assert.Contains("There is also an open link", await PromiseAsync(r => r.OpenLink = "estuary-a"), StringComparison.Ordinal);
        Assert.DoesNotContain("open link", await PromiseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promise_RetentionContactAndClosing_AreTheRounds()
    {
        var text = await PromiseAsync(r => (r.KeptYears, r.Contact, r.ClosesAt) = (3, "Sal Marsh, sal@example.org",
            new DateTime(2031, 7, 1, 16, 0, 0, DateTimeKind.Utc)));
        Assert.Contains("The findings are deleted three years after the round closes.", text, StringComparison.Ordinal);
        Assert.Contains("for three years after that", text, StringComparison.Ordinal);
        Assert.Contains("Questions? Ask Sal Marsh, sal@example.org.", text, StringComparison.Ordinal);
        Assert.Contains("Open until 1 July 2031 at 17:00.", text, StringComparison.Ordinal);
    }

    /// <summary>Three sentences first; what holds until closing, and who could all the same, below them. No "nobody" and no "never" of
    /// people without its "until" or "unless" beside it.</summary>
    [Fact]
    public async Task Promise_Always_SaysWhatHolds_UntilWhen_AndWhoCouldAllTheSame()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        var page = await person.OpenAsync();
        Assert.Equal(
            [
                "Colead shows nobody what you answered, or whether you did.",
                "No average of fewer than five people is shown.",
                "When the round closes, the key to all answers is destroyed; from then on nobody can look yours up, unless the computer was copied before.",
            ], page.Document.QuerySelectorAll(".promise li").Select(line => line.TextContent.Trim()));
        foreach (var part in new[]
        {
            "Until the round closes, whoever runs the computer that stores the answers could look at them.",
            "The coordinator reads comments after closing, without names",
            "Whoever reads your mail could see that your link was used, or use it before you.",
            "An employer can watch its own devices and network: use your own.",
            "Four colleagues who pool their answers could work out what one more person beside them answered.",
            "Whoever prints the slips could use those that nobody drew, and so invent people, too.",
            "A sent answer cannot be changed or taken back",
            "It takes about ten minutes.",
            "Privacy notice",
        }) Assert.Contains(part, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("links with a program of their own", page.Text, StringComparison.Ordinal); // this round has no mail merge
        Assert.Contains("links with a program of their own", await PromiseAsync(r => r.Ways = [RoundWay.Merge]), StringComparison.Ordinal);
        Assert.DoesNotContain("Whoever reads your mail", await PromiseAsync(r => r.Ways = [RoundWay.Paper]), StringComparison.Ordinal);
    }

    /// <summary>Who confirmed the list is told, and what it means.</summary>
    [Theory, InlineData(true, "only those count whom somebody other than who wrote them down has confirmed"),
        InlineData(false, "was confirmed by nobody other than who wrote it. Whoever wrote it could have invented people")]
    public async Task Promise_OfTheList_FollowsWhoConfirmedIt(bool confirmed, string said)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        await app.DbAsync(db => db.Set<RoundOrganisation>().Where(o => o.RoundId == round.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.ListConfirmed, confirmed)));
        using var person = new Respondent(app, await round.InviteAsync());
        Assert.Contains(said, (await person.OpenAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>Invented people anywhere stand beside one in what is shown of all; so of other lists it is told as well.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Promise_OfOtherLists_SaysWhereNobodyConfirmedThem(bool confirmed)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        var own = round.Partnership.Organisations[0].Id;
        await app.DbAsync(db => db.Set<RoundOrganisation>().Where(o => o.RoundId == round.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.ListConfirmed, o => o.OrganisationId == own || confirmed)));
        using var person = new Respondent(app, await round.InviteAsync());
        var text = (await person.OpenAsync()).Text;
        Assert.Contains("only those count whom somebody other than who wrote them down has confirmed", text, StringComparison.Ordinal);
        Assert.Equal(!confirmed, text.Contains("Some lists of other organisations were confirmed by nobody other than who wrote them",
            StringComparison.Ordinal));
    }

    /// <summary>Whether a copy of the key is kept apart is the operator's to say.</summary>
    [Theory, InlineData(null, "may keep one copy of the key"), InlineData(true, "One copy of the key"),
        InlineData(false, "No copy of the key")]
    public async Task Promise_OfCopiesOfTheKey_FollowsTheSetting(bool? copied, string said)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.KeysCopied = copied);
        using var person = new Respondent(app, await (await TestRound.MakeAsync(app)).InviteAsync());
        Assert.Contains(said, (await person.OpenAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>Every setting of the promise shows in Welsh, too.</summary>
    [Fact]
    public async Task Promise_InWelsh_FollowsTheSettings()
    {
        var text = await PromiseAsync(r => (r.MeansFrom, r.DetailsFrom, r.KeptYears, r.OpenLink) = (8, 14, 3, "estuary-b"), [1, 1, 2],
            "?lang=cy");
        foreach (var part in new[] { "lai na 8 o bobl", "o 14 o bobl", "3 mlynedd ar ôl", "Mae dolen agored hefyd",
            "dangosir y rhain fel un", "ar ei ben ei hun", "Jo Tide" }) Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task DeadEnds_Each_HaveAHelpfulPage(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await TestRound.MakeAsync(app);
        async Task ExpectAsync(string link, int status, string heading, string words)
        {
            using var visitor = app.Visitor();
            var page = await visitor.GetAsync(link);
            Assert.Equal((status, heading), (page.Status, page.Heading));
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
            Assert.Null(page.Document.QuerySelector("form"));
        }

        await ExpectAsync("/a/" + new string('0', 26), 404, "We do not know this link", "type the code again");
        await ExpectAsync("/a/short", 404, "We do not know this link", "type the code again");
        await ExpectAsync("/a/" + new string('x', 3000), 404, "We do not know this link", "type the code again");
        var (replaced, withdrawn, gone, closed) = (await round.InviteAsync(), await round.InviteAsync(), await round.InviteAsync(),
            await round.InviteAsync());
        await app.DbAsync(async db =>
        {
            foreach (var (link, end) in new[] { (replaced, LinkEnd.Replaced), (withdrawn, LinkEnd.Withdrawn), (closed, LinkEnd.Closed) })
            {
                var hash = TestRound.HashOf(link);
                await db.Set<Invitation>().Where(i => i.SecretHash == hash).ExecuteDeleteAsync();
                db.Set<FormerLink>().Add(new() { SecretHash = hash, RoundId = round.Id, End = end });
            }
            var taken = TestRound.HashOf(gone);
            await db.Set<Invitation>().Where(i => i.SecretHash == taken).ExecuteUpdateAsync(set => set.SetProperty(i => i.Withdrawn, true));
            return await db.SaveChangesAsync();
        });
        await ExpectAsync(replaced, 410, "There is a newer link for you", "Jo Tide, jo@example.org");
        await ExpectAsync(withdrawn, 410, "This invitation was taken back", "Jo Tide, jo@example.org");
        await ExpectAsync(gone, 410, "This invitation was taken back", "Jo Tide, jo@example.org");
        var other = await round.InviteAsync();
        await round.MoveToAsync(RoundState.Draft);
        await ExpectAsync(other, 200, "The questions are not open yet", "Your link is right.");
        await round.MoveToAsync(RoundState.Cancelled);
        await ExpectAsync(other, 410, "This round was cancelled", "No answer that was given is shown");
        await round.MoveToAsync(RoundState.Published);
        foreach (var link in new[] { other, closed, replaced }) await ExpectAsync(link, 410, "The round is closed",
            "Thank you for coming.");
    }

    [Fact]
    public async Task ReplacedLink_StartsEmpty()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        var code = (await person.OpenAsync("/1")).Document.QuerySelector("b.code")!.TextContent;
        var old = TestRound.HashOf(person.Link);
        var someone = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.SecretHash == old).Select(i => i.PersonId).SingleAsync());
        await app.DbAsync(db => db.Set<Invitation>().Where(i => i.SecretHash == old)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Replaced, true)));
        var newer = await round.InvitePersonAsync(someone!.Value, 0, Level.Frontline);
        Assert.Equal("There is a newer link for you", (await person.OpenAsync()).Heading);
        Assert.Equal(302, (await person.OpenAsync("/1")).Status);
        using var again = new Respondent(app, newer);
        var start = await again.OpenAsync();
        Assert.DoesNotContain("another device", start.Document.QuerySelector("form")!.TextContent, StringComparison.Ordinal);
        Assert.Null(start.Document.QuerySelector("#Code"));
        Assert.Equal(302, (await again.Visitor.SendAsync(again.Link + "?handler=code", new() { ["Code"] = code })).Status);
        Assert.Equal(again.Link + "?lost=1", (await again.OpenAsync("/1")).Location);
    }

    [Fact]
    public async Task Languages_ChosenOnTheWay_KeepWhatWasTyped_AndSayTheirs()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        using var person = new Respondent(app, await round.InviteAsync());
        var start = await person.OpenAsync();
        Assert.Equal(("en", "cy"), (start.Document.DocumentElement.GetAttribute("lang"),
            start.Document.QuerySelector("a.language")!.GetAttribute("lang")));
        var welsh = await person.OpenAsync("?lang=cy");
        Assert.Equal(("cy", "Rhestr arweinyddiaeth ar y cyd"), (welsh.Document.DocumentElement.GetAttribute("lang"), welsh.Heading));
        await person.Visitor.SubmitAsync(welsh, []);
        var page = await person.OpenAsync("/1");
        Assert.Equal(("cy", "Gweledigaeth ar y cyd"), (page.Document.DocumentElement.GetAttribute("lang"), page.Heading));
        Assert.Contains("Ddim yn gwybod", page.Text, StringComparison.Ordinal);
        Assert.Equal("en", page.Document.QuerySelector("button.language")!.GetAttribute("lang"));
        Assert.Equal(person.Link + "/1", (await person.AnswerAsync(1, new() { ["cv1"] = "6" }, "en")).Location);
        page = await person.OpenAsync("/1");
        Assert.Equal(("en", "6"), (page.Document.DocumentElement.GetAttribute("lang"),
            page.Document.QuerySelector("input[checked]")!.GetAttribute("value")));
        foreach (var path in new[] { "?lang=xx", "?lang=%00", "?lang=" + new string('c', 999) }) Assert.Equal(200,
            (await person.OpenAsync(path)).Status);
    }

    /// <summary>Who answered in Welsh is thanked in Welsh, also when the button was pressed twice, and told in Welsh where a page leads
    /// nowhere any more.</summary>
    [Fact]
    public async Task Welsh_IsKeptToTheEnd()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app, r => r.OpenLink = "estuary-cy");
        async Task ExpectAsync(Respondent person, Colead.Tests.Support.Answer answer, string heading)
        {
            Assert.Equal(302, answer.Status);
            var page = await person.Visitor.GetAsync(answer.Location!);
            while (page.Status == 302) page = await person.Visitor.GetAsync(page.Location!);
            Assert.Equal(("cy", heading), (page.Document.DocumentElement.GetAttribute("lang"), page.Heading));
        }

        foreach (var (link, fields) in new[] { (await round.InviteAsync(), new Dictionary<string, string>()),
            ("/open/estuary-cy", new() { ["Organisation"] = "none", ["Level"] = "Citizen" }) })
        {
            using var person = new Respondent(app, link);
            var start = await person.OpenAsync("?lang=cy");
            await person.Visitor.SubmitAsync(start, fields);
            var part = await person.OpenAsync("/1");
            await person.Visitor.SubmitAsync(part, new() { ["cv1"] = "6" });
            var review = await person.OpenAsync("/review");
            await ExpectAsync(person, await person.Visitor.SubmitAsync(review, []), "Diolch. Mae eich atebion wedi cyrraedd.");
            await ExpectAsync(person, await person.Visitor.SubmitAsync(review, []), "Diolch. Mae eich atebion wedi cyrraedd.");
            await ExpectAsync(person, await person.Visitor.SubmitAsync(part, new() { ["cv1"] = "7" }),
                "Diolch. Mae eich atebion wedi cyrraedd.");
        }

        using var late = new Respondent(app, await round.InviteAsync());
        var late1 = await late.OpenAsync("?lang=cy");
        await late.Visitor.SubmitAsync(late1, []);
        var late2 = await late.OpenAsync("/1");
        using var typing = new Respondent(app, await round.InviteAsync());
        var typed = await typing.Visitor.SubmitAsync(await typing.Visitor.GetAsync("/answer?lang=cy"),
            new() { ["Code"] = typing.Link[3..].ToUpperInvariant() });
        await ExpectAsync(typing, typed, "Rhestr arweinyddiaeth ar y cyd");
        await round.MoveToAsync(RoundState.Closed);
        await ExpectAsync(late, await late.Visitor.SubmitAsync(late1, []), "Mae'r rownd wedi cau");
        await ExpectAsync(late, await late.Visitor.SubmitAsync(late2, new() { ["cv1"] = "7" }), "Mae'r rownd wedi cau");
        var unknown = await late.Visitor.GetAsync("/a/mistyped?lang=cy");
        Assert.Equal("/answer?lang=cy", unknown.Document.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task OwnInstrument_OfAnotherLanguageAndShape_IsShownAsItIs()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        const string File =
            """
            {"id":"mine","version":"1","languages":{"pl":"reviewed"},"titles":{"pl":"Nasza ankieta"},"scale":{"lowest":0,"highest":3,"anchors":{"pl":["Nigdy","Czasem","Zwykle","Zawsze"]}},
             "dimensions":[{"id":"one","names":{"pl":"Razem"},"descriptions":{"pl":"Opis"},"items":[{"id":"go","texts":{"pl":"Rozmawiamy"}},{"id":"comment","texts":{"pl":"Działamy"}}]}]}
            """;
        var round = await TestRound.MakeAsync(app, instrument: InstrumentFile.Read(File).Instrument!);
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        var page = await person.OpenAsync("/1");
        Assert.Equal(("en", "pl"), (page.Document.DocumentElement.GetAttribute("lang"),
            page.Document.QuerySelector("h1")!.GetAttribute("lang")));
        Assert.Equal(["0", "1", "2", "3"], page.Document.QuerySelectorAll("fieldset:first-of-type .scale b").Select(b => b.TextContent));
        Assert.Equal(person.Link + "/review", (await person.AnswerAsync(1, new() { ["go"] = "1", ["comment"] = "4" })).Location);
        Assert.Contains("3 – Zawsze", (await person.OpenAsync("/review")).Text, StringComparison.Ordinal);
        await person.SendAsync();
        Assert.Equal([1, 4], Assert.Single(await round.ResponsesAsync()).Answers);
    }

    [Fact]
    public async Task TypedCode_InAnyHand_LeadsToTheQuestions()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        var link = await round.InviteAsync();
        var code = link[3..];
        using var visitor = app.Visitor();
        foreach (var typed in new[] { code, code.ToUpperInvariant(), " " + string.Join("-", code.Chunk(4).Select(c => new string(c)))
            + " ", code.Replace('0', 'O').Replace('1', 'l'), "https://colead.example.org" + link })
            Assert.Equal((302, link), ((await visitor.PostAsync("/answer", new() { ["Code"] = typed })) is var a ? (a.Status, a.Location)
                : default));
        foreach (var typed in new[] { "", "hello", code[..25], code + "x", new string('0', 5000) })
        {
            var wrong = await visitor.PostAsync("/answer", new() { ["Code"] = typed });
            Assert.Equal((400, "This is not a whole code. Compare it with your letter, group by group"),
                (wrong.Status, wrong.ErrorOf("Code")));
        }
        Assert.Equal((302, link), (await visitor.GetAsync("/a/" + code.ToUpperInvariant())) is var upper ? (upper.Status, upper.Location)
            : default);
    }

    [Fact]
    public async Task TypedCode_TriedTooOften_Is429()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.AttemptsPerMinute = 2);
        using var visitor = app.Visitor();
        var page = await visitor.GetAsync("/answer");
        for (var i = 0; i < 2; i++) Assert.Equal(400, (await visitor.SubmitAsync(page, new() { ["Code"] = "x" })).Status);
        Assert.Equal(429, (await visitor.SubmitAsync(page, new() { ["Code"] = "x" })).Status);
    }

    /// <summary>Whatever the operator sets for logs, no address of a respondent gets into them; nor does the audit trail hear of
    /// answering.</summary>
    [Fact]
    public async Task Answering_IsNeitherLoggedNorAudited()
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(Engine.Sqlite, adjust: builder =>
        {
            builder.Configuration["Logging:LogLevel:Default"] = "Trace";
            builder.Logging.AddProvider(heard);
        });
        var round = await TestRound.MakeAsync(app, r => r.OpenLink = "estuary-log");
        var before = await app.DbAsync(db => db.AuditEntries.CountAsync());
        using var person = new Respondent(app, await round.InviteAsync());
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["cv1"] = "6", ["_comment"] = "whispered words" });
        await person.AnswerAsync(1, new() { ["cv1"] = "99" });
        await person.SendAsync();
        await person.OpenAsync("/thanks");
        await person.Visitor.GetAsync("/a/" + new string('0', 26));
        await person.Visitor.GetAsync("/open/estuary-log");
        Assert.Equal(before, await app.DbAsync(db => db.AuditEntries.CountAsync()));
        Assert.NotEmpty(heard.Messages); // the listener does hear
        foreach (var trace in new[] { person.Link[3..], "/a/", "/open/", "whispered" }) Assert.DoesNotContain(heard.Messages,
            message => message.Contains(trace, StringComparison.OrdinalIgnoreCase));
    }
}
