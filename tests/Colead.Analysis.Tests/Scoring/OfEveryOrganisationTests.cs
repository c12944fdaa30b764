using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;
using Colead.Analysis.Tests.Publishing;

namespace Colead.Analysis.Tests.Scoring;

public class OfEveryOrganisationTests
{
    [Fact]
    public void OfEveryOrganisation_ManyOrganisations_SeesTheCountsOfEachAndOfNobodyElse()
    {
        var random = new SeededRandom(5);
        var instrument = RoundMaker.Instrument(2, 3, Scale.FivePoint);
        var structure = RoundMaker.Structure(700, 6, "public", "voluntary");
        var people = Enumerable.Range(0, 3000)
            .Select(_ => new Person(random.Next(690), random.Next(6), RoundMaker.Answers(random, instrument, 3, missing: 0.3))).ToList();
        // beyond one byte
        people.AddRange(Enumerable.Range(0, 400).Select(_ => new Person(7, 2, RoundMaker.Answers(random, instrument, 4))));
        var summary = RoundMaker.Summary(instrument, structure, people);

        var seen = summary.OfEveryOrganisation(items => string.Join('|', items.Select(Text)));
        Assert.Equal(summary.ByOrganisation().Select(o => string.Join('|', o.Items.Select(Text))), seen);
        Assert.Equal(700, seen.Length);
        static string Text(ItemCounts i) => $"{i.Skipped};{string.Join(',', i.Options.ToArray())};{i.DontKnow}";
    }
}
