using System.Globalization;
using System.Text;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Lists;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Partnerships;

/// <summary>Who counts: whoever writes a list alone must not be able to invent people who count.</summary>
public class ListsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "pages, files and forged forms",
        "to make eleven invented people count",
        "0 of 11 count until a coordinator confirms them")]
    public async Task Lead_WhoInventsNineColleagues_ByEveryMeansOfALead_GainsNobodyWhoCounts(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        await p.PersonAsync("The Real One", TestApp.NewEmail(), 0, Level.Board);
        using var lead = await p.AsAsync(Role.Lead);
        for (var i = 0; i < 9; i++) await AddAsync(lead, p, 0, $"Invented {i}", TestApp.NewEmail(), Level.Board);
        Assert.Equal(302,
            (await ImportAsync(lead, p, $"Name,E-mail,Level\nBrought Along,{TestApp.NewEmail()},Board\nBrought Twice,,Board\n")).Status);
        await ConfirmAsync(lead, p, 0);
        await ForgeAsync(app, lead, p, 0);
        using var colleague = await LeadAsync(app, p, 0); // another lead of the same organisation is no coordinator
        await ConfirmAsync(colleague, p, 0);
        await ForgeAsync(app, colleague, p, 0);
        Assert.Equal(["The Real One"], await CountedAsync(app, p, 0));
        Assert.Equal(new(ListStanding.ConfirmedByOthers, 12, 11), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);

        using var coordinator = await p.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(ListOf(p, 0));
        Assert.Contains("11 entries wait for you", page.Text, StringComparison.Ordinal);
        Assert.Contains($"{p.Account(Role.Lead).Name}, partner lead", page.Text, StringComparison.Ordinal);
        await ConfirmAsync(coordinator, p, 0);
        Assert.Equal(12, (await CountedAsync(app, p, 0)).Count); // adder and confirmer together
        Assert.Single(await TrailAsync(app, p, p.Account(Role.Coordinator).Id));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "confirmed people, given another name or address", "to answer in their place", "they count no more")]
    public async Task Lead_WhoGivesAConfirmedPersonAnotherNameOrAddress_VoidsThat(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        foreach (var name in new[] { "Address Edited", "Name Edited", "Level Edited", "Untouched" }) await AddAsync(lead, p, 0, name,
            TestApp.NewEmail(name.Replace(' ', '.')));
        await AddAsync(lead, p, 0, "By Letter", "");
        await ConfirmAsync(coordinator, p, 0);
        Assert.Equal(5, (await CountedAsync(app, p, 0)).Count);

        await RenameAsync(app, lead, p, "Address Edited", email: TestApp.NewEmail("mine"));
        await RenameAsync(app, lead, p, "Name Edited", name: "Somebody Else");
        // a file gives an address to who had none
        Assert.Equal(302, (await ImportAsync(lead, p, $"Name,E-mail,Level\nBy Letter,{TestApp.NewEmail("mine")},Front line\n")).Status);
        await RenameAsync(app, lead, p, "Untouched"); // saved as it is
        var level = await lead.GetAsync(await PersonPageAsync(app, p, "Level Edited"));
        app.Clock.Move(TimeSpan.FromDays(1));
        using var later = await p.AsAsync(Role.Lead);
        Assert.Equal(302, (await later.SubmitAsync(await later.GetAsync(level.Path), new() { ["Level"] = "Board" }, "place")).Status);
        Assert.Equal(["Level Edited", "Untouched"], await CountedAsync(app, p, 0));
        using var again = await p.AsAsync(Role.Coordinator);
        Assert.Contains("Changed since it was confirmed", (await again.GetAsync(ListOf(p, 0))).Text, StringComparison.Ordinal);
    }

    /// <summary>The page of an invitation changes addresses, too.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_WhoGivesAnInvitationAnotherAddress_HasWrittenIt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        await p.PersonAsync("Ana Reed", TestApp.NewEmail(), 0);
        var round = await app.OpenRoundAsync(p);
        var invitation = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id).Select(i => i.Id).SingleAsync());
        Assert.Single(await CountedAsync(app, p, 0));
        using var lead = await p.AsAsync(Role.Lead);
        Assert.Equal(302, (await lead.PostAsync(InvitationsLinks.Invitation(p.Id, round.Id, invitation),
            new() { ["Email"] = TestApp.NewEmail("mine") })).Status);
        Assert.Empty(await CountedAsync(app, p, 0));
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "a list that its lead confirmed", "to make nine more people count", "0 of 9 count")]
    public async Task Coordinator_WhoAddsNineToAListThatTheLeadConfirmed_GainsNobodyWhoCounts(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await AddAsync(coordinator, p, 0, "The Real One", TestApp.NewEmail());
        using var lead = await p.AsAsync(Role.Lead);
        Assert.Contains("A coordinator wrote 1 entry", (await lead.GetAsync(PartnershipsLinks.People(p.Id))).Text,
            StringComparison.Ordinal);
        await ConfirmAsync(lead, p, 0);
        for (var i = 0; i < 9; i++) await AddAsync(coordinator, p, 0, $"Invented {i}", TestApp.NewEmail());
        await ForgeAsync(app, coordinator, p, 0);
        Assert.Equal(["The Real One"], await CountedAsync(app, p, 0));
        Assert.Equal(new(ListStanding.ConfirmedByOthers, 10, 9), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);

        // Taking away what was confirmed does not make the list one that nobody ever looked at.
        await LeaveAsync(app, coordinator, p, "The Real One");
        Assert.Empty(await CountedAsync(app, p, 0));
        await ConfirmAsync(lead, p, 0);
        Assert.Equal(9, (await CountedAsync(app, p, 0)).Count);
    }

    /// <summary>Confirming what a lead wrote says nothing of what a coordinator wrote, and does not stop it from counting either.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Coordinator_WhoConfirmsALeadsAdditions_LosesNobodyOfTheirOwn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        using var lead = await p.AsAsync(Role.Lead);
        await AddAsync(coordinator, p, 0, "By Coordinator", TestApp.NewEmail());
        await AddAsync(lead, p, 0, "By Lead", TestApp.NewEmail());
        await ConfirmAsync(coordinator, p, 0);
        Assert.Equal(["By Coordinator", "By Lead"], await CountedAsync(app, p, 0));
        Assert.Equal(new(ListStanding.NobodyConfirmed, 2, 0), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);
        await ConfirmAsync(lead, p, 0);
        Assert.Equal(new(ListStanding.ConfirmedByOthers, 2, 0), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);
    }

    /// <summary>Real names at the coordinator's own addresses are the coordinator's list: said before people answer, and where a lead has
    /// looked, not counted.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Coordinator_WhoGivesALeadsPeopleOtherAddresses_CannotHideIt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        using var lead = await p.AsAsync(Role.Lead);
        await AddAsync(lead, p, 0, "Ana Reed", TestApp.NewEmail());
        await AddAsync(lead, p, 0, "Bo Low", TestApp.NewEmail());
        await ConfirmAsync(coordinator, p, 0);
        Assert.Equal(new(ListStanding.ConfirmedByOthers, 2, 0), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);
        await RenameAsync(app, coordinator, p, "Ana Reed", email: TestApp.NewEmail("mine"));
        await ConfirmAsync(coordinator, p, 0); // that she belongs there, which the lead wrote
        Assert.Equal(new(ListStanding.NobodyConfirmed, 2, 0), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);
        await ConfirmAsync(lead, p, 0);
        await RenameAsync(app, coordinator, p, "Bo Low", email: TestApp.NewEmail("mine"));
        await ConfirmAsync(coordinator, p, 0);
        Assert.Equal(["Ana Reed"], await CountedAsync(app, p, 0));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Coordinator_WithAReadyListOfTwoHundred_IsNotStopped_AndItIsSaidThatNobodyConfirmed(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        var file = new StringBuilder("Name,E-mail,Organisation,Level\n");
        for (var i = 0; i < 200; i++) file.Append(CultureInfo.InvariantCulture,
            $"Person {i},{(i % 10 == 0 ? "" : TestApp.NewEmail())},{p.Organisations[i % 2].Name},Front line\n");
        Assert.Equal(302, (await ImportAsync(coordinator, p, file.ToString())).Status);
        var at = await AtAsync(app, p);
        Assert.Equal(200, at.States.Count(s => at.Counts(s.Key.PersonId, s.Key.OrganisationId)));
        Assert.All(at.Organisations.Values, o => Assert.Equal(new(ListStanding.NobodyConfirmed, 100, 0), o));
        var who = await app.DbAsync(async db => await db.Set<Person>().Where(x => x.PartnershipId == p.Id).Select(x => x.EnteredBy)
            .Distinct().SingleAsync());
        Assert.Equal(new(p.Account(Role.Coordinator).Id, true), who);
        Assert.Equal(who, await app.DbAsync(async db => await db.Set<Membership>().Where(m => m.Person!.PartnershipId == p.Id)
            .Select(m => m.PlacedBy).Distinct().SingleAsync()));
        var round = await app.DraftRoundAsync(p);
        Assert.Contains("No partner lead has confirmed it. Its people count, and this is said before people answer.",
            (await coordinator.GetAsync(RoundsLinks.Who(p.Id, round.Id))).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_SaysWhoDoesNotCount_AndLeadsToTheList(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await AddAsync(lead, p, 0, "One", TestApp.NewEmail());
        await AddAsync(lead, p, 0, "Two", TestApp.NewEmail());
        var round = await app.DraftRoundAsync(p);
        var who = await coordinator.GetAsync(RoundsLinks.Who(p.Id, round.Id));
        Assert.Contains("2 people do not count yet: a partner lead wrote them", who.Text, StringComparison.Ordinal);
        Assert.NotNull(who.Document.QuerySelector($"#lists a[href='{ListOf(p, 0)}']"));
        await ConfirmAsync(coordinator, p, 0);
        await AddAsync(coordinator, p, 0, "Three", TestApp.NewEmail());
        await ConfirmAsync(lead, p, 0);
        Assert.Contains("Confirmed", (await coordinator.GetAsync(who.Path)).Document.QuerySelector("#lists td:last-child")!.TextContent,
            StringComparison.Ordinal);
        await AddAsync(coordinator, p, 0, "Four", TestApp.NewEmail());
        Assert.Contains("1 person does not count yet: a coordinator wrote them after", (await coordinator.GetAsync(who.Path)).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A lead who becomes coordinator", "their own additions", "to confirm them", "none is confirmed")]
    public async Task Lead_WhoBecomesCoordinator_CannotConfirmTheirOwnAdditions(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        await AddAsync(lead, p, 0, "Invented", TestApp.NewEmail());
        await SetRoleAsync(app, p, p.Account(Role.Lead).Id, Role.Coordinator, null);
        Assert.Contains("Waits for another coordinator", (await lead.GetAsync(ListOf(p, 0))).Text, StringComparison.Ordinal);
        await ForgeAsync(app, lead, p, 0);
        Assert.Empty(await CountedAsync(app, p, 0));

        // And the other way: what they write as coordinator they do not confirm as lead.
        await AddAsync(lead, p, 1, "Invented Too", TestApp.NewEmail());
        await AddAsync(lead, p, 1, "Confirmed By Another", TestApp.NewEmail());
        using var other = await LeadAsync(app, p, 1);
        await ConfirmAsync(other, p, 1);
        await AddAsync(lead, p, 1, "Invented Later", TestApp.NewEmail());
        await SetRoleAsync(app, p, p.Account(Role.Lead).Id, Role.Lead, p.Organisations[1].Id);
        Assert.Contains("Waits for another partner lead", (await lead.GetAsync(ListOf(p, 1))).Text, StringComparison.Ordinal);
        await ForgeAsync(app, lead, p, 1);
        Assert.Equal(["Confirmed By Another", "Invented Too"], await CountedAsync(app, p, 1));
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await ConfirmAsync(coordinator, p, 0);
        Assert.Equal(["Invented"], await CountedAsync(app, p, 0));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Confirmations_DoNotFollow_WhoLeavesAndComesBack_OrGoesElsewhere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        var email = TestApp.NewEmail("gone");
        await AddAsync(lead, p, 0, "Gone And Back", email);
        await AddAsync(lead, p, 0, "Goes Elsewhere", TestApp.NewEmail());
        await ConfirmAsync(coordinator, p, 0);
        await LeaveAsync(app, lead, p, "Gone And Back");
        await AddAsync(lead, p, 0, "Whoever", email); // the same person by address; their name stays
        Assert.Equal(["Goes Elsewhere"], await CountedAsync(app, p, 0));
        await ConfirmAsync(coordinator, p, 0);
        await LeaveAsync(app, lead, p, "Gone And Back");
        var person = await lead.GetAsync(await PersonPageAsync(app, p, "Gone And Back"));
        Assert.Equal(302,
            (await lead.SubmitAsync(person, new() { ["Organisation"] = p.Organisations[0].Id.ToString(CultureInfo.InvariantCulture),
            ["Level"] = "Board" }, "join")).Status);
        Assert.Equal(["Goes Elsewhere"], await CountedAsync(app, p, 0));

        // Another lead takes a confirmed person over: in their own organisation nobody confirmed them.
        using var elsewhere = await LeadAsync(app, p, 1);
        await AddAsync(elsewhere, p, 1, "Goes Elsewhere", (await app.DbAsync(db => db.Set<Person>()
            .SingleAsync(x => x.PartnershipId == p.Id && x.Name == "Goes Elsewhere"))).Email!);
        Assert.Empty(await CountedAsync(app, p, 1));
        Assert.Equal(["Goes Elsewhere"], await CountedAsync(app, p, 0)); // where they were confirmed they still are
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task List_OfAnotherOrganisation_OrForWhoIsNoLead_IsNotThere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var elsewhere = await app.PartnershipAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await AddAsync(coordinator, p, 1, "Somebody", TestApp.NewEmail());
        foreach (var visitor in new[] { await p.AsAsync(Role.Lead), await p.AsAsync(Role.Member), await p.AsAsync(Role.Viewer),
            await elsewhere.AsAsync(Role.Coordinator), await app.SignedInAsync(await app.AccountAsync(isOperator: true)) })
        {
            using (visitor)
            {
                Assert.Equal(404, (await visitor.GetAsync(ListOf(p, 1))).Status);
                await ForgeAsync(app, visitor, p, 1, status: 404);
            }
        }
        using var stranger = await elsewhere.AsAsync(Role.Coordinator);
        // ours, under their own partnership
        Assert.Equal(404, (await stranger.GetAsync(PartnershipsLinks.List(elsewhere.Id, p.Organisations[1].Id))).Status);
        Assert.False(await app.DbAsync(db => db.Set<Membership>()
            .AnyAsync(m => m.OrganisationId == p.Organisations[1].Id && (m.ByLead != null || m.ByCoordinator != null))));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Confirm_APageThatChangedMeanwhile_ConfirmsNothingAndShowsItAgain(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await AddAsync(lead, p, 0, "Seen", TestApp.NewEmail());
        await AddAsync(lead, p, 0, "Swapped", TestApp.NewEmail());
        var changes = new Func<Task>[]
        {
            () => AddAsync(lead, p, 0, "Slipped In", TestApp.NewEmail()),
            () => RenameAsync(app, lead, p, "Swapped", email: TestApp.NewEmail("mine")),
            () => LeaveAsync(app, lead, p, "Slipped In"),
        };
        foreach (var change in changes)
        {
            var page = await coordinator.GetAsync(ListOf(p, 0));
            await change();
            var answer = await coordinator.SubmitAsync(page, []);
            Assert.Equal(409, answer.Status);
            Assert.Contains("Nothing was confirmed", answer.Text, StringComparison.Ordinal);
            Assert.Empty(await CountedAsync(app, p, 0));
        }
        var shown = await coordinator.SubmitAsync(await coordinator.GetAsync(ListOf(p, 0)), new() { ["Seen"] = "" });
        Assert.Equal(409, shown.Status);
        Assert.Equal(302, (await coordinator.SubmitAsync(shown, [])).Status); // what was shown again is what is confirmed
        Assert.Equal(["Seen", "Swapped"], await CountedAsync(app, p, 0));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Confirm_Twice_AtOnce_IsOneConfirmation(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        for (var i = 0; i < 3; i++) await AddAsync(lead, p, 0, $"Person {i}", TestApp.NewEmail());
        var page = await coordinator.GetAsync(ListOf(p, 0));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => coordinator.SubmitAsync(page, [])));
        Assert.All(answers, answer => Assert.Equal(302, answer.Status));
        Assert.Equal(3, (await CountedAsync(app, p, 0)).Count);
        Assert.Single(await TrailAsync(app, p, p.Account(Role.Coordinator).Id));
    }

    /// <summary>A lead who changes an address while the coordinator confirms gets the new one confirmed in neither order.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "an address changed while the coordinator confirms",
        "to have the new one confirmed",
        "confirmed in neither order")]
    public async Task Confirm_WhileAnAddressChanges_NeverCoversTheNewOne(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await AddAsync(lead, p, 0, "Ana Reed", TestApp.NewEmail());
        var path = await PersonPageAsync(app, p, "Ana Reed");
        for (var i = 0; i < 8; i++)
        {
            var (list, person) = (await coordinator.GetAsync(ListOf(p, 0)), await lead.GetAsync(path));
            await Task.WhenAll(coordinator.SubmitAsync(list, []),
                lead.SubmitAsync(person, new() { ["Email"] = TestApp.NewEmail("mine") }));
            Assert.Empty(await CountedAsync(app, p, 0));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task OneAddress_InManySpellings_CountsOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var mailbox = TestApp.NewEmail("box").Replace("@example.org", "", StringComparison.Ordinal);
        await p.PersonAsync("First", $"{mailbox}@example.org", 0);
        await p.PersonAsync("Tagged", $"{mailbox}+board@example.org", 0);
        await p.PersonAsync("Elsewhere", $"{mailbox.ToUpperInvariant()}+2@Example.org", 1);
        await p.PersonAsync("Dotted", $"{mailbox}.a@gmail.com", 0);
        await p.PersonAsync("Undotted", $"{mailbox}a+x@googlemail.com", 0);
        await p.PersonAsync("Another", $"{mailbox}.a@example.org", 0);
        await p.PersonAsync("By Letter", null, 0);
        await p.PersonAsync("by  letter", null, 0);
        await p.PersonAsync("By Letter", null, 1); // in another organisation it may be another person
        await p.PersonAsync("In Two", TestApp.NewEmail(), 0, alsoIn: 1); // is one person, and counts for either
        Assert.Equal(["Another", "By Letter", "Dotted", "First", "In Two"], await CountedAsync(app, p, 0));
        Assert.Equal(["By Letter", "In Two"], await CountedAsync(app, p, 1));
        Assert.Equal(new(ListStanding.NobodyConfirmed, 8, 3), (await AtAsync(app, p)).Organisations[p.Organisations[0].Id]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task WhoIsNotOnTheList_DoesNotCount(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var person = await p.PersonAsync("Ana Reed", TestApp.NewEmail(), 0);
        using var scope = app.Services.CreateScope();
        var at = await scope.ServiceProvider.GetRequiredService<ConfirmedLists>()
            .AtAsync(p.Id, [(person, p.Organisations[0].Id), (person, p.Organisations[1].Id), (person + 1_000_000, p.Organisations[0].Id)]);
        Assert.True(at.Counts(person, p.Organisations[0].Id));
        Assert.Equal(EntryState.NotThere, at.StateOf(person, p.Organisations[1].Id));
        Assert.False(at.Counts(person + 1_000_000, p.Organisations[0].Id));
        Assert.Equal(new(ListStanding.NobodyConfirmed, 2, 1), at.Organisations[p.Organisations[0].Id]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task List_SaysHowItGrewSinceTheLastRound_AndWhoIsNew(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        var p = await app.PartnershipAsync();
        await p.PersonAsync("Long There", TestApp.NewEmail(), 0, Level.Board);
        using (var early = await p.AsAsync(Role.Coordinator)) Assert.DoesNotContain("last round", (await early.GetAsync(ListOf(p, 0)))
            .Text, StringComparison.Ordinal);
        await app.OpenRoundAsync(p);
        app.Clock.Move(TimeSpan.FromDays(2));
        using var lead = await p.AsAsync(Role.Lead);
        for (var i = 0; i < 6; i++) await AddAsync(lead, p, 0, $"Newcomer {i}", TestApp.NewEmail(), Level.Board);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(ListOf(p, 0));
        Assert.Contains("6 more than when the last round opened, on", page.Text, StringComparison.Ordinal);
        Assert.Contains("Board 7", page.Text, StringComparison.Ordinal);
        var rows = page.Document.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(6, rows.Count(row => row.Contains("New", StringComparison.Ordinal)
            && row.Contains("Newcomer", StringComparison.Ordinal)));
        Assert.Contains("Long There", rows[^1], StringComparison.Ordinal); // what waits comes first
    }

    private static string ListOf(TestPartnership p, int organisation) => PartnershipsLinks.List(p.Id, p.Organisations[organisation].Id);

    private static async Task<ListsAtOpening> AtAsync(TestApp app, TestPartnership p)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var people = await db.Set<Membership>().Where(m => m.LeftOn == null && m.Organisation!.PartnershipId == p.Id)
            .Select(m => new { m.PersonId, m.OrganisationId }).ToListAsync();
        return await scope.ServiceProvider.GetRequiredService<ConfirmedLists>()
            .AtAsync(p.Id, [.. people.Select(x => (x.PersonId, x.OrganisationId))]);
    }

    private static async Task<List<string>> CountedAsync(TestApp app, TestPartnership p, int organisation)
    {
        var at = await AtAsync(app, p);
        var ids = at.States.Keys.Where(key => key.OrganisationId == p.Organisations[organisation].Id
            && at.Counts(key.PersonId, key.OrganisationId)).Select(key => key.PersonId).ToList();
        var names = await app.DbAsync(db => db.Set<Person>().Where(x => ids.Contains(x.Id)).Select(x => x.Name).ToListAsync());
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static async Task AddAsync(Visitor visitor, TestPartnership p, int organisation, string name, string email,
        Level level = Level.Frontline) =>
        Assert.Equal(302, (await visitor.PostAsync(PartnershipsLinks.AddPerson(p.Id, p.Organisations[organisation].Id),
            new() { ["Name"] = name, ["Email"] = email, ["Level"] = level.ToString() })).Status);

    /// <summary>Confirms what waits for this visitor, where the page offers it.</summary>
    private static async Task ConfirmAsync(Visitor visitor, TestPartnership p, int organisation)
    {
        var page = await visitor.GetAsync(ListOf(p, organisation));
        Assert.Equal(200, page.Status);
        if (page.Document.QuerySelector("input[name=Seen]") is not null) Assert.Equal(302, (await visitor.SubmitAsync(page, [])).Status);
    }

    /// <summary>Sends the form though no page offers it, with the right word for what is there.</summary>
    private static async Task ForgeAsync(TestApp app, Visitor visitor, TestPartnership p, int organisation, int status = 302)
    {
        var seen = await app.DbAsync(async db => ListOperations.Seen(await ListEntry.Of(db, p.Id, p.Organisations[organisation].Id)
            .AsNoTracking().ToListAsync()));
        Assert.Equal(status, (await visitor.ForgeAsync("/account", ListOf(p, organisation), new() { ["Seen"] = seen })).Status);
    }

    private static async Task<Answer> ImportAsync(Visitor visitor, TestPartnership p, string file)
    {
        var upload = await visitor.SubmitAsync(await visitor.GetAsync(PartnershipsLinks.Import(p.Id)), [],
            file: ("List", "people.csv", Encoding.UTF8.GetBytes(file)));
        Assert.Equal(302, upload.Status);
        return await visitor.SubmitAsync(await visitor.GetAsync(upload.Location!), []);
    }

    private static async Task RenameAsync(TestApp app, Visitor visitor, TestPartnership p, string person, string? name = null,
        string? email = null)
    {
        var page = await visitor.GetAsync(await PersonPageAsync(app, p, person));
        Assert.Equal(302,
            (await visitor.SubmitAsync(page, new() { ["Name"] = name ?? page.ValueOf("Name")!, ["Email"] = email
            ?? page.ValueOf("Email")! })).Status);
    }

    private static async Task LeaveAsync(TestApp app, Visitor visitor, TestPartnership p, string person) =>
        Assert.Equal(302, (await visitor.SubmitAsync(await visitor.GetAsync(await PersonPageAsync(app, p, person)), [], "leave")).Status);

    private static async Task<string> PersonPageAsync(TestApp app, TestPartnership p, string name) =>
        PartnershipsLinks.Person(p.Id, await app.DbAsync(db => db.Set<Person>().Where(x => x.PartnershipId == p.Id && x.Name == name)
            .Select(x => x.Id).SingleAsync()));

    /// <summary>One more lead, of whichever organisation.</summary>
    private static async Task<Visitor> LeadAsync(TestApp app, TestPartnership p, int organisation)
    {
        var account = await app.AccountAsync();
        await app.SaveAsync(db => db.Set<RoleGrant>().Add(new RoleGrant { PartnershipId = p.Id, AccountId = account.Id, Role = Role.Lead,
            OrganisationId = p.Organisations[organisation].Id, GrantedAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(-1) }));
        return await app.SignedInAsync(account);
    }

    private static Task<int> SetRoleAsync(TestApp app, TestPartnership p, long account, Role role, long? organisation) => app.DbAsync(db =>
        db.Set<RoleGrant>().Where(g => g.PartnershipId == p.Id && g.AccountId == account)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Role, role).SetProperty(g => g.OrganisationId, organisation)));

    private static Task<List<string>> TrailAsync(TestApp app, TestPartnership p, long account) =>
        app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == p.Id && e.AccountId == account
            && e.Act == "confirmed a list of people").Select(e => e.Detail).ToListAsync());
}
