using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Parts.Invitations;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Colead.Tests.Inventory;

/// <summary>These move the clock, so each has a program of its own.</summary>
public class TimetableTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_WhenTheyCome_OpenAndCloseByThemselves(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 7; i++) await partnership.PersonAsync($"Person {i}", null, i % 3);
        var draft = await app.DraftRoundAsync(partnership, r => (r.OpensAt, r.ClosesAt) = (app.Clock.Now().AddDays(1), app.Clock.Now()
            .AddDays(2)));
        await ActAsync(app);
        Assert.Equal(RoundState.Draft, await StateAsync(app, draft.Id));
        app.Clock.Move(TimeSpan.FromHours(25));
        await ActAsync(app);
        Assert.Equal(RoundState.Open, await StateAsync(app, draft.Id));
        Assert.Equal(7, await app.DbAsync(db => db.Set<Invitation>().CountAsync(i => i.RoundId == draft.Id)));
        app.Clock.Move(TimeSpan.FromHours(24));
        await ActAsync(app);
        Assert.Equal(RoundState.Closed, await StateAsync(app, draft.Id));
        Assert.Equal(["Colead opened a round", "Colead closed a round"],
            await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id && a.AccountId == null
                && a.Act.EndsWith("a round")).OrderBy(a => a.Id).Select(a => a.Who + " " + a.Act).ToListAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_OverdueForLong_ActAtOnceAndOnceOnly(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync()); // within one, rounds keep 90 days apart
        await partnership.PersonAsync("Someone", null, 0);
        await other.PersonAsync("Someone else", null, 0);
        var toOpen = await app.DraftRoundAsync(other,
            r => (r.OpensAt, r.ClosesAt) = (app.Clock.Now().AddDays(1), app.Clock.Now().AddDays(90)));
        var toClose = await app.OpenRoundAsync(partnership, r => r.ClosesAt = app.Clock.Now().AddDays(1));
        app.Clock.Move(TimeSpan.FromDays(30));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ActAsync(app))); // as several servers would
        Assert.Equal((RoundState.Open, RoundState.Closed), (await StateAsync(app, toOpen.Id), await StateAsync(app, toClose.Id)));
        Assert.Equal(1, await app.DbAsync(db => db.Set<Invitation>().CountAsync(i => i.RoundId == toOpen.Id)));
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.Act == "closed a round")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Opening_OfADraftThatLacksSomething_WaitsAndKeepsNoOtherWaiting(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var unready = await app.DraftRoundAsync(partnership, r => (r.OpensAt, r.Contact) = (app.Clock.Now().AddDays(1), ""));
        var ready = await app.DraftRoundAsync(partnership, r => r.OpensAt = app.Clock.Now().AddDays(1));
        app.Clock.Move(TimeSpan.FromDays(2));
        await ActAsync(app);
        Assert.Equal((RoundState.Draft, RoundState.Open), (await StateAsync(app, unready.Id), await StateAsync(app, ready.Id)));
    }

    /// <summary>Quartz itself: the program that starts finds what is overdue, with nobody calling.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Program_Running_ActsOnDatesByItself(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var round = await app.DraftRoundAsync(partnership, r => r.OpensAt = app.Clock.Now().AddDays(1));
        app.Clock.Move(TimeSpan.FromDays(2));
        await app.UntilAsync(db => db.Set<Round>().AnyAsync(r => r.Id == round.Id && r.State == RoundState.Open));
    }

    /// <summary>Quartz runs the job of the night: one round that cannot be finished keeps neither the next from being finished nor an old
    /// one from being deleted.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Night_WithARoundThatCannotBeFinished_FinishesAndDeletesTheOthers(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var old = await ClosingRound.OpenAsync(app, partnership, r => r.KeptYears = 1);
        await old.AnswerAsync(12);
        Assert.True(await old.CloseAsync());
        app.Clock.Move(TimeSpan.FromDays(400));
        var (broken, whole) = (await CutShortAsync(app, partnership, oneMore: true), await CutShortAsync(app, partnership, oneMore: false));
        Assert.True(broken.Id < whole.Id, "The broken one comes first.");

        await NightAsync(app);
        await app.UntilAsync(async db => await db.Set<StoredPublication>().AnyAsync(p => p.RoundId == whole.Id) && !await db.Set<Round>()
            .AnyAsync(r => r.Id == old.Id));
        Assert.NotNull(await whole.PublicationAsync());
        Assert.False(await app.DbAsync(db => db.Set<StoredPublication>().AnyAsync(p => p.RoundId == broken.Id)));
        Assert.Equal((RoundState.Open, 13), ((await broken.RoundAsync()).State, await broken.RowsAsync()));
        Assert.Contains(app.Services.GetRequiredService<Troubles>().All,
            told => told.StartsWith($"Round {broken.Id} could not be closed to the end", StringComparison.Ordinal));

        var lengthy = (await app.DbAsync(db => db.Responses.AsNoTracking().Where(r => r.RoundId == broken.Id).ToListAsync()))
            .Single(r => AnswerContent.Open(broken.Key, broken.Id, r.Key, r.Content)!.Answers.Length == 31);
        await app.DbAsync(db => db.Responses.Where(r => r.Key == lengthy.Key).ExecuteDeleteAsync());
        await NightAsync(app);
        await app.UntilAsync(db => db.Set<Round>().AnyAsync(r => r.Id == broken.Id && r.UntraceableAt != null));
        Assert.NotNull(await broken.PublicationAsync());
        Assert.Empty(app.Services.GetRequiredService<Troubles>().All);
    }

    /// <summary>A round of twelve answers that began to close, and then the power went; one answer more than the questionnaire has cannot
    /// be worked out.</summary>
    private static async Task<ClosingRound> CutShortAsync(TestApp app, TestPartnership partnership, bool oneMore)
    {
        var round = await ClosingRound.OpenAsync(app, partnership);
        await round.InviteAsync();
        await round.AnswerAsync(12);
        if (oneMore) Assert.True(await round.SendAsync(new(partnership.Organisations[0].Id, Level.Middle,
            [.. Enumerable.Repeat((byte)3, 31)], "")));
        Assert.True(await app.DbAsync(db => db.Sealing.BeginClosingAsync(round.Id)));
        return round;
    }

    private static async Task NightAsync(TestApp app) =>
        await (await app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken))
            .TriggerJob(new JobKey("night"), TestContext.Current.CancellationToken);

    private static async Task ActAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<Timetable>().ActAsync();
    }

    private static Task<RoundState> StateAsync(TestApp app, long id) =>
        app.DbAsync(db => db.Set<Round>().Where(r => r.Id == id).Select(r => r.State).SingleAsync());
}
