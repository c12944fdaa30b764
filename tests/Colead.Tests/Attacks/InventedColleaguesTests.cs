using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Publication = Colead.Analysis.Publishing.Publication;

namespace Colead.Tests.Attacks;

/// <summary>
/// Somebody puts invented colleagues beside a real one, reads the mail of all of them, answers for them, and works the real one's answers
/// out from what is published:
/// through the pages, from the list to the published file.
/// </summary>
public class InventedColleaguesTests(House house)
{
    private const string Tried = "to work out the 30 answers of the one real member from the published file";
    private static readonly Instrument Instrument = ShippedInstruments.Inventory12;

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "nine invented board members and all their links", Tried, "0 of 30 answers")]
    public Task Lead_WithNineInvented_LearnsNothing(Engine engine) =>
        TryAsync(engine, succeeds: false, "only those count whom somebody other than who wrote them down has confirmed", async stage =>
    {
        await stage.ConfirmAsync(stage.Coordinator);
        await stage.InventAsync(stage.Lead);
        await stage.ConfirmAsync(stage.Lead);
    }, real: stage => stage.Lead);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "nine invented board members in a list that its lead had confirmed", Tried, "0 of 30 answers")]
    public Task Coordinator_WithAConfirmedList_LearnsNothing(Engine engine) =>
        TryAsync(engine, succeeds: false, "only those count whom somebody other than who wrote them down has confirmed", async stage =>
    {
        await stage.ConfirmAsync(stage.Lead);
        await stage.InventAsync(stage.Coordinator);
        await stage.ConfirmAsync(stage.Coordinator);
    }, real: stage => stage.Coordinator);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "nine invented board members in a list that nobody confirmed", Tried,
        "answers of the real one; the page that people read first had said that nobody confirmed the list", MustSucceed = true)]
    public Task Coordinator_WithAListThatNobodyConfirmed_Learns_AndThatWasSaid(Engine engine) =>
        TryAsync(engine, succeeds: true, "was confirmed by nobody other than who wrote it", stage => stage.InventAsync(stage.Coordinator),
            real: stage => stage.Coordinator);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A lead and a coordinator together", "nine invented board members, added by one and confirmed by the other", Tried,
        "answers of the real one; the page that people read first had said so", MustSucceed = true)]
    public Task AdderAndConfirmer_Together_Learn_AndThatWasSaid(Engine engine) =>
        TryAsync(engine, succeeds: true, "The two of them together could still have invented people", async stage =>
    {
        await stage.InventAsync(stage.Lead);
        await stage.ConfirmAsync(stage.Coordinator);
    }, real: stage => stage.Lead);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "four joiners between two rounds, and all their links",
        "to work out the one real colleague's seven dimensions from both published files", "0 of 7 dimensions to a quarter of the range")]
    public Task Lead_WithFourJoinersInASecondRound_LearnsNothing(Engine engine) => TryTwiceAsync(engine, confirmed: false);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A lead and a coordinator together", "four joiners between two rounds, confirmed",
        "to work out the one real colleague's seven dimensions from both published files", "the seven dimensions", MustSucceed = true)]
    public Task AdderAndConfirmer_WithFourJoinersInASecondRound_Learn(Engine engine) => TryTwiceAsync(engine, confirmed: true);

    /// <summary>From 5 and 10 people, then from 10 throughout.</summary>
    private async Task TryAsync(Engine engine, bool succeeds, string said, Func<Stage, Task> invent, Func<Stage, Visitor> real)
    {
        var app = await house.OnAsync(engine);
        var found = new List<int>();
        foreach (var from in new[] { 5, 10 })
        {
            var stage = await Stage.BeginAsync(app);
            for (var i = 0; i < 20; i++)
                await stage.Partnership.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2, i < 10 ? Level.Frontline : Level.Middle);
            var victim = await stage.AddAsync(real(stage), "The Real One", Level.Board);
            await invent(stage);
            var round = await stage.OpenAsync(r => r.MeansFrom = from);
            var links = await app.LinksAsync(round);
            Assert.Equal(20 + 10, links.Count);
            using (var before = app.Visitor())
            {
                var promise = (await before.GetAsync(links[victim])).Text;
                Assert.Contains(said, promise, StringComparison.Ordinal);
                Assert.Contains("ten board", promise, StringComparison.Ordinal);
            }
            var random = new SeededRandom((ulong)(from + 3));
            var answers = links.Keys.ToDictionary(id => id, _ => Answers(random));
            foreach (var (person, link) in links) await stage.AnswerAsync(link, answers[person]);
            var publication = await stage.PublishAsync(round);
            var known = stage.Invented.Select(id => answers[id]).ToList();
            Assert.Equal(9, known.Count);
            found.Add(Recovered(publication, known, answers[victim]));
            stage.Dispose();
        }
        AttackAttribute.Measured($"{found[0]} of 30 answers where means are shown from 5 people, {found[1]} of 30 where from 10");
        if (succeeds) Assert.All(found, n => Assert.InRange(n, 15, 30));
        else Assert.All(found, n => Assert.Equal(0, n));
    }

    private static async Task TryTwiceAsync(Engine engine, bool confirmed)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 20; i++) await stage.Partnership.PersonAsync($"Other {i}", TestApp.NewEmail(), 1 + i % 2, (Level)(i % 3));
        var colleagues = new List<long>();
        for (var i = 0; i < 5; i++)
            colleagues.Add(await stage.Partnership.PersonAsync($"Colleague {i}", TestApp.NewEmail(), 0, (Level)(i % 3)));
        var random = new SeededRandom(17);
        var first = await stage.OpenAsync();
        foreach (var link in (await app.LinksAsync(first)).Values) await stage.AnswerAsync(link, Answers(random));
        await stage.PublishAsync(first);
        app.Clock.Move(TimeSpan.FromDays(91));
        await stage.SignInAgainAsync();
        for (var i = 0; i < 4; i++) stage.Invented.Add(await stage.AddAsync(stage.Lead, $"Joiner {i}", Level.Middle));
        if (confirmed) await stage.ConfirmAsync(stage.Coordinator);
        var second = await stage.OpenAsync();
        var links = await app.LinksAsync(second);
        var answers = links.Keys.ToDictionary(id => id, _ => Answers(random));
        foreach (var (person, link) in links)
            if (!colleagues[1..].Contains(person)) await stage.AnswerAsync(link, answers[person]);
        var publication = await stage.PublishAsync(second);
        var known = stage.Invented.ConvertAll(id => answers[id]);
        var unit = publication.Units.Single(u => u.Organisations is [var only] && only == stage.Partnership.Organisations[0].Name);
        var group = publication.Members.Organisations.Single(o => o.Unit == unit.Id);
        var pinned = 0;
        for (var d = 0; d < group.Dimensions.Count; d++)
        {
            if (group.Dimensions[d].Mean is not { } mean) continue;
            var sum = known.Sum(a => Score(a, d));
            var (low, high) = ((((double)mean - 0.05) * 5) - sum, (((double)mean + 0.05) * 5) - sum);
            Assert.InRange(Score(answers[colleagues[0]], d), low - 1e-9, high + 1e-9);
            if (high - low < 11.0 / 4) pinned++;
        }
        AttackAttribute.Measured($"{pinned} of 7 dimensions to a quarter of the range");
        Assert.Equal(confirmed ? 7 : 0, pinned);
        stage.Dispose();
    }

    /// <summary>From three to ten, so that no mean lies at an end of the scale, where it would be told as "at most" only.</summary>
    private static int[] Answers(SeededRandom random) => [.. Enumerable.Range(0, Instrument.ItemCount).Select(_ => 3 + random.Next(8))];

    private static double Score(int[] answers, int dimension)
    {
        var first = Instrument.Dimensions.Take(dimension).Sum(d => d.Items.Count);
        return answers.Skip(first).Take(Instrument.Dimensions[dimension].Items.Count).Average();
    }

    /// <summary>Statements on which one answer only fits the printed mean of the board, and it is the real one's.</summary>
    private static int Recovered(Publication publication, List<int[]> known, int[] real)
    {
        var recovered = 0;
        foreach (var tier in new[] { publication.Members, publication.Open })
        {
            if (tier.Levels.SingleOrDefault(l => l.Level == "board") is not { } board) continue;
            var found = 0;
            for (var i = 0; i < board.Items.Count; i++)
            {
                if (board.Items[i].Mean is not { } mean) continue;
                var fits = Enumerable.Range(1, 12)
                    .Where(x => decimal.Round((known.Sum(a => a[i]) + x) / 10m, 1, MidpointRounding.AwayFromZero) == mean).ToList();
                if (fits is [var only] && only == real[i]) found++;
            }
            recovered = Math.Max(recovered, found);
        }
        return recovered;
    }

    /// <summary>A partnership, a lead and a coordinator at their pages.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly TestApp app;

        private Stage(TestApp app, TestPartnership partnership, Visitor lead, Visitor coordinator) =>
            (this.app, Partnership, Lead, Coordinator) = (app, partnership, lead, coordinator);

        public TestPartnership Partnership { get; }
        public Visitor Lead { get; private set; }
        public Visitor Coordinator { get; private set; }
        public List<long> Invented { get; } = [];

        public static async Task<Stage> BeginAsync(TestApp app)
        {
            var partnership = await app.PartnershipAsync();
            return new(app, partnership, await partnership.AsAsync(Role.Lead), await partnership.AsAsync(Role.Coordinator));
        }

        public async Task SignInAgainAsync()
        {
            Dispose();
            (Lead, Coordinator) = (await Partnership.AsAsync(Role.Lead), await Partnership.AsAsync(Role.Coordinator));
        }

        public async Task<long> AddAsync(Visitor by, string name, Level level)
        {
            var added = await by.PostAsync(PartnershipsLinks.AddPerson(Partnership.Id, Partnership.Organisations[0].Id),
                new() { ["Name"] = name, ["Email"] = TestApp.NewEmail(), ["Level"] = level.ToString() });
            Assert.Equal(302, added.Status);
            return await app.DbAsync(db => db.People.Where(p => p.PartnershipId == Partnership.Id && p.Name == name).Select(p => p.Id)
                .SingleAsync());
        }

        public async Task InventAsync(Visitor by)
        {
            for (var i = 0; i < 9; i++) Invented.Add(await AddAsync(by, $"Invented {i}", Level.Board));
        }

        public async Task ConfirmAsync(Visitor by)
        {
            var page = await by.GetAsync(PartnershipsLinks.List(Partnership.Id, Partnership.Organisations[0].Id));
            Assert.Equal(200, page.Status);
            if (page.Document.QuerySelector("input[name=Seen]") is not null) Assert.Equal(302, (await by.SubmitAsync(page, [])).Status);
        }

        public Task<Round> OpenAsync(Action<Round>? set = null) => app.OpenRoundAsync(Partnership, set);

        public async Task AnswerAsync(string link, int[] answers)
        {
            using var respondent = new Respondent(app, link);
            await respondent.StartAsync();
            var (part, at) = (1, 0);
            foreach (var dimension in Instrument.Dimensions)
                Assert.Equal(302,
                    (await respondent.AnswerAsync(part++,
                    dimension.Items.ToDictionary(item => item.Id, _ => answers[at++].ToString(CultureInfo.InvariantCulture)))).Status);
            Assert.Equal(302, (await respondent.SendAsync()).Status);
        }

        /// <summary>Closes and publishes, and reads the published file.</summary>
        public async Task<Publication> PublishAsync(Round round)
        {
            Assert.Equal(302, (await Coordinator.PostAsync(RoundsLinks.CloseEarly(Partnership.Id, round.Id), [])).Status);
            Assert.Equal(302, (await Coordinator.PostAsync(RoundsLinks.Publish(Partnership.Id, round.Id), [])).Status);
            return PublicationJson.Read(await Coordinator.BytesAsync(FindingsLinks.File(Partnership.Id, round.Id, "json")));
        }

        public void Dispose()
        {
            Lead.Dispose();
            Coordinator.Dispose();
        }
    }
}
