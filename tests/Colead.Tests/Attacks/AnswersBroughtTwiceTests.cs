using Colead.Analysis;
using Colead.Data.Partnerships;
using Colead.Parts.Importing;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>Answers brought from elsewhere, beside others to the same statements.</summary>
public class AnswersBroughtTwiceTests
{
    private static async Task<long> BringAsync(TestApp app, Stage stage, IEnumerable<int[]> rows)
    {
        using var scope = app.Services.CreateScope();
        var plan = new AnswersPlan { Instrument = KnownAnswers.Instrument, DoublesLookedFor = true };
        plan.Rows.AddRange(rows.Select(row => new PlannedAnswer(null, null, null, [.. row.Select(a => (byte)a)], [])));
        var import = scope.ServiceProvider.GetRequiredService<ImportOperations>();
        var id = await import.SaveAsync(stage.Partnership.Id, new(null, "import", "Jo"), "Paper", "a.csv", plan, null);
        await scope.ServiceProvider.GetRequiredService<ClosingOperations>().CloseAsync(id!.Value);
        return id.Value;
    }

    /// <summary>A file of thirty answers, and a week later the same file with one late answer more.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever brings answers from elsewhere", "the same file twice, the second time with one late answer more",
        "to tell the late answer", "the second file is refused")]
    public async Task Files_ThatDifferByOneAnswer_AreNotBroughtWithin90Days(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        using var stage = await Stage.BeginAsync(app);
        var random = new SeededRandom(12);
        var rows = Enumerable.Range(0, 31).Select(_ => Answers(random)).ToList();
        var first = await BringAsync(app, stage, rows.Take(30));
        Assert.Equal(302, (await stage.Coordinator.PostAsync(RoundsLinks.Publish(stage.Partnership.Id, first), [])).Status);
        app.Clock.Move(TimeSpan.FromDays(7));
        var refused = await Assert.ThrowsAsync<BroughtTooSoonException>(() => BringAsync(app, stage, rows));
        Assert.Contains("Bring these answers on", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await app.DbAsync(db => db.Rounds.CountAsync(r => r.PartnershipId == stage.Partnership.Id)));
        app.Clock.Move(TimeSpan.FromDays(83) + TimeSpan.FromMinutes(1));
        await BringAsync(app, stage, rows);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "a file of answers, and a round that asks the same a week later, or the other way round",
        "to tell the one answer by which they differ", "the second is refused")]
    public async Task Files_AndRounds_ThatAskTheSame_LieNinetyDaysApart(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var random = new SeededRandom(12);
        var rows = Enumerable.Range(0, 30).Select(_ => Answers(random)).ToList();
        using var asked = await Stage.BeginAsync(app);
        await asked.AskedAsync();
        await Assert.ThrowsAsync<BroughtTooSoonException>(() => BringAsync(app, asked, rows));
        using var brought = await Stage.BeginAsync(app);
        var first = await BringAsync(app, brought, rows);
        for (var i = 0; i < 12; i++) await brought.Partnership.PersonAsync($"Person {i}", TestApp.NewEmail(), i % 2);
        var draft = await app.DraftRoundAsync(brought.Partnership);
        using var scope = app.Services.CreateScope();
        var opening = await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(draft.Id,
            brought.Partnership.StandingOf(Role.Coordinator));
        Assert.Contains(opening.Missing, m => m.Sentence.Contains("Sooner than 90 days", StringComparison.Ordinal));
        // what was deleted tells nothing any more
        Assert.True(await app.DbAsync(db => db.Sealing.DeleteAsync([first], [])));
        await BringAsync(app, brought, rows);
    }
}
