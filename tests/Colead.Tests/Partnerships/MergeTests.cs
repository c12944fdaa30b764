using System.Globalization;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Partnerships;

/// <summary>One organisation that two lists wrote differently becomes one, as long as nothing but people and leads hangs on it.</summary>
public class MergeTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Merge_MovesPeopleAndLeads_Once_AndIsTold(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (from, into) = (p.Organisations[0], p.Organisations[1]);
        var here = await p.PersonAsync("Here Only", TestApp.NewEmail(), 0, Level.Board);
        var both = await p.PersonAsync("In Both", TestApp.NewEmail(), 0);
        await p.PersonAsync("There Already", TestApp.NewEmail(), 1);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        Assert.Equal(302, (await coordinator.PostAsync(PartnershipsLinks.Person(p.Id, both),
            new() { ["Organisation"] = Text(into.Id), ["Level"] = nameof(Level.Middle) }, "join")).Status);
        using var lead = await p.AsAsync(Role.Lead); // of the first
        var page = await coordinator.GetAsync(PartnershipsLinks.Organisation(p.Id, from.Id));
        Assert.DoesNotContain("under another name", (await lead.GetAsync(PartnershipsLinks.Organisation(p.Id, from.Id))).Text,
            StringComparison.Ordinal);
        Assert.Equal(400, (await coordinator.SubmitAsync(page, [], "merge")).Status);

        var done = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => coordinator.SubmitAsync(page, new() { ["into"] = Text(into.Id) }, "merge")));
        Assert.Contains(done, answer => answer.Status == 302);
        Assert.All(done, answer => Assert.True(answer.Status is 302 or 400 or 404, $"{answer.Status}"));
        Assert.False(await app.DbAsync(db => db.Set<Organisation>().AnyAsync(o => o.Id == from.Id)));
        var there = await app.DbAsync(db => db.Set<Membership>().Where(m => m.OrganisationId == into.Id && m.LeftOn == null)
            .OrderBy(m => m.Person!.Name)
            .Select(m => new { m.Person!.Name, m.Level, m.ByCoordinator, m.PlacedBy }).ToListAsync());
        Assert.Equal([("Here Only", Level.Board), ("In Both", Level.Middle), ("There Already", Level.Frontline)],
            there.Select(m => (m.Name, m.Level)));
        Assert.Null(there[0].ByCoordinator);
        Assert.Equal(p.Account(Role.Coordinator).Id, there[0].PlacedBy.AccountId);
        Assert.Equal(200, (await lead.GetAsync(PartnershipsLinks.Person(p.Id, here))).Status);
        Assert.Contains("made one organisation of two", (await coordinator.GetAsync(PartnershipsLinks.Trail(p.Id))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Merge_OfWhatARoundOrAThreadNames_IsRefused_AndNothingMoves(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var other = await app.PartnershipAsync();
        await p.PersonAsync("Stays", TestApp.NewEmail(), 0);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        var path = PartnershipsLinks.Organisation(p.Id, p.Organisations[0].Id);
        Assert.Equal(400, (await coordinator.PostAsync(path, new() { ["into"] = Text(other.Organisations[0].Id) }, "merge")).Status);
        await app.SaveAsync(db => db.Set<GoldenThread>()
            .Add(new() { PartnershipId = p.Id, Title = "Late buses", About = "", Source = ThreadSource.Problem, StartedBy = "Lead",
            OrganisationId = p.Organisations[0].Id, StartedAt = app.Clock.GetUtcNow().UtcDateTime, FormKey = "key" }));
        var refused = await coordinator.PostAsync(path, new() { ["into"] = Text(p.Organisations[1].Id) }, "merge");
        Assert.Equal(400, refused.Status);
        Assert.Contains("would be lost", refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.DbAsync(db => db.Set<Membership>().CountAsync(m => m.OrganisationId == p.Organisations[0].Id)));

        await app.DraftRoundAsync(p);
        Assert.Equal(400, (await coordinator.PostAsync(PartnershipsLinks.Organisation(p.Id, p.Organisations[2].Id),
            new() { ["into"] = Text(p.Organisations[1].Id) }, "merge")).Status);
        using var lead = await p.AsAsync(Role.Lead);
        Assert.Equal(404, (await lead.ForgeAsync("/account", path + "?handler=merge", new() { ["into"] = Text(p.Organisations[1].Id) }))
            .Status);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
