using System.Globalization;
using System.Text;
using Colead.Analysis.Comparison;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

public class PublisherTests
{
    private static readonly string Schema = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schemas", "publication.schema.json"));

    [Theory]
    [InlineData(1ul, 12)]
    [InlineData(2ul, 4)]
    [InlineData(3ul, 1)]
    public void Publish_AnyPartnership_FitsTheSchemaAndReadsBackTheSame(ulong seed, int perOrganisation)
    {
        var (round, _) = RoundMaker.Partnership(seed, perOrganisation: perOrganisation);
        var json = PublicationJson.Write(Publisher.Publish(round));
        Assert.Empty(SchemaCheck.Problems(Schema, json));
        Assert.Equal(json, PublicationJson.Write(PublicationJson.Read(json)));
    }

    [Fact]
    public void Publish_OtherCultureAndOrderOfAnswers_GivesTheSameBytes()
    {
        var (round, people) = RoundMaker.Partnership(4);
        var first = PublicationJson.Write(Publisher.Publish(round));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var shuffled = people.ToArray();
            new SeededRandom(9).Shuffle(shuffled.AsSpan());
            var other = round with { Answers = RoundMaker.Summary(round.Answers.Instrument, round.Answers.Structure, shuffled) };
            Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(PublicationJson.Write(Publisher.Publish(other))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Publish_All_PrintsWhatIsComputedByHand()
    {
        var (round, people) = RoundMaker.Partnership(5);
        var published = Publisher.Publish(round);
        var scores = people.Select(p => Score(p.Codes.AsSpan(0, 4).ToArray())).OfType<double>().ToList();
        var cell = published.Members.All.Dimensions[0];
        Assert.Equal(decimal.Round((decimal)(scores.Average()), 1, MidpointRounding.AwayFromZero), cell.Mean);
        Assert.Equal(scores.Count.ToString(CultureInfo.InvariantCulture), cell.People);
        Assert.Equal(people.Count, published.Members.All.Answered);
        Assert.Equal(round.Roster!.Total, published.Members.All.Invited);
        Assert.True(cell.Low <= cell.Mean && cell.Mean <= cell.High && cell.Low < cell.High && cell.WorstLow <= cell.Low
            && cell.High <= cell.WorstHigh, cell.ToString());

        var item = published.Members.All.Items[0];
        var answers = people.Select(p => p.Codes[0]).ToList();
        var valid = answers.Where(c => c is not (0 or 255)).ToList();
        Assert.Equal(Enumerable.Range(1, 5).Select(o => (int)Math.Floor(100.0 * valid.Count(c => c == o) / valid.Count + 0.5)),
            item.Shares);
        Assert.Equal((int)Math.Floor(100.0 * answers.Count(c => c == 255) / answers.Count(c => c != 0) + 0.5), item.DontKnow);
    }

    [Fact]
    public void Publish_Groups_TellCountsInBandsAndNeverThatEveryoneAnswered()
    {
        var (round, people) = RoundMaker.Partnership(6);
        var full = round with { Roster = RoundMaker.Roster(round.Answers.Structure, people) };
        var published = Publisher.Publish(full).Members;
        Assert.All(published.All.Dimensions, c => Assert.True(c.AllAnswered == true ? c.Low is null : c.Low is not null));
        foreach (var cell in published.Sectors.Concat(published.Levels).Concat(published.Organisations).SelectMany(g => g.Dimensions)
            .Where(c => c.IsNumber))
        {
            Assert.Contains(cell.People, new[] { "5-9", "10-19", "20-49", "50-99", "100+" });
            Assert.Null(cell.AllAnswered);
            Assert.True(cell.Low < cell.High);
        }
    }

    [Fact]
    public void Publish_MeanAtTheEndOfTheScale_IsABandAndGivesNothingElse()
    {
        var (round, people) = RoundMaker.Partnership(7);
        var top = people.Select(p => p with { Codes = [.. p.Codes.Select((c, i) => i < 4 ? (byte)5 : c)] }).ToList();
        var published = Publisher.Publish(round with { Answers = RoundMaker.Summary(round.Answers.Instrument, round.Answers.Structure,
            top) });
        foreach (var tier in new[] { published.Members, published.Open })
        {
            var cells = tier.Sectors.Concat(tier.Levels).Concat(tier.Organisations).Concat(tier.SectorLevels)
                .SelectMany(g => g.Dimensions.Concat(g.Items)).Concat(tier.All.Dimensions).Concat(tier.All.Items.Select(i => i.Mean))
                .Where(c => c.Measure.StartsWith("d1", StringComparison.Ordinal) && c.Withheld is null).ToList();
            Assert.NotEmpty(cells);
            Assert.All(cells, c => Assert.Equal(new PublishedCell { Measure = c.Measure, People = c.People, AtLeast = 4.5m }, c));
            Assert.All(tier.All.Items.Take(4),
                i => Assert.True(i is { Shares: null, Rwg: null, Polarisation: null, Favourable: null, Split: null, Broad: null }));
            Assert.DoesNotContain(tier.LevelGaps.Concat(tier.SectorGaps), g => g.Measure == "d1");
            Assert.Null(tier.All.Balance);
            Assert.Equal(new("d1", null, null, null, null), tier.All.Headlines[0] with { LevelsLeftOut = tier.All.Headlines[0]
                .LevelsLeftOut });
            Assert.NotNull(tier.All.Agreement[0].Withheld);
        }
    }

    [Fact]
    public void Publish_NearlyAllAnswerAlikeInTheMiddle_WithholdsSharesAndAgreement()
    {
        var (round, people) = RoundMaker.Partnership(8);
        var alike = people.Select((p, n) => p with { Codes = [.. p.Codes.Select((c, i) => i == 0 ? (byte)(n % 20 == 0 ? 2 : 3) : c)] })
            .ToList();
        var item = Publisher.Publish(round with { Answers = RoundMaker.Summary(round.Answers.Instrument, round.Answers.Structure, alike) })
            .Members.All.Items[0];
        Assert.NotNull(item.Mean.Mean);
        Assert.True(item is { Shares: null, Rwg: null, Polarisation: null });
    }

    [Fact]
    public void Publish_WithheldCell_CarriesNothingButItsNameAndTheOneReason()
    {
        var (round, _) = RoundMaker.Partnership(10, organisations: 8, perOrganisation: 5);
        var published = Publisher.Publish(round);
        var hidden = new[] { published.Members, published.Open }.SelectMany(t => t.Sectors.Concat(t.Levels).Concat(t.Organisations)
            .Concat(t.SectorLevels))
            .SelectMany(g => g.Dimensions.Concat(g.Items)).Where(c => c.Withheld is not null).ToList();
        Assert.NotEmpty(hidden);
        Assert.All(hidden, c => Assert.Equal(new PublishedCell { Measure = c.Measure, Withheld = Withheld.Protection }, c));
    }

    [Fact]
    public void Publish_WithoutRoster_HasNoRatesBoundsOrPostStratifiedHeadline()
    {
        var (round, _) = RoundMaker.Partnership(11);
        var published = Publisher.Publish(round with { Roster = null, Groupings = Groupings.None }).Members;
        Assert.Null(published.All.Invited);
        Assert.All(published.All.Dimensions, c => Assert.True(c is { WorstLow: null, WorstHigh: null, AllAnswered: null }
            && c.Low is not null));
        Assert.All(published.All.Headlines,
            h => Assert.True(h is { Organisations: null, Levels: null, Default: HeadlineKind.EachPersonEqual }));
        Assert.Empty(published.Organisations.Concat(published.Sectors).Concat(published.Levels).Concat(published.SectorLevels));
    }

    [Fact]
    public void Publish_SectorsKnownAndOrganisationsNot_ShowsSectors()
    {
        var (round, people) = RoundMaker.Partnership(13);
        var structure = new Structure([.. Field.Sectors.Select(s => new Organisation(s, s))], Field.Levels);
        var answers = RoundMaker.Summary(round.Answers.Instrument, structure,
            people.Select(p => p with { Organisation = p.Organisation % 3 }));
        var published = Publisher.Publish(new() { Answers = answers, Groupings = Groupings.Sectors | Groupings.Levels }).Members;
        Assert.Equal(3, published.Sectors.Count(s => s.Dimensions.All(d => d.IsNumber)));
        Assert.Empty(published.Organisations);
    }

    [Fact]
    public void Publish_OpenLink_IsItsOwnGroupAndMovesNothingElse()
    {
        var (round, people) = RoundMaker.Partnership(12);
        var instrument = round.Answers.Instrument;
        var without = Publisher.Publish(round);
        foreach (var (count, shown) in new[] { (9, false), (10, true) })
        {
            var citizens = RoundMaker.Summary(instrument, round.Answers.Structure, people.Take(count)
                .Select(p => p with { Codes = [.. p.Codes.Select(_ => (byte)3)] }));
            var with = Publisher.Publish(round with { OpenLink = citizens });
            Assert.All(with.Open.OpenLink!.Dimensions.Concat(with.Open.OpenLink.Items), c => Assert.Equal(shown, c.Mean == 3.0m));
            Assert.Equal(PublicationJson.Write(without), PublicationJson.Write(with with { Members = with.Members with { OpenLink = null },
                Open = with.Open with { OpenLink = null } }));
        }
    }

    [Fact]
    public void Publish_OpenTier_ShowsOnlyGroupsOfTenAndNoOrganisations()
    {
        var (round, people) = RoundMaker.Partnership(13, organisations: 10, perOrganisation: 7);
        var open = Publisher.Publish(round).Open;
        Assert.Empty(open.Organisations);
        Assert.Empty(open.SectorLevels);
        Assert.All(open.All.Headlines, h => Assert.Null(h.Organisations));
        foreach (var level in open.Levels.Where(l => l.Dimensions[0].Withheld is null))
            Assert.True(people.Count(p => round.Answers.Structure.Levels[p.Level] == level.Level
                && Score(p.Codes.AsSpan(0, 4).ToArray()) is not null) >= 10);
    }

    [Fact]
    public void Publish_SecondRound_PrintsChangeAsTheDifferenceOfThePrintedMeansOnlyWhereBothWereShown()
    {
        var (first, _) = RoundMaker.Partnership(14);
        var (second, _) = RoundMaker.Partnership(15, centre: _ => 3.4);
        var before = Publisher.Publish(first);
        var after = Publisher.Publish(second with { Before = new(first.Answers.Instrument, before) });
        var pairs = after.Members.Organisations.SelectMany((g, i) => g.Dimensions.Zip(before.Members.Organisations[i].Dimensions))
            .Concat(after.Members.Levels.SelectMany((g, i) => g.Dimensions.Zip(before.Members.Levels[i].Dimensions)))
            .Concat(after.Members.All.Dimensions.Zip(before.Members.All.Dimensions))
            .Concat(after.Members.All.Items.Select(i => i.Mean).Zip(before.Members.All.Items.Select(i => i.Mean)))
            .ToList();
        Assert.Contains(pairs, p => p.First.Change is not null);
        foreach (var (now, then) in pairs)
            Assert.Equal(now.IsNumber && then.IsNumber ? now.Mean - then.Mean : null, now.Change?.Points);
        Assert.Contains(after.Members.Findings, f => f.Kind == FindingKind.ChangeUp && f.Word == Certainty.Likely);
        Assert.All(after.Members.SectorLevels.SelectMany(g => g.Dimensions), c => Assert.Null(c.Change));
    }

    [Fact]
    public void Publish_OtherFold_HasNoChange()
    {
        var (first, _) = RoundMaker.Partnership(16);
        var (second, _) = RoundMaker.Partnership(17);
        var before = Publisher.Publish(first);
        var refolded = Publisher.Publish(second with { Folds = new([[0, 3]], true), Before = new(first.Answers.Instrument, before) });
        Assert.All(refolded.Members.Organisations.Single(g => g.Unit == refolded.Units.Single(u => u.Fold).Id).Dimensions,
            c => Assert.Null(c.Change));
        Assert.Contains(refolded.Members.Organisations.SelectMany(g => g.Dimensions), c => c.Change is not null);
    }

    [Fact]
    public void Publish_StatementRewordedOrAnchorsChanged_ComparesOnlyWhatWasAskedAlike()
    {
        var first = RoundMaker.Partnership(16);
        var second = RoundMaker.Partnership(17);
        var unchanged = Changed(w => w);
        Assert.All(unchanged.Dimensions, c => Assert.NotNull(c.Change));
        Assert.All(unchanged.Items, i => Assert.NotNull(i.Mean.Change));
        Assert.NotNull(unchanged.Balance!.Before);

        var reworded = Changed(w => Of(w, [Reworded(w.Dimensions[0]), .. w.Dimensions.Skip(1)]));
        Assert.Equal(["d1"], reworded.Dimensions.Where(c => c.Change is null).Select(c => c.Measure));
        Assert.Equal(["d1_2"], reworded.Items.Where(i => i.Mean.Change is null).Select(i => i.Mean.Measure));
        Assert.Null(reworded.Balance!.Before);

        // Moved, its changes are still those of the same statements.
        var moved = Changed(w => Of(w, [.. w.Dimensions.Skip(1), w.Dimensions[0]]));
        Assert.All(moved.Dimensions, c => Assert.Equal(c.Mean - Publisher.Publish(Worded(first, w => w))
            .Members.All.Dimensions.Single(b => b.Measure == c.Measure).Mean, c.Change!.Points));

        Assert.All(Changed(w => w with { Anchors = new Dictionary<string,
            IReadOnlyList<string>>(StringComparer.Ordinal) { ["en"] = ["never", "2", "3", "4", "always"] } }).Dimensions,
            c => Assert.Null(c.Change));
        Assert.All(Changed(w => w with { Stems = Said("en", "How often …") }).Dimensions, c => Assert.Null(c.Change));
        Assert.All(Changed(w => w with { Languages = Reviewed("cy"), Anchors = new Dictionary<string,
            IReadOnlyList<string>>(StringComparer.Ordinal) }).Dimensions, c => Assert.Null(c.Change));

        PublishedAll Changed(Func<Instrument, Instrument> change)
        {
            var before = Worded(first, w => w);
            return Publisher.Publish(Worded(second, change) with { Before = new(before.Answers.Instrument, Publisher.Publish(before)) })
                .Members.All;
        }

        static RoundToPublish Worded((RoundToPublish Round, List<Person> People) made, Func<Instrument, Instrument> change)
        {
            var plain = made.Round.Answers.Instrument;
            var worded = Of(
                plain with
                {
                    Languages = Reviewed("en"),
                    Stems = Said("en", "How much …"),
                    Anchors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["en"] = ["not at all", "2", "3",
                        "4", "wholly"] },
                },
                [.. plain.Dimensions.Select(d => d with { Items = [.. d.Items.Select(i =>
                    i with { Texts = Said("en", "We share " + i.Id + ".") })] })]);
            return made.Round with { Answers = RoundMaker.Summary(change(worded), made.Round.Answers.Structure, made.People) };
        }

        static Instrument Of(Instrument like, Dimension[] dimensions) =>
            new(like.Id, like.Version, like.Scale, dimensions) { Languages = like.Languages, Stems = like.Stems, Anchors = like.Anchors };

        static Dimension Reworded(Dimension dimension) => dimension with
        {
            // only one says something else
            Items = [.. dimension.Items.Select((item,
                i) => item with { Texts = Said("en", i == 1 ? "We hardly share anything." : " we SHARE " + item.Id) })],
        };

        static SortedDictionary<string, string> Said(string language, string text) => new(StringComparer.Ordinal) { [language] = text };
        static SortedDictionary<string, LanguageReview> Reviewed(string language) =>
            new(StringComparer.Ordinal) { [language] = LanguageReview.Reviewed };
    }

    [Fact]
    public void Read_SomethingElse_IsRefused()
    {
        Assert.Throws<FormatException>(() => PublicationJson.Read("{}"u8));
        Assert.Throws<FormatException>(() => PublicationJson.Read("nonsense"u8));
        var (round, _) = RoundMaker.Partnership(18, organisations: 2);
        var json = Encoding.UTF8.GetString(PublicationJson.Write(Publisher.Publish(round)));
        Assert.Throws<FormatException>(() => PublicationJson.Read(Encoding.UTF8.GetBytes(json.Replace("\"format\":3", "\"format\":4",
            StringComparison.Ordinal))));
        Assert.Throws<FormatException>(() => PublicationJson.Read(Encoding.UTF8.GetBytes(json.Replace("\"method\"",
            "\"sneaked\":1,\"method\"", StringComparison.Ordinal))));
    }

    internal static double? Score(byte[] codes)
    {
        var answered = codes.Where(c => c is not (Answer.SkippedCode or Answer.DontKnowCode)).Select(c => (double)c).ToList();
        return 2 * answered.Count >= codes.Length ? answered.Average() : null;
    }
}
