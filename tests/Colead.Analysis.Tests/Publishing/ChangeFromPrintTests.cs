using System.Text;
using Colead.Analysis.Comparison;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>Of an earlier round there is nothing but what it printed; change is worked out again here, by hand, from the printed bytes.</summary>
public class ChangeFromPrintTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)] // no roster: no interval was corrected
    public void Publish_SecondRound_ChangeIsThatOfThePrintedFigures(bool roster)
    {
        for (var seed = 20ul; seed < 26; seed++)
        {
            var (first, _) = RoundMaker.Partnership(seed);
            var (second, people) = RoundMaker.Partnership(seed + 50, centre: p => 2.6 + 0.3 * (p.Level % 3));
            if (!roster) (first, second) = (first with { Roster = null }, second with { Roster = null });
            var before = PublicationJson.Read(PublicationJson.Write(Publisher.Publish(first)));
            var after = Publisher.Publish(second with { Before = new(first.Answers.Instrument, before) });
            Assert.Equal(PublicationJson.Write(after), PublicationJson.Write(Publisher.Publish(second with { Before = new(first.Answers.Instrument, Publisher.Publish(first)) })));

            var (then, now) = (before.Members.All, after.Members.All);
            var hand = new List<(PublishedCell Now, MeanDifference Difference)>();
            for (var d = 0; d < 7; d++)
            {
                var cell = then.Dimensions[d];
                double n = Assert.IsType<string>(cell.People) is var said ? long.Parse(said, System.Globalization.CultureInfo.InvariantCulture) : 0;
                var error = Math.Max(0.05, (double)(cell.High - cell.Low)!.Value / 2) / 1.96;
                if (then.Invited is { } invited) error /= Math.Sqrt(1 - n / invited);
                hand.Add((now.Dimensions[d], new(Scores(people, d), AsPrinted((double)cell.Mean!.Value, error, n))));
            }

            AssertWords(hand, 1);

            // Statements print no interval: the later spread, for as many people as were printed.
            hand.Clear();
            for (var i = 0; i < 28; i++)
            {
                var cell = then.Items[i].Mean;
                var values = Moments.Of([.. people.Select(p => p.Codes[i]).Where(c => c is not (0 or 255)).Select(c => (double)c)]);
                double n = long.Parse(cell.People!, System.Globalization.CultureInfo.InvariantCulture);
                hand.Add((now.Items[i].Mean, new(values, AsPrinted((double)cell.Mean!.Value, Math.Sqrt(values.SampleVariance.Value / n), n))));
            }

            AssertWords(hand, 1);

            // Groups: how many were invited there is printed nowhere, so the larger of two errors.
            hand.Clear();
            var shown = Enumerable.Range(0, 12).Select(o => people.Where(p => p.Organisation == o).ToList()).ToList();
            for (var l = 0; l < 6; l++)
                for (var d = 0; d < 7; d++)
                {
                    var cell = before.Members.Levels[l].Dimensions[d];
                    if (!cell.IsNumber || !after.Members.Levels[l].Dimensions[d].IsNumber) continue;
                    var pooled = PooledVariance.WithinGroups([.. shown.Where((_, o) => after.Members.Organisations[o].Dimensions[d].IsNumber).Select(of => Scores(of, d))], Scale.FivePoint);
                    double n = long.Parse(cell.People!.Split('-', '+')[0], System.Globalization.CultureInfo.InvariantCulture);
                    var printed = (double)(cell.High - cell.Low)!.Value / 2 / 1.96;
                    var error = roster ? Math.Max(printed, Math.Sqrt(pooled.Value / n)) : printed;
                    hand.Add((after.Members.Levels[l].Dimensions[d], new(Scores(people.Where(p => p.Level == l), d), AsPrinted((double)cell.Mean!.Value, error, n))));
                }

            Assert.True(hand.Count > 20);
            AssertWords(hand, 1);
        }
    }

    [Fact]
    public void Publish_SecondRound_OrganisationsAreDrawnTogetherFromPrintedMeans()
    {
        var (first, _) = RoundMaker.Partnership(30);
        var (second, people) = RoundMaker.Partnership(81, centre: _ => 3.3);
        var before = PublicationJson.Read(PublicationJson.Write(Publisher.Publish(first)));
        var after = Publisher.Publish(second with { Before = new(first.Answers.Instrument, before) }).Members;
        for (var d = 0; d < 7; d++)
        {
            var units = Enumerable.Range(0, 12).Where(o => after.Organisations[o].Dimensions[d].Change is not null).ToList();
            Assert.True(units.Count > 5);
            var later = units.ConvertAll(o => Scores(people.Where(p => p.Organisation == o), d));
            var pooled = PooledVariance.WithinGroups([.. Enumerable.Range(0, 12).Where(o => after.Organisations[o].Dimensions[d].IsNumber).Select(o => Scores(people.Where(p => p.Organisation == o), d))], Scale.FivePoint);
            var earlier = units.ConvertAll(o =>
            {
                var cell = before.Members.Organisations[o].Dimensions[d];
                double n = long.Parse(cell.People!.Split('-', '+')[0], System.Globalization.CultureInfo.InvariantCulture);
                return AsPrinted((double)cell.Mean!.Value, Math.Max((double)(cell.High - cell.Low)!.Value / 2 / 1.96, Math.Sqrt(pooled.Value / n)), n);
            });
            var fit = Change.Shrink([.. earlier], [.. later.Select((m, i) => m with { Mean = (double)after.Organisations[units[i]].Dimensions[d].Mean!.Value })]);
            foreach (var group in fit.Groups)
                Assert.Equal(Rounding.To(group.Shrunken.Value, 1), after.Organisations[units[group.Group]].Dimensions[d].Change!.Pooled);
        }
    }

    /// <summary>What was sealed before is read for ever, compared with, and never said in a new way.</summary>
    [Fact]
    public void FormatOne_SealedBefore_IsReadAndComparedWith()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "publication-1.json"));
        var sealedBefore = PublicationJson.Read(bytes);
        Assert.Equal((1, 74L, 92), (sealedBefore.Format, sealedBefore.Members.All.Answered, sealedBefore.Members.All.Invited));
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(PublicationJson.Write(sealedBefore)));
        Assert.Empty(SchemaCheck.Problems(PublicationJson.Schema, bytes));
        Assert.Equal([(74L, 2.7), (74L, 2.9)], OpenMeans.Read("Before", bytes).Means.Select(m => (m.Count, m.Mean.Value)));

        var random = new SeededRandom(2);
        var instrument = RoundMaker.Instrument(2, 2, Scale.FivePoint);
        var structure = RoundMaker.Structure(6, 3, "public", "voluntary");
        var people = Enumerable.Range(0, 80).Select(i => new Person(i % 6, random.Next(3), RoundMaker.Answers(random, instrument, 3.2, 0))).ToList();
        var after = Publisher.Publish(new()
        {
            Answers = RoundMaker.Summary(instrument, structure, people), Roster = RoundMaker.Roster(structure, people, _ => 2), Before = new(instrument, sealedBefore),
        });
        Assert.Equal(2, after.Format);
        Assert.All(after.Members.All.Dimensions.Zip(sealedBefore.Members.All.Dimensions), p => Assert.Equal(p.First.Mean - p.Second.Mean, p.First.Change!.Points));
        Assert.Contains(after.Members.Organisations.SelectMany(o => o.Dimensions), c => c.Change is not null);
    }

    [Fact]
    public void OpenMeans_NumberNotSaid_CountsAtLeastThreeFifths()
    {
        var (round, people) = RoundMaker.Partnership(33);
        var publication = Publisher.Publish(round with { Roster = RoundMaker.Roster(round.Answers.Structure, people) }); // everyone answered
        Assert.Equal(CoarsePart.ThreeFifths, publication.Open.All.Dimensions[0].PeoplePart);
        var invited = publication.Open.All.Invited!.Value;
        Assert.All(OpenMeans.Read("All", PublicationJson.Write(publication)).Means, m => Assert.Equal((3 * invited + 4) / 5, m.Count));
    }

    private static void AssertWords(List<(PublishedCell Now, MeanDifference Difference)> hand, int least)
    {
        Assert.True(hand.Count >= least);
        var adjusted = BenjaminiHochberg.Adjust([.. hand.Select(h => h.Difference.P)]);
        for (var i = 0; i < hand.Count; i++)
        {
            var (now, difference) = hand[i];
            Assert.NotNull(now.Change);
            Assert.Equal(CertaintyWords.OfAdjustedP(adjusted[i]), now.Change.Word);
            if (now.Change.Low is null) continue;
            Assert.Equal(Rounding.To(difference.Interval()!.Low, 1), now.Change.Low);
            Assert.Equal(Rounding.To(difference.Interval()!.High, 1), now.Change.High);
        }
    }

    private static Moments Scores(IEnumerable<Person> people, int dimension) =>
        Moments.Of([.. people.Select(p => PublisherTests.Score(p.Codes[(4 * dimension)..(4 * dimension + 4)])).OfType<double>()]);

    private static Moments AsPrinted(double mean, double error, double people) => new((long)people, mean, error * error * people * (people - 1));
}
