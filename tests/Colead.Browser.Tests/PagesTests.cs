using Colead.Kit.Tables;
using Colead.Parts.Accounts;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>Every page, on a phone and on a desk, with axe.</summary>
public class PagesTests(Chromium chromium)
{
    [Fact]
    public async Task Pages_BeforeSigningIn_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.VisitAsync("welcome-new", "/");
        var setUp = AccountsLinks.SetUp(await app.SecretForAsync(null));
        await window.VisitAsync("set-up", setUp);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await window.Page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("set-up-problems");
        var account = await app.AccountAsync();
        await window.VisitAsync("welcome", "/");
        await window.VisitAsync("sign-in", "/sign-in");
        await window.VisitAsync("enter", AccountsLinks.Enter(await app.SecretForAsync(account.Id)));
        await window.VisitAsync("enter-old", AccountsLinks.Enter("old"));
        await window.VisitAsync("forgotten", "/forgotten");
        await window.VisitAsync("reset", "/reset?account=1&token=x");
        await window.VisitAsync("missing", "/nowhere");
        app.Settings.Mail.Host = "127.0.0.1";
        await window.VisitAsync("forgotten-mail", "/forgotten");
        app.Settings.Mail.Host = null;
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var invited = await coordinator.PostAsync(PartnershipsLinks.Team(partnership.Id),
            new() { ["Email"] = "new@example.org", ["Role"] = "Member" });
        await window.VisitAsync("invitation", new Uri(invited.ValueOf("link")!).PathAndQuery);
    }

    [Fact]
    public async Task Pages_OfTheDemonstration_AreSound()
    {
        await using var app = await Demonstrated.StartAsync();
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.EnterAsync(app, await Demonstrated.CoordinatorAsync(app));
        var id = await app.DbAsync(db => db.Set<Partnership>().Select(p => p.Id).SingleAsync());
        var organisation = await app.DbAsync(db => db.Set<Organisation>().Where(o => o.Name == "Vale Carers").Select(o => o.Id)
            .SingleAsync());
        var shared = await app.DbAsync(db => db.Set<Person>().Where(p => p.Memberships.Count > 1).Select(p => p.Id).FirstAsync());
        await window.VisitAsync("partnerships", PartnershipsLinks.All());
        await window.VisitAsync("create", PartnershipsLinks.Create());
        await window.VisitAsync("overview", PartnershipsLinks.Overview(id));
        await window.VisitAsync("edit", PartnershipsLinks.Edit(id));
        await window.VisitAsync("organisations", PartnershipsLinks.Organisations(id));
        await window.VisitAsync("organisation", PartnershipsLinks.Organisation(id, organisation));
        await window.VisitAsync("organisation-edit", PartnershipsLinks.EditOrganisation(id, organisation));
        await window.VisitAsync("organisation-new", PartnershipsLinks.AddOrganisation(id));
        await window.VisitAsync("people", PartnershipsLinks.People(id));
        await window.VisitAsync("people-none", PartnershipsLinks.People(id) + "?Find=zzzz");
        await window.VisitAsync("person", PartnershipsLinks.Person(id, shared));
        await window.VisitAsync("person-new", PartnershipsLinks.AddPerson(id));
        await window.VisitAsync("import", PartnershipsLinks.Import(id));
        await window.VisitAsync("team", PartnershipsLinks.Team(id));
        await window.VisitAsync("trail", PartnershipsLinks.Trail(id));
        await window.VisitAsync("mail", MailLinks.Mail());
        await window.VisitAsync("account", AccountsLinks.You());
        await window.VisitAsync("passkeys", AccountsLinks.Passkeys());
        await window.VisitAsync("signed-in", AccountsLinks.SignedIn());
        await window.VisitAsync("authenticator", AccountsLinks.Authenticator());
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await window.Page.WaitForSelectorAsync(".qr");
        await window.IsSoundAsync("authenticator-key");
        // a QR code that is not square cannot be read
        Assert.Equal(1,
            await window.Page.EvaluateAsync<double>("(b => b.width / b.height)(document.querySelector('.qr').getBoundingClientRect())"), 2);
        await window.VisitAsync("password", AccountsLinks.Password());
        await window.VisitAsync("sign-out", AccountsLinks.SignOut());
        await window.Page.GotoAsync(PartnershipsLinks.Import(id));
        await window.Page.SetInputFilesAsync("#List", new FilePayload
        {
            Name = "staff list.csv",
            MimeType = "text/csv",
            Buffer = "Full name;E-mail;Organisation;Sector;Level\nAna Reed;ana@new.example;Vale Carers;;Volunteer\nBo Low;bo at new;Lighthouse Arts;Hybrid;Big cheese\nCy Moor;;Lighthouse Arts;charity;board\n"u8.ToArray(),
        });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Look at the list" }).ClickAsync();
        await window.Page.WaitForURLAsync("**/import/*");
        await window.IsSoundAsync("preview");
        await window.Page.GotoAsync(PartnershipsLinks.Import(id));
        await window.Page.SetInputFilesAsync("#List", new FilePayload
        {
            Name = "contacts.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("Contacts 2026;;\nName;Organisation;E-mail\nZoë Hart (Chair);Vale Carer;zoë.o’neil@new.example\n"
                + "Brown, Hugh;;hugh@new.example\nN/A;Lighthouse Arts;\nJosé Núñez;Coed Trust;jose@new.example\n"),
        });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Look at the list" }).ClickAsync();
        await window.Page.WaitForURLAsync("**/import/*");
        await window.IsSoundAsync("preview-asked");
        await window.Page.GotoAsync(PartnershipsLinks.Team(id));
        await window.Page.GetByLabel("E-mail address").FillAsync("lead@new.example");
        await window.Page.GetByLabel("Partner lead", new() { Exact = true }).CheckAsync();
        await window.Page.Locator("#Organisation").SelectOptionAsync(new SelectOptionValue { Label = "Vale Carers" });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await window.Page.WaitForSelectorAsync("#link");
        await window.IsSoundAsync("team-invited");
    }

    [Fact]
    public async Task Pages_OfRecoveryAndTrouble_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.AttemptsPerMinute = 5);
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        var page = window.Page;
        var partnership = await app.PartnershipAsync();
        await window.EnterAsync(app, partnership.Account(Role.Coordinator));
        await page.GotoAsync(AccountsLinks.Authenticator());
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.WaitForSelectorAsync(".qr");
        var key = (await page.Locator("span.code").First.InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#Code").FillAsync(AuthenticatorApp.Code(key, app.Clock.GetUtcNow()));
        await page.Locator("#Code").PressAsync("Enter");
        await page.WaitForSelectorAsync("ul.recovery");
        await window.IsSoundAsync("recovery-codes");

        await page.GotoAsync(PartnershipsLinks.Import(partnership.Id));
        await page.SetInputFilesAsync("#List", new FilePayload { Name = "people.csv", MimeType = "text/csv",
            Buffer = new byte[TableFile.MostBytes + 100_000] });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the list" }).ClickAsync();
        await page.GetByText("That is too large").WaitForAsync();
        await window.IsSoundAsync("too-large");

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/partnerships", StringComparison.Ordinal));
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await page.GotoAsync(AccountsLinks.SignIn());
            await page.GetByLabel("E-mail address").FillAsync("someone@example.org");
            await page.GetByLabel("Password").FillAsync("not the right one");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        }
        await page.GetByText("Too many attempts").WaitForAsync();
        await window.IsSoundAsync("too-many");
    }
}
