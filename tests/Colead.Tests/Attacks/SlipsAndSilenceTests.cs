using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Publishing;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>
/// Slips are nobody's, and people may be known to be silent: what both could tell. Through the pages, from the list to the published file.
/// </summary>
public class SlipsAndSilenceTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "nine invented people without an address, whose slips all say that they sit on the board, first or last",
        "to work out the 30 answers of the one board member who answered", "none")]
    public async Task Lead_WhoseInventedPeopleSayTheySitOnTheBoard_LearnsNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var late in new[] { true, false })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            for (var i = 0; i < 20; i++)
                await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2, i < 10 ? Level.Frontline : Level.Middle);
            var board = new List<long>();
            for (var i = 0; i < 10; i++) board.Add(await stage.AddAsync($"Board {i}", TestApp.NewEmail(), Level.Board));
            for (var i = 0; i < 24; i++) await stage.AddAsync($"Volunteer {i}");
            await stage.ConfirmAsync(stage.Coordinator);
            for (var i = 0; i < 9; i++) await stage.AddAsync($"Invented {i}");
            var round = await stage.OpenAsync();
            var links = await app.LinksAsync(round);
            var slips = await stage.SlipsAsync(round);
            Assert.Equal(33, slips.Count);
            var random = new SeededRandom(11);
            var real = Answers(random);
            var known = Enumerable.Range(0, 9).Select(_ => Answers(random)).ToList();
            if (!late) await InventedAsync();
            foreach (var slip in slips.Skip(9)) await stage.AnswerAsync(slip, Answers(random), "Frontline");
            foreach (var (_, link) in links.Where(l => !board.Contains(l.Key))) await stage.AnswerAsync(link, Answers(random));
            await stage.AnswerAsync(links[board[3]], real);
            if (late) await InventedAsync();
            var publication = await stage.PublishAsync(round);
            Assert.Equal(0, Recovered(publication, known, real));
            Assert.All(publication.Members.Levels.Single(l => l.Level == "board").Dimensions, d => Assert.NotNull(d.Withheld));

            async Task InventedAsync()
            {
                for (var i = 0; i < 9; i++) await stage.AnswerAsync(slips[i], known[i], "Board");
            }
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "four invented people, whose slips lie in a sector's envelope and say another organisation",
        "to have that organisation shown with one answer in it", "it is not shown")]
    public async Task Lead_WhoseInventedPeopleSayTheyAreAnothers_LearnsNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        await app.DbAsync(db => db.Set<Organisation>().Where(o => o.PartnershipId == p.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Sector, Sector.Voluntary)));
        var other = new List<long>();
        for (var i = 0; i < 8; i++) other.Add(await p.PersonAsync($"B {i}", TestApp.NewEmail(), 1));
        for (var i = 0; i < 20; i++) await p.PersonAsync($"C {i}", TestApp.NewEmail(), 2);
        for (var i = 0; i < 4; i++) await p.PersonAsync($"C paper {i}", null, 2);
        for (var i = 0; i < 12; i++) await p.PersonAsync($"A {i}", TestApp.NewEmail(), 0);
        for (var i = 0; i < 4; i++) await stage.AddAsync($"Invented {i}");
        var round = await stage.OpenAsync();
        var links = await app.LinksAsync(round);
        var slips = await stage.SlipsAsync(round);
        Assert.Equal(8, slips.Count);
        var random = new SeededRandom(21);
        foreach (var slip in slips.Skip(4)) await stage.AnswerAsync(slip, Answers(random), "Frontline", 2);
        foreach (var (_, link) in links.Where(l => !other.Contains(l.Key))) await stage.AnswerAsync(link, Answers(random));
        await stage.AnswerAsync(links[other[0]], Answers(random));
        foreach (var slip in slips.Take(4)) await stage.AnswerAsync(slip, Answers(random), "Frontline", 1);
        Assert.All(stage.Organisation(await stage.PublishAsync(round), 1).Dimensions, d => Assert.NotNull(d.Withheld));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever prints the slips", "every link on the sheet, looked at and begun with after each answer",
        "to count how many have answered", "each looks the same, until somebody sends by it")]
    public async Task Printer_OfSlips_CannotCountThoseUsed(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        for (var i = 0; i < 6; i++) await stage.AddAsync($"Real {i}");
        for (var i = 0; i < 12; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
        await stage.ConfirmAsync(stage.Coordinator);
        var round = await stage.OpenAsync();
        var organisation = p.Organisations[0].Id.ToString(CultureInfo.InvariantCulture);
        var sheet = await stage.Lead.ForgeAsync(InvitationsLinks.Invitations(p.Id, round.Id), InvitationsLinks.Slips(p.Id, round.Id),
            new() { ["Organisation"] = organisation });
        Assert.Equal(200, sheet.Status);
        var codes = sheet.Document.QuerySelectorAll(".letter-code")
            .Select(c => string.Concat(c.QuerySelectorAll("span").Select(x => x.TextContent))).ToList();
        Assert.Equal(6, codes.Count);
        var begun = new List<Respondent>(); // the printer begins with each, and finds each as it was left
        foreach (var code in codes) begun.Add(new Respondent(app, AnswerLinks.Answer(code)));
        foreach (var one in begun) await one.StartAsync(new() { ["Level"] = "Frontline" });
        var random = new SeededRandom(2);
        var seen = await LookAsync();
        for (var answered = 0; answered < 6; answered++)
        {
            await stage.AnswerAsync(AnswerLinks.Answer(codes[answered]), Answers(random), "Frontline");
            Assert.Equal(seen, await LookAsync());
        }
        // Who sends by a used one is told, and what they sent is not taken.
        await begun[0].AnswerAsync(1, new() { ["cv1"] = "5" });
        var sent = await begun[0].SendAsync();
        Assert.Equal(302, sent.Status);
        Assert.Equal("This link has been used", (await begun[0].OpenAsync()).Heading);
        Assert.Equal(6, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));
        foreach (var one in begun) one.Dispose();

        async Task<string> LookAsync()
        {
            var pages = new List<string>();
            for (var i = 0; i < codes.Count; i++)
            {
                using var look = app.Visitor();
                var page = await look.GetAsync(AnswerLinks.Answer(codes[i]));
                var wrong = await look.SubmitAsync(page, new() { ["Code"] = "0000 0000" }, "code");
                var own = await begun[i].OpenAsync();
                pages.AddRange(new[] { page, wrong,
                    own }.Select(a => $"{a.Status} {a.Body.Replace(codes[i], "", StringComparison.Ordinal)}"));
            }
            return string.Join('\n', pages);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "a copy of the questionnaire, asked at once of a list without one person",
        "to subtract one round from the other", "the second opens 90 days later")]
    public async Task Coordinator_WithACopyOfTheQuestionnaire_WaitsAllTheSame(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        await stage.AskedAsync();
        var copied = await stage.Coordinator.SubmitAsync(await stage.Coordinator.GetAsync(InstrumentsLinks.Instruments(p.Id)),
            new() { ["From"] = "inventory-12" }, "copy");
        var again = await app.DraftRoundAsync(p);
        Assert.Equal(302, (await stage.Coordinator.PostAsync(RoundsLinks.Questionnaire(p.Id, again.Id),
            new() { ["Instrument"] = copied.Location!.Split('/')[^1], ["Language[en]"] = "true" })).Status);
        Assert.Contains("90 days", (await stage.Coordinator.GetAsync(RoundsLinks.Round(p.Id, again.Id))).Text, StringComparison.Ordinal);
        await stage.Coordinator.ForgeAsync(RoundsLinks.Round(p.Id, again.Id), RoundsLinks.Open(p.Id, again.Id), []);
        Assert.Equal(RoundState.Draft, await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == again.Id).Select(r => r.State)
            .SingleAsync()));
    }

    /// <summary>Whoever joins without an address gets no slip: slips that do not count would be taken for those that do.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "nine joiners without an address, in a round with slips and in one without",
        "to get slips that nobody confirmed", "none is made, and the page says why")]
    public async Task Joiners_WithoutAnAddress_GetNoSlip(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var (slips, why) in new[] { (0, "This round has no slips. Add their addresses"),
            (6, "Slips are for people who were on the list when the round opened. Add") })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            for (var i = 0; i < 12; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
            for (var i = 0; i < slips; i++) await p.PersonAsync($"Paper {i}", null, 0);
            var round = await stage.OpenAsync(r => r.Ways = slips == 0 ? [RoundWay.Merge] : [RoundWay.Merge, RoundWay.Paper]);
            for (var i = 0; i < 9; i++) await stage.AddAsync($"Joiner {i}");
            var page = await stage.Lead.GetAsync(InvitationsLinks.Invitations(p.Id, round.Id));
            Assert.Contains(why, page.Text, StringComparison.Ordinal);
            await stage.Lead.ForgeAsync(page.Path, page.Path + "?handler=joiners", []);
            Assert.Equal(slips, (await stage.SlipsAsync(round)).Count);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "five addresses that the mail server refused, and the number of answers",
        "to read that everybody else answered", "the number is not told")]
    public async Task Coordinator_WithRefusedLetters_DoesNotReadThatEverybodyElseAnswered(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        for (var i = 0; i < 5; i++) await p.PersonAsync($"Bounced {i}", $"refused{i}@example.org", 0);
        for (var i = 0; i < 40; i++) await p.PersonAsync($"Person {i}", $"p{i}@example.org", i % 3);
        var round = await stage.OpenAsync();
        await server.HasAsync(app, 40);
        var random = new SeededRandom(4);
        var links = await app.LinksAsync(round);
        var bounced = await app.DbAsync(db => db.Set<Person>().Where(x => x.PartnershipId == p.Id && x.Name.StartsWith("Bounced"))
            .Select(x => x.Id).ToListAsync());
        foreach (var (_, link) in links.Where(l => !bounced.Contains(l.Key))) await stage.AnswerAsync(link, Answers(random));
        var published = (await stage.PublishAsync(round)).Members.All;
        Assert.Equal(45, published.Invited);
        Assert.Null(published.Answered);
    }

    /// <summary>
    /// A group that has exactly five who can answer is shown where all five did: said where five were asked, and not made so.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "seven of twelve links taken back at once, and what is shown of the rest",
        "to tell whether all five who were left answered", "they are not shown either way; of five asked the start page says it")]
    public async Task Group_WithFiveLeft_IsNotShown_AndOfFiveAskedItIsSaid(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var (people, withdrawn, shown) in new[] { (5, 0, true), (12, 7, false), (13, 7, true) })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            var own = new List<long>();
            for (var i = 0; i < people; i++) own.Add(await p.PersonAsync($"Own {i}", TestApp.NewEmail(), 0));
            for (var i = 0; i < 40; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
            var round = await stage.OpenAsync();
            var links = await app.LinksAsync(round);
            foreach (var person in own.Take(withdrawn)) await stage.TakeBackAsync(round, person, stage.Lead);
            using (var look = app.Visitor())
                Assert.Contains("it is shown only if all five answered", (await look.GetAsync(links[own[^1]])).Text,
                    StringComparison.Ordinal);
            var random = new SeededRandom(8);
            foreach (var person in own.Skip(withdrawn)) await stage.AnswerAsync(links[person], Answers(random));
            foreach (var (_, link) in links.Where(l => !own.Contains(l.Key)).Take(30)) await stage.AnswerAsync(link, Answers(random));
            var group = stage.Organisation(await stage.PublishAsync(round), 0);
            Assert.All(group.Dimensions, d => Assert.Equal(shown, d.Withheld is null));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A reader of copies, and a coordinator", "an invitation taken back and given back while its draft is there",
        "to learn which draft is whose, and see it become an answer", "no draft comes or goes with it")]
    public async Task Reader_OfCopies_LearnsNoDraftFromAnInvitationTakenBack(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        var people = new List<long>();
        for (var i = 0; i < 12; i++) people.Add(await p.PersonAsync($"Person {i}", TestApp.NewEmail(), 0));
        var round = await stage.OpenAsync();
        var links = await app.LinksAsync(round);
        using var victim = new Respondent(app, links[people[4]]);
        await victim.StartAsync();
        await victim.AnswerAsync(1, new() { ["cv1"] = "5" });
        var before = await DraftsAsync();
        await stage.TakeBackAsync(round, people[4], stage.Coordinator);
        Assert.Equal(before, await DraftsAsync());
        await victim.OpenAsync(); // a page that shows what was saved a moment ago
        Assert.Equal("This invitation was taken back", (await victim.OpenAsync()).Heading);
        await stage.GiveBackAsync(round, people[4], stage.Coordinator);
        Assert.Equal(before, await DraftsAsync());
        Assert.Equal(302, (await victim.SendAsync()).Status); // what was saved is there
        Assert.Equal(1, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));

        Task<List<string>> DraftsAsync() => app.DbAsync(async db => (await db.Drafts.Where(d => d.RoundId == round.Id)
            .OrderBy(d => d.Key).ToListAsync()).ConvertAll(d => Convert.ToHexString(d.Key) + Convert.ToHexString(d.Tag!)
                + Convert.ToHexString(d.Content)));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever prints the slips", "many devices begun with one slip, so that an old draft should go",
        "to read from a draft that is gone whether others began or sent", "none goes, and an honest one is there to be sent")]
    public async Task Drafts_OfASlip_AreNotDroppedByOthers(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 6; i++) await stage.AddAsync($"Real {i}");
        for (var i = 0; i < 12; i++) await stage.Partnership.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
        await stage.ConfirmAsync(stage.Coordinator);
        var round = await stage.OpenAsync();
        var slips = await stage.SlipsAsync(round);
        using var honest = new Respondent(app, slips[0]);
        await honest.StartAsync(new() { ["Level"] = "Frontline" });
        await honest.AnswerAsync(1, new() { ["cv1"] = "5" });
        for (var i = 0; i < 7; i++)
        {
            using var printer = new Respondent(app, slips[0]);
            await printer.StartAsync(new() { ["Level"] = "Frontline" });
        }
        Assert.EndsWith("/thanks", (await honest.SendAsync()).Location, StringComparison.Ordinal);
        Assert.Equal(1, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "five of seven links taken back, and three more people by slip",
        "to tell whether all five who were left answered", "the organisation is not shown either way")]
    public async Task Group_WithFiveLeftByLinkAndSlip_IsNotShown(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        await app.DbAsync(db => db.Set<Organisation>().Where(o => o.PartnershipId == p.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Sector, Sector.Voluntary)));
        var own = new List<long>();
        for (var i = 0; i < 7; i++) own.Add(await p.PersonAsync($"Own {i}", TestApp.NewEmail(), 0));
        for (var i = 0; i < 7; i++) await p.PersonAsync($"Paper {i}", null, i < 3 ? 0 : 1);
        for (var i = 0; i < 40; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
        var round = await stage.OpenAsync();
        var links = await app.LinksAsync(round);
        foreach (var person in own.Take(5)) await stage.TakeBackAsync(round, person, stage.Lead);
        var random = new SeededRandom(8);
        foreach (var person in own.Skip(5)) await stage.AnswerAsync(links[person], Answers(random));
        foreach (var (i, slip) in (await stage.SlipsAsync(round)).Index()) await stage.AnswerAsync(slip, Answers(random), "Frontline",
            i < 3 ? 0 : 1);
        foreach (var (_, link) in links.Where(l => !own.Contains(l.Key)).Take(30)) await stage.AnswerAsync(link, Answers(random));
        Assert.All(stage.Organisation(await stage.PublishAsync(round), 0).Dimensions, d => Assert.NotNull(d.Withheld));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "four invented people without an address, whose slips lie among nine others and are kept back",
        "to tell whether all nine answered", "the organisation is not shown either way, and that is told before opening")]
    public async Task Group_WithUncountedSlipsKeptBack_IsNotShown(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        for (var i = 0; i < 9; i++) await stage.AddAsync($"Own {i}");
        for (var i = 0; i < 40; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
        await stage.ConfirmAsync(stage.Coordinator);
        for (var i = 0; i < 4; i++) await stage.AddAsync($"Invented {i}");
        var round = await stage.OpenAsync();
        var random = new SeededRandom(8);
        foreach (var slip in (await stage.SlipsAsync(round)).Take(9)) await stage.AnswerAsync(slip, Answers(random), "Frontline");
        foreach (var (_, link) in (await app.LinksAsync(round)).Take(30)) await stage.AnswerAsync(link, Answers(random));
        Assert.All(stage.Organisation(await stage.PublishAsync(round), 0).Dimensions, d => Assert.NotNull(d.Withheld));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "twenty silent joiners beside thirty people who count, all of whom answered",
        "to read from \"three fifths\" that all of them did", "nothing is said")]
    public async Task ThreeFifths_BesidePeopleWhoDoNotCount_DoNotSayThatEverybodyAnswered(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 30; i++) await stage.Partnership.PersonAsync($"Own {i}", TestApp.NewEmail(), i % 3);
        var round = await stage.OpenAsync();
        var links = await app.LinksAsync(round);
        await stage.JoinAsync(round, 20, address: true);
        var random = new SeededRandom(8);
        foreach (var (_, link) in links) await stage.AnswerAsync(link, Answers(random));
        var all = (await stage.PublishAsync(round)).Members.All;
        Assert.Equal((50, null, null), (all.Invited, all.Answered, all.AnsweredPart));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever keeps the envelope", "slips left over of forty people, and the fifths and \"three fifths\" that are told",
        "to read that all the others answered", "less is told: of sixteen slips nothing, of eight no more than three fifths")]
    public async Task Slips_LeftOver_DoNotSayThatEverybodyElseAnswered(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock moves
        foreach (var (slips, told, published) in new[] { (16, "At least two fifths have answered", (CoarsePart?)null),
            (8, "At least three fifths have answered", CoarsePart.ThreeFifths) })
        {
            var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            for (var i = 0; i < 40 - slips; i++) await p.PersonAsync($"Own {i}", TestApp.NewEmail(), i % 3);
            for (var i = 0; i < slips; i++) await p.PersonAsync($"Paper {i}", null, 0);
            var round = await stage.OpenAsync();
            var random = new SeededRandom(9);
            foreach (var (_, link) in await app.LinksAsync(round)) await stage.AnswerAsync(link, Answers(random));
            foreach (var slip in (await stage.SlipsAsync(round)).Take(slips / 2)) await stage
                .AnswerAsync(slip, Answers(random), "Frontline");
            app.Clock.Move(TimeSpan.FromDays(8));
            await app.CareAsync();
            await stage.SignInAgainAsync();
            Assert.Equal(told, (await stage.Lead.GetAsync(InvitationsLinks.Progress(p.Id, round.Id))).Heading);
            var all = (await stage.PublishAsync(round)).Members.All;
            Assert.Equal((40, (long?)null, published), (all.Invited, all.Answered, all.AnsweredPart));
            stage.Dispose();
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever prints the slips", "many wrong codes typed at a slip",
        "to shut out whoever began with it, or to learn that somebody did",
        "the right code opens the draft all the same")]
    public async Task WrongCodes_AtASlip_ShutNobodyOut(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 6; i++) await stage.AddAsync($"Real {i}");
        for (var i = 0; i < 12; i++) await stage.Partnership.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
        var round = await stage.OpenAsync();
        var slip = (await stage.SlipsAsync(round))[0];
        using var honest = new Respondent(app, slip);
        await honest.StartAsync(new() { ["Level"] = "Frontline" });
        var code = (await honest.OpenAsync("/1")).Document.QuerySelector("b.code")!.TextContent;
        using var other = app.Visitor();
        for (var i = 0; i < 8; i++)
            Assert.Equal(400, (await other.SubmitAsync(await other.GetAsync(slip), new() { ["Code"] = $"0000 000{i}" }, "code")).Status);
        Assert.Equal(302, (await other.SubmitAsync(await other.GetAsync(slip), new() { ["Code"] = code }, "code")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Slip_WhoseLastReplyWasLost_SaysThatItIsUsed(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 6; i++) await stage.AddAsync($"Real {i}");
        for (var i = 0; i < 12; i++) await stage.Partnership.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
        var round = await stage.OpenAsync();
        using var honest = new Respondent(app, (await stage.SlipsAsync(round))[0]);
        await honest.StartAsync(new() { ["Level"] = "Frontline" });
        await honest.AnswerAsync(1, new() { ["cv1"] = "5" });
        using var again = honest.Visitor.Thief(); // the browser as it was before the reply
        Assert.EndsWith("/thanks", (await honest.SendAsync()).Location, StringComparison.Ordinal);
        Assert.Equal("This link has been used", (await again.GetAsync(honest.Link)).Heading);
        Assert.EndsWith("/thanks", (await again.SendAsync(honest.Link + "/review", [])).Location, StringComparison.Ordinal);
        Assert.Equal(1, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "a round that is to open in 91 days, opened by the button today",
        "to ask the same again at once", "measured from the day on which it opens")]
    public async Task Coordinator_WhoOpensBeforeTheDayThatWasSaid_WaitsAllTheSame(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        await stage.AskedAsync();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var ahead = await app.DraftRoundAsync(p, r => (r.OpensAt, r.ClosesAt) = (now.AddDays(91), now.AddDays(120)));
        await stage.Coordinator.SubmitAsync(await stage.Coordinator.GetAsync(RoundsLinks.Open(p.Id, ahead.Id)), []);
        Assert.Equal(RoundState.Draft, await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == ahead.Id).Select(r => r.State)
            .SingleAsync()));
    }
}
