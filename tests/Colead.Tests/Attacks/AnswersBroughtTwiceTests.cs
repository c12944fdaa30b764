using Colead.Analysis;
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
    private static async Task<long> BringAsync(TestApp app, Stage stage, IEnumerable<int[]> rows, bool others = false,
        int named = int.MaxValue)
    {
        using var scope = app.Services.CreateScope();
        var plan = new AnswersPlan { Instrument = KnownAnswers.Instrument, DoublesLookedFor = true };
        plan.Rows.AddRange(rows.Select(row => new PlannedAnswer(null, null, null, [.. row.Select(a => (byte)a)], [])));
        var import = scope.ServiceProvider.GetRequiredService<ImportOperations>();
        var id = await import.SaveAsync(stage.Partnership.Id, new(null, "import", "Jo"), "Paper", "a.csv", plan, null,
            others ? [.. (await scope.ServiceProvider.GetRequiredService<RoundOperations>().MayBeTheSameAsync(stage.Partnership.Id,
                KnownAnswers.Instrument)).Take(named).Select(r => r.Id)] : []);
        await scope.ServiceProvider.GetRequiredService<ClosingOperations>().CloseAsync(id!.Value);
        return id.Value;
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A reader of two findings", "the same file brought twice, the second time with one late answer more",
        "to work out the late answer", "whoever brings it is asked first, and told what it would tell")]
    public async Task Files_ThatMayHoldTheSameAnswers_AreKeptOnlyWhenSomebodySaysTheyDoNot(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        using var stage = await Stage.BeginAsync(app);
        var random = new SeededRandom(12);
        var rows = Enumerable.Range(0, 31).Select(_ => Answers(random)).ToList();
        var first = await BringAsync(app, stage, rows.Take(30));
        Assert.Equal(302, (await stage.Coordinator.PostAsync(RoundsLinks.Publish(stage.Partnership.Id, first), [])).Status);
        app.Clock.Move(TimeSpan.FromDays(7));
        var asked = await Assert.ThrowsAsync<MayBeTheSameException>(() => BringAsync(app, stage, rows));
        Assert.Contains("do not bring it", asked.Message, StringComparison.Ordinal);
        Assert.Equal(1, await app.DbAsync(db => db.Set<Round>().CountAsync(r => r.PartnershipId == stage.Partnership.Id)));
        await BringAsync(app, stage, rows, others: true);
        Assert.Equal(2, await app.DbAsync(db => db.Set<Round>().CountAsync(r => r.PartnershipId == stage.Partnership.Id)));
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(e => e.PartnershipId == stage.Partnership.Id
            && e.Detail!.Contains("said to be others"))));
        // Said of the latest alone: the file may be the oldest and one more.
        await Assert.ThrowsAsync<MayBeTheSameException>(() => BringAsync(app, stage, rows, others: true, named: 1));
        app.Clock.Move(TimeSpan.FromDays(900)); // answers in a file do not age
        await Assert.ThrowsAsync<MayBeTheSameException>(() => BringAsync(app, stage, rows));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "a file of answers, while a round asks the same people the same",
        "to tell the one answer by which they differ", "the coordinator is asked; what was deleted is not asked about")]
    public async Task Files_BesideARound_AreAskedAbout_UntilItIsDeleted(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var random = new SeededRandom(12);
        var rows = Enumerable.Range(0, 30).Select(_ => Answers(random)).ToList();
        using var asked = await Stage.BeginAsync(app);
        await asked.AskedAsync();
        await Assert.ThrowsAsync<MayBeTheSameException>(() => BringAsync(app, asked, rows));
        using var brought = await Stage.BeginAsync(app);
        var first = await BringAsync(app, brought, rows);
        await Assert.ThrowsAsync<MayBeTheSameException>(() => BringAsync(app, brought, rows));
        Assert.True(await app.DbAsync(db => db.Sealing.DeleteAsync([first], [])));
        await BringAsync(app, brought, rows);
    }
}
