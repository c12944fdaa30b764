using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Colead.Web.Features.Inventory;
using Colead.Web.Shared;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Colead.Web.Tests.Inventory;

/// <summary>These move the clock, so each has a program of its own.</summary>
public class TimetableTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_WhenTheyCome_OpenAndCloseByThemselves(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 7; i++) await partnership.PersonAsync($"Person {i}", null, i % 3);
        var draft = await app.DraftRoundAsync(partnership, r => (r.OpensAt, r.ClosesAt) = (app.Clock.Now().AddDays(1), app.Clock.Now().AddDays(2)));
        await ActAsync(app);
        Assert.Equal(RoundState.Draft, await StateAsync(app, draft.Id));
        app.Clock.Move(TimeSpan.FromHours(25));
        await ActAsync(app);
        Assert.Equal(RoundState.Open, await StateAsync(app, draft.Id));
        Assert.Equal(7, await app.DbAsync(db => db.Invitations.CountAsync(i => i.RoundId == draft.Id)));
        app.Clock.Move(TimeSpan.FromHours(24));
        await ActAsync(app);
        Assert.Equal(RoundState.Closed, await StateAsync(app, draft.Id));
        Assert.Equal(["Colead opened a round", "Colead closed a round"],
            await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id && a.AccountId == null && a.Act.EndsWith("a round")).OrderBy(a => a.Id).Select(a => a.Who + " " + a.Act).ToListAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_OverdueForLong_ActAtOnceAndOnceOnly(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var toOpen = await app.DraftRoundAsync(partnership, r => (r.OpensAt, r.ClosesAt) = (app.Clock.Now().AddDays(1), app.Clock.Now().AddDays(90)));
        var toClose = await app.OpenRoundAsync(partnership, r => r.ClosesAt = app.Clock.Now().AddDays(1));
        app.Clock.Move(TimeSpan.FromDays(30));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ActAsync(app))); // as several servers would
        Assert.Equal((RoundState.Open, RoundState.Closed), (await StateAsync(app, toOpen.Id), await StateAsync(app, toClose.Id)));
        Assert.Equal(1, await app.DbAsync(db => db.Invitations.CountAsync(i => i.RoundId == toOpen.Id)));
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
        await app.UntilAsync(db => db.Rounds.AnyAsync(r => r.Id == round.Id && r.State == RoundState.Open));
    }

    /// <summary>Quartz runs the job of the night: one round that cannot be finished keeps neither the next from being finished nor an old one from being deleted.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Night_WithARoundThatCannotBeFinished_FinishesAndDeletesTheOthers(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var old = await ClosingRound.OpenAsync(app, partnership, r => r.KeptYears = 1);
        await old.AnswerAsync(12);
        Assert.True(await old.CloseAsync());
        app.Clock.Move(TimeSpan.FromDays(400));
        var broken = await CutShortAsync(app, partnership, Enumerable.Repeat((byte)3, 31)); // an answer more than the questionnaire has
        var whole = await CutShortAsync(app, partnership, []);
        Assert.True(broken.Id < whole.Id, "The broken one comes first.");

        await NightAsync(app);
        await app.UntilAsync(async db => await db.Publications.AnyAsync(p => p.RoundId == whole.Id) && !await db.Rounds.AnyAsync(r => r.Id == old.Id));
        Assert.Equal(12, (await whole.PublicationAsync()).Members.All.Answered);
        Assert.False(await app.DbAsync(db => db.Publications.AnyAsync(p => p.RoundId == broken.Id)));
        Assert.Equal((RoundState.Closed, 13), ((await broken.RoundAsync()).State, await broken.ClosedAsync()));

        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"ClosedResponses\" WHERE length(\"Answers\") = 31"));
        await NightAsync(app);
        await app.UntilAsync(db => db.Publications.AnyAsync(p => p.RoundId == broken.Id));
        Assert.Equal(12, (await broken.PublicationAsync()).Members.All.Answered);
    }

    /// <summary>A round of twelve answers that was parted from its people, and then the power went.</summary>
    private static async Task<ClosingRound> CutShortAsync(TestApp app, TestPartnership partnership, IEnumerable<byte> oneMore)
    {
        var round = await ClosingRound.OpenAsync(app, partnership);
        await round.AnswerAsync(12);
        if (oneMore.ToArray() is { Length: > 0 } answer) Assert.True(await round.SendAsync(new(partnership.Organisations[0].Id, Level.Middle, answer, "")));
        Assert.True(await app.DbAsync(db => db.Sealing.CloseAsync(round.Id, app.Clock.Now(), [], 10)));
        return round;
    }

    private static async Task NightAsync(TestApp app) =>
        await (await app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken)).TriggerJob(new JobKey("night"), TestContext.Current.CancellationToken);

    private static async Task ActAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<Timetable>().ActAsync();
    }

    private static Task<RoundState> StateAsync(TestApp app, long id) => app.DbAsync(db => db.Rounds.Where(r => r.Id == id).Select(r => r.State).SingleAsync());
}
