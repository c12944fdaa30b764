using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>
/// Attack: in a round without a roster (answers brought from elsewhere) those who answered stand for those invited. So what should rest on
/// the list alone rests on exact counts, those of
/// withheld groups included: whether a change of everyone has a word, how it is weighted, which larger group goes to protect a small one.
/// </summary>
public class ImportedPatternTests
{
    private static readonly Instrument Instrument = RoundMaker.Instrument(3, 3, Scale.FivePoint);

    /// <summary>Levels alone are known: frontline 40, middle 8, board 0 to 4, before and now. The words of change come and go with the
    /// third of the four on the board.</summary>
    [Fact]
    [Attack("A reader", "findings of two brought rounds", "to read from whether changes have a word how many of a withheld level answered",
        "nothing: without a roster everyone's change has no word")]
    public void Attack_Imported_WordsOfChangeTellHowManyOfAWithheldLevelAnswered()
    {
        var seen = new List<string>();
        for (var few = 0; few <= 4; few++)
        {
            var before = Publisher.Publish(Round(1, 2.2, (40, 8, 3)));
            var after = Publisher.Publish(Round(2, 3.4, (40, 8, few)) with { Before = new(Instrument, before) }).Members;
            var tests = after.TestsOf(TestFamily.ChangeOfAll)!;
            seen.Add($"{few}: levels {string.Join('/', after.Levels.Select(l => $"{l.Level} {l.Dimensions[0].People ?? "withheld"}"))}; answered {after.All.Answered}; why {tests.Why?.ToString() ?? "-"}; words {string.Join(' ', after.All.Dimensions.Select(d => d.Change?.Word?.ToString() ?? "none"))}");
        }

        Assert.Single(seen.Skip(1).Select(s => s[(s.IndexOf("why", StringComparison.Ordinal))..]).Distinct());
    }

    /// <summary>A10 without a roster: the small organisation has 1 to 4 answers, and every other group stays on its side.</summary>
    [Fact]
    [Attack("A reader", "which figures of a brought round are withheld", "to tell one answer of a small organisation from four",
        "nothing")]
    public void Attack_Imported_PatternsDependOnASmallGroup()
    {
        int compared = 0, differ = 0, withRoster = 0;
        for (var seed = 1ul; seed <= 1500; seed++)
        {
            var random = new SeededRandom(seed);
            var structure = RoundMaker.Structure(4 + random.Next(3), 2, "public", "voluntary");
            var people = new List<Person>();
            for (var o = 1; o < structure.Organisations.Count; o++)
                for (var i = 5 + random.Next(8); i > 0; i--) people.Add(new(o, random.Next(2),
                    RoundMaker.Answers(random, Instrument, 3, missing: 0)));
            var small = Enumerable.Range(0, 4)
                .Select(_ => new Person(0, random.Next(2), RoundMaker.Answers(random, Instrument, 3, missing: 0))).ToList();
            List<Person> fewer = [.. people, small[0]], more = [.. people, .. small];
            if (!ParticipationTests.Sides(fewer, structure).SequenceEqual(ParticipationTests.Sides(more, structure))) continue;
            compared++;
            var roster = RoundMaker.Roster(structure, more, _ => 2);
            if (Shown(Publish(fewer, structure, roster)) != Shown(Publish(more, structure, roster))) withRoster++;
            var (one, four) = (Shown(Publish(fewer, structure, null)), Shown(Publish(more, structure, null)));
            if (one == four) continue;
            differ++;
        }

        Assert.Equal(0, withRoster);
        Assert.Equal(0, differ);
    }

    private static Publication Publish(List<Person> people, Structure structure, Roster? roster) =>
        Publisher.Publish(new() { Answers = RoundMaker.Summary(Instrument, structure, people), Roster = roster });

    private static string Shown(Publication publication) =>
        string.Join(' ', new[] { publication.Members.Sectors, publication.Members.Levels, publication.Members.Organisations,
        publication.Members.SectorLevels }
        .Select(view => string.Join(',',
            view.Select(g =>
                $"{g.Unit}{g.Sector}{g.Level}:{string.Concat(g.Dimensions.Select(d => d.Withheld is null ? d.People + ";" : "x"))}"))));

    private static RoundToPublish Round(ulong seed, double centre, (int Frontline, int Middle, int Board) levels)
    {
        var random = new SeededRandom(seed);
        var structure = new Structure([new("everyone", "everyone")], [.. Field.Levels.Take(3)]);
        var people = new List<Person>();
        foreach (var (level, many) in new[] { (2, levels.Frontline), (1, levels.Middle), (0, levels.Board) })
            for (var i = 0; i < many; i++) people.Add(new(0, level, RoundMaker.Answers(random, Instrument, centre, missing: 0)));
        return new() { Answers = RoundMaker.Summary(Instrument, structure, people), Groupings = Groupings.Levels };
    }
}
