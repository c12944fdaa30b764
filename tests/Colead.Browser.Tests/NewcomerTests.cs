using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Parts.Accounts;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Colead.Browser.Tests;

/// <summary>What a newcomer does on the first afternoon, in docs/guide/first-afternoon.md's order; its pictures are taken here
/// (COLEAD_GUIDE names the folder).</summary>
public class NewcomerTests(Chromium chromium)
{
    private const int Respondents = 30;

    [Fact]
    public async Task Demonstration_ShowsItsFindings()
    {
        await using var app = await Demonstrated.StartAsync();
        await using var window = await chromium.OpenAsync(app);
        var page = window.Page;
        await window.EnterAsync(app, await Demonstrated.CoordinatorAsync(app));
        await page.GetByRole(AriaRole.Link, new() { Name = "Harbour Vale Moving Together" }).First.ClickAsync();
        await PictureAsync(page, "demonstration");
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Understand", Exact = true }).ClickAsync();
        await page.Locator("main a[href$='/findings']").First.ClickAsync();
        await page.WaitForSelectorAsync("svg");
        await PictureAsync(page, "findings");
        Assert.Matches("board|front", (await page.Locator("main").InnerTextAsync()).ToLowerInvariant());
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Threads", Exact = true }).ClickAsync();
        await page.Locator(".threads a").First.ClickAsync();
        await page.WaitForSelectorAsync(".line");
        await PictureAsync(page, "thread");
    }

