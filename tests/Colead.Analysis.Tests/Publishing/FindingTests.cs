using Colead.Analysis.Comparison;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;

namespace Colead.Analysis.Tests.Publishing;

public class FindingTests
{
    private static readonly PublishedInstrument Inventory = new("inventory-12", "1", 1, 12, []);

    private static readonly FindingNames Names = new(_ => "Collective vision", _ => "we share results", _ => "Harbour Care");

    [Fact]
    public void Sentence_EveryKindAndLanguage_IsASentenceWithoutCauseOrOtherWordsForCertainty()
    {
        foreach (var kind in Enum.GetValues<FindingKind>())
            foreach (var language in new[] { "en", "cy" })
                foreach (var word in new Certainty?[] { null, Certainty.Likely, Certainty.Possibly })
                {
                    var finding = new Finding(kind, "vision", "board", "frontline", 2.5m, word);
                    var sentence = FindingWords.Sentence(finding, Inventory, Names, language);
                    Assert.EndsWith(".", sentence, StringComparison.Ordinal);
                    foreach (var banned in new[] { "because", "due to", "probably", "significant", "certainly", "caused", "oherwydd", "  ", "{", "::" })
                        Assert.DoesNotContain(banned, sentence, StringComparison.OrdinalIgnoreCase);
                }
    }

    [Theory]
    [InlineData(FindingKind.LevelGap, "Board members rate Collective vision 2.5 points higher than front-line staff do: likely a real difference.")]
    [InlineData(FindingKind.ChangeUp, "Collective vision rose by 2.5 points since the last round: likely a real difference.")]
    [InlineData(FindingKind.OrganisationGap, "Harbour Care: Collective vision 2.5 points above the average organisation: likely a real difference.")]
    public void Sentence_English_ReadsPlainly(FindingKind kind, string expected) =>
        Assert.Equal(expected, FindingWords.Sentence(new(kind, "vision", "board", "frontline", 2.5m, Certainty.Likely), Inventory, Names, "en"));

    [Fact]
    public void Sentence_SectorGap_SpeaksOfOneSector() => Assert.Equal(
        "The public sector rates Collective vision 1.0 point higher than the private sector does: possibly a real difference.",
        FindingWords.Sentence(new(FindingKind.SectorGap, "vision", "public", "private", 1.0m, Certainty.Possibly), Inventory, Names, "en"));

    [Fact]
    public void Rank_SizeTimesCertainty_PutsALikelyGapBeforeALargerPossibleOne()
    {
        var tier = Tier(
            levelGaps: [Gap("vision", "board", "frontline", 2.0m, Certainty.Likely)],
            sectorGaps: [Gap("action", "private", "public", -3.0m, Certainty.Possibly), Gap("skills", "private", "public", 9m, Certainty.NoClearDifference)]);
        var ranked = FindingRanking.Rank(tier, Scale.TwelvePoint);
        Assert.Equal(
            [
                new(FindingKind.LevelGap, "vision", "board", "frontline", 2.0m, Certainty.Likely),
                new Finding(FindingKind.SectorGap, "action", "public", "private", 3.0m, Certainty.Possibly),
            ],
            ranked);
    }

    [Fact]
    public void Rank_ManyGapsOfAKind_KeepsThreeOnDifferentDimensions()
    {
        var gaps = new List<PublishedGap>();
        foreach (var measure in new[] { "a", "b", "c", "d" })
            foreach (var second in new[] { "frontline", "citizen" })
                gaps.Add(Gap(measure, "board", second, 2.0m, Certainty.Likely));
        var ranked = FindingRanking.Rank(Tier(levelGaps: gaps), Scale.TwelvePoint);
        Assert.Equal(["a", "b", "c"], ranked.Select(f => f.Measure));
    }

    [Fact]
    public void Rank_MethodPageExample_GivesTheScoresPrinted()
    {
        var page = new MethodPage("findings", "rank");
        page.AssertShows("likely level gap of 3.9 points", (double)FindingRanking.Score(3.9m, Scale.TwelvePoint, FindingRanking.Weight(Certainty.Likely)));
        page.AssertShows("possible sector gap of 3.9 points", (double)FindingRanking.Score(3.9m, Scale.TwelvePoint, FindingRanking.Weight(Certainty.Possibly)));
        page.AssertShows("highest dimension 1.5 above average", (double)FindingRanking.Score(1.5m, Scale.TwelvePoint, FindingRanking.HeightWeight));
    }

    private static PublishedGap Gap(string measure, string first, string second, decimal points, Certainty word) =>
        new(measure, first, second, points, points - 1, points + 1, 0.5m, 0.01m, word);

    private static PublishedTier Tier(IReadOnlyList<PublishedGap>? levelGaps = null, IReadOnlyList<PublishedGap>? sectorGaps = null) => new()
    {
        All = new() { Dimensions = [], Headlines = [], Agreement = [], Items = [] },
        Sectors = [],
        SectorGaps = sectorGaps ?? [],
        Levels = [],
        LevelGaps = levelGaps ?? [],
        Organisations = [],
        SectorLevels = [],
        Findings = [],
    };
}
