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
                    foreach (var banned in new[] { "because", "due to", "probably", "significant", "certainly", "caused", "oherwydd", "  ",
                        "{", "::" })
                        Assert.DoesNotContain(banned, sentence, StringComparison.OrdinalIgnoreCase);
                }
    }

    [Theory]
    [InlineData(FindingKind.LevelGap,
        "Board members rate Collective vision 2.5 points higher than front-line staff do: likely a real difference.")]
    [InlineData(FindingKind.ChangeUp,
        "Board members: Collective vision rose by 2.5 points since the last round: likely a real difference.")]
    [InlineData(FindingKind.OrganisationGap,
        "Harbour Care: Collective vision 2.5 points above the average organisation: likely a real difference.")]
    public void Sentence_English_ReadsPlainly(FindingKind kind, string expected) =>
        Assert.Equal(expected, FindingWords.Sentence(new(kind, "vision", "board", "frontline", 2.5m, Certainty.Likely), Inventory, Names,
            "en"));

    [Theory]
    [InlineData(FindingKind.ChangeDown, "Collective vision fell by 2.5 points since the last round: likely a real difference.",
        "Collective vision: gostyngiad o 2.5 pwynt ers y rownd ddiwethaf. Casgliad: yn debygol o fod yn wahaniaeth go iawn.")]
    [InlineData(FindingKind.Highest,
        "Collective vision stands highest, at 2.5 on our scale of 1 to 12; Collective vision cannot be told from it.",
        "Uchaf: Collective vision, 2.5 ar ein graddfa o 1 i 12. Heb wahaniaeth clir: Collective vision.")]
    public void Sentence_OfEveryone_NamesWhatCannotBeToldApart(FindingKind kind, string english, string welsh)
    {
        var finding = new Finding(kind, "vision", null, null, 2.5m, Certainty.Likely) { With = kind == FindingKind.Highest ? ["skills"]
            : null };
        Assert.Equal(english, FindingWords.Sentence(finding, Inventory, Names, "en"));
        Assert.Equal(welsh, FindingWords.Sentence(finding, Inventory, Names, "cy"));
    }

    [Fact]
    public void Sentence_StrongestAndWeakest_HasItsInterval() => Assert.Equal(
        "Strongest is Collective vision and weakest Collective vision, 2.5 points apart (likely between 1.9 and 3.1).",
        FindingWords.Sentence(new(FindingKind.Balance, "vision", "vision", "action", 2.5m, null) { Low = 1.9m, High = 3.1m }, Inventory,
            Names, "en"));

    [Fact]
    public void Sentence_OrganisationDrawnIn_SaysAtLeast() => Assert.Equal(
        "Harbour Care: Collective vision at least about 1.3 points below the average organisation: likely a real difference.",
        FindingWords.Sentence(new(FindingKind.OrganisationGap, "vision", "u1", null, -1.3m, Certainty.Likely) { AtLeast = true },
            Inventory, Names, "en"));

    [Fact]
    public void Headline_IsNeverMerelyPossible()
    {
        var possible = Tier(sectorGaps: [Gap("action", "private", "public", -9.0m, Certainty.Possibly)]);
        Assert.Null((possible with { Findings = FindingRanking.Rank(possible, Scale.TwelvePoint) }).Headline);
        var both = Tier([Gap("vision", "board", "frontline", 0.5m, Certainty.Likely)], [Gap("action", "private", "public", -9.0m,
            Certainty.Possibly)]);
        var ranked = FindingRanking.Rank(both, Scale.TwelvePoint);
        Assert.Equal([Certainty.Likely, Certainty.Possibly], ranked.Select(f => f.Word));
    }

    /// <summary>A level's likely change heads the page, and everyone's that is only possible does not.</summary>
    [Fact]
    public void Rank_ChangeOfALevel_StandsBeforeAPossibleOneOfEveryone()
    {
        static PublishedCell Changed(decimal points, Certainty? word) => new() { Measure = "vision", Mean = 6, Change = new(points, null,
            null, word) };
        var tier = Tier() with
        {
            All = new() { Dimensions = [Changed(3, Certainty.Possibly)], Headlines = [], Agreement = [], Items = [] },
            Levels = [new() { Level = "board", Dimensions = [Changed(-2, Certainty.Likely)] }, new() { Level = "senior",
                Dimensions = [Changed(-8, null)] }],
        };
        Assert.Equal(
            [(FindingKind.ChangeDown, "board", Certainty.Likely), (FindingKind.ChangeUp, null, Certainty.Possibly)],
            FindingRanking.Rank(tier, Scale.TwelvePoint).Select(f => (f.Kind, f.First, f.Word!.Value)));
    }

    [Fact]
    public void Sentence_SectorGap_SpeaksOfOneSector() => Assert.Equal(
        "The public sector rates Collective vision 1.0 point higher than the private sector does: possibly a real difference.",
        FindingWords.Sentence(new(FindingKind.SectorGap, "vision", "public", "private", 1.0m, Certainty.Possibly), Inventory, Names, "en"));

    [Fact]
    public void Rank_SizeTimesCertainty_PutsALikelyGapBeforeALargerPossibleOne()
    {
        var tier = Tier(
            levelGaps: [Gap("vision", "board", "frontline", 2.0m, Certainty.Likely)],
            sectorGaps: [Gap("action", "private", "public", -3.0m, Certainty.Possibly),
                Gap("skills", "private", "public", 9m, Certainty.NoClearDifference)]);
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
        page.AssertShows("likely level gap of 3.9 points", (double)FindingRanking.Score(3.9m, Scale.TwelvePoint,
            FindingRanking.Weight(Certainty.Likely)));
        page.AssertShows("possible sector gap of 3.9 points",
            (double)FindingRanking.Score(3.9m, Scale.TwelvePoint, FindingRanking.Weight(Certainty.Possibly)));
        page.AssertShows("highest dimension 1.5 above average",
            (double)FindingRanking.Score(1.5m, Scale.TwelvePoint, FindingRanking.HeightWeight));
    }

    private static PublishedGap Gap(string measure, string first, string second, decimal points, Certainty word) =>
        new(measure, first, second, points, points - 1, points + 1, null, 0.01m, word);

    private static PublishedTier Tier(IReadOnlyList<PublishedGap>? levelGaps = null, IReadOnlyList<PublishedGap>? sectorGaps = null) =>
        new()
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
