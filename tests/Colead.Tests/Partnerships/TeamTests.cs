using Colead.Composition;
using Colead.Parts.Accounts;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Partnerships;

public class TeamTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Invite_WithoutMail_ShowsALinkThatMakesAnAccountOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var email = TestApp.NewEmail("lead");
        var answer = await coordinator.PostAsync(PartnershipsLinks.Team(partnership.Id),
            new() { ["Email"] = email, ["Role"] = "Lead", ["Organisation"] = Id(partnership.Organisations[1]) });
        Assert.Equal(200, answer.Status);
        var link = new Uri(answer.ValueOf("link")!).PathAndQuery;
        Assert.Contains("Link to be passed on", answer.Text, StringComparison.Ordinal);

        using var invited = app.Visitor();
        await invited.GetAsync(link);
        var page = await invited.GetAsync(link);
        Assert.Contains("partner lead for " + partnership.Organisations[1].Name, page.Text, StringComparison.Ordinal);
        Assert.NotNull((await invited.SubmitAsync(page, new() { ["Name"] = "Lee Sands", ["Password"] = "short" })).ErrorOf("Password"));
        Assert.Equal(302, (await invited.SubmitAsync(page, new() { ["Name"] = "Lee Sands", ["Password"] = "egret on the weir" })).Status);
        Assert.Equal(200, (await invited.GetAsync(PartnershipsLinks.People(partnership.Id))).Status);
        using var late = app.Visitor();
        Assert.Equal("This invitation no longer works", (await late.GetAsync(link)).Heading);
        Assert.Contains("took up an invitation", (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Invite_SomeoneWithAnAccount_JoinsWithIt_AndNoSecondAccountIsMade(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var account = await app.AccountAsync("grey heron on the sluice");
        var link = await InviteAsync(app, partnership, account.Email!, Role.Member);
        using var visitor = app.Visitor();
        var page = await visitor.GetAsync(link);
        var refused = await visitor.SubmitAsync(page, new() { ["Name"] = "Twin", ["Password"] = "egret on the weir" });
        Assert.Equal(400, refused.Status);
        var unknown = await InviteAsync(app, partnership, TestApp.NewEmail(), Role.Member);
        Assert.Equal(page.Document.QuerySelectorAll("main h2").Select(h => h.TextContent), (await visitor.GetAsync(unknown))
            .Document.QuerySelectorAll("main h2").Select(h => h.TextContent));
        var signedIn = await visitor.PostAsync(AccountsLinks.SignIn(link),
            new() { ["Email"] = account.Email!, ["Password"] = "grey heron on the sluice" });
        Assert.Equal(link, signedIn.Location);
        Assert.Equal(302, (await visitor.SubmitAsync(await visitor.GetAsync(link), [], "take")).Status);
        var partnershipsOfAccount = await app.DbAsync(db => db.Set<RoleGrant>().CountAsync(g => g.AccountId == account.Id));
        Assert.Equal(1, partnershipsOfAccount);
        Assert.Equal(1, await app.DbAsync(db => db.Users.CountAsync(a => a.NormalizedEmail == account.NormalizedEmail)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Invitation_ReplacedWithdrawnOrOld_NoLongerWorks(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var email = TestApp.NewEmail();
        var first = await InviteAsync(app, partnership, email, Role.Viewer);
        var second = await InviteAsync(app, partnership, email, Role.Viewer);
        using var visitor = app.Visitor();
        Assert.Equal("This invitation no longer works", (await visitor.GetAsync(first)).Heading);
        Assert.Equal(partnership.Name, (await visitor.GetAsync(second)).Heading);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(PartnershipsLinks.Team(partnership.Id)), [],
            "withdraw")).Status);
        Assert.Equal("This invitation no longer works", (await visitor.GetAsync(second)).Heading);
        var third = await InviteAsync(app, partnership, email, Role.Viewer);
        app.Clock.Move(TimeSpan.FromDays(15));
        Assert.Equal("This invitation no longer works", (await visitor.GetAsync(third)).Heading);
        await visitor.ForgeAsync("/sign-in", third, new() { ["Name"] = "Late", ["Password"] = "egret on the weir" });
        Assert.False(await app.DbAsync(db => db.Users.AnyAsync(a => a.Email == email)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Role_ChangedAndEnded_ButTheLastCoordinatorStays(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var grants = await app.DbAsync(db => db.Set<RoleGrant>().Where(g => g.PartnershipId == partnership.Id).ToListAsync());
        RoleGrant Of(Role role) => grants.Single(g => g.Role == role);
        var team = PartnershipsLinks.Team(partnership.Id);
        Task<Answer> Change(RoleGrant grant, string role, string organisation = "") =>
            coordinator.ForgeAsync(team, team + "?handler=change",
            new() { ["Grant"] = grant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), ["NewRole"] = role,
            ["NewOrganisation"] = organisation });
        Task<RoleGrant> HeldAsync(RoleGrant grant) => app.DbAsync(db => db.Set<RoleGrant>().AsNoTracking()
            .SingleAsync(g => g.Id == grant.Id));
        var kept = await Change(Of(Role.Coordinator), "Viewer");
        Assert.Equal(400, kept.Status);
        Assert.Contains("needs a coordinator", kept.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await Change(Of(Role.Viewer), "Lead")).Status);
        Assert.Equal(302, (await Change(Of(Role.Viewer), "Lead", Id(partnership.Organisations[2]))).Status);
        Assert.Equal(302, (await Change(Of(Role.Member), "Member", Id(partnership.Organisations[1]))).Status);
        // they belong to the one that was chosen
        Assert.Equal(partnership.Organisations[1].Id, (await HeldAsync(Of(Role.Member))).OrganisationId);
        Assert.Equal(302, (await Change(Of(Role.Member), "Viewer", Id(partnership.Organisations[1]))).Status);
        Assert.Null((await HeldAsync(Of(Role.Member))).OrganisationId); // viewers belong to none
        Assert.Equal(400, (await Change(Of(Role.Member), "King")).Status);
        var other = await app.PartnershipAsync();
        var foreign = await app.DbAsync(db => db.Set<RoleGrant>().FirstAsync(g => g.PartnershipId == other.Id));
        Assert.Equal(404, (await Change(foreign, "Viewer")).Status);
        Assert.Equal(400, (await Change(Of(Role.Member), "Lead", Id(other.Organisations[0]))).Status);
        Assert.Equal(302, (await coordinator.ForgeAsync(team, team + "?handler=end",
            new() { ["Grant"] = Of(Role.Member).Id.ToString(System.Globalization.CultureInfo.InvariantCulture) })).Status);
        using var ended = await partnership.AsAsync(Role.Member);
        Assert.Equal(404, (await ended.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Invite_WithMail_GoesOut_AndAFailureIsShownToTheCoordinator(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app =
            await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = server.Port,
            Tls = false, From = "colead@example.org" });
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var team = PartnershipsLinks.Team(partnership.Id);
        Assert.Equal(302, (await coordinator.PostAsync(team, new() { ["Email"] = "refused@example.org", ["Role"] = "Member" })).Status);
        Assert.Equal(302, (await coordinator.PostAsync(team, new() { ["Email"] = "good@example.org", ["Role"] = "Member" })).Status);
        var text = "";
        for (var i = 0; i < 100 && !(text.Contains("Could not be delivered", StringComparison.Ordinal)
            && text.Contains("Sent", StringComparison.Ordinal)); i++)
        {
            await app.Services.GetRequiredService<MailSender>().SendDueAsync(default);
            text = (await coordinator.GetAsync(team)).Text;
        }
        Assert.Contains("Could not be delivered", text, StringComparison.Ordinal);
        Assert.Contains(partnership.Name, Assert.Single(server.Letters), StringComparison.Ordinal);
    }

    private static async Task<string> InviteAsync(TestApp app, TestPartnership partnership, string email, Role role)
    {
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var answer = await coordinator.PostAsync(PartnershipsLinks.Team(partnership.Id),
            new() { ["Email"] = email, ["Role"] = role.ToString() });
        return new Uri(answer.ValueOf("link")!).PathAndQuery;
    }

    private static string Id(Organisation organisation) => organisation.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
