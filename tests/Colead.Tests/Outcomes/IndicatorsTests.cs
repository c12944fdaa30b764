using System.Globalization;
using System.Text;
using Colead.Kit.Tables;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Outcomes;

public class IndicatorsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task New_ChosenForDataAlone_AsksWhatCounts_AndKeepsTheAnswer(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = OutcomesLinks.NewIndicator(partnership.Id, outcome);
        Dictionary<string, string> Fields() => new() { ["Name"] = "Leaflets printed", ["Direction"] = "Up", ["DataExist"] = "true" };
        var asked = await lead.PostAsync(path, Fields());
        Assert.Equal(200, asked.Status);
        Assert.Contains("Is this what counts?", asked.Text, StringComparison.Ordinal);
        Assert.Equal("Leaflets printed", asked.ValueOf("Name"));
        Assert.Equal(1, await app.DbAsync(db => db.Set<Indicator>().CountAsync(i => i.OutcomeId == outcome)));
        var kept = await lead.SubmitAsync(asked, new() { ["WhatCounts"] = "Whether anyone talks with them." });
        var again = await lead.SubmitAsync(asked, new() { ["WhatCounts"] = "Whether anyone talks with them." });
        Assert.Equal((302, kept.Location), (kept.Status, again.Location));
        var page = await lead.GetAsync(kept.Location!);
        Assert.Contains("Whether anyone talks with them.", page.Text, StringComparison.Ordinal);
        var unanswered = await lead.SubmitAsync(await lead.PostAsync(path, Fields()), []);
        Assert.Contains("Nobody has answered yet", (await lead.GetAsync(unanswered.Location!)).Text, StringComparison.Ordinal);
        var meant = await lead.PostAsync(path, new(Fields()) { ["ShowsChange"] = "true" });
        Assert.Equal(302, meant.Status); // another reason: no question
        Assert.DoesNotContain("Is this what counts?", (await lead.GetAsync(meant.Location!)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task New_BadInput_SaysSoBesideTheField(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        var answer = await lead.PostAsync(OutcomesLinks.NewIndicator(partnership.Id, outcome),
            new() { ["Direction"] = "Down", ["Baseline"] = "lots", ["BaselineOn"] = "31/2/2026", ["PeersReached"] = "1.23456",
            ["Unit"] = new string('x', 41) });
        Assert.Equal(400, answer.Status);
        foreach (var field in new[] { "Name", "Baseline", "BaselineOn", "PeersReached", "Unit",
            "ShowsChange" }) Assert.True(answer.ErrorOf(field) is not null, field);
        Assert.Equal("lots", answer.ValueOf("Baseline"));
        var upside = await lead.PostAsync(OutcomesLinks.NewIndicator(partnership.Id, outcome),
            new() { ["Name"] = "Wait", ["Direction"] = "Down", ["Baseline"] = "5", ["Target"] = "9", ["Required"] = "true" });
        Assert.Contains("lower", upside.ErrorOf("Target"), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reading_TypedTwice_IsOne_AndAnotherValueOfTheDayIsRefused(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var member = await partnership.AsAsync(Role.Member);
        var path = OutcomesLinks.Indicator(partnership.Id, outcome, indicator);
        Dictionary<string, string> Fields(string value, string day = "2026-04-30") => new() { ["On"] = day, ["Value"] = value };
        Assert.Equal(302, (await member.PostAsync(path, Fields("38.1234"), "read")).Status);
        Assert.Equal(302, (await member.PostAsync(path, Fields(" 38.1234 %"), "read")).Status);
        var other = await member.PostAsync(path, Fields("39"), "read");
        Assert.Contains("38.1234% already", other.ErrorOf("Value"), StringComparison.Ordinal);
        Assert.NotNull((await member.PostAsync(path, Fields("1.23456"), "read")).ErrorOf("Value"));
        Assert.NotNull((await member.PostAsync(path, Fields("x"), "read")).ErrorOf("Value"));
        Assert.NotNull((await member.PostAsync(path, Fields("3", "2099-01-01"), "read")).ErrorOf("On"));
        Assert.Equal(38.1234m, (await app.DbAsync(db => db.Set<Reading>().SingleAsync(r => r.IndicatorId == indicator))).Value);
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "added a reading"));
    }

    /// <summary>Figures come back to the last digit and sort as numbers on both engines.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Readings_OfEverySize_ComeBackExactlyAndSort(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (_, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        decimal[] values = [-1_000_000_000_000m, -0.0001m, 0m, 0.3333m, 9m, 10m, 999_999_999_999.9999m];
        for (var i = 0; i < values.Length; i++) await OutcomesTests.ReadingAsync(app, indicator, new DateOnly(2026, 1, 1)
            .AddDays(i * 7 % 50), values[i]);
        Assert.Equal(values, await app.DbAsync(db => db.Set<Reading>().Where(r => r.IndicatorId == indicator).OrderBy(r => r.Value)
            .Select(r => r.Value).ToListAsync()));
        Assert.Equal(2, await app.DbAsync(db => db.Set<Reading>().CountAsync(r => r.IndicatorId == indicator && r.Value >= 10m)));
        Assert.False(Reading.CanHold(0.00001m));
        Assert.False(Reading.CanHold(1_000_000_000_000.1m));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reading_CorrectedByTwo_ShowsBoth_AndTheTrailKeepsWhatItWas(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        var reading = await OutcomesTests.ReadingAsync(app, indicator, new(2026, 3, 1), 34);
        using var member = await partnership.AsAsync(Role.Member);
        var path = OutcomesLinks.Reading(partnership.Id, outcome, indicator, reading);
        var (one, two) = (await member.GetAsync(path), await member.GetAsync(path));
        Assert.Equal(302, (await member.SubmitAsync(one, new() { ["Value"] = "35" })).Status);
        var clash = await member.SubmitAsync(two, new() { ["Value"] = "36" });
        Assert.Equal(409, clash.Status);
        Assert.Contains("35%", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(302, (await member.SubmitAsync(clash, [])).Status);
        Assert.Equal(36m, (await app.DbAsync(db => db.Set<Reading>().SingleAsync(r => r.Id == reading))).Value);
        Assert.Contains((await OutcomesTests.TrailAsync(app, partnership.Id, "corrected a reading")),
            d => d.Contains("34% is now 35%", StringComparison.Ordinal));
        Assert.NotNull((await member.PostAsync(path, new() { ["Value"] = "" })).ErrorOf("Value"));
        Assert.Equal(302, (await member.PostAsync(path, [], "takeOut")).Status);
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "took out a reading"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_IsAllOrNothing_NamesEachRow_AndTheSameFileAgainChangesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        await OutcomesTests.ReadingAsync(app, indicator, new(2026, 1, 31), 34);
        using var member = await partnership.AsAsync(Role.Member);
        var path = OutcomesLinks.Import(partnership.Id, outcome, indicator);
        async Task<Answer> BringAsync(string text) => await member.SubmitAsync(await member.GetAsync(path), [],
            file: ("List", "readings.csv", Encoding.UTF8.GetBytes(text)));
        var bad = await BringAsync("date,value\n28/02/2026,36\nsoon,37\n2026-03-31,many\n2026-01-31,35\n2026-04-30,1.23456\n28/02/2026,36\n2099-01-01,3\n");
        Assert.Equal(400, bad.Status);
        Assert.Equal(["3", "4", "5", "6", "7", "8"], bad.Document.QuerySelectorAll("table tbody th").Select(th => th.TextContent));
        Assert.Contains("34% already", bad.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.DbAsync(db => db.Set<Reading>().CountAsync(r => r.IndicatorId == indicator)));
        Assert.Equal(302, (await BringAsync("date,value\n2026-01-31,34\n28/02/2026,36.5\n30 April 2026,\"1,038\"\n")).Status);
        Assert.Equal([34m, 36.5m, 1038m], await app.DbAsync(db => db.Set<Reading>().Where(r => r.IndicatorId == indicator)
            .OrderBy(r => r.On).Select(r => r.Value).ToListAsync()));
        Assert.Equal(302, (await BringAsync("date,value\n2026-01-31,34\n28/02/2026,36.5\n30 April 2026,\"1,038\"\n")).Status);
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "imported readings"));
        Assert.Equal(3, await app.DbAsync(db => db.Set<Reading>().CountAsync(r => r.IndicatorId == indicator)));
        Assert.Equal(400, (await BringAsync("date;value\n2026-05-31;36,5\n")).Status); // a comma is no point
        Assert.NotNull((await member.SubmitAsync(await member.GetAsync(path), [])).ErrorOf("List"));
    }

    /// <summary>A workbook keeps dates as counted days, and 34% as 0.34.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Import_OfAWorkbook_ReadsItsDates_AndAsksAboutShares(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var member = await partnership.AsAsync(Role.Member);
        var path = OutcomesLinks.Import(partnership.Id, outcome, indicator);
        async Task<Answer> BringAsync(params string[][] rows) =>
            await member.SubmitAsync(await member.GetAsync(path), [],
            file: ("List", "readings.xlsx", TableWriter.Workbook("Readings", [["date", "value"], .. rows])));
        var shares = await BringAsync(["46053", "0.34"], ["46142", "0.4"]);
        Assert.Equal(400, shares.Status);
        Assert.Contains("counts per cent", shares.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await BringAsync(["46053", "34"], ["46142", "40.5"])).Status);
        Assert.Equal([(new DateOnly(2026, 1, 31), 34m), (new DateOnly(2026, 4, 30), 40.5m)],
            (await app.DbAsync(db => db.Set<Reading>().Where(r => r.IndicatorId == indicator).OrderBy(r => r.On).ToListAsync()))
                .Select(r => (r.On, r.Value)));
    }

    [Theory]
    [InlineData(Frequency.Weekly, "2026-05-07"), InlineData(Frequency.Monthly, "2026-05-30"),
        InlineData(Frequency.Quarterly, "2026-07-30"), InlineData(Frequency.HalfYearly, "2026-10-30"),
        InlineData(Frequency.Yearly, "2027-04-30")]
    public void NextReading_FollowsFromHowOftenItIsRead(Frequency frequency, string day)
    {
        var indicator = new Indicator { Name = "x", Frequency = frequency, BaselineOn = new(2026, 4, 30), CreatedAt = default,
            FormKey = "x" };
        Assert.Equal(day, indicator.NextReadingBy.ToString("O", CultureInfo.InvariantCulture));
        indicator.Readings.Add(new Reading { On = new(2026, 4, 30), Value = 1, EnteredBy = "x", EnteredAt = default });
        indicator.BaselineOn = new(2020, 1, 1);
        Assert.Equal(day, indicator.NextReadingBy.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reading_ThatIsLate_IsAskedFor_UntilTheOutcomeIsOver(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        foreach (var page in new[] { path, OutcomesLinks.Indicator(partnership.Id, outcome, indicator) })
            Assert.Contains("The next reading was due by 1 April 2026", (await coordinator.GetAsync(page)).Text, StringComparison.Ordinal);
        await coordinator.PostAsync(path, new() { ["Note"] = "We got there." }, "end");
        Assert.DoesNotContain("next reading", (await coordinator.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Picture_StandsBesideATable_WithThePathToTheTarget(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        await OutcomesTests.ReadingAsync(app, indicator, new(2026, 5, 2), 38);
        await app.SaveAsync(db => db.Set<Indicator>().Find(indicator)!.Unit = "% <b>");
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var page = await viewer.GetAsync(OutcomesLinks.Indicator(partnership.Id, outcome, indicator));
        var picture = page.Document.QuerySelector("svg.trend")!;
        Assert.Equal(1, picture.QuerySelectorAll(".path").Length);
        Assert.Equal(2, picture.QuerySelectorAll(".dot").Length);
        Assert.Null(picture.QuerySelector("b"));
        var row = page.Document.QuerySelectorAll("table tbody tr")
            .First(r => r.TextContent.Contains("2 May 2026", StringComparison.Ordinal));
        Assert.Contains("38", row.TextContent, StringComparison.Ordinal);
        // 121 of 485 days of the way from 31 to 60
        Assert.Contains("38.2", row.QuerySelectorAll("td")[1].TextContent, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Story_AndIndicator_ByTwoAtOnce_ShowBoth(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomesTests.OutcomeAsync(app, partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        var story = OutcomesLinks.Story(partnership.Id, outcome, indicator);
        var (one, two) = (await lead.GetAsync(story), await lead.GetAsync(story));
        Assert.Equal(302, (await lead.SubmitAsync(one, new() { ["Story"] = "Night shifts were missed.", ["Confidence"] = "Medium" }))
            .Status);
        var clash = await lead.SubmitAsync(two, new() { ["Story"] = "The film helped.", ["Confidence"] = "High" });
        Assert.Equal(409, clash.Status);
        Assert.Contains("Night shifts were missed.", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The film helped.", clash.ValueOf("Story"));
        Assert.Equal(302, (await lead.SubmitAsync(clash, [])).Status);
        var kept = await app.DbAsync(db => db.Set<Indicator>().SingleAsync(i => i.Id == indicator));
        Assert.Equal(("The film helped.", Confidence.High), (kept.Story, kept.Confidence));
        var edit = OutcomesLinks.EditIndicator(partnership.Id, outcome, indicator);
        var (three, four) = (await lead.GetAsync(edit), await lead.GetAsync(edit));
        Assert.Equal(302, (await lead.SubmitAsync(three, new() { ["Target"] = "55" })).Status);
        var second = await lead.SubmitAsync(four, new() { ["Target"] = "65" });
        Assert.Equal(409, second.Status);
        Assert.Contains("55", second.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(edit, [], "remove")).Status);
        Assert.False(await app.DbAsync(db => db.Set<Indicator>().AnyAsync(i => i.Id == indicator)));
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "took out an indicator"));
    }
}
