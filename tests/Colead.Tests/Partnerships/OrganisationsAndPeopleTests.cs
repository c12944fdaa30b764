using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Partnerships;

public class OrganisationsAndPeopleTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task AddOrganisation_BadInput_SaysSoBesideTheFieldAndKeepsWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = PartnershipsLinks.AddOrganisation(partnership.Id);
        var answer = await visitor.PostAsync(path, new() { ["Name"] = partnership.Organisations[0].Name.ToUpperInvariant(),
            ["Sector"] = "Martian", ["Identifier"] = "GB-CHC-12" });
        Assert.Equal(400, answer.Status);
        Assert.Contains("already", answer.ErrorOf("Name"), StringComparison.Ordinal);
        Assert.Equal("Choose one of the answers given", answer.ErrorOf("Sector"));
        Assert.Contains("GB-CHC-1234567", answer.ErrorOf("Identifier"), StringComparison.Ordinal);
        Assert.Equal("GB-CHC-12", answer.ValueOf("Identifier"));
        Assert.StartsWith("Problem:", answer.Document.Title, StringComparison.Ordinal);
        Assert.All(answer.Document.QuerySelectorAll(".govuk-error-summary a"),
            link => Assert.NotNull(answer.Document.QuerySelector(link.GetAttribute("href")!)));
        Assert.Equal(3, await app.DbAsync(db => db.Set<Organisation>().CountAsync(o => o.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Organisation_AddedChangedLeftAndBack_KeepsItsHistory(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var added = await visitor.PostAsync(PartnershipsLinks.AddOrganisation(partnership.Id),
            new() { ["Name"] = " Saltmarsh   Trust ", ["Sector"] = "Voluntary", ["Size"] = "Micro", ["Identifier"] = "gb-chc-1234567" });
        Assert.Equal(302, added.Status);
        var page = await visitor.GetAsync(added.Location!);
        Assert.Equal("Saltmarsh Trust", page.Heading);
        Assert.Contains("GB-CHC-1234567", page.Text, StringComparison.Ordinal);
        var id = long.Parse(added.Location!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await visitor.PostAsync(PartnershipsLinks.AddPerson(partnership.Id, id),
            new() { ["Name"] = "Ana Reed", ["Email"] = "", ["Level"] = "Volunteer" });
        Assert.Equal(302, (await visitor.SubmitAsync(await visitor.GetAsync(added.Location!), [], "leave")).Status);
        var left = await visitor.GetAsync(added.Location!);
        Assert.Contains("has left the partnership", left.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody on the list yet", left.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(left, [], "return")).Status);
        Assert.Contains("since", (await visitor.GetAsync(added.Location!)).Text, StringComparison.Ordinal);
        var membership = await app.DbAsync(db => db.Set<Membership>().SingleAsync(m => m.OrganisationId == id));
        Assert.NotNull(membership.LeftOn);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Edit_ByTwoAtOnce_TellsTheSecond409(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var path = PartnershipsLinks.EditOrganisation(partnership.Id, partnership.Organisations[1].Id);
        var (pageOne, pageTwo) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { ["Size"] = "Small" })).Status);
        var second = await two.SubmitAsync(pageTwo, new() { ["Size"] = "Large" });
        Assert.Equal(409, second.Status);
        Assert.Contains("Someone else changed this", second.Text, StringComparison.Ordinal);
        Assert.Equal(SizeBand.Small, (await app.DbAsync(db => db.Set<Organisation>()
            .SingleAsync(o => o.Id == partnership.Organisations[1].Id))).Size);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_SeesAndChanges_OnlyTheirOwnOrganisationsPeople(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var own = await partnership.PersonAsync("Own Person", TestApp.NewEmail(), 0);
        var other = await partnership.PersonAsync("Other Person", TestApp.NewEmail(), 1);
        var shared = await partnership.PersonAsync("Shared Person", TestApp.NewEmail(), 0, alsoIn: 1);
        using var lead = await partnership.AsAsync(Role.Lead);
        var list = await lead.GetAsync(PartnershipsLinks.People(partnership.Id));
        Assert.Contains("Own Person", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Other Person", list.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await lead.GetAsync(PartnershipsLinks.Person(partnership.Id, other))).Status);
        Assert.Equal(200, (await lead.GetAsync(PartnershipsLinks.Person(partnership.Id, own))).Status);
        var page = await lead.GetAsync(PartnershipsLinks.Person(partnership.Id, shared));
        Assert.DoesNotContain(partnership.Organisations[1].Name, page.Text, StringComparison.Ordinal);
        Assert.Contains("only the coordinator changes", page.Text, StringComparison.Ordinal);
        var forged = await lead.ForgeAsync("/account", PartnershipsLinks.Person(partnership.Id, shared),
            new() { ["Name"] = "Shared Person", ["Email"] = "thief@example.org", ["Version"] = "0" });
        Assert.Equal(404, forged.Status);
        var elsewhere = await lead.ForgeAsync("/account", PartnershipsLinks.AddPerson(partnership.Id),
            new() { ["Name"] = "X", ["Level"] = "Board", ["Organisation"] = partnership.Organisations[1]
            .Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(400, elsewhere.Status);
        var theirs = await app.DbAsync(db => db.Set<Membership>()
            .SingleAsync(m => m.PersonId == shared && m.OrganisationId == partnership.Organisations[1].Id));
        Assert.Equal(404,
            (await lead.ForgeAsync("/account",
            $"{PartnershipsLinks.Person(partnership.Id, shared)}?handler=leave&membershipId={theirs.Id}", [])).Status);
        Assert.DoesNotContain("Other Person",
            System.Text.Encoding.UTF8.GetString(await lead.BytesAsync(PartnershipsLinks.Roster(partnership.Id, "csv"))),
            StringComparison.Ordinal);
        Assert.Equal(404, (await lead.GetAsync(PartnershipsLinks.Team(partnership.Id))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task MembersAndViewers_SeeOrganisations_NeverPeople(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Hidden Person", TestApp.NewEmail(), 1);
        foreach (var role in new[] { Role.Member, Role.Viewer })
        {
            using var visitor = await partnership.AsAsync(role);
            Assert.Equal(200, (await visitor.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Status);
            Assert.DoesNotContain("Hidden Person", (await visitor.GetAsync(PartnershipsLinks.Organisation(partnership.Id,
                partnership.Organisations[1].Id))).Text, StringComparison.Ordinal);
            foreach (var closed in new[] { PartnershipsLinks.People(partnership.Id), PartnershipsLinks.Import(partnership.Id),
                PartnershipsLinks.Team(partnership.Id), PartnershipsLinks.Trail(partnership.Id), PartnershipsLinks.Edit(partnership.Id),
                PartnershipsLinks.AddOrganisation(partnership.Id), PartnershipsLinks.Roster(partnership.Id, "xlsx") })
                Assert.Equal(404, (await visitor.GetAsync(closed)).Status);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Person_ChangesLevelOrganisationsAndLeaves_WithHistory(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var id = await partnership.PersonAsync("Robin Shore", TestApp.NewEmail(), 0);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = PartnershipsLinks.Person(partnership.Id, id);
        Assert.Equal(302, (await visitor.PostAsync(path, new() { ["Level"] = "Middle", ["Title"] = "Head of Tides" }, "place")).Status);
        var history = await app.DbAsync(db => db.Set<Membership>().Where(m => m.PersonId == id).OrderBy(m => m.Id).ToListAsync());
        Assert.Equal([Level.Frontline, Level.Middle], history.Select(m => m.Level));
        Assert.NotNull(history[0].LeftOn);
        Assert.DoesNotContain("Head of Tides", (await visitor.GetAsync(PartnershipsLinks.Organisation(partnership.Id,
            partnership.Organisations[0].Id))).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.PostAsync(path, new() { ["TitleShown"] = "true" }, "place")).Status);
        Assert.Contains("Head of Tides", (await visitor.GetAsync(PartnershipsLinks.Organisation(partnership.Id,
            partnership.Organisations[0].Id))).Text, StringComparison.Ordinal);
        Assert.Equal(302,
            (await visitor.PostAsync(path, new() { ["Organisation"] = partnership.Organisations[2]
            .Id.ToString(System.Globalization.CultureInfo.InvariantCulture), ["Level"] = "Board" }, "join")).Status);
        Assert.Equal(302, (await visitor.SubmitAsync(await visitor.GetAsync(path), [], "leave")).Status);
        Assert.Equal(1, await app.DbAsync(db => db.Set<Membership>().CountAsync(m => m.PersonId == id && m.LeftOn == null)));
        Assert.Contains("Before", (await visitor.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task AddPerson_WithoutAddress_Twice_IsAddedOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = PartnershipsLinks.AddPerson(partnership.Id);
        var fields = new Dictionary<string, string> { ["Name"] = "Bo  low", ["Organisation"] = $"{partnership.Organisations[0].Id}",
            ["Level"] = "Board" };
        Assert.Equal(302, (await lead.PostAsync(path, fields)).Status);
        var again = await lead.PostAsync(path, fields);
        Assert.Equal((400, true), (again.Status, again.ErrorOf("Name")!.StartsWith("Someone of this name", StringComparison.Ordinal)));
        Assert.Equal(302, (await lead.PostAsync(path, new(fields) { ["Name"] = "Bo X. Low" })).Status);
        Assert.Equal(2, await app.DbAsync(db => db.Set<Person>().CountAsync(p => p.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task AddPerson_SameAddress_IsTheSamePersonInOneMoreOrganisation(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var email = TestApp.NewEmail("kit");
        Dictionary<string, string> Fields(int organisation) =>
            new() { ["Name"] = "Kit Lowe", ["Email"] = email, ["Level"] = "Frontline",
            ["Organisation"] = partnership.Organisations[organisation].Id.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        var path = PartnershipsLinks.AddPerson(partnership.Id);
        Assert.Equal(302, (await visitor.PostAsync(path, Fields(0))).Status);
        Assert.Equal(302, (await visitor.PostAsync(path, Fields(1))).Status);
        var again = await visitor.PostAsync(path, Fields(1));
        Assert.Contains("already", again.ErrorOf("Email"), StringComparison.Ordinal);
        Assert.Equal("Kit Lowe", again.ValueOf("Name"));
        var person = await app.DbAsync(db => db.Set<Person>().Include(p => p.Memberships)
            .SingleAsync(p => p.PartnershipId == partnership.Id));
        Assert.Equal(2, person.Memberships.Count);
        Assert.NotNull((await visitor.PostAsync(path, new(Fields(0)) { ["Email"] = "kit at example" })).ErrorOf("Email"));
    }

    [Theory]
    [InlineData("GB-CHC-1234567", true), InlineData("gb-coh-sc123456", true), InlineData("GB-COH-1234567", false),
        InlineData("GB-SC-SC012345", true), InlineData("GB-NHS-RA1", true)]
    [InlineData("US-EIN-12-3456789", true), InlineData("1234567", false), InlineData("GB-CHC-", false),
        InlineData("GB-CHC-1234567; DROP", false)]
    public void Identifier_IsCheckedByForm(string text, bool valid) =>
        Assert.Equal(valid, OrganisationIdentifier.TryParse(text, out _, out _));

    [Theory]
    [InlineData("a@example.org", true), InlineData("first.last+tag@sub.example.co.uk", true), InlineData("o'neil@example.org", true),
        InlineData("siân@example.org", true)]
    [InlineData("a@example", false), InlineData("a b@example.org", false), InlineData("Sam <a@example.org>", false),
        InlineData("a@-x.org", false), InlineData("a@example.org\nBcc: b@c.org", false), InlineData("@example.org", false)]
    public void EmailAddress_IsCheckedByForm(string text, bool valid) => Assert.Equal(valid, Colead.Storage.EmailAddress.IsValid(text));
}
