using System.Net;
using Colead.Composition.Live;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Storage.Live;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Live;

/// <summary>Open pages hear that something changed, and hear nothing else.</summary>
public class LiveTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Change_AfterItIsSaved_IsHeardByThoseWhoWatchIt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (meeting, item) = await MeetingAsync(app, partnership);
        var (other, _) = await MeetingAsync(app, partnership);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var member = await partnership.AsAsync(Role.Member);
        using var stream = (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(partnership.Id, meeting))).Stream!;
        using var elsewhere = (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(partnership.Id, other))).Stream!;
        Assert.Equal("text/event-stream", stream.ContentType);
        await SettleAsync(stream, elsewhere);
        var added = await member.PostAsync(MeetingsLinks.Meeting(partnership.Id, meeting),
            new() { ["item"] = $"{item}", ["text"] = "The ferry is late." }, "note");
        Assert.Equal(302, added.Status);
        await stream.HearAsync();
        Assert.Contains("The ferry is late.", (await viewer.GetAsync(MeetingsLinks.Meeting(partnership.Id, meeting))).Text,
            StringComparison.Ordinal);
        Assert.False(await elsewhere.HearsWithinAsync(TimeSpan.FromMilliseconds(300)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Stream_IsForThoseWhoMaySeeThePage(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (ours, theirs) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var (meeting, _) = await MeetingAsync(app, ours);
        var (foreign, _) = await MeetingAsync(app, theirs);
        using var stranger = app.Visitor();
        using var viewer = await ours.AsAsync(Role.Viewer);
        // to sign in
        Assert.Equal(HttpStatusCode.Redirect, (await LiveListener.OpenAsync(stranger, MeetingsLinks.Events(ours.Id, meeting))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(theirs.Id, foreign))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(ours.Id, foreign))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(ours.Id, 987654321))).Status);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await ours.AsAsync(role);
            var (status, stream) = await LiveListener.OpenAsync(visitor, MeetingsLinks.Events(ours.Id, meeting));
            Assert.Equal(HttpStatusCode.OK, status);
            stream!.Dispose();
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Streams_OfOneAccount_AreLimited_AndNothingStaysWhenTheyGo(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (meeting, _) = await MeetingAsync(app, partnership);
        var path = MeetingsLinks.Events(partnership.Id, meeting);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var member = await partnership.AsAsync(Role.Member);
        var streams = new List<LiveListener>();
        for (var i = 0; i < LiveStreams.MostOfOneAccount; i++) streams.Add((await LiveListener.OpenAsync(viewer, path)).Stream!);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await LiveListener.OpenAsync(viewer, path)).Status);
        using (var others = (await LiveListener.OpenAsync(member, path)).Stream) Assert.NotNull(others);
        var live = app.Services.GetRequiredService<LiveChanges>();
        Assert.InRange(live.Watching, LiveStreams.MostOfOneAccount, LiveStreams.MostOfOneAccount + 1);
        foreach (var stream in streams) stream.Dispose();
        await app.UntilAsync(_ => Task.FromResult(live.Watching == 0));
        using var again = (await LiveListener.OpenAsync(viewer, path)).Stream;
        Assert.NotNull(again);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Stream_WhenTheServerStops_Ends(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (meeting, _) = await MeetingAsync(app, partnership);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var stream = (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(partnership.Id, meeting))).Stream!;
        var stopping = app.DisposeAsync().AsTask();
        await stream.EndAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>A proxy cuts off what says nothing for a minute.</summary>
    [Fact]
    public async Task Stream_ThatHasNothingToSay_SaysThatItLives()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        var (meeting, _) = await MeetingAsync(app, partnership);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var stream = (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(partnership.Id, meeting))).Stream!;
        Assert.False(await stream.HearsWithinAsync(TimeSpan.FromSeconds(45)));
        Assert.InRange(stream.Heartbeats, 1, 2);
    }

    [Fact]
    public async Task TwoServers_OnOneDatabase_HearEachOther()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        await using var another = await app.AnotherAsync();
        var partnership = await app.PartnershipAsync();
        var (meeting, item) = await MeetingAsync(app, partnership);
        var page = MeetingsLinks.Meeting(partnership.Id, meeting);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var member = await partnership.AsAsync(Role.Member);
        using (var viewerThere = viewer.At(another.Address))
        using (var memberThere = member.At(another.Address))
        using (var here = (await LiveListener.OpenAsync(viewer, MeetingsLinks.Events(partnership.Id, meeting))).Stream!)
        using (var there = (await LiveListener.OpenAsync(viewerThere, MeetingsLinks.Events(partnership.Id, meeting))).Stream!)
        {
            await SettleAsync(here, there);
            Assert.Equal(302, (await member.PostAsync(page, new() { ["item"] = $"{item}", ["text"] = "Said at the first." }, "note"))
                .Status);
            await Task.WhenAll(here.HearAsync(), there.HearAsync());
            Assert.Contains("Said at the first.", (await viewerThere.GetAsync(page)).Text, StringComparison.Ordinal);
            Assert.Equal(302, (await memberThere.PostAsync(page, new() { ["item"] = $"{item}", ["text"] = "Said at the second." }, "note"))
                .Status);
            await Task.WhenAll(here.HearAsync(), there.HearAsync());
        }
    }

    [Fact]
    public async Task BrokenConnection_IsOpenedAnew_AndEveryoneLooksAgain()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        await using var another = await app.AnotherAsync();
        var here = app.Services.GetRequiredService<LiveChanges>();
        var there = another.Services.GetRequiredService<LiveChanges>();
        using var watch = here.Watch("meeting:1");
        Assert.True(await watch.ChangedAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)); // it listens now
        for (var times = 0; times < 2; times++)
        {
            await app.DbAsync(db =>
                db.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'colead live' AND datname = current_database()"));
            // something may have been missed
            Assert.True(await watch.ChangedAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            await there.AnnounceAsync("meeting:1");
            Assert.True(await watch.ChangedAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task ManyChanges_BetweenTwoLooks_AreOne(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var live = app.Services.GetRequiredService<LiveChanges>();
        using var watch = live.Watch("meeting:1");
        using var other = live.Watch("meeting:2");
        if (engine == Engine.Postgres) await Task.WhenAll(watch.ChangedAsync(TimeSpan.FromSeconds(30), default),
            other.ChangedAsync(TimeSpan.FromSeconds(30), default));
        for (var i = 0; i < 50; i++) await live.AnnounceAsync("meeting:1");
        Assert.True(await watch.ChangedAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        // PostgreSQL passes them on while we look
        while (await watch.ChangedAsync(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken)) continue;
        Assert.False(await other.ChangedAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    /// <summary>The first who watches on PostgreSQL is told once that listening has begun.</summary>
    private static async Task SettleAsync(params LiveListener[] streams)
    {
        foreach (var stream in streams) await stream.SettleAsync();
    }

    private static async Task<(long Meeting, long Item)> MeetingAsync(TestApp app, TestPartnership partnership)
    {
        var meeting = TestMeetings.New(app, partnership);
        var item = TestMeetings.Item("Ferries");
        meeting.Items.Add(item);
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        return (meeting.Id, item.Id);
    }
}
