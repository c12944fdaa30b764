using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>One respondent: where they stand, and their answers (0 skipped, 255 don't know, else the option's number).</summary>
internal sealed record Person(int Organisation, int Level, byte[] Codes);

/// <summary>Rounds made by code from a seed.</summary>
internal static class RoundMaker
{
    public static Instrument Instrument(int dimensions, int items, Scale scale) => new(
        "test", "1", scale,
            [.. Enumerable.Range(1, dimensions)
            .Select(d => new Dimension($"d{d}", [.. Enumerable.Range(1, items).Select(i => new Item($"d{d}_{i}"))]))]);

    public static Structure Structure(int organisations, int levels, params string[] sectors) => new(
        [.. Enumerable.Range(0, organisations).Select(o => new Organisation($"O{o:00}", sectors[o % sectors.Length]))],
        [.. Field.Levels.Take(levels)]);

    public static RoundSummary Summary(Instrument instrument, Structure structure, IEnumerable<Person> people)
    {
        var list = people.ToList();
        return RoundSummary.Of(new AnswerTable(
            instrument, structure, [.. list.Select(p => p.Organisation)], [.. list.Select(p => (byte)p.Level)],
                [.. list.SelectMany(p => p.Codes)]));
    }

    public static Roster Roster(Structure structure, IEnumerable<Person> people, Func<Stratum, int>? silent = null) => new(
        structure,
        (from o in Enumerable.Range(0, structure.Organisations.Count)
         from l in Enumerable.Range(0, structure.Levels.Count)
         let stratum = new Stratum(o, l)
         let count = people.Count(p => p.Organisation == o && p.Level == l) + (silent?.Invoke(stratum) ?? 0)
         where count > 0
         select (stratum, count)).ToDictionary(s => s.stratum, s => s.count));

    /// <summary>A middling answer with some spread, a few skipped and a few "don't know".</summary>
    public static byte[] Answers(SeededRandom random, Instrument instrument, double centre, double missing = 0.05)
    {
        var codes = new byte[instrument.ItemCount];
        for (var i = 0; i < codes.Length; i++)
        {
            var draw = random.NextDouble();
            if (draw < missing / 2) codes[i] = Answer.DontKnowCode;
            else if (draw >= missing)
            {
                var spread = (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * instrument.Scale.Options * 0.45;
                codes[i] = (byte)Math.Clamp((int)Math.Round(centre + spread), 1, instrument.Scale.Options);
            }
        }

        return codes;
    }

    /// <summary>A partnership of some size in which most views can be shown.</summary>
    public static (RoundToPublish Round, List<Person> People) Partnership(
        ulong seed, int organisations = 12, int perOrganisation = 12, Scale? scale = null, Func<Person, double>? centre = null)
    {
        var random = new SeededRandom(seed);
        var instrument = Instrument(7, 4, scale ?? Scale.FivePoint);
        var structure = Structure(organisations, 6, "private", "public", "voluntary");
        var people = new List<Person>();
        for (var o = 0; o < organisations; o++)
            for (var i = 0; i < perOrganisation; i++)
            {
                var person = new Person(o, random.Next(6), []);
                people.Add(person with { Codes = Answers(random, instrument, centre?.Invoke(person) ?? 0.55 * instrument.Scale.Options) });
            }

        var round = new RoundToPublish
        {
            Answers = Summary(instrument, structure, people),
            Roster = Roster(structure, people, s => (s.Organisation + s.Level) % 3),
            Folds = FoldPlan.None,
        };
        return (round, people);
    }
}
