using System.Globalization;
using Colead.Parts.Budget;
using Colead.Parts.Budget.Books;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Tests.Actions;
using Colead.Tests.Outcomes;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Budget;

public class BudgetTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_ForEachRole_AndForAnotherPartnership_OpenOrAre404(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "Contribution", "Cash", "100", 0);
        var entry = await app.DbAsync(db => db.Set<JournalEntry>().Where(e => e.PartnershipId == partnership.Id).Select(e => e.Id)
            .SingleAsync());
        var p = partnership.Id;
        (string Path, Role Least)[] screens = [(BudgetLinks.Money(p), Role.Viewer), (BudgetLinks.Journal(p), Role.Viewer),
            (BudgetLinks.Entry(p, entry), Role.Viewer), (BudgetLinks.New(p), Role.Lead)];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var (path, least) in screens) Assert.Equal((path, role >= least ? 200 : 404),
                (path, (await visitor.GetAsync(path)).Status));
            Assert.Equal(404, (await visitor.GetAsync(BudgetLinks.Switch(p))).Status); // a formal partnership has nothing to switch
            using var stranger = await other.AsAsync(role);
            foreach (var (path, _) in screens) Assert.Equal((path, 404), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal(404, (await stranger.GetAsync(BudgetLinks.Entry(other.Id, entry))).Status);
            if (role < Role.Coordinator) Assert.Equal(404, (await stranger.ForgeAsync("/account", BudgetLinks.Entry(other.Id, entry)
                + "?handler=undo", new() { ["Reason"] = "x" })).Status);
        }
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Equal(404, (await viewer.ForgeAsync("/account", BudgetLinks.Entry(p, entry) + "?handler=undo", new() { ["Reason"] = "x" }))
            .Status);
        using var nobody = app.Visitor();
        foreach (var (path, _) in screens) Assert.Contains("/sign-in", (await nobody.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Kind_Decides_InformalNever_StatutoryAndContractWhenSwitchedOn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var kind in Enum.GetValues<PartnershipKind>())
        {
            var partnership = await app.PartnershipAsync();
            await app.SaveAsync(db => db.Set<Partnership>().Find(partnership.Id)!.Kind = kind);
            using var coordinator = await partnership.AsAsync(Role.Coordinator);
            using var viewer = await partnership.AsAsync(Role.Viewer);
            var money = BudgetLinks.Money(partnership.Id);
            async Task<bool> ShownAsync(Visitor visitor) => (await visitor.GetAsync(PartnershipsLinks.Overview(partnership.Id)
                + "/organisations")).Document.QuerySelector($"a[href='{money}']") is not null
                || (await visitor.GetAsync($"/partnerships/{partnership.Id}/outcomes"))
                .Document.QuerySelector($"nav a[href='{money}']") is not null;
            var switchable = kind is PartnershipKind.Contract or PartnershipKind.Statutory;
            var formal = kind == PartnershipKind.Formal;
            Assert.Equal((kind, formal ? 200 : 404, formal), (kind, (await viewer.GetAsync(money)).Status, await ShownAsync(viewer)));
            Assert.Equal((kind, formal ? 200 : switchable ? 302 : 404, formal || switchable),
                (kind, (await coordinator.GetAsync(money)).Status, await ShownAsync(coordinator)));
            Assert.Equal(formal ? 200 : 404, (await coordinator.GetAsync(BudgetLinks.New(partnership.Id))).Status);
            Assert.Equal(switchable ? 200 : 404, (await coordinator.GetAsync(BudgetLinks.Switch(partnership.Id))).Status);
            if (!switchable) continue;
            using var lead = await partnership.AsAsync(Role.Lead);
            Assert.Equal(404, (await lead.ForgeAsync("/account", BudgetLinks.Switch(partnership.Id) + "?handler=on", [])).Status);
            var page = await coordinator.GetAsync(BudgetLinks.Switch(partnership.Id));
            for (var times = 0; times < 2; times++) Assert.Equal(302, (await coordinator.SubmitAsync(page, [], "on")).Status);
            Assert.Equal((200, true), ((await viewer.GetAsync(money)).Status, await ShownAsync(viewer)));
            await EnterAsync(coordinator, partnership, "Contribution", "Cash", "5", 0);
            Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "switched the budget on"));
            Assert.Equal(302, (await coordinator.PostAsync(BudgetLinks.Switch(partnership.Id), [], "off")).Status);
            Assert.Equal(404, (await viewer.GetAsync(money)).Status);
            Assert.Equal(1, await app.DbAsync(db => db.Set<JournalEntry>().CountAsync(e => e.PartnershipId == partnership.Id)));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Entry_SentTwice_IsOne_AndALeadEntersForTheOwnOrganisationAlone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        var form = await lead.GetAsync(BudgetLinks.New(partnership.Id));
        Dictionary<string, string> Fields() => new() { ["Kind"] = "Contribution", ["Unit"] = "Cash", ["Amount"] = "£1,250.50",
            ["Text"] = "First half", ["Organisation"] = Id(partnership.Organisations[1].Id) };
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => lead.SubmitAsync(form, Fields())));
        Assert.All(sent, answer => Assert.Equal(302, answer.Status));
        var entry = await app.DbAsync(db => db.Set<JournalEntry>().Include(e => e.Lines)
            .SingleAsync(e => e.PartnershipId == partnership.Id));
        Assert.Equal((125_050L, partnership.Organisations[0].Id, 1), (entry.Amount, entry.OrganisationId, entry.Number));
        Assert.Equal(0, entry.Lines.Sum(l => l.Amount));
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "entered money or hours"));
        Assert.Equal("£1,250.50 of £1,250.50 is still free", (await lead.GetAsync(BudgetLinks.Money(partnership.Id))).Heading);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "Contribution", "Cash", "10", 1);
        var theirs = await app.DbAsync(db => db.Set<JournalEntry>().Where(e => e.OrganisationId == partnership.Organisations[1].Id)
            .Select(e => e.Id).SingleAsync());
        Assert.DoesNotContain("Undo it", (await lead.GetAsync(BudgetLinks.Entry(partnership.Id, theirs))).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await lead.ForgeAsync("/account", BudgetLinks.Entry(partnership.Id, theirs) + "?handler=undo",
            new() { ["Reason"] = "x" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Entry_BadInput_SaysSoBesideTheFieldAndKeepsWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, other);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = BudgetLinks.New(partnership.Id);
        var empty = await coordinator.PostAsync(path, new() { ["On"] = "soon", ["Text"] = "" });
        Assert.Equal(400, empty.Status);
        foreach (var field in new[] { "Kind", "Unit", "Amount", "Organisation", "On",
            "Text" }) Assert.True(empty.ErrorOf(field) is not null, field);
        foreach (var (unit, amount) in new[] { ("Cash", "1.005"), ("Cash", "-5"), ("Cash", "0"), ("Cash", "12,5"),
            ("Cash", "9999999999999"), ("Hours", "1.001"), ("Hours", "1:75"), ("InKind", "much") })
        {
            var bad = await coordinator.PostAsync(path, new() { ["Kind"] = "Contribution", ["Unit"] = unit, ["Amount"] = amount,
                ["Organisation"] = Id(partnership.Organisations[0].Id), ["Text"] = "x" });
            Assert.True(bad.ErrorOf("Amount") is not null, amount);
            Assert.Equal(amount, bad.ValueOf("Amount"));
        }
        foreach (var kind in new[] { "Release", "Reversal" }) Assert.NotNull((await coordinator.PostAsync(path,
            new() { ["Kind"] = kind, ["Unit"] = "Cash", ["Amount"] = "1", ["Organisation"] = Id(partnership.Organisations[0].Id),
            ["Text"] = "x" })).ErrorOf("Kind"));
        foreach (var organisation in new[] { other.Organisations[0].Id, 0 }) Assert.Equal(400,
            (await coordinator.PostAsync(path, new() { ["Kind"] = "Spending", ["Unit"] = "Cash", ["Amount"] = "1",
            ["Organisation"] = Id(organisation), ["Text"] = "x" })).Status);
        Assert.Equal(400,
            (await coordinator.PostAsync(path, new() { ["Kind"] = "Spending", ["Unit"] = "Cash", ["Amount"] = "1",
            ["Organisation"] = Id(partnership.Organisations[0].Id), ["Text"] = "x", ["Outcome"] = Id(outcome) })).Status);
        Assert.False(await app.DbAsync(db => db.Set<JournalEntry>().AnyAsync(e => e.PartnershipId == partnership.Id)));
    }

    [Theory]
    [InlineData("7.5", BudgetUnit.Hours, 450L), InlineData("7:30", BudgetUnit.Hours, 450L), InlineData("0:05", BudgetUnit.Hours, 5L),
        InlineData("1,000", BudgetUnit.Hours, 60_000L), InlineData("0.1", BudgetUnit.Cash, 10L),
        InlineData("£4,200", BudgetUnit.InKind, 420_000L)]
    [InlineData("0.001", BudgetUnit.Cash, null), InlineData("7:60", BudgetUnit.Hours, null), InlineData("7:3", BudgetUnit.Hours, null)]
    public void Amounts_AreReadToThePennyAndTheMinute(string typed, BudgetUnit unit, long? amount) =>
        Assert.Equal(amount, BudgetWords.Read(typed, unit));

    [Theory]
    [InlineData(0, "0 hours"), InlineData(60, "1 hour"), InlineData(90, "1.5 hours"), InlineData(65, "1 h 5 min"),
        InlineData(1, "1 minute"), InlineData(-450, "−7.5 hours")]
    public void Hours_AreSaidToTheMinute(long minutes, string words) => Assert.Equal(words, BudgetWords.Say(minutes, BudgetUnit.Hours));

    [Theory, ClassData(typeof(Engines))]
    public async Task Promise_IsDrawnOn_ThenGivenBack_AndTheBooksBalance(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "Contribution", "Cash", "1000", 0);
        await EnterAsync(coordinator, partnership, "Commitment", "Cash", "300", 1, new() { ["Outcome"] = Id(outcome) });
        var promise = await app.DbAsync(db => db.Set<JournalEntry>()
            .Where(e => e.PartnershipId == partnership.Id && e.Kind == EntryKind.Commitment).Select(e => e.Id).SingleAsync());
        // another organisation's
        Assert.NotNull((await EnterAsync(coordinator, partnership, "Spending", "Cash", "5", 0, new() { ["Commitment"] = Id(promise) },
            expect: 400)).ErrorOf("Commitment"));
        await EnterAsync(coordinator, partnership, "Spending", "Cash", "120", 1, new() { ["Commitment"] = Id(promise) });
        Assert.Equal([("Available", 70_000L), ("Committed", 18_000L), ("Contributed", -100_000L), ("Spent", 12_000L)],
            await AccountsAsync(app, partnership.Id, BudgetUnit.Cash));
        Assert.Equal(outcome, await app.DbAsync(db => db.Set<JournalLine>()
            .Where(l => l.Entry!.PartnershipId == partnership.Id && l.Account == BudgetAccount.Spent).Select(l => l.OutcomeId)
            .SingleAsync()));
        var undo = await coordinator.ForgeAsync("/account", BudgetLinks.Entry(partnership.Id, promise) + "?handler=undo",
            new() { ["Reason"] = "x", ["FormKey"] = "u1" });
        Assert.Equal(409, undo.Status);
        Assert.Contains("Give back what is left", undo.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.PostAsync(BudgetLinks.Entry(partnership.Id, promise),
            new() { ["Reason"] = "Cheaper than thought" }, "release")).Status);
        Assert.Equal([("Available", 88_000L), ("Committed", 0L), ("Contributed", -100_000L), ("Spent", 12_000L)],
            await AccountsAsync(app, partnership.Id, BudgetUnit.Cash));
        var page = await coordinator.GetAsync(BudgetLinks.Money(partnership.Id));
        Assert.Equal("£880 of £1,000 is still free", page.Heading);
        Assert.Contains("when all that is promised is spent, £120 will have been spent, and £880 will be left. At the pace of the last three months what is promised and free would last 22 months.", page.Text, StringComparison.Ordinal);
        await EnterAsync(coordinator, partnership, "Spending", "Cash", "1,000", 0);
        Assert.Equal("£120 more is spent and promised than was put in", (await coordinator.GetAsync(BudgetLinks.Money(partnership.Id)))
            .Heading);
    }

    /// <summary>Two who draw on one promise at once do not draw it twice: the second's rest comes out of the pot.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Promise_DrawnOnByManyAtOnce_NeverGoesBelowZero_AndNumbersHaveNoGaps(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "Commitment", "Hours", "10", 0);
        var promise = await app.DbAsync(db => db.Set<JournalEntry>().Where(e => e.PartnershipId == partnership.Id).Select(e => e.Id)
            .SingleAsync());
        var forms = new List<Answer>();
        for (var i = 0; i < 8; i++) forms.Add(await coordinator.GetAsync(BudgetLinks.New(partnership.Id)));
        var sent = await Task.WhenAll(forms.Select(form => coordinator.SubmitAsync(form,
            new() { ["Kind"] = "Spending", ["Unit"] = "Hours", ["Amount"] = "2", ["Organisation"] = Id(partnership.Organisations[0].Id),
            ["Text"] = "x", ["Commitment"] = Id(promise) })));
        // a form that comes after the last hour is told that nothing is left
        Assert.All(sent, answer => Assert.True(answer.Status is 302 or 400, answer.Status.ToString(CultureInfo.InvariantCulture)));
        var written = sent.Count(answer => answer.Status == 302);
        Assert.True(written >= 5);
        var accounts = (await AccountsAsync(app, partnership.Id, BudgetUnit.Hours)).ToDictionary(a => a.Account, a => a.Amount);
        Assert.Equal((0L, written * 120L, -written * 120L), (accounts["Committed"], accounts["Spent"], accounts["Available"]));
        Assert.Equal(Enumerable.Range(1, written + 1), await app.DbAsync(db => db.Set<JournalEntry>()
            .Where(e => e.PartnershipId == partnership.Id).OrderBy(e => e.Number).Select(e => e.Number).ToListAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Undo_IsAnotherEntry_OnceOnly_AlsoWhenManyPressAtOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "GivenAndUsed", "Hours", "7:30", 1);
        var first = await app.DbAsync(db => db.Set<JournalEntry>().Where(e => e.PartnershipId == partnership.Id).Select(e => e.Id)
            .SingleAsync());
        var path = BudgetLinks.Entry(partnership.Id, first);
        Assert.NotNull((await coordinator.PostAsync(path, new() { ["Reason"] = " " }, "undo")).ErrorOf("Reason"));
        var pages = new List<Answer>();
        for (var i = 0; i < 5; i++) pages.Add(await coordinator.GetAsync(path));
        var answers = await Task.WhenAll(pages.Select(page => coordinator.SubmitAsync(page, new() { ["Reason"] = "Counted twice" },
            "undo")));
        Assert.Equal(1, answers.Count(a => a.Status == 302));
        Assert.All(answers.Where(a => a.Status != 302), a => Assert.Equal(409, a.Status));
        // the same form, sent again
        var again = await coordinator.SubmitAsync(pages[Array.FindIndex(answers, a => a.Status == 302)],
            new() { ["Reason"] = "Counted twice" }, "undo");
        Assert.Equal(answers.Single(a => a.Status == 302).Location, again.Location);
        Assert.All(await AccountsAsync(app, partnership.Id, BudgetUnit.Hours), a => Assert.Equal(0, a.Amount));
        Assert.Equal(2, await app.DbAsync(db => db.Set<JournalEntry>().CountAsync(e => e.PartnershipId == partnership.Id)));
        Assert.Contains("Undone by", (await coordinator.GetAsync(path)).Text, StringComparison.Ordinal);
        var undoing = await coordinator.GetAsync(again.Location!);
        Assert.DoesNotContain("Undo it", undoing.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await coordinator.ForgeAsync("/account", again.Location + "?handler=undo", new() { ["Reason"] = "x" })).Status);
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "undid an entry"));
        // the database refuses too
        await Assert.ThrowsAsync<DbUpdateException>(() => app.SaveAsync(db => db.Set<JournalEntry>()
            .Add(JournalEntry.Reversal(db.Set<JournalEntry>().Include(e => e.Lines).Single(e => e.Id == first),
            Facts(partnership, BudgetUnit.Hours, 450), 99))));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Entries_AreNeitherChangedNorDeleted_ThroughTheProgram(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.SaveAsync(db => db.Set<JournalEntry>().Add(JournalEntry.Contribution(Facts(partnership, BudgetUnit.Cash, 100), 1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.SaveAsync(db => db.Set<JournalEntry>()
            .Remove(db.Set<JournalEntry>().Single(e => e.PartnershipId == partnership.Id))));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            app.SaveAsync(db => db.Entry(db.Set<JournalLine>().First(l => l.Entry!.PartnershipId == partnership.Id))
            .Property(l => l.Amount).CurrentValue = 7));
        Assert.Equal(2, await app.DbAsync(db => db.Set<JournalLine>().CountAsync(l => l.Entry!.PartnershipId == partnership.Id)));
    }

    /// <summary>What goes round the entity and the context meets the database.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Books_AreKeptByTheDatabaseToo(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.SaveAsync(db => db.Set<JournalEntry>().Add(JournalEntry.Contribution(Facts(partnership, BudgetUnit.Cash, 100), 1)));
        var entry = await app.DbAsync(db => db.Set<JournalEntry>().Where(e => e.PartnershipId == partnership.Id).Select(e => e.Id)
            .SingleAsync());
        var line = await app.DbAsync(db => db.Set<JournalLine>().Where(l => l.EntryId == entry).Select(l => l.Id).FirstAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.SaveAsync(db => db.Set<JournalLine>()
            .Add(new JournalLine { EntryId = entry, Account = BudgetAccount.Spent, Unit = BudgetUnit.Cash, Amount = 1 })));
        const string More = """INSERT INTO "JournalLines" ("EntryId", "Account", "Unit", "Amount") VALUES """;
        foreach (var sql in new[]
        {
            $"""UPDATE "JournalEntries" SET "Text" = 'y' WHERE "Id" = {Id(entry)}""", $"""DELETE FROM "JournalEntries" WHERE "Id" = {Id(entry)}""",
            $"""UPDATE "JournalLines" SET "Amount" = 0 WHERE "Id" = {Id(line)}""", $"""DELETE FROM "JournalLines" WHERE "Id" = {Id(line)}""",
            $"""{More} ({Id(entry)}, 'Available', 'Cash', -1), ({Id(entry)}, 'Spent', 'Cash', 1)""",
            engine == Engine.Postgres ? "TRUNCATE \"JournalLines\"" : $"""INSERT OR REPLACE INTO "JournalLines" ("Id", "EntryId", "Account", "Unit", "Amount") VALUES ({Id(line)}, {Id(entry)}, 'Spent', 'Cash', 7)""",
        })
        {
            var refused = await Record.ExceptionAsync(() => app.DbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
            Assert.True(refused?.Message.Contains("never changed", StringComparison.Ordinal), $"{sql}: {refused?.Message ?? "done"}");
        }
        // it has nothing that looks at an entry when all its lines are there; of the program, which alone writes this file, the context
        // refuses it
        if (engine == Engine.Sqlite) return;
        var copied = $"""INSERT INTO "JournalEntries" ("PartnershipId", "Number", "Kind", "On", "Unit", "Amount", "OrganisationId", "Text", "EnteredBy", "EnteredAt", "FormKey") SELECT "PartnershipId", 2, "Kind", "On", "Unit", "Amount", "OrganisationId", "Text", "EnteredBy", "EnteredAt", 'k2' FROM "JournalEntries" WHERE "Id" = {Id(entry)}""";
        foreach (var both in new[] { copied,
            $"{copied};{More} (currval(pg_get_serial_sequence('\"JournalEntries\"', 'Id')), 'Spent', 'Cash', 5), (currval(pg_get_serial_sequence('\"JournalEntries\"', 'Id')), 'Available', 'Cash', -4)" })
            Assert.Contains("add up to zero",
                (await Record.ExceptionAsync(() => app.DbAsync(db => db.Database.ExecuteSqlRawAsync(both))))?.Message ?? "done",
                StringComparison.Ordinal);
    }

    /// <summary>Whatever is entered, each entry and each unit add up to zero.</summary>
    [Fact]
    public void Entries_OfEveryKind_AddUpToZero()
    {
        foreach (var unit in Enum.GetValues<BudgetUnit>())
        {
            var facts = new EntryFacts(1, new(2026, 1, 1), unit, 700, 1, 2, 3, "x", "x", null, default, "k");
            JournalEntry[] entries = [JournalEntry.Contribution(facts, 1), JournalEntry.Commitment(facts, 2),
                JournalEntry.Spending(facts, 3), JournalEntry.GivenAndUsed(facts, 4), JournalEntry.Release(facts, 5, 2),
                .. new[] { 0L, 1, 699, 700, 900, -5 }.Select(left => JournalEntry.Spending(facts, 6, 2, left))];
            Assert.All(entries.Concat(entries.Select(e => JournalEntry.Reversal(e, facts, 9))),
                e => Assert.Equal(0, e.Lines.Sum(l => l.Amount)));
            Assert.All(entries.SelectMany(e => e.Lines), l => Assert.NotEqual(0, l.Amount));
            Assert.Throws<InvalidOperationException>(() => JournalEntry.Reversal(JournalEntry.Reversal(entries[0], facts, 2), facts, 3));
            foreach (var amount in new[] { 0, -1, JournalEntry.MostAmount
                + 1 }) Assert.Throws<ArgumentOutOfRangeException>(() => JournalEntry.Contribution(facts with { Amount = amount }, 1));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Fairness_WarnsOfASmallPartnerThatCarriesMoreThanAnEvenShare(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync(); // the second of the three is a micro organisation
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "Contribution", "Cash", "900", 0);
        await EnterAsync(coordinator, partnership, "GivenAndUsed", "Hours", "20", 0);
        await EnterAsync(coordinator, partnership, "GivenAndUsed", "Hours", "10", 1);
        var money = BudgetLinks.Money(partnership.Id);
        // a third is an even share
        Assert.DoesNotContain("more than their share</h2>", (await coordinator.GetAsync(money)).Body, StringComparison.Ordinal);
        await EnterAsync(coordinator, partnership, "GivenAndUsed", "Hours", "0:10", 1);
        await EnterAsync(coordinator, partnership, "Spending", "Cash", "40", 1);
        var page = await coordinator.GetAsync(money);
        Assert.Contains($"{partnership.Organisations[1].Name} (micro) gives 34% of the hours. An even share among 3 partners would be 33%. Out of the pot it was paid or promised £40.", page.Text, StringComparison.Ordinal);
        Assert.Contains("A small partner carries more than their share", page.Text, StringComparison.Ordinal);
        Assert.Contains(Fairness.Rule, page.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Money_OfAThread_IsFoundByItsOutcomesAndActions(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var thread = new GoldenThread { PartnershipId = partnership.Id, Title = "t", About = "", Source = ThreadSource.Problem,
            StartedBy = "x", FormKey = TestApp.NewEmail(), StartedAt = app.Clock.GetUtcNow().UtcDateTime };
        await app.SaveAsync(db => db.Set<GoldenThread>().Add(thread));
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, partnership, thread: thread.Id);
        var own = await ActionsTests.ActionAsync(app, partnership, 0, "Own", new(2027, 1, 1), a => a.ThreadId = thread.Id);
        var towards = await ActionsTests.ActionAsync(app, partnership, 0, "Towards", new(2027, 1, 1), a => a.OutcomeId = outcome);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await EnterAsync(coordinator, partnership, "Spending", "Cash", "10", 0, new() { ["Outcome"] = Id(outcome) });
        await EnterAsync(coordinator, partnership, "Spending", "Cash", "20", 0, new() { ["Action"] = Id(own) });
        await EnterAsync(coordinator, partnership, "GivenAndUsed", "Hours", "3", 1, new() { ["Action"] = Id(towards) });
        await EnterAsync(coordinator, partnership, "Spending", "Cash", "40", 0);
        var sums = await app.DbAsync(db => LedgerOperations.SpentInThread(db, partnership.Id, thread.Id).GroupBy(l => new { l.Unit,
            l.OrganisationId }).Select(g => new { g.Key.Unit, g.Key.OrganisationId, Sum = g.Sum(l => l.Amount) }).ToListAsync());
        Assert.Equal([(BudgetUnit.Cash, partnership.Organisations[0].Id, 3_000L),
            (BudgetUnit.Hours, partnership.Organisations[1].Id, 180L)], sums.OrderBy(s => s.Unit)
            .Select(s => (s.Unit, s.OrganisationId!.Value, s.Sum)));
        var page = await coordinator.GetAsync(BudgetLinks.Money(partnership.Id));
        Assert.Contains("Towards no outcome", page.Text, StringComparison.Ordinal);
        await EnterAsync(coordinator, partnership, "Contribution", "Cash", "70", 2, new() { ["Outcome"] = Id(outcome) });
        var row = (await coordinator.GetAsync(BudgetLinks.Money(partnership.Id))).Document.QuerySelectorAll("tbody tr")
            .First(r => r.QuerySelector("[data-label='Cash put in for it']") is not null);
        Assert.Equal(("£70", "£10"), (row.QuerySelector("[data-label='Cash put in for it']")!.TextContent,
            row.QuerySelector("[data-label='Cash spent']")!.TextContent));
        var (second, _) = await OutcomesTests.OutcomeAsync(app, partnership);
        Assert.NotNull((await EnterAsync(coordinator, partnership, "Spending", "Cash", "1", 0,
            new() { ["Outcome"] = Id(second), ["Action"] = Id(towards) }, expect: 400)).ErrorOf("Outcome"));
        Assert.Contains("Front-line staff know our aims", page.Text, StringComparison.Ordinal);
    }

    private static EntryFacts Facts(TestPartnership partnership, BudgetUnit unit, long amount) =>
        new(partnership.Id, new(2026, 1, 1), unit, amount, partnership.Organisations[0].Id, null, null, "x", "x", null,
        new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), TestApp.NewEmail());

    private static async Task<Answer> EnterAsync(Visitor visitor, TestPartnership partnership, string kind, string unit, string amount,
        int organisation, Dictionary<string, string>? more = null, int expect = 302)
    {
        var fields = new Dictionary<string, string>(more ?? []) { ["Kind"] = kind, ["Unit"] = unit, ["Amount"] = amount,
            ["Organisation"] = Id(partnership.Organisations[organisation].Id), ["Text"] = "For the work" };
        var answer = await visitor.PostAsync(BudgetLinks.New(partnership.Id), fields);
        Assert.Equal(expect, answer.Status);
        return answer;
    }

    private static Task<List<(string Account, long Amount)>> AccountsAsync(TestApp app, long partnership, BudgetUnit unit) =>
        app.DbAsync(async db =>
        (await db.Set<JournalLine>().Where(l => l.Entry!.PartnershipId == partnership && l.Unit == unit).GroupBy(l => l.Account)
            .Select(g => new { g.Key, Sum = g.Sum(l => l.Amount) }).ToListAsync()).Select(a => (a.Key.ToString(), a.Sum))
            .OrderBy(a => a.Item1, StringComparer.Ordinal).ToList());

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
