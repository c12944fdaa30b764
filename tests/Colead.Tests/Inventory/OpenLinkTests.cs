using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Storage;
using Colead.Storage.Sealing;
using Colead.Tests.Support;

namespace Colead.Tests.Inventory;

/// <summary>Answering by the link that anyone may have.</summary>
public class OpenLinkTests(House house)
{
    private static int count;

    private static async Task<(TestRound Round, string Link)> MakeAsync(TestApp app)
    {
        var text = "estuary-" + Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        return (await TestRound.MakeAsync(app, r => (r.OpenLink, r.Levels) = (text, [Level.Board, Level.Volunteer])), "/open/" + text);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Citizen_StatesWhereTheyBelong_AndIsCountedApart(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (round, link) = await MakeAsync(app);
        using var citizen = new Respondent(app, link);
        var start = await citizen.OpenAsync();
        Assert.Contains("shown as one group, from ten answers on", start.Text, StringComparison.Ordinal);
        Assert.Contains("Each phone or computer can answer once.", start.Text, StringComparison.Ordinal);
        Assert.Equal(["Board", "Volunteer", "Citizen"], start.Document.QuerySelectorAll("#Level input")
            .Select(i => i.GetAttribute("value")!));
        var empty = await citizen.Visitor.SubmitAsync(start, []);
        Assert.Equal((400, "Choose an organisation, or none", "Choose what describes you best"),
            (empty.Status, empty.ErrorOf("Organisation"), empty.ErrorOf("Level")));
        var kept = await citizen.Visitor.SubmitAsync(start, new() { ["Level"] = "Citizen", ["Organisation"] = "999999" });
        Assert.Equal((400, "Citizen"), (kept.Status, kept.Document.QuerySelector("#Level input[checked]")!.GetAttribute("value")));
        Assert.Equal(400, (await citizen.Visitor.SubmitAsync(start, new() { ["Level"] = "Senior", ["Organisation"] = "none" })).Status);
        Assert.Equal(400, (await citizen.Visitor.SubmitAsync(start, new() { ["Level"] = "5", ["Organisation"] = "none" })).Status);
        Assert.Empty(await round.DraftsAsync());

        await citizen.StartAsync(new() { ["Level"] = "Citizen", ["Organisation"] = "none" });
        Assert.Null((await citizen.OpenAsync("/1")).Document.QuerySelector("b.code"));
        await citizen.AnswerAllAsync(ShippedInstruments.Inventory12, 3);
        var review = await citizen.OpenAsync("/review");
        var presses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => citizen.Visitor.SubmitAsync(review, [])));
        Assert.All(presses, press => Assert.Equal(link + "/thanks", press.Location));
        Assert.StartsWith("Thank you", (await citizen.OpenAsync("/thanks")).Heading, StringComparison.Ordinal);
        var response = Assert.Single(await round.ResponsesAsync());
        Assert.Equal((true, null, Level.Citizen), (response.ByOpenLink, response.OrganisationId, response.Level));
        Assert.Equal((0, false), (response.Tag.Length, response.Counts));
        Assert.Equal("You have answered from this device", (await citizen.OpenAsync()).Heading);
        Assert.Equal(link, (await citizen.Visitor.SubmitAsync(start, new() { ["Level"] = "Citizen", ["Organisation"] = "none" })).Location);

        using var other = new Respondent(app, link);
        await other.StartAsync(new() { ["Level"] = "Board", ["Organisation"] = round.Partnership.Organisations[1]
            .Id.ToString(CultureInfo.InvariantCulture) });
        await other.AnswerAsync(1, new() { ["cv1"] = "3" });
        await other.SendAsync();
        Assert.Contains(await round.ResponsesAsync(), r => r.OrganisationId == round.Partnership.Organisations[1].Id
            && r.Level == Level.Board);
    }

    [Fact]
    public async Task OpenLink_NotOpen_SaysSo()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var (round, link) = await MakeAsync(app);
        using var visitor = app.Visitor();
        foreach (var (state, status, heading) in new[] { (RoundState.Draft, 200, "The questions are not open yet"),
            (RoundState.Closed, 410, "The round is closed"), (RoundState.Cancelled, 410, "This round was cancelled") })
        {
            await round.MoveToAsync(state);
            var page = await visitor.GetAsync(link);
            Assert.Equal((status, heading), (page.Status, page.Heading));
            Assert.Null(page.Document.QuerySelector("form"));
            Assert.Equal(302, (await visitor.SendAsync(link, new() { ["Level"] = "Citizen", ["Organisation"] = "none" })).Status);
        }
        Assert.Empty(await round.DraftsAsync());
        foreach (var unknown in new[] { "/open/nothing", "/open/" + new string('x', 900)}) Assert.Equal(404,
            (await visitor.GetAsync(unknown)).Status);
    }

    [Fact]
    public async Task OpenLink_ManyBeginningsFromOneAddress_Are429_AndPersonalLinksAreNot()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.OpenAnswersPerHour = 2);
        var (round, link) = await MakeAsync(app);
        Task<Colead.Tests.Support.Answer> BeginAsync(string at)
        {
            var visitor = app.Visitor();
            return visitor.SendAsync(at, new() { ["Level"] = "Citizen", ["Organisation"] = at == link ? "none" : "" });
        }
        for (var i = 0; i < 2; i++) Assert.Equal(302, (await BeginAsync(link)).Status);
        Assert.Equal(429, (await BeginAsync(link)).Status);
        using var late = new Respondent(app, link);
        var refused = await late.Visitor.SubmitAsync(await late.OpenAsync("?lang=cy"),
            new() { ["Level"] = "Citizen", ["Organisation"] = "none" });
        Assert.Equal((429, "Mae llawer iawn o bobl yn dod o'r fan hon ar unwaith", "cy"),
            (refused.Status, refused.Heading, refused.Document.QuerySelector("h1")!.GetAttribute("lang")));
        Assert.Equal(link + "?lang=cy", refused.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href"));
        var personal = await round.InviteAsync();
        for (var i = 0; i < 4; i++) Assert.Equal(302, (await BeginAsync(personal)).Status);
    }

    [Fact]
    public async Task PersonalLink_ManyBeginningsInAMinute_Are429_AndSaidInTheirLanguage()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.AnswersBegunPerMinute = 2);
        var (round, _) = await MakeAsync(app);
        var link = await round.InviteAsync();
        for (var i = 0; i < 2; i++)
        {
            using var visitor = app.Visitor();
            Assert.Equal(302, (await visitor.SendAsync(link, [])).Status);
        }
        using var late = new Respondent(app, link);
        var refused = await late.Visitor.SubmitAsync(await late.OpenAsync("?lang=cy"), []);
        Assert.Equal((429, "cy"), (refused.Status, refused.Document.QuerySelector("h1")!.GetAttribute("lang")));
        Assert.Contains("Arhoswch funud", refused.Text, StringComparison.Ordinal);
        Assert.Equal(link + "?lang=cy", refused.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href"));
    }
}
