using System.Text.RegularExpressions;
using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Inventory;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Decisions;

/// <summary>Who has no device draws a slip, and types its code into anybody's.</summary>
public class SlipsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Slips_Printed_Drawn_AndTypedAnywhere_AreVotesLikeOthers(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, organisations, proposal) = await OpenedAsync(app);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var warned = await coordinator.GetAsync(path + "/slips");
        Assert.Contains("could use one that nobody drew", warned.Text, StringComparison.Ordinal);
        Assert.Empty(CodesIn(warned)); // looking prints nothing
        var codes = CodesIn(await coordinator.SubmitAsync(warned, []));
        Assert.Equal(3, codes.Distinct().Count());
        Assert.Equal(codes, CodesIn(await coordinator.SubmitAsync(warned, []))); // printed again, they are the same
        Assert.Equal(["Share one van: 3", "Share one van: 3"],
            await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id && a.Act == "printed slips")
            .Select(a => a.Detail).ToListAsync()));

        using var slipLead = await app.LeadOfAsync(partnership, organisations[0].Id);
        Assert.Equal(404, (await slipLead.GetAsync(path + "/vote")).Status);
        Assert.Equal(404, (await slipLead.ForgeAsync("/account", path + "/vote", new() { ["Choice"] = "1" })).Status);
        Assert.Contains("votes by slip", (await slipLead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(Cast.NoVoice, await app.VoteAsync(partnership, proposal, organisations[0].Id, 1));

        using var nobody = app.Visitor();
        var ballot = await nobody.PostAsync("/slip", new() { ["Code"] = codes[0].ToUpperInvariant() });
        Assert.Equal((200, "Share one van"), (ballot.Status, ballot.Heading));
        Assert.Contains("could use one that nobody drew", ballot.Text, StringComparison.Ordinal);
        Assert.Equal("Thank you", (await nobody.SubmitAsync(ballot, new() { ["Choice"] = "0" }, "vote")).Heading);
        using var another = app.Visitor();
        var probing = await another.PostAsync("/slip", new() { ["Code"] = codes[0] });
        Assert.Equal(Without(ballot), Without(probing)); // trying a code tells nobody whether it was used
        Assert.Equal("This slip has been used", (await another.SubmitAsync(probing, new() { ["Choice"] = "1" }, "vote")).Heading);
        var second = await nobody.PostAsync("/slip", new() { ["Code"] = codes[1] });
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => nobody.SubmitAsync(second, new() { ["Choice"] = "0" }, "vote")));
        Assert.Equal(1, sent.Count(answer => answer.Heading == "Thank you"));
        for (var i = 3; i < 7; i++) Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, organisations[i].Id, 1));

        Assert.True(await app.CloseAsync(partnership, proposal));
        var decided = await coordinator.GetAsync(path);
        Assert.Contains("Agreed: 4 yes, 2 no.", decided.Text, StringComparison.Ordinal);
        Assert.Contains($"Voted: {string.Join(", ", organisations.Skip(3).Take(4).Select(o => o.Name))}. 2 of 3 slips were used; they were for", decided.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await nobody.PostAsync("/slip", new() { ["Code"] = codes[2] })).Status);
        var late = await nobody.SubmitAsync(second, new() { ["Choice"] = "0" }, "vote");
        Assert.Contains("No vote that is open", late.ErrorOf("Code"), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A stranger", "made-up codes of a secret vote", "to vote, or to learn of codes", "nothing, and nothing is stored or logged")]
    public async Task Codes_ThatAreWrong_LeadNowhere_AndNothingOfThemIsStoredOrLogged(Engine engine)
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(heard));
        var (partnership, _, proposal) = await OpenedAsync(app);
        using var nobody = app.Visitor();
        foreach (var code in new[] { "", "abc", "0000 0000 0000 0000", new string('z', 16), new string('z', 60), "' OR 1=1 --" })
            Assert.Equal(400, (await nobody.PostAsync("/slip", new() { ["Code"] = code })).Status);
        // without the form's token; the error page is not that of the number sent
        Assert.Equal(400, (await nobody.SendAsync("/slip", new() { ["Code"] = "7" })).Status);
        var good = await CodesAsync(app, proposal.Id);
        Assert.Equal(400, (await nobody.PostAsync("/slip", new() { ["Code"] = good[0][..15] + (good[0][15] == 'z' ? 'y' : 'z') })).Status);
        var ballot = await nobody.PostAsync("/slip", new() { ["Code"] = good[0] });
        // the code stays typed
        Assert.Contains("Choose one of the answers", (await nobody.SubmitAsync(ballot, [], "vote")).ErrorOf("Ballot"),
            StringComparison.Ordinal);
        Assert.Equal("Thank you", (await nobody.SubmitAsync(ballot, new() { ["Choice"] = "1" }, "vote")).Heading);
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.All(good, code => Assert.Equal(0, files.CountOf(code)));
        Assert.DoesNotContain(heard.Messages, message => message.Contains("slip", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id))); // proposed and opened
    }

    /// <summary>One slip alone would tell whose it is.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task OneSlip_IsRefused_WhereItIsChosen_AndWhereAPartnerHasLeft(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Dictionary<string, string> fields = new() { ["Title"] = "One van", ["Text"] = "We share it.", ["Method"] = "YesNo",
            ["Secret"] = "true", ["Held"] = "OnScreen", ["Slips"] = Id(organisations[0].Id) };
        var refused = await coordinator.PostAsync(DecisionsLinks.New(partnership.Id), fields);
        Assert.Contains("One slip alone would tell whose it is", refused.ErrorOf("Slips"), StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector($"#Slips-{organisations[0].Id}[checked]"));
        fields.Remove("Slips");
        (fields["Slips[0]"], fields["Slips[1]"]) = (Id(organisations[0].Id), Id(organisations[1].Id));
        var made = await coordinator.PostAsync(DecisionsLinks.New(partnership.Id), fields);
        Assert.Equal(302, made.Status);
        var path = made.Location!;
        Assert.Contains($"{organisations[1].Name} votes by slip",
            (await app.DbAsync(db => db.Set<ProposalWording>().OrderByDescending(w => w.Id).FirstAsync())).Rules, StringComparison.Ordinal);
        Assert.Contains("They have no vote on screen", (await coordinator.GetAsync(path + "/open")).Text, StringComparison.Ordinal);
        await app.DbAsync(db => db.Set<OrganisationTerm>().Where(t => t.OrganisationId == organisations[0].Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.LeftOn, new DateOnly(2026, 2, 1))));
        var late = await coordinator.PostAsync(path + "/open", []);
        Assert.Equal(400, late.Status);
        Assert.Contains("the slip would tell whose it is", late.Text, StringComparison.Ordinal);
        Assert.False(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(long.Parse(path.Split('/')[^1],
            System.Globalization.CultureInfo.InvariantCulture), partnership.As(Role.Coordinator))));
    }

    private static async Task<(TestPartnership Partnership, IReadOnlyList<Organisation> Organisations,
        Proposal Proposal)> OpenedAsync(TestApp app)
    {
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 5);
        return (partnership, organisations, await app.ProposalAsync(partnership, secret: true,
            rules: r => r with { Slips = [.. organisations.Take(3).Select(o => o.Id)] }));
    }

    private static async Task<IReadOnlyList<string>> CodesAsync(TestApp app, long proposalId)
    {
        var vote = await app.DbAsync(db => db.SecretVotes.SingleAsync(v => v.ProposalId == proposalId));
        return BallotBox.CodesOf(app.Services.GetRequiredService<KeyFolder>().Read(KeyUse.Vote, vote.KeyName), vote);
    }

    private static List<string> CodesIn(Answer page) => [.. page.Document.QuerySelectorAll(".letter-code")
        .Select(code => string.Concat(code.TextContent.Where(c => !char.IsWhiteSpace(c))))];

    private static string Without(Answer page) => Regex.Replace(page.Document.DocumentElement.OuterHtml,
        "name=\"__RequestVerificationToken\"[^>]*|value=\"[^\"]{16}\"", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
