using System.Net.Http.Headers;
using Colead.Composition;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;

namespace Colead.Tests.Hosting;

public class TroubleTests(House house)
{
    [Theory, InlineData("/"), InlineData("/sign-in"), InlineData("/nowhere"), InlineData("/enter/x"), InlineData("/dist/site.css"),
        InlineData("/account")]
    public async Task Headers_OnEveryAnswer_AreStrict(string path)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var visitor = app.Visitor();
        var headers = (await visitor.GetAsync(path)).Headers;
        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(headers.Contains("Server"));
        if (!path.StartsWith("/dist", StringComparison.Ordinal)) Assert.True(headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Pages_CarryNothingInline()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        foreach (var path in new[] { PartnershipsLinks.Overview(partnership.Id), PartnershipsLinks.Team(partnership.Id), "/account",
            "/account/passkeys" })
        {
            var page = await visitor.GetAsync(path);
            Assert.Equal(200, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("style, script:not([src]), [style], [onclick], [onload], [onsubmit]"));
        }
    }

    [Fact]
    public async Task MissingPage_ForAnyone_IsAFriendly404()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var visitor = app.Visitor();
        var answer = await visitor.GetAsync("/nowhere");
        Assert.Equal((404, "There is no page here for you"), (answer.Status, answer.Heading));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task MissingAndForbidden_LookAlike(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var theirs = await app.PartnershipAsync();
        using var stranger = await app.SignedInAsync(await app.AccountAsync(isOperator: true));
        var forbidden = await stranger.GetAsync(PartnershipsLinks.Overview(theirs.Id));
        var missing = await stranger.GetAsync(PartnershipsLinks.Overview(987654321));
        Assert.Equal((404, missing.Text), (forbidden.Status, forbidden.Text));
        Assert.Equal(404, missing.Status);
        Assert.Equal(404, (await stranger.GetAsync("/partnerships/99999999999999999999999/people")).Status);
    }

    [Fact]
    public async Task Post_WithoutFormToken_Is400WithAFriendlyPage()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var visitor = app.Visitor();
        var answer = await visitor.SendAsync("/sign-in", new() { ["Email"] = "a@example.org", ["Password"] = "x" });
        Assert.Equal((400, "That form could not be read"), (answer.Status, answer.Heading));
    }

    [Fact]
    public async Task Post_TooManyFields_Is400()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var visitor = app.Visitor();
        var answer = await visitor.SendAsync("/sign-in", Enumerable.Range(0, 600).ToDictionary(i => "f" + i, _ => "x"));
        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TooLarge_Is413WithAFriendlyPage()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var visitor = app.Visitor();
        var answer = await visitor.SendRawAsync("/sign-in", new ByteArrayContent(new byte[ColeadApp.MostFormBytes
            + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } });
        Assert.Equal((413, "That is too large"), (answer.Status, answer.Heading));
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(PartnershipsLinks.Import(partnership.Id));
        Assert.Equal(413, (await coordinator.SubmitAsync(page, [], file: ("List", "people.csv", new byte[TableFile.MostBytes + 100_000])))
            .Status);
    }

    [Fact]
    public async Task Attempts_TooMany_Are429_AndReadingStaysFree()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.AttemptsPerMinute = 3);
        using var visitor = app.Visitor();
        var page = await visitor.GetAsync("/sign-in");
        for (var i = 0; i < 3; i++) Assert.Equal(400,
            (await visitor.SubmitAsync(page, new() { ["Email"] = "a@example.org", ["Password"] = "x" })).Status);
        var answer = await visitor.SubmitAsync(page, new() { ["Email"] = "a@example.org", ["Password"] = "x" });
        Assert.Equal((429, "Too many attempts"), (answer.Status, answer.Heading));
        Assert.Equal(200, (await visitor.GetAsync("/sign-in")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task ControlCharacters_InAnyField_DoNotUpsetTheDatabase(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var add = PartnershipsLinks.AddOrganisation(partnership.Id);
        Assert.Equal(302, (await visitor.PostAsync(add, new() { ["Name"] = "Reedbed\u0001\u001b Trust", ["Sector"] = "Voluntary" }))
            .Status);
        Assert.Equal(400, (await visitor.PostAsync(add, new() { ["Name"] = "Reed\0bed", ["Sector"] = "Voluntary" })).Status);
        Assert.Equal(200, (await visitor.GetAsync(PartnershipsLinks.People(partnership.Id) + "?Find=%00%01x")).Status);
        Assert.Equal(400, (await visitor.PostAsync("/sign-in", new() { ["Email"] = "a\0@example.org", ["Password"] = "x\0y" })).Status);
    }

    /// <summary>Whatever stands in an address or a form, the answer is a page of ours, never a failure of the program.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Nonsense_InAddressesAndForms_IsNeverA500(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var id = partnership.Id;
        string[] nonsense = ["", "-1", "x", "99999999999999999999", "'; DROP TABLE \"People\";--", "<script>alert(1)</script>", "%",
            "\ud83d\ude00", new('a', 5_000)];
        string[] pages = [PartnershipsLinks.AddOrganisation(id), PartnershipsLinks.AddPerson(id), PartnershipsLinks.Edit(id),
            PartnershipsLinks.Team(id), PartnershipsLinks.EditOrganisation(id, partnership.Organisations[0].Id)];
        string[] fields = ["Name", "Email", "Sector", "Size", "Identifier", "Organisation", "Level", "Role", "Kind", "Place", "Purpose",
            "WhyNotAlone", "Version"];
        foreach (var word in nonsense)
        {
            foreach (var path in pages)
            {
                var answer = await visitor.PostAsync(path, fields.ToDictionary(field => field, _ => word));
                Assert.True(answer.Status is 400 or 409, $"{path} with \"{word}\" gave {answer.Status}");
                Assert.DoesNotContain("<script>alert", answer.Body, StringComparison.Ordinal);
            }
            var find = await visitor.GetAsync($"{PartnershipsLinks.People(id)}?Find={Uri.EscapeDataString(word)}&Organisation={Uri.EscapeDataString(word[..Math.Min(20, word.Length)])}&Who=x&page_number={Uri.EscapeDataString(word[..Math.Min(20, word.Length)])}");
            Assert.Equal(200, find.Status);
        }
    }

    /// <summary>A form shown again after another form of the page was sent must still go to its own handler.</summary>
    [Fact]
    public async Task Forms_ShownAgainAfterAnotherForm_KeepTheirOwnAddress()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var account = await app.AccountAsync("grey heron on the sluice");
        using var visitor = app.Visitor();
        var refused = await visitor.ForgeAsync("/sign-in", "/sign-in?handler=passkey", new() { ["Credential"] = "" });
        Assert.Equal(400, refused.Status);
        Assert.Equal(302,
            (await visitor.SubmitAsync(refused, new() { ["Email"] = account.Email!, ["Password"] = "grey heron on the sluice" })).Status);
    }
}
