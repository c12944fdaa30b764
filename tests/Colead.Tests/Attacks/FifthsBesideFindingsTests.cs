using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Publication = Colead.Analysis.Publishing.Publication;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>What is told weekly while a round is open, read beside its findings or by whoever keeps the envelope.</summary>
public class FifthsBesideFindingsTests
{
    private static int Begins(int fifth, int all) => (all * fifth + 4) / 5;

    private static async Task<Dictionary<int, List<string>>> LinksByOrganisationAsync(TestApp app, Stage stage, Round round)
    {
        var links = await app.LinksAsync(round);
        var organisations = stage.Partnership.Organisations.ToList();
        return (await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId != null)
            .Select(i => new { i.PersonId, i.OrganisationId }).ToListAsync()))
            .GroupBy(i => organisations.FindIndex(o => o.Id == i.OrganisationId))
            .ToDictionary(g => g.Key, g => g.Select(i => links[i.PersonId!.Value]).ToList());
    }

    private static async Task<Progress> WeekAsync(TestApp app, Stage stage, Round round)
    {
        app.Clock.Move(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await app.CareAsync();
        await stage.SignInAgainAsync();
        return JsonSerializer.Deserialize<Progress>(
            await app.DbAsync(db => db.Set<RoundProgress>().Where(x => x.RoundId == round.Id).Select(x => x.Content).SingleAsync()))!;
    }

    /// <summary>
    /// 45, 4 and 5 asked; 27, 0 and 5 answer. The week says of the 45 "three to four fifths": at least 27. The findings say 32.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A reader", "the fifths told weekly, of 45, and the number and bands of the findings",
        "to tell that nobody of a group of four answered", "the number is not said")]
    public async Task Fifths_AndTheNumberOfTheFindings_DoNotTellThatNobodyOfASmallGroupAnswered(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 45; i++) await stage.Partnership.PersonAsync($"Large {i}", TestApp.NewEmail(), 2);
        for (var i = 0; i < 4; i++) await stage.Partnership.PersonAsync($"Small {i}", TestApp.NewEmail(), 1);
        for (var i = 0; i < 5; i++) await stage.Partnership.PersonAsync($"Five {i}", TestApp.NewEmail(), 0);
        var round = await stage.OpenAsync(r => r.Ways = [RoundWay.Merge]);
        var links = await LinksByOrganisationAsync(app, stage, round);
        var random = new SeededRandom(3);
        foreach (var link in links[2].Take(27).Concat(links[0])) await stage.AnswerAsync(link, Answers(random));
        var told = await WeekAsync(app, stage, round);
        var publication = await stage.PublishAsync(round);
        var large = told.Organisations.Single(o => o.Name == stage.Partnership.Organisations[2].Name);
        var all = publication.Members.All;
        Assert.Null(all.Answered);
        // Were it said: which numbers of the three that add up to it print the same choices?
        var (from, to) = (Begins((int)large.Band!.Value, 45), Begins((int)large.Band.Value + large.Wide, 45) - 1);
        var fits = new SortedSet<int>();
        if (all.Answered is { } n)
        {
            for (var l = from; l <= 45; l++) // more may come after the week
                for (var s = 0; s <= 4; s++)
                    if (n - l - s is >= 0 and <= 5 && Prints(l, s, (int)n - l - s) is { } other && other == Say(publication)) fits.Add(s);
            Assert.True(fits.SetEquals([0, 1, 2, 3, 4]),
                $"{n} answered, at least {from} of the large one: of the four {string.Join(" or ", fits)} answered");
        }

        string? Prints(int l, int s, int f)
        {
            var draw = new SeededRandom(9);
            var organisations = new List<int>();
            for (var i = 0; i < f; i++) organisations.Add(0);
            for (var i = 0; i < s; i++) organisations.Add(1);
            for (var i = 0; i < l; i++) organisations.Add(2);
            return PrintsOf(organisations, draw);
        }
        string PrintsOf(List<int> organisations, SeededRandom draw)
        {
            var names = stage.Partnership.Organisations;
            var structure = new Structure([new(names[0].Name, "public"), new(names[1].Name, "voluntary"), new(names[2].Name, "private")],
                ["frontline"]);
            var table = new AnswerTable(KnownAnswers.Instrument, structure, [.. organisations], [.. organisations.Select(_ => (byte)0)],
                [.. organisations.SelectMany(_ => Answers(draw).Select(a => (byte)a))]);
            var roster = new Roster(structure,
                new Dictionary<Stratum, int> { [new(0, 0)] = 5, [new(1, 0)] = 4, [new(2, 0)] = 45 });
            return Say(Publisher.Publish(new RoundToPublish { Answers = RoundSummary.Of(table), Roster = roster }));
        }
        string Say(Publication p) => $"{p.Members.All.Answered} " + string.Join(' ', p.Members.Organisations
            .OrderBy(o => p.Units.Single(u => u.Id == o.Unit).Organisations![0]).Select(o => o.Dimensions[0].People ?? "-"));
    }

    /// <summary>30 by link, 20 by slip, 4 by link; 23, 6 and 4 answer. Whoever keeps the envelope sees 14 slips left over.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever keeps the envelope", "14 of 20 slips left over, and the fifths of everyone and of 30",
        "to tell that everybody of a group of four answered", "of everyone a wider range is told")]
    public async Task Fifths_BesideAnEnvelopeLeftOver_DoNotTellThatEverybodyOfASmallGroupAnswered(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 30; i++) await stage.Partnership.PersonAsync($"Large {i}", TestApp.NewEmail(), 2);
        for (var i = 0; i < 4; i++) await stage.Partnership.PersonAsync($"Small {i}", TestApp.NewEmail(), 1);
        for (var i = 0; i < 20; i++) await stage.Partnership.PersonAsync($"Paper {i}", null, 0);
        var round = await stage.OpenAsync();
        var links = await LinksByOrganisationAsync(app, stage, round);
        var slips = await stage.SlipsAsync(round);
        Assert.Equal(20, slips.Count);
        var random = new SeededRandom(3);
        foreach (var link in links[2].Take(23).Concat(links[1])) await stage.AnswerAsync(link, Answers(random));
        foreach (var slip in slips.Take(6)) await stage.AnswerAsync(slip, Answers(random), "Frontline");
        var told = await WeekAsync(app, stage, round);
        var large = told.Organisations.Single(o => o.Name == stage.Partnership.Organisations[2].Name);
        if (told.Everyone is not { } everyone || large.Band is not { } band) return;
        var (least, most) = (Begins((int)everyone, 54),
            Math.Min(30, (int)band + large.Wide == 5 ? 30 : Begins((int)band + large.Wide, 30) - 1));
        Assert.True(least - most - 6 < 4,
            $"at least {least} of 54, at most {most} of 30, 6 slips gone: of the four at least {least - most - 6} answered");
    }

    /// <summary>
    /// 30 by link, 20 by slip, 9 by link; 19, 8 and 9 answer; the findings say "at least three fifths", "10-19", "5-9" and "5-9".
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever keeps the envelope", "12 of 20 slips left over, “at least three fifths” and the bands of the findings",
        "to tell that everybody of a group of nine answered", "three fifths are not said")]
    public async Task ThreeFifths_BesideAnEnvelopeLeftOver_DoNotTellThatEverybodyOfAGroupAnswered(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        for (var i = 0; i < 30; i++) await stage.Partnership.PersonAsync($"Large {i}", TestApp.NewEmail(), 2);
        for (var i = 0; i < 9; i++) await stage.Partnership.PersonAsync($"Nine {i}", TestApp.NewEmail(), 1);
        for (var i = 0; i < 20; i++) await stage.Partnership.PersonAsync($"Paper {i}", null, 0);
        var round = await stage.OpenAsync();
        var links = await LinksByOrganisationAsync(app, stage, round);
        var slips = await stage.SlipsAsync(round);
        var random = new SeededRandom(3);
        foreach (var link in links[2].Take(19).Concat(links[1])) await stage.AnswerAsync(link, Answers(random));
        foreach (var slip in slips.Take(8)) await stage.AnswerAsync(slip, Answers(random), "Frontline");
        var p = await stage.PublishAsync(round);
        var said = $"{p.Members.All.AnsweredPart}; " + string.Join(", ",
            Enumerable.Range(0, 3).Select(o => stage.Organisation(p, o).Dimensions[0].People ?? "withheld"));
        Assert.False(p.Members.All.AnsweredPart == CoarsePart.ThreeFifths && stage.Organisation(p, 2).Dimensions[0].People == "10-19",
            $"{said}: at least {Begins(3, 59)} of 59, at most 19, 8 slips gone: of the nine {Begins(3, 59) - 19 - 8}");
    }
}