    [Fact]
    public async Task EmptyInstallation_GoesFromARosterFileToPublishedFindings()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        await using var window = await chromium.OpenAsync(app);
        var page = window.Page;
        Task FollowAsync(string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();

        await page.GotoAsync(AccountsLinks.SetUp(await app.SecretForAsync(null)));
        await page.GetByLabel("Your name").FillAsync("Jo Tide");
        await page.GetByLabel("E-mail address").FillAsync("jo@example.org");
        await page.GetByLabel("Password").FillAsync("curlew over mudflats");
        await window.PressAsync("Make my account");
        await page.GetByLabel("Name of the partnership").FillAsync("Estuary Alliance");
        await page.GetByLabel("Place").FillAsync("The Estuary");
        await page.GetByLabel("Informal", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("What is it for?").FillAsync("Children here grow up well.");
        await page.GetByLabel("Why not alone?").FillAsync("Nobody of us sees the whole child.");
        await window.PressAsync("Create the partnership");

        await FollowAsync("Partners");
        await FollowAsync("People");
        await FollowAsync("Add people from a list");
        await page.SetInputFilesAsync("#List", new FilePayload { Name = "our people.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(Roster()) });
        await window.PressAsync("Look at the list");
        await page.WaitForURLAsync("**/import/*");
        await PictureAsync(page, "roster");
        await window.PressAsync("Save all of this");
        await Expect(page.Locator("h1")).ToHaveTextAsync("30 people");

        await FollowAsync("Understand");
        await FollowAsync("Rounds");
        await page.Locator("main")
            .GetByRole(AriaRole.Link, new() { NameRegex = new Regex("round", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)) })
            .First.ClickAsync();
        await page.GetByLabel("Name of the round").FillAsync("Our first round");
        await window.PressAsync("Prepare it");
        await PictureAsync(page, "round");
        await page.GetByRole(AriaRole.Link, new() { Name = "What could be shown" }).ClickAsync();
        await PictureAsync(page, "what-could-be-shown");
        await window.PressAsync("Decide on this");
        await page.GetByRole(AriaRole.Link, new() { Name = "Opening and closing" }).ClickAsync();
        await window.PressAsync("Save"); // the dates suggested will do
        await FollowAsync("Open the round");
        await window.PressAsync("Open it now");

        var (partnership, round) = await app.DbAsync(db => db.Set<Round>().Select(r => ValueTuple.Create(r.PartnershipId, r.Id))
            .SingleAsync());
        await page.GotoAsync(InvitationsLinks.Invitations(partnership, round));
        await PictureAsync(page, "invitations");
        var codes = new List<string>();
        foreach (var organisation in Organisations)
        {
            await page.GotoAsync(InvitationsLinks.Invitations(partnership, round));
            await page.GetByRole(AriaRole.Button, new() { Name = $"Print the slips of {organisation.Name}" }).ClickAsync();
            await page.WaitForSelectorAsync("article.slip");
            codes.AddRange(await page.Locator(".letter-code")
                .EvaluateAllAsync<string[]>("all => all.map(code => [...code.querySelectorAll('span')].map(s => s.textContent).join(''))"));
        }
        await PictureAsync(page, "slips");
        Assert.Equal(Respondents, codes.Distinct(StringComparer.Ordinal).Count());

        await using (var phone = await chromium.OpenAsync(app, width: 320, script: false))
            for (var i = 0; i < codes.Count; i++)
            {
                await phone.Page.Context.ClearCookiesAsync(); // another person's
                await AnswerAsync(phone.Page, codes[i], i);
            }
        Assert.Equal(Respondents, await app.DbAsync(db => db.Responses.CountAsync()));

        await page.GotoAsync(RoundsLinks.CloseEarly(partnership, round));
        await window.PressAsync("Close it now");
        await page.GotoAsync(RoundsLinks.Comments(partnership, round));
        foreach (var release in await page.GetByLabel("Release as it is").AllAsync()) await release.CheckAsync();
        await PictureAsync(page, "comments");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Save", RegexOptions.None, TimeSpan.FromSeconds(1)) })
            .ClickAsync();
        await page.GotoAsync(RoundsLinks.Publish(partnership, round));
        await PictureAsync(page, "publish");
        await window.PressAsync("Publish");
        await Expect(page.Locator("main")).ToContainTextAsync("Published");

        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Understand", Exact = true }).ClickAsync();
        await page.Locator("main a[href$='/findings']").First.ClickAsync();
        await page.WaitForSelectorAsync("svg");
        await PictureAsync(page, "first-findings");
        await Expect(page.Locator("main")).ToContainTextAsync("Collective vision stands lowest, at 5.4 on our scale of 1 to 12.");
        Assert.Equal(RoundState.Published, await app.DbAsync(db => db.Set<Round>().Select(r => r.State).SingleAsync()));
        Assert.Equal(0, await app.DbAsync(db => db.Set<Invitation>().CountAsync()));
    }

    /// <summary>One person, on a phone, without script: starts, answers seven parts, looks it over, sends.</summary>
    private static async Task AnswerAsync(IPage page, string code, int number)
    {
        await page.GotoAsync(AnswerLinks.Answer(code));
        if (number == 0) await PictureAsync(page, "respondent-promise");
        string[] levels = ["Board", "Board", "Middle", "Middle", "Frontline", "Frontline", "Frontline", "Frontline", "Volunteer",
            "Volunteer"];
        await page.Locator($"#Level input[value='{levels[number % 10]}']").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        var dimensions = ShippedInstruments.Inventory12.Dimensions;
        for (var d = 0; d < dimensions.Count; d++)
        {
            await page.WaitForURLAsync($"**/{d + 1}");
            // the board is kinder; vision is seen least
            var option = Math.Clamp(6 + (number % 5) - (d == 0 ? 3 : 0) + (number % 10 < 2 ? 2 : 0), 1, 12)
                .ToString(CultureInfo.InvariantCulture);
            if (number < 3) foreach (var item in dimensions[d].Items) await page.Locator($"input[name='{item.Id}'][value='{option}']")
                .CheckAsync(new() { Force = true });
            // as if pressed, without moving a pointer nine hundred times
            else await page.Locator($"main input[type=radio][value='{option}']")
                .EvaluateAllAsync<bool>("choices => choices.forEach(choice => choice.checked = true) === undefined");
            if (d == 6 && number % 2 == 0) await page.Locator("#Comment")
                .FillAsync($"More time to learn from each other would help, number {number}.");
            if (number == 0 && d == 0) await PictureAsync(page, "respondent-part");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue", Exact = true }).First.ClickAsync();
        }
        await page.WaitForURLAsync("**/review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send my answers" }).ClickAsync();
        await page.WaitForURLAsync("**/thanks");
        if (number == 0) await PictureAsync(page, "respondent-thanks");
    }

    private static readonly (string Name, string Sector)[] Organisations =
        [("Estuary Council", "council"), ("Riverside Play", "charity"), ("Tidewater Works", "private")];

    /// <summary>Three organisations of ten, nobody with an address, as a coordinator might keep them.</summary>
    private static string Roster()
    {
        var rows = new StringBuilder("Full name;E-mail;Organisation;Sector;Level\r\n");
        string[] first = ["Ada", "Bilal", "Ceri", "Dana", "Ewan", "Farah", "Gwen", "Hari", "Iona", "Jack"];
        string[] last = ["Marsh", "Reed", "Sands"];
        string[] levels = ["board", "board", "manager", "manager", "front line", "front line", "front line", "front line", "volunteer",
            "volunteer"];
        for (var i = 0; i < Respondents; i++)
        {
            var (organisation, sector) = Organisations[i % 3];
            rows.Append(CultureInfo.InvariantCulture, $"{first[i / 3]} {last[i % 3]};;{organisation};{sector};{levels[i / 3]}\r\n");
        }
        return rows.ToString();
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("COLEAD_GUIDE") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
