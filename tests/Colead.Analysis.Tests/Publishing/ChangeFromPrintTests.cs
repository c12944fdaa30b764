using System.Text;
using Colead.Analysis.Comparison;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>Of an earlier round there is nothing but what it printed; change is worked out again here, by hand, from the printed
/// bytes.</summary>
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
            Assert.Equal(PublicationJson.Write(after),
                PublicationJson.Write(Publisher.Publish(second with { Before = new(first.Answers.Instrument, Publisher.Publish(first)) })));
            var (then, now) = (before.Members, after.Members);
            int Invited(int level) => roster ? second.Roster!.InvitedWhere(s => s.Level == level) : people.Count(p => p.Level == level);

            // Everyone: levels weighted as invited this time; their earlier errors from what each printed.
            var all = new List<(PublishedCell Now, TestedDifference Test)>();
            for (var d = 0; d < 7; d++)
            {
                var levels = Enumerable.Range(0, 6).Where(l => now.Levels[l].Dimensions[d].IsNumber
                    && then.Levels[l].Dimensions[d].IsNumber).ToList();
                all.Add((now.All.Dimensions[d], Weighted(levels, Invited, l => Scores(people.Where(p => p.Level == l), d),
                    l => then.Levels[l].Dimensions[d])));
            }

            // Statements print no interval: the later spread, for the fewest people that were printed.
            var statements = new List<(PublishedCell Now, TestedDifference Test)>();
            for (var i = 0; i < 28; i++)
            {
                var levels = Enumerable.Range(0, 6).Where(l => now.Levels[l].Items[i].IsNumber
                    && then.Levels[l].Items[i].IsNumber).ToList();
                if (5 * levels.Sum(Invited) < 4 * Enumerable.Range(0, 6).Sum(Invited)) continue;
                statements.Add((now.All.Items[i].Mean, Weighted(levels, Invited, l => Moments.Of(
                    [.. people.Where(p => p.Level == l).Select(p => p.Codes[i]).Where(c => c is not (0 or 255)).Select(c => (double)c)]),
                        l => then.Levels[l].Items[i])));
            }

            // Groups: how many were invited there is printed nowhere, so the larger of two errors.
            var groups = new List<(PublishedCell Now, TestedDifference Test)>();
            foreach (var (earlier, later, of) in new (IReadOnlyList<PublishedGroup>, IReadOnlyList<PublishedGroup>, Func<int, Person,
                bool>)[]
            {
                (then.Organisations, now.Organisations, (g, p) => p.Organisation == g),
                (then.Sectors, now.Sectors, (g, p) => second.Answers.Structure.SectorOf[p.Organisation] == g),
                (then.Levels, now.Levels, (g, p) => p.Level == g),
            })
                for (var g = 0; g < later.Count; g++)
                    for (var d = 0; d < 7; d++)
                    {
                        var (cell, current) = (earlier[g].Dimensions[d], later[g].Dimensions[d]);
                        if (!cell.IsNumber || !current.IsNumber || Math.Min(Least(cell), Least(current)) < 10) continue;
                        var pooled = PooledVariance.WithinGroups([.. Enumerable.Range(0,
                            12).Where(o => now.Organisations[o].Dimensions[d].IsNumber)
                            .Select(o => Scores(people.Where(p => p.Organisation == o), d))], Scale.FivePoint);
                        var printed = Half(cell) / 1.96;
                        var error = roster ? Math.Max(printed, Math.Sqrt(pooled.Value / Least(cell))) : printed;
                        groups.Add((current, TestedDifference.Of(new(Scores(people.Where(p => of(g, p)), d),
                            AsPrinted((double)cell.Mean!.Value, error, Least(cell))))!.Value));
                    }

            Assert.True(all.Count == 7 && groups.Count > 20);
            if (!roster)
            {
                // Who answered is no measure of who was asked: everyone together has the size of its change, and no word.
                Assert.All(all.Concat(statements), t => Assert.Equal((null, null), (t.Now.Change!.Word, t.Now.Change.Weighted)));
                Assert.Equal(NotTested.InvitedUnknown, now.TestsOf(TestFamily.ChangeOfAll)!.Why);
                all.Clear();
                statements.Clear();
            }

            var families = new[] { all, statements, groups };
            var verdicts = TestFamilies.Decide(
                [.. families.Select(f => (IReadOnlyList<Figure>)[.. f.Select(t => Figure.Of(t.Test.P))])], TestFamilies.RateOfEachBlock);
            for (var f = 0; f < families.Length; f++)
                for (var i = 0; i < families[f].Count; i++)
                {
                    var (cell, test) = families[f][i];
                    Assert.Equal(verdicts[f].Words[i], cell.Change!.Word);
                    if (f < 2) Assert.Equal(Rounding.To(test.Value, 1), cell.Change.Weighted);
                    if (cell.Change.Low is null) continue;
                    Assert.Equal(Rounding.Outward(test.Interval().Low, test.Interval().High), (cell.Change.Low.Value,
                        cell.Change.High!.Value));
                    Assert.Equal(cell.Change.Word == Certainty.NoClearDifference ? Rounding.Up(test.Detectable(verdicts[f].Alpha)) : null,
                        cell.Change.Detectable);
                }

            TestedDifference Weighted(List<int> levels, Func<int, int> invited, Func<int, Moments> of, Func<int, PublishedCell> printed)
            {
                double held = levels.Sum(invited), squares = 0, people = 0, share = 0, earlier = 0, freedom = 0, difference = 0;
                foreach (var l in levels)
                {
                    squares += of(l).SumOfSquares;
                    people += of(l).Count;
                }

                var spread = squares / (people - levels.Count);
                foreach (var l in levels)
                {
                    var (w, cell) = (invited(l) / held, printed(l));
                    difference += w * (of(l).Mean - (double)cell.Mean!.Value);
                    share += w * w / of(l).Count;
                    var most = spread / Least(cell);
                    var half = cell.Low is null || cell.Coarse == true ? double.NaN : Half(cell) / 1.96;
                    var error = double.IsNaN(half) ? most : !roster ? half * half
                        : Math.Max(half * half, Math.Min(most, half * half / (1 - Math.Min(Least(cell), invited(l) - 1.0) / invited(l))));
                    earlier += w * w * error;
                    freedom += Least(cell) - 1;
                }

                var later = spread * share;
                return new(difference, Math.Sqrt(earlier + later),
                    (earlier + later) * (earlier + later) / (later * later / (people - levels.Count) + earlier * earlier / freedom));
            }
        }

        static double Half(PublishedCell cell) => Math.Max(0.05, (double)(cell.Low <= 1 || cell.High >= 5
            ? Math.Max(cell.Mean!.Value - cell.Low!.Value, cell.High!.Value - cell.Mean.Value)
            : (cell.High - cell.Low)!.Value / 2));

        static long Least(PublishedCell cell) => PrintedCount.Least(cell.People) ?? 0;
    }

    /// <summary>Nobody changed, but the front line, who see less, answered more fully: that is no change.</summary>
    [Fact]
    public void Publish_OtherMixOfLevels_IsNotTakenForAChange()
    {
        var (first, _) = Mixed(1, frontline: 12);
        var (second, _) = Mixed(2, frontline: 60);
        var after = Publisher.Publish(second with { Before = new(first.Answers.Instrument, Publisher.Publish(first)) }).Members;
        Assert.All(after.All.Dimensions, c => Assert.True(c.Change is { Points: < 0, Weighted: > -0.25m and < 0.25m,
            Word: Certainty.NoClearDifference }, c.ToString()));
        Assert.DoesNotContain(after.Findings, f => f is { Kind: FindingKind.ChangeDown, First: null });

        static (RoundToPublish Round, List<Person> People) Mixed(ulong seed, int frontline)
        {
            var random = new SeededRandom(seed);
            var instrument = RoundMaker.Instrument(7, 4, Scale.FivePoint);
            var structure = RoundMaker.Structure(6, 2, "private", "public");
            var people = Enumerable.Range(0, 60 + frontline).Select(i => new Person(i % 6, i < 60 ? 0 : 1, RoundMaker.Answers(random,
                instrument, i < 60 ? 3.6 : 2.4, 0))).ToList();
            return (new() { Answers = RoundMaker.Summary(instrument, structure, people), Roster = RoundMaker.Roster(structure, people,
                s => s.Level == 1 ? 12 - frontline / 6 : 2) }, people);
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
            var pooled = PooledVariance.WithinGroups([.. Enumerable.Range(0, 12).Where(o => after.Organisations[o].Dimensions[d].IsNumber)
                .Select(o => Scores(people.Where(p => p.Organisation == o), d))], Scale.FivePoint);
            var earlier = units.ConvertAll(o =>
            {
                var cell = before.Members.Organisations[o].Dimensions[d];
                double n = long.Parse(cell.People!.Split('-', '+')[0], System.Globalization.CultureInfo.InvariantCulture);
                return AsPrinted((double)cell.Mean!.Value, Math.Max((double)(cell.High - cell.Low)!.Value / 2 / 1.96,
                    Math.Sqrt(pooled.Value / n)), n);
            });
            var fit = Change.Shrink([.. earlier], [.. later.Select((m, i) => m with { Mean = (double)after.Organisations[units[i]]
                .Dimensions[d].Mean!.Value })]);
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
        var people = Enumerable.Range(0, 80).Select(i => new Person(i % 6, random.Next(3), RoundMaker.Answers(random, instrument, 3.2, 0)))
            .ToList();
        var after = Publisher.Publish(new()
        {
            Answers = RoundMaker.Summary(instrument, structure, people), Roster = RoundMaker.Roster(structure, people, _ => 2), Before =
                new(instrument, sealedBefore),
        });
        Assert.Equal(3, after.Format);
        Assert.All(after.Members.All.Dimensions.Zip(sealedBefore.Members.All.Dimensions),
            p => Assert.Equal(p.First.Mean - p.Second.Mean, p.First.Change!.Points));
        Assert.Contains(after.Members.Organisations.SelectMany(o => o.Dimensions), c => c.Change is not null);
    }

    /// <summary>Of format 2 it is not said what was tested: its words and findings stand as they were sealed.</summary>
    [Fact]
    public void FormatTwo_SealedBefore_IsReadAsItWas()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "publication-2.json"));
        var sealedBefore = PublicationJson.Read(bytes);
        Assert.Equal((2, "2026-12"), (sealedBefore.Format, sealedBefore.Method));
        Assert.Null(sealedBefore.Members.Tests);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(PublicationJson.Write(sealedBefore)));
        Assert.Empty(SchemaCheck.Problems(PublicationJson.Schema, bytes));
        Assert.Contains(sealedBefore.Members.Findings, f => f.Kind == FindingKind.ChangeUp);
        var names = new FindingNames(d => d, i => i, u => u);
        Assert.All(sealedBefore.Members.Findings, f => Assert.EndsWith(".", FindingWords.Sentence(f, sealedBefore.Instrument, names,
            "en"), StringComparison.Ordinal));
    }

    [Fact]
    public void OpenMeans_NumberNotSaid_CountsAtLeastThreeFifths()
    {
        var (round, people) = RoundMaker.Partnership(33);
        // everyone answered
        var publication = Publisher.Publish(round with { Roster = RoundMaker.Roster(round.Answers.Structure, people) });
        Assert.Equal(CoarsePart.ThreeFifths, publication.Open.All.Dimensions[0].PeoplePart);
        var invited = publication.Open.All.Invited!.Value;
        Assert.All(OpenMeans.Read("All", PublicationJson.Write(publication)).Means, m => Assert.Equal((3 * invited + 4) / 5, m.Count));
    }

    private static Moments Scores(IEnumerable<Person> people, int dimension) =>
        Moments.Of([.. people.Select(p => PublisherTests.Score(p.Codes[(4 * dimension)..(4 * dimension + 4)])).OfType<double>()]);

    private static Moments AsPrinted(double mean, double error, double people) =>
        new((long)people, mean, error * error * people * (people - 1));
}
