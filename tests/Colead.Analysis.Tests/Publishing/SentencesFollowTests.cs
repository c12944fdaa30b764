using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>Random publications, and each sentence of them checked against what was tested.</summary>
public class SentencesFollowTests
{
    private static readonly FindingNames Names = new(d => "Dimension " + d, i => "statement " + i, u => "Unit " + u);

    [Fact]
    public void EverySentence_FollowsFromWhatWasTested()
    {
        var reasons = new HashSet<NotTested>();
        var kinds = new HashSet<FindingKind>();
        for (var seed = 1ul; seed <= 160; seed++)
        {
            var publication = Random(seed);
            foreach (var tier in new[] { publication.Members, publication.Open })
            {
                Findings(tier, publication, kinds);
                Figures(tier, publication.Instrument);
                Sentences(tier, publication, reasons);
            }
        }

        Assert.True(reasons.Count >= 5, string.Join(' ', reasons));
        Assert.True(kinds.Count >= 6, string.Join(' ', kinds));
    }

    /// <summary>Whatever is found rests on a test of its own family, was not merely tested elsewhere, and heads only where it is more
    /// than possible.</summary>
    private static void Findings(PublishedTier tier, Publication publication, HashSet<FindingKind> kinds)
    {
        if (tier.Headline is { } first)
        {
            Assert.NotEqual(Certainty.Possibly, first.Word);
            Assert.Same(tier.Findings[0], first);
        }

        foreach (var finding in tier.Findings)
        {
            kinds.Add(finding.Kind);
            Assert.NotEqual(Certainty.NoClearDifference, finding.Word);
            var sentence = FindingWords.Sentence(finding, publication.Instrument, Names, "en");
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            Assert.EndsWith(".", FindingWords.Sentence(finding, publication.Instrument, Names, "cy"), StringComparison.Ordinal);
            Assert.Equal(finding.Word == Certainty.Likely, sentence.Contains(": likely a real difference", StringComparison.Ordinal));
            Assert.Equal(finding.Word == Certainty.Possibly, sentence.Contains(": possibly a real difference", StringComparison.Ordinal));
            TestFamily? family = finding.Kind switch
            {
                FindingKind.LevelGap => TestFamily.Levels,
                FindingKind.SectorGap => TestFamily.Sectors,
                FindingKind.OrganisationGap => TestFamily.Organisations,
                FindingKind.ChangeUp or FindingKind.ChangeDown => finding.First is null ? TestFamily.ChangeOfAll
                    : TestFamily.ChangeOfGroups,
                _ => null,
            };
            Assert.Equal(family is null, finding.Word is null);
            if (family is { } of)
            {
                var tests = tier.TestsOf(of)!;
                Assert.True(tests is { Count: > 0, Why: null });
                foreach (var group in new[] { finding.First, finding.Second }.OfType<string>()) Assert.Contains(group, tests.Groups);
            }

            switch (finding.Kind)
            {
                case FindingKind.Highest:
                    Assert.Equal(tier.All.Balance!.Strongest, [finding.Measure, .. finding.With!]);
                    Assert.All(tier.All.Dimensions.Where(d => d.Mean >= finding.Points), d => Assert.Contains(d.Measure,
                        tier.All.Balance.Strongest!));
                    break;
                case FindingKind.Lowest:
                    Assert.Equal(tier.All.Balance!.Weakest, [finding.Measure, .. finding.With!]);
                    Assert.All(tier.All.Dimensions.Where(d => d.Mean <= finding.Points), d => Assert.Contains(d.Measure,
                        tier.All.Balance.Weakest!));
                    break;
                case FindingKind.Balance:
                    Assert.True(finding.Low <= finding.Points && finding.Points <= finding.High);
                    break;
                case FindingKind.Agreed:
                    Assert.True(tier.All.Items.Single(i => i.Item == finding.Measure) is { Broad: true, Rwg: not null } item
                        && item.RwgLow is null or >= 0.70m);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Each figure's word was tested in its family, and says what it would have found exactly where it found nothing.</summary>
    private static void Figures(PublishedTier tier, PublishedInstrument scale)
    {
        Check(TestFamily.Levels, tier.LevelGaps.Select(g => ((Certainty?)g.Word, g.Detectable)), 0);
        Check(TestFamily.Sectors, tier.SectorGaps.Select(g => ((Certainty?)g.Word, g.Detectable)), 0);
        Check(TestFamily.Organisations, tier.Organisations.SelectMany(o => o.Dimensions).Select(c => (c.GapWord, c.GapDetectable)),
            tier.TestsOf(TestFamily.Organisations)?.Differ is null ? 0 : 1);
        Check(TestFamily.ChangeOfAll, tier.All.Dimensions.Select(c => (c.Change?.Word, c.Change?.Detectable)), 0);
        Check(TestFamily.ChangeOfStatements, tier.All.Items.Select(c => (c.Mean.Change?.Word, c.Mean.Change?.Detectable)), 0);
        Check(TestFamily.ChangeOfGroups,
            tier.Levels.Concat(tier.Sectors).Concat(tier.Organisations).SelectMany(g => g.Dimensions).Select(c => (c.Change?.Word,
            c.Change?.Detectable)), 0);
        Assert.All(tier.All.Items, i => Assert.True(i.RwgLow is null || i.RwgLow >= 0.70m == i.Broad));
        Assert.All(tier.All.Agreement, a => Assert.True(a.RwgLow is null || a.RwgLow >= 0.70m == a.Broad));
        Assert.All(tier.Organisations.SelectMany(o => o.Dimensions).Where(c => c.GapWord is not null),
            c => Assert.True(PrintedCount.Least(c.People) >= 10));

        void Check(TestFamily family, IEnumerable<(Certainty? Word, decimal? Detectable)> figures, int besides)
        {
            var tested = figures.Where(f => f.Word is not null).ToList();
            var tests = tier.TestsOf(family);
            Assert.Equal(tested.Count + besides, tests?.Count ?? 0);
            if (tests is null) return;
            Assert.Equal(tests.Count == 0, tests.Why is not null);
            Assert.Equal(tested.Select(f => f.Detectable).Max(), tests.Detectable);
            Assert.All(tested, f =>
            {
                if (f.Word != Certainty.NoClearDifference) Assert.Null(f.Detectable);
                var word = TestedWords.Word(f.Word, f.Detectable, scale);
                Assert.Equal(f.Word == Certainty.Likely, word == "likely");
                Assert.Equal(f.Detectable > (scale.Highest - scale.Lowest) / 2m, word == "too few people to tell");
            });
        }
    }

    /// <summary>The heading and the explanation of every view, read as a reader would.</summary>
    private static void Sentences(PublishedTier tier, Publication publication, HashSet<NotTested> reasons)
    {
        var scale = publication.Instrument;
        foreach (var family in Enum.GetValues<TestFamily>())
        {
            IReadOnlyList<PublishedGroup> groups = family switch
            {
                TestFamily.Sectors => tier.Sectors, TestFamily.Levels => tier.Levels, TestFamily.Organisations => tier.Organisations,
                    _ => [],
            };
            List<string> shown = [.. groups.Where(g => g.Dimensions.Any(c => c.Withheld is null))
                .Select(g => "group " + (g.Sector ?? g.Level ?? g.Unit))];
            if (tier.TestsOf(family) is not { } tests) continue;
            if (tests.Why is { } why) reasons.Add(why);
            var heading = TestedWords.Heading(tests, family, shown, scale);
            var explanation = TestedWords.Explanation(tests, shown, scale, publication.Thresholds.Details);
            Assert.NotEmpty(explanation);
            foreach (var text in new[] { heading, explanation })
                foreach (var banned in new[] { "because", "probably", "significant", "  ", "..", "{" }) Assert.DoesNotContain(banned,
                    text, StringComparison.Ordinal);

            // Nothing compared: nothing is said to be alike or clear, and there is no size.
            Assert.Equal(tests.Count == 0, heading.Contains("cannot be compared", StringComparison.Ordinal)
                || heading.Contains("can be compared", StringComparison.Ordinal));
            if (tests.Count == 0) Assert.DoesNotContain("four times in five", explanation, StringComparison.Ordinal);
            if (heading.StartsWith("No clear", StringComparison.Ordinal)) Assert.True(tests.Count > 0
                && 2 * (tests.Detectable ?? 0) <= scale.Highest - scale.Lowest);
            Assert.Equal(tests.Detectable is not null, explanation.Contains("four times in five", StringComparison.Ordinal));
            if (tests.Detectable is { } size) Assert.Contains(size.ToString(System.Globalization.CultureInfo.InvariantCulture),
                explanation, StringComparison.Ordinal);
            if (tests.Why == NotTested.OneGroupShown) Assert.Equal(($"Only {Assert.Single(shown)} can be shown, so", 1),
                (heading[..heading.IndexOf(", so", StringComparison.Ordinal)] + ", so", shown.Count));
            if (tests.Why == NotTested.NoGroupShown) Assert.Empty(shown);
            if (tests.Why == NotTested.TooFewOrganisations) Assert.InRange(shown.Count, 1, 2);
            if (tests.Why == NotTested.TooFewNumbers) Assert.True(shown.Count >= 3);
            Assert.All(tests.Groups.Where(_ => family is TestFamily.Sectors or TestFamily.Levels), g => Assert.Contains("group " + g,
                shown));
        }
    }

    /// <summary>A round of some size with some gaps; here and there without roster, organisations, levels or organisation rows, folded,
    /// or after another.</summary>
    private static Publication Random(ulong seed)
    {
        var random = new SeededRandom(seed);
        var scale = new Scale(1, new[] { 2, 4, 5, 12, 12, 12 }[random.Next(6)]);
        var organisations = 1 + random.Next(9);
        var most = 3 + random.Next(18);
        var instrument = RoundMaker.Instrument(1 + random.Next(7), 2 + random.Next(3), scale);
        var structure = RoundMaker.Structure(organisations, 1 + random.Next(6), [.. new[] { "private", "public",
            "voluntary" }.Take(1 + random.Next(3))]);
        var low = random.Next(3) == 0 ? 0.3 * scale.Options : 0;
        var sectorLow = random.Next(3) == 0 ? 0.3 * scale.Options : 0;
        PublishedRound? before = random.Next(2) == 0 ? null : new(instrument, Publisher.Publish(Round(null)));
        return Publisher.Publish(Round(before));

        RoundToPublish Round(PublishedRound? earlier)
        {
            var people = new List<Person>();
            for (var o = 0; o < organisations; o++)
                for (var i = 1 + random.Next(most); i > 0; i--)
                {
                    var level = random.Next(structure.Levels.Count);
                    var centre = 0.55 * scale.Options - (level == 0 ? low : 0) - (o == 1 ? low : 0) - (structure.SectorOf[o] == 0
                        ? sectorLow : 0) + (earlier is null ? 0 : 0.12 * scale.Options);
                    people.Add(new(o, level, RoundMaker.Answers(random, instrument, centre)));
                }

            var answers = RoundMaker.Summary(instrument, structure, people);
            return new()
            {
                Answers = answers,
                Roster = random.Next(6) == 0 ? null : RoundMaker.Roster(structure, people, _ => random.Next(3)),
                Folds = random.Next(8) == 0 ? FoldPlan.WithoutOrganisations : FoldPlan.None,
                Groupings = random.Next(8) switch { 0 => Groupings.Sectors | Groupings.Levels,
                    1 => Groupings.Organisations | Groupings.Sectors, _ => Groupings.All },
                Before = earlier,
            };
        }
    }
}
