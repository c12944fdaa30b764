using Colead.Analysis;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>
/// Known answers, links taken back and bands of counts: whether they tell how many of a few were silent, or that nobody was.
/// </summary>
public class CountingTheSilentTests(House house)
{
    private static int[] Contrasting { get; } =
        [.. KnownAnswers.Instrument.Dimensions.Index()
            .SelectMany(d => Enumerable.Repeat(d.Index < 3 ? 1 : d.Index < 6 ? 12 : 6, d.Item.Items.Count))];

    /// <summary>
    /// How far the second three dimensions stand above the first three: each answer of the kind above pulls it by eleven.
    /// </summary>
    private static double Contrast(IReadOnlyList<decimal?> means) =>
        (double)(means.Skip(3).Take(3).Sum()!.Value - means.Take(3).Sum()!.Value) / 3;

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "nine invented people on paper, whose slips all say that they sit on the board and answer alike",
        "to count how many of a board of four were silent", "no better than a guess")]
    public async Task Slips_ThatSayAnotherLevel_DoNotCountTheSilentThere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var read = new List<(int Board, int Silent, int Guessed)>();
        foreach (var (board, silent) in new[] { (1, 0), (1, 1), (4, 0), (4, 1), (4, 2), (4, 3), (4, 4) })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            var own = new List<long>();
            for (var i = 0; i < board; i++) own.Add(await stage.AddAsync($"Own board {i}", TestApp.NewEmail(), Level.Board));
            for (var i = 0; i < 12; i++) await stage.AddAsync($"Own {i}", TestApp.NewEmail());
            for (var i = 0; i < 10; i++) await p.PersonAsync($"Board {i}", TestApp.NewEmail(), 1 + i % 2, Level.Board);
            for (var i = 0; i < 24; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
            await stage.ConfirmAsync(stage.Coordinator);
            for (var i = 0; i < 9; i++) await stage.AddAsync($"Invented {i}"); // nobody confirms them; they draw slips
            var round = await stage.OpenAsync();
            var links = await app.LinksAsync(round);
            var slips = await stage.SlipsAsync(round);
            Assert.Equal(9, slips.Count);
            var random = new SeededRandom((ulong)(31 + silent + 10 * board));
            foreach (var slip in slips) await stage.AnswerAsync(slip, Contrasting, "Board");
            foreach (var (_, link) in links.Where(l => !own.Take(silent).Contains(l.Key))) await stage.AnswerAsync(link, Answers(random));
            var publication = await stage.PublishAsync(round);
            var level = publication.Members.Levels.Single(l => l.Level == "board").Dimensions;
            Assert.All(level, d => Assert.NotNull(d.Mean));
            // Of so many who answered, nine were of the known kind.
            var people = 99 / Contrast([.. level.Select(d => d.Mean)]) - 9;
            read.Add((board, silent, (int)Math.Round(10 + board - people)));
        }
        Assert.False(read.TrueForAll(r => r.Guessed == r.Silent),
            "The lead reads each time how many of his board were silent: " + string.Join("; ", read));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("Six people of two organisations", "the same answers for the other one",
        "to count how many of it were silent", "no better than a guess")]
    public async Task PeopleOfTwoOrganisations_DoNotCountTheSilentOfTheOther(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var read = new List<(int Silent, int Guessed)>();
        foreach (var silent in new[] { 0, 1, 2, 4, 6 })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            var friends = new List<long>();
            for (var i = 0; i < 6; i++) friends.Add(await p.PersonAsync($"Friend {i}", TestApp.NewEmail(), 0, alsoIn: 1));
            for (var i = 0; i < 20; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), i % 2 * 2);
            var victims = new List<long>();
            for (var i = 0; i < 12; i++) victims.Add(await p.PersonAsync($"Victim {i}", TestApp.NewEmail(), 1));
            var round = await stage.OpenAsync(r => r.Ways = [RoundWay.Merge]);
            var links = await app.LinksAsync(round);
            var random = new SeededRandom((ulong)(77 + silent));
            foreach (var (person, link) in links)
                if (friends.Contains(person)) await stage.AnswerAsync(link, Contrasting, "Frontline", 1);
                else if (!victims.Take(silent).Contains(person)) await stage.AnswerAsync(link, Answers(random));
            var means = stage.Organisation(await stage.PublishAsync(round), 1).Dimensions.Select(d => d.Mean).ToList();
            if (means.Contains(null)) continue;
            read.Add((silent, (int)Math.Round(12 - (66 / Contrast(means) - 6))));
        }
        Assert.False(read.Count > 2 && read.TrueForAll(r => r.Guessed == r.Silent), string.Join("; ", read));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "seven of twelve links taken back at once, and given back before the end",
        "to tell whether all five who were left answered", "the organisation is not shown either way")]
    public async Task Links_TakenBackAndGivenBackAtTheEnd_MakeNoGroupOfFive(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        var own = new List<long>();
        for (var i = 0; i < 12; i++) own.Add(await p.PersonAsync($"Own {i}", TestApp.NewEmail(), 0));
        for (var i = 0; i < 40; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
        var round = await stage.OpenAsync(r => r.Ways = [RoundWay.Mail]);
        await server.HasAsync(app, 52);
        var links = await app.LinksAsync(round);
        var random = new SeededRandom(8);
        foreach (var person in own.Take(7)) await stage.TakeBackAsync(round, person, stage.Lead);
        foreach (var person in own.Skip(7)) await stage.AnswerAsync(links[person], Answers(random));
        foreach (var (_, link) in links.Where(l => !own.Contains(l.Key)).Take(30)) await stage.AnswerAsync(link, Answers(random));
        foreach (var person in own.Take(7)) await stage.GiveBackAsync(round, person, stage.Lead); // a minute before the end
        await server.HasAsync(app, 59);
        var publication = await stage.PublishAsync(round);
        Assert.Multiple(
            () => Assert.All(stage.Organisation(publication, 0).Dimensions, d => Assert.NotNull(d.Withheld)), // shown: all five answered
            () => Assert.Null(publication.Members.All.Answered));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "five of forty-five links taken back at once, and given back before the end",
        "to read from the number that each of the others answered", "no number is said")]
    public async Task Links_TakenBackAndGivenBackAtTheEnd_LeaveTheNumberUnsaid(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        for (var i = 0; i < 45; i++) await p.PersonAsync($"Person {i}", TestApp.NewEmail(), i % 3);
        var round = await stage.OpenAsync(r => r.Ways = [RoundWay.Mail]);
        await server.HasAsync(app, 45);
        var links = await app.LinksAsync(round);
        var random = new SeededRandom(4);
        var back = links.Keys.Take(5).ToList();
        foreach (var person in back) await stage.TakeBackAsync(round, person, stage.Coordinator);
        foreach (var (_, link) in links.Where(l => !back.Contains(l.Key))) await stage.AnswerAsync(link, Answers(random));
        foreach (var person in back) await stage.GiveBackAsync(round, person, stage.Coordinator);
        await server.HasAsync(app, 50);
        Assert.Null((await stage.PublishAsync(round)).Members.All.Answered); // 40 of 45: each of the forty
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "six of twenty-six links taken back",
        "to read from the band of the size whether all twenty who were left answered", "the same band")]
    public async Task Links_TakenBack_MakeNoBandThatSaysThatAllWhoAreLeftAnswered(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var said = new List<string?>();
        foreach (var answered in new[] { 20, 19 })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            var own = new List<long>();
            for (var i = 0; i < 26; i++) own.Add(await p.PersonAsync($"Own {i}", TestApp.NewEmail(), 0));
            for (var i = 0; i < 40; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
            var round = await stage.OpenAsync();
            var links = await app.LinksAsync(round);
            foreach (var person in own.Take(6)) await stage.TakeBackAsync(round, person, stage.Lead);
            var random = new SeededRandom(8);
            foreach (var person in own.Skip(6).Take(answered)) await stage.AnswerAsync(links[person], Answers(random));
            foreach (var (_, link) in links.Where(l => !own.Contains(l.Key)).Take(30)) await stage.AnswerAsync(link, Answers(random));
            said.Add(stage.Organisation(await stage.PublishAsync(round), 0).Dimensions[0].People);
        }
        Assert.True(said[0] == said[1], $"all twenty who are left: {said[0]}; nineteen: {said[1]}");
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "the fifths of six organisations and of everybody",
        "to work out that everybody of one of them answered", "of everybody no more than those of the organisations say")]
    public async Task Fifths_OfOrganisationsAndAll_LeaveEachGroupRoom(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        using var stage = await Stage.BeginAsync(app);
        var p = stage.Partnership;
        var ids = p.Organisations.Select(o => o.Id).ToList();
        for (var i = 0; i < 3; i++)
        {
            var added = new Organisation { PartnershipId = p.Id, Name = $"Organisation {i}", Sector = Sector.Public };
            await app.DbAsync(async db =>
            {
                var like = await db.Set<Organisation>().Include(o => o.Terms).AsNoTracking().FirstAsync(o => o.Id == p.Organisations[0].Id);
                added.Join(like.Terms[0].JoinedOn);
                db.Set<Organisation>().Add(added);
                return await db.SaveChangesAsync();
            });
            ids.Add(added.Id);
        }
        await app.DbAsync(async db =>
        {
            foreach (var (o, id) in ids.Index())
                for (var i = 0; i < 25; i++)
                {
                    var person = new Person { PartnershipId = p.Id, Name = $"Person {o} {i}", Email = TestApp.NewEmail(),
                        EnteredBy = Writer.Unrecorded };
                    person.PlaceIn((await db.Set<Organisation>().FindAsync(id))!, Level.Frontline, new DateOnly(2026, 2, 2),
                        Writer.Unrecorded);
                    db.Set<Person>().Add(person);
                }
            return await db.SaveChangesAsync();
        });
        var round = await stage.OpenAsync();
        var links = await app.LinksAsync(round);
        var of = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id)
            .Select(i => new { i.PersonId, i.OrganisationId })
            .ToListAsync());
        foreach (var (o, id) in ids.Index())
            foreach (var i in of.Where(i => i.OrganisationId == id).Take(o == 0 ? 25 : 19))
            {
                using var respondent = new Respondent(app, links[i.PersonId!.Value]);
                await respondent.StartAsync();
                await respondent.AnswerAsync(1, new() { ["cv1"] = "5" });
                Assert.Equal(302, (await respondent.SendAsync()).Status);
            }
        app.Clock.Move(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await app.CareAsync();
        await stage.SignInAgainAsync();
        Assert.Equal(200, (await stage.Coordinator.GetAsync(InvitationsLinks.Progress(p.Id, round.Id))).Status);
        var told = System.Text.Json.JsonSerializer.Deserialize<Progress>(await app
            .DbAsync(db => db.Set<RoundProgress>().Where(x => x.RoundId == round.Id).Select(x => x.Content).SingleAsync()))!;
        // What may be: of all at least so many, of each group at most so many.
        var bands = told.Organisations.Select(o => (int)o.Band!.Value).ToList();
        Assert.All(told.Organisations, o => Assert.Equal(1, o.Wide));
        var (least, most) = (((int)told.Everyone.GetValueOrDefault() * 150 + 4) / 5,
            bands.Select(b => b == 4 ? 25 : (b + 1) * 5 - 1).ToList());
        for (var g = 0; g < 6; g++)
            Assert.True(least - most.Where((_, i) => i != g).Sum() <= 20,
                $"of organisation {g} at least {least - most.Where((_, i) => i != g).Sum()} of 25 answered, and at most {most[g]}");
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "ten invented people on the board, by link or by slip, beside 22 who all answer the highest",
        "to subtract what is known, and read that everybody said the highest", "the board is not shown")]
    public async Task Board_ThatAnsweredAlikeBesideInventedSlips_IsWithheldAsBesideInventedLinks(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var paper in new[] { false, true })
        {
            using var stage = await Stage.BeginAsync(app);
            var p = stage.Partnership;
            for (var i = 0; i < 22; i++) await stage.AddAsync($"Board {i}", paper ? null : TestApp.NewEmail(), Level.Board);
            for (var i = 0; i < 12; i++) await stage.AddAsync($"Own {i}", TestApp.NewEmail());
            for (var i = 0; i < 40; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2);
            await stage.ConfirmAsync(stage.Coordinator);
            for (var i = 0; i < 10; i++) stage.Invented
                .Add(await stage.AddAsync($"Invented {i}", paper ? null : TestApp.NewEmail(), Level.Board));
            var round = await stage.OpenAsync();
            var links = await app.LinksAsync(round);
            var slips = await stage.SlipsAsync(round);
            Assert.Equal(paper ? 32 : 0, slips.Count);
            var random = new SeededRandom(8);
            int[] alike = [.. Enumerable.Repeat(12, KnownAnswers.Instrument.ItemCount)],
                known = [.. Enumerable.Repeat(3, KnownAnswers.Instrument.ItemCount)];
            var boards = await app.DbAsync(db => db.Set<Person>().Where(x => x.PartnershipId == p.Id && x.Name.StartsWith("Board"))
                .Select(x => x.Id).ToListAsync());
            foreach (var (i, slip) in slips.Index()) await stage.AnswerAsync(slip, i < 22 ? alike : known, "Board");
            foreach (var (person, link) in links)
                await stage.AnswerAsync(link, boards.Contains(person) ? alike : stage.Invented.Contains(person) ? known : Answers(random));
            var level = (await stage.PublishAsync(round)).Members.Levels.Single(l => l.Level == "board");
            Assert.True(level.Dimensions.All(d => d.Withheld is not null),
                $"paper {paper}: " + string.Join(' ', level.Dimensions.Select(d => d.Mean)));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "25 invented people who draw from the envelope of 36 real ones, and comment",
        "to learn beside which questions a real comment was written", "no comment is shown")]
    public async Task Comments_OfAnEnvelopeWithInventedPeople_AreNobodysToRead(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 36; i++) await stage.AddAsync($"Real {i}");
        for (var i = 0; i < 12; i++) await stage.Partnership.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
        await stage.ConfirmAsync(stage.Coordinator);
        for (var i = 0; i < 25; i++) await stage.AddAsync($"Invented {i}");
        var round = await stage.OpenAsync();
        var slips = await stage.SlipsAsync(round);
        Assert.Equal(61, slips.Count);
        foreach (var (i, slip) in slips.Index())
        {
            using var respondent = new Respondent(app, slip);
            await respondent.StartAsync(new() { ["Level"] = "Frontline" });
            var fields = new Dictionary<string, string> { ["cv1"] = "5" };
            if (i >= 36) fields["_comment"] = $"Invented {i}";
            if (i == 0) fields["_comment"] = "The only real one";
            Assert.Equal(302, (await respondent.AnswerAsync(1, fields)).Status);
            Assert.Equal(302, (await respondent.SendAsync()).Status);
        }
        Assert.Equal(302, (await stage.Coordinator.PostAsync(RoundsLinks.CloseEarly(stage.Partnership.Id, round.Id), [])).Status);
        var page = await stage.Coordinator.GetAsync(RoundsLinks.Comments(stage.Partnership.Id, round.Id));
        Assert.Empty(page.Document.QuerySelectorAll("li.comment"));
    }
}
