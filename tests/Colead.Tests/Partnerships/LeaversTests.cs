using System.Reflection;
using Colead.Kit.Texts;
using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Tests.Attacks;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Partnerships;

/// <summary>A role holds while what it rests on holds: whose organisation has left reads what was published before, and no more.</summary>
public class LeaversTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_WhoseOrganisationLeft_ReadsWhatWasPublishedBefore(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var (id, ours) = (stage.Partnership.Id, stage.Partnership.Organisations[0].Id);
        foreach (var organisation in new[] { 0, 1, 2 })
            for (var i = 0; i < 12; i++) await stage.Partnership.PersonAsync($"F{organisation}{i}", TestApp.NewEmail(), organisation);
        var before = await PublishAsync();
        app.Clock.Move(TimeSpan.FromDays(100));
        await stage.SignInAgainAsync();
        await app.DbAsync(async db =>
        {
            (await db.Set<Organisation>().Include(o => o.Terms).SingleAsync(o => o.Id == ours)).Leave(app.Clock.Today());
            return await db.SaveChangesAsync();
        });
        var after = await PublishAsync();

        var home = await stage.Lead.GetAsync(PartnershipsLinks.Overview(id));
        Assert.Equal(200, home.Status);
        Assert.Contains("left this partnership on", home.Text, StringComparison.Ordinal);
        Assert.Contains(FindingsLinks.Home(id, before), home.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(FindingsLinks.Home(id, after), home.Body, StringComparison.Ordinal);
        var findings = await stage.Lead.GetAsync(FindingsLinks.Home(id, before));
        Assert.Equal(200, findings.Status);
        Assert.DoesNotContain("Take this up", findings.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await stage.Lead.GetAsync(FindingsLinks.Home(id, after))).Status);
        Assert.Equal(404, (await stage.Lead.GetAsync(FindingsLinks.File(id, after, "json"))).Status);
        foreach (var closed in new[] { PartnershipsLinks.People(id), PartnershipsLinks.Organisations(id),
            PartnershipsLinks.AddPerson(id, ours), PartnershipsLinks.Team(id) })
            Assert.Equal(404, (await stage.Lead.GetAsync(closed)).Status);
        Assert.Equal(200, (await stage.Coordinator.GetAsync(FindingsLinks.Home(id, after))).Status);

        async Task<long> PublishAsync()
        {
            var round = await stage.OpenAsync();
            var random = new Analysis.SeededRandom(3);
            foreach (var (_, link) in await app.LinksAsync(round)) await stage.AnswerAsync(link, KnownAnswers.Answers(random));
            await stage.PublishAsync(round);
            return round.Id;
        }
    }

    /// <summary>What leavers may read is named one by one: findings, and the page that leads to them.</summary>
    [Fact]
    public void Pages_ThatLeaversRead_AreFindingsAlone() => Assert.All(
        typeof(OverviewModel).Assembly.GetTypes().Where(type => type.GetCustomAttribute<ForAttribute>() is { LeaversToo: true }
            && type != typeof(OverviewModel)),
        type => Assert.StartsWith("Colead.Parts.Findings.", type.FullName, StringComparison.Ordinal));
}
