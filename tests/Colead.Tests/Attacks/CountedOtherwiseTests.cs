using System.Globalization;
using Colead.Analysis;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>Who answered, worked out from what is counted beside the number: bands of sizes, comments, and answers by open link.</summary>
public class CountedOtherwiseTests(House house)
{
    /// <summary>
    /// As many were asked of an organisation as a band of sizes begins with: its band would say that every one of them answered. The start
    /// page speaks of as many as a mean needs, and of as many as single statements need, which organisations do not have.
    /// </summary>
    [Theory]
    [InlineData(Engine.Sqlite, 5, 10, 10), InlineData(Engine.Sqlite, 8, 14, 10), InlineData(Engine.Sqlite, 5, 25, 20)]
    [InlineData(Engine.Postgres, 10, 20, 20)]
    [Attack("A reader", "an organisation of as many as a band begins with", "to read from its band that all of them answered",
        "nothing: the band is the same when one did not")]
    public async Task Band_OfAnOrganisationOfThatMany_IsTheSame_WhenOneDidNotAnswer(Engine engine, int means, int details, int asked)
    {
        var app = await house.OnAsync(engine);
        var bands = new List<string>();
        foreach (var silent in new[] { 0, 1 })
        {
            using var stage = await Stage.BeginAsync(app);
            foreach (var (organisation, front) in new[] { (0, asked), (1, 27), (2, 28) })
                for (var i = 0; i < front; i++) await stage.Partnership.PersonAsync($"F{organisation}{i}", TestApp.NewEmail(),
                    organisation);
            var round = await stage.OpenAsync(r => (r.MeansFrom, r.DetailsFrom) = (means, details));
            var random = new SeededRandom(11);
            foreach (var (_, link) in (await app.LinksAsync(round)).OrderBy(l => l.Key).Skip(silent)) await stage.AnswerAsync(link,
                Answers(random));
            bands.Add(stage.Organisation(await stage.PublishAsync(round), 0).Dimensions[0].People ?? "withheld");
        }
        Assert.Equal(bands[1], bands[0]);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "twenty comments beside one dimension, of 20 asked of whom 16 are in no small organisation",
        "to count that all four of the small one answered", "nothing: beside what they were written is not told where it counts people")]
    public async Task Comments_BesideADimension_DoNotCountWhoAnswered(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        foreach (var (organisation, front) in new[] { (0, 8), (1, 8), (2, 4) })
            for (var i = 0; i < front; i++) await stage.Partnership.PersonAsync($"F{organisation}{i}", TestApp.NewEmail(), organisation);
        var round = await stage.OpenAsync();
        var random = new SeededRandom(11);
        foreach (var (person, link) in await app.LinksAsync(round))
        {
            using var respondent = new Respondent(app, link);
            await respondent.StartAsync();
            var (part, next, answers) = (1, 0, Answers(random));
            foreach (var dimension in Instrument.Dimensions)
            {
                var fields = dimension.Items.ToDictionary(item => item.Id, _ => answers[next++].ToString(CultureInfo.InvariantCulture));
                if (part == 1) fields["_comment"] = $"We should meet more often {person}";
                Assert.Equal(302, (await respondent.AnswerAsync(part++, fields)).Status);
            }
            Assert.Equal(302, (await respondent.SendAsync()).Status);
        }
        Assert.Equal(302, (await stage.Coordinator.PostAsync(RoundsLinks.CloseEarly(stage.Partnership.Id, round.Id), [])).Status);
        var page = await stage.Coordinator.GetAsync(RoundsLinks.Comments(stage.Partnership.Id, round.Id));
        Assert.Contains("We should meet more often", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ritten beside", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Two rounds by open link on two days: the second has one person more.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "two rounds by open link, two hours apart", "to subtract one from the other",
        "nothing: the second waits 90 days, as with lists")]
    public async Task Rounds_ByOpenLink_ThatAskTheSame_WaitNinetyDays(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, settings => settings.OpenAnswersPerHour = 1000);
        using var stage = await Stage.BeginAsync(app);
        var random = new SeededRandom(5);
        var round = await stage.OpenAsync(r => r.OpenLink = "first-link");
        for (var i = 0; i < 10; i++)
        {
            using var respondent = new Respondent(app, "/open/first-link");
            await respondent.StartAsync(new() { ["Level"] = nameof(Level.Citizen), ["Organisation"] = "none" });
            var (part, next, answers) = (1, 0, Answers(random));
            foreach (var dimension in Instrument.Dimensions)
                Assert.Equal(302, (await respondent.AnswerAsync(part++, dimension.Items.ToDictionary(item => item.Id,
                    _ => answers[next++].ToString(CultureInfo.InvariantCulture)))).Status);
            Assert.Equal(302, (await respondent.SendAsync()).Status);
        }
        Assert.NotNull((await stage.PublishAsync(round)).Members.OpenLink!.Dimensions[0].Mean);

        app.Clock.Move(TimeSpan.FromHours(2));
        var draft = await app.DraftRoundAsync(stage.Partnership, r => r.OpenLink = "second-link");
        using var scope = app.Services.CreateScope();
        Assert.False((await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(draft.Id, by: null)).Done);
    }
}
