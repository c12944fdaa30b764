using Colead.Parts.Accounts;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Colead.Browser.Tests;

public class JourneyTests(Chromium chromium)
{
    /// <summary>From nothing to a partnership with people and a partner lead, on a phone, with script off.</summary>
    [Fact]
    public async Task NewInstallation_WithoutScript_BecomesAPartnershipWithPeople()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        await using var window = await chromium.OpenAsync(app, width: 320, script: false);
        var page = window.Page;
        await page.GotoAsync(AccountsLinks.SetUp(await app.SecretForAsync(null)));
        await page.GetByLabel("Your name").FillAsync("Jo Tide");
        await page.GetByLabel("E-mail address").FillAsync("jo@example.org");
        await page.GetByLabel("Password").FillAsync("curlew over mudflats");
        await window.PressAsync("Make my account");
        await page.GetByLabel("Name of the partnership").FillAsync("Estuary Alliance");
        await page.GetByLabel("Place").FillAsync("The Estuary");
        await window.PressAsync("Create the partnership");
        Assert.Equal("Estuary Alliance", await page.GetByLabel("Name of the partnership").InputValueAsync());
        await page.GetByLabel("Formal", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("What is it for?").FillAsync("Children grow up well.");
        await page.GetByLabel("Why not alone?").FillAsync("Nobody sees the whole child.");
        await window.PressAsync("Create the partnership");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Estuary Alliance");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add an organisation" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Estuary Council");
        await page.GetByLabel("Public", new() { Exact = true }).CheckAsync();
        await window.PressAsync("Add it");
        await page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add people from a list" }).ClickAsync();
        await page.SetInputFilesAsync("#List", new FilePayload { Name = "people.csv", MimeType = "text/csv",
            Buffer = "Name,Email,Organisation,Sector,Level\nAna Reed,ana@example.org,Estuary Council,,Board\nBo Low,bo@example.org,Riverside Play,charity,Volunteer\n"u8.ToArray() });
        await window.PressAsync("Look at the list");
        await Expect(page.Locator("h1")).ToHaveTextAsync("2 new people ready to be added");
        await window.FitsAsync("preview");
        await window.PressAsync("Save all of this");
        await Expect(page.Locator("h1")).ToHaveTextAsync("2 people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Team" }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync("lead@example.org");
        await page.GetByLabel("Partner lead", new() { Exact = true }).CheckAsync();
        await page.Locator("#Organisation").SelectOptionAsync(new SelectOptionValue { Label = "Riverside Play" });
        await window.PressAsync("Invite");
        var link = await page.GetByLabel("Link of the invitation").InputValueAsync();
        await window.PressAsync("Sign out");
        await page.GotoAsync(new Uri(link).PathAndQuery);
        await page.GetByLabel("Your name").FillAsync("Lee Sands");
        await page.GetByLabel("Choose a password").FillAsync("egret on the weir");
        await window.PressAsync("Make an account and join");
        await page.GetByRole(AriaRole.Link, new() { Name = "See your people" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("1 person");
        await Expect(page.Locator("main")).ToContainTextAsync("Bo Low");
    }

    [Fact]
    public async Task Keyboard_SkipsToTheContent_FillsForms_AndIsTakenToTheProblem()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var account = await app.AccountAsync("grey heron on the sluice");
        await using var window = await chromium.OpenAsync(app);
        var page = window.Page;
        await page.GotoAsync("/sign-in");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the main content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("E-mail address").FocusAsync();
        await page.Keyboard.TypeAsync(account.Email!);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        Assert.Contains("govuk-error-summary", await page.EvaluateAsync<string>("document.activeElement.className"),
            StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("Password", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal(account.Email, await page.GetByLabel("E-mail address").InputValueAsync());
        await page.Keyboard.TypeAsync("grey heron on the sluice");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/partnerships");
        await Expect(page.Locator("h1")).ToHaveTextAsync("You belong to no partnership yet");
    }

    [Fact]
    public async Task Passkey_AddedOnADevice_SignsInWithoutPassword()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var account = await app.AccountAsync();
        await using var window = await chromium.OpenAsync(app);
        var page = window.Page;
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true,
                ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        await window.EnterAsync(app, account);
        await page.GotoAsync(AccountsLinks.Passkeys());
        await page.GetByLabel("Name of the device").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey on this device" }).ClickAsync();
        await page.WaitForSelectorAsync("[role=status]:not(:empty), .govuk-error-summary, .eyebrow:has-text('Something')");
        await Expect(page.Locator("main")).ToContainTextAsync("The passkey is ready");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync(AccountsLinks.SignIn(AccountsLinks.Passkeys()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**" + AccountsLinks.Passkeys());
        await Expect(page.Locator("table")).ToContainTextAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.GetByText("The passkey is removed").WaitForAsync();
        Assert.Equal(0, await app.DbAsync(db => db.Set<Microsoft.AspNetCore.Identity.IdentityUserPasskey<long>>().CountAsync()));
    }
}
