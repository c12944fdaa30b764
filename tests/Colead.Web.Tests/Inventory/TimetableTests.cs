using Colead.Data.Inventory;
using Colead.Web.Features.Inventory;
using Colead.Web.Shared;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        for (var looks = 0; looks < 240 && await StateAsync(app, round.Id) != RoundState.Open; looks++) await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        Assert.Equal(RoundState.Open, await StateAsync(app, round.Id));
    }

    private static async Task ActAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<Timetable>().ActAsync();
    }

    private static Task<RoundState> StateAsync(TestApp app, long id) => app.DbAsync(db => db.Rounds.Where(r => r.Id == id).Select(r => r.State).SingleAsync());
}
