using System.Globalization;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

public class RoundEndsTests(House house)
{
    private static readonly Func<long, long, string>[] Ends = [RoundsLinks.Extend, RoundsLinks.CloseEarly, RoundsLinks.Cancel];

    [Theory, ClassData(typeof(Engines))]
    public async Task Extend_ToALaterTime_GivesMoreTime_AndRefusesAnEarlierOne(Engine engine)
    {
        var (app, partnership, round) = await OpenAsync(engine);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Extend(partnership.Id, round.Id);
        string Day(int days) => app.Clock.Today().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var day in new[] { Day(2), Day(-2), "soon", Day(2000) })
        {
            var refused = await visitor.PostAsync(path, new() { ["ClosesOn"] = day, ["ClosesTime"] = "12:00" });
            Assert.Equal((400, day), (refused.Status, refused.ValueOf("ClosesOn")));
            Assert.NotNull(refused.ErrorOf("ClosesOn"));
        }
        Assert.Equal(302, (await visitor.PostAsync(path, new() { ["ClosesOn"] = Day(30), ["ClosesTime"] = "12:00" })).Status);
        Assert.Equal(Dates.FromLondon(app.Clock.Today().AddDays(30), new TimeOnly(12, 0)),
            (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == round.Id))).ClosesAt);
        Assert.Contains("extended a round", await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id)
            .Select(a => a.Act).ToListAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task CloseEarly_Confirmed_ClosesOnce_AndLaterFormsAreRefused(Engine engine)
    {
        var (app, partnership, round) = await OpenAsync(engine);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var pages = new List<Colead.Tests.Support.Answer>();
        foreach (var end in Ends) pages.Add(await visitor.GetAsync(end(partnership.Id, round.Id)));
        Assert.Contains("cannot be opened again", pages[1].Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(pages[1], [])).Status);
        Assert.Equal(RoundState.Closed, (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == round.Id))).State);
        foreach (var page in pages) Assert.Equal(409, (await visitor.SubmitAsync(page, new() { ["Typed"] = round.Name })).Status);
        Assert.Contains("not published yet", (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, round.Id))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Cancel_OfAnOpenRound_NeedsItsName_AndDestroysTheAnswers(Engine engine)
    {
        var (app, partnership, round) = await OpenAsync(engine);
        await app.SaveAsync(db => db.Responses.Add(new Response { Key = [.. Enumerable.Repeat((byte)7, 8),
            .. BitConverter.GetBytes(round.Id)], RoundId = round.Id, Content = new byte[285] }));
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(RoundsLinks.Cancel(partnership.Id, round.Id));
        Assert.Contains("Every answer given in this round is destroyed", page.Text, StringComparison.Ordinal);
        foreach (var typed in new[] { "", "yes", round.Name[..^1] })
        {
            var refused = await visitor.SubmitAsync(page, new() { ["Typed"] = typed });
            Assert.Equal((400, typed), (refused.Status, refused.ValueOf("Typed")));
            Assert.NotNull(refused.ErrorOf("Typed"));
        }
        Assert.Equal(1, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));
        Assert.Equal(302, (await visitor.SubmitAsync(page, new() { ["Typed"] = " " + round.Name.ToUpperInvariant() })).Status);
        Assert.Equal(RoundState.Cancelled, (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == round.Id))).State);
        Assert.Equal(0, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));
        Assert.Contains("destroyed", (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, round.Id))).Text, StringComparison.Ordinal);
        using var member = await partnership.AsAsync(Role.Member);
        Assert.Equal(404, (await member.GetAsync(RoundsLinks.Round(partnership.Id, round.Id))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Cancel_OfADraft_NeedsNoTyping(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.Cancel(partnership.Id, draft.Id), [])).Status);
        Assert.Equal(RoundState.Cancelled, (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id))).State);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Ends_ByAnyoneButTheCoordinator_AreNotThere(Engine engine)
    {
        var (app, partnership, round) = await OpenAsync(engine);
        foreach (var role in new[] { Role.Viewer, Role.Member, Role.Lead })
        {
            using var visitor = await partnership.AsAsync(role);
            var page = await visitor.GetAsync(RoundsLinks.Round(partnership.Id, round.Id));
            Assert.Contains("People are answering", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Cancel it", page.Text, StringComparison.Ordinal);
            foreach (var end in Ends) Assert.Equal(404, (await visitor.ForgeAsync("/account", end(partnership.Id, round.Id),
                new() { ["Typed"] = round.Name })).Status);
        }
        var other = await app.PartnershipAsync();
        using var stranger = await other.AsAsync(Role.Coordinator);
        foreach (var end in Ends) Assert.Equal(404, (await stranger.ForgeAsync("/account", end(other.Id, round.Id),
            new() { ["Typed"] = round.Name })).Status);
        Assert.Equal(RoundState.Open, (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == round.Id))).State);
    }

    private async Task<(TestApp App, TestPartnership Partnership, Round Round)> OpenAsync(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        return (app, partnership, await app.OpenRoundAsync(partnership));
    }
}
