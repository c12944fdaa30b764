using Colead.Analysis;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>
/// Somebody puts invented colleagues beside a real one, reads the mail of all of them, answers for them, and works the real one's answers
/// out from what is published:
/// through the pages, from the list to the published file.
/// </summary>
public class InventedColleaguesTests(House house)
{
    private const string Tried = "to work out the 30 answers of the one real member from the published file";

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "ten invented board members and all their links", Tried, "0 of 30 answers")]
    public Task Lead_WithTenInvented_LearnsNothing(Engine engine) =>
        TryAsync(engine, succeeds: false, "only those count whom somebody other than who wrote them down has confirmed", async stage =>
    {
        await stage.ConfirmAsync(stage.Coordinator);
        await stage.InventAsync(stage.Lead);
        await stage.ConfirmAsync(stage.Lead);
    }, real: stage => stage.Lead);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "ten invented board members in a list that its lead had confirmed", Tried, "0 of 30 answers")]
    public Task Coordinator_WithAConfirmedList_LearnsNothing(Engine engine) =>
        TryAsync(engine, succeeds: false, "only those count whom somebody other than who wrote them down has confirmed", async stage =>
    {
        await stage.ConfirmAsync(stage.Lead);
        await stage.InventAsync(stage.Coordinator);
        await stage.ConfirmAsync(stage.Coordinator);
    }, real: stage => stage.Coordinator);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "ten invented board members in a list that nobody confirmed", Tried,
        "answers of the real one; the page that people read first had said that nobody confirmed the list", MustSucceed = true)]
    public Task Coordinator_WithAListThatNobodyConfirmed_Learns_AndThatWasSaid(Engine engine) =>
        TryAsync(engine, succeeds: true, "was confirmed by nobody other than who wrote it", stage => stage.InventAsync(stage.Coordinator),
            real: stage => stage.Coordinator);

    [Theory, ClassData(typeof(Engines))]
    [Attack("A lead and a coordinator together", "ten invented board members, added by one and confirmed by the other", Tried,
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
            var victim = await stage.AddAsync("The Real One", TestApp.NewEmail(), Level.Board, real(stage));
            await invent(stage);
            var round = await stage.OpenAsync(r => r.MeansFrom = from);
            var links = await app.LinksAsync(round);
            Assert.Equal(20 + 11, links.Count);
            using (var before = app.Visitor())
            {
                var promise = (await before.GetAsync(links[victim])).Text;
                Assert.Contains(said, promise, StringComparison.Ordinal);
                Assert.Contains("11 board", promise, StringComparison.Ordinal);
            }
            var random = new SeededRandom((ulong)(from + 3));
            var answers = links.Keys.ToDictionary(id => id, _ => Answers(random));
            foreach (var (person, link) in links) await stage.AnswerAsync(link, answers[person]);
            var publication = await stage.PublishAsync(round);
            var known = stage.Invented.Select(id => answers[id]).ToList();
            Assert.Equal(10, known.Count);
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
        for (var i = 0; i < 4; i++) stage.Invented.Add(await stage.AddAsync($"Joiner {i}", TestApp.NewEmail(), Level.Middle));
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
}
