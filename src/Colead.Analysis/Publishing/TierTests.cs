using Colead.Analysis.Comparison;

namespace Colead.Analysis.Publishing;

/// <summary>What a test came to, as it is printed.</summary>
internal readonly record struct TestVerdict(Certainty Word, decimal AdjustedP, decimal? Detectable);

/// <summary>
/// Collects every test of a tier before any word is said, since a word hangs on all of them: gaps are one block of families, changes
/// another. What takes part is decided by
/// what is printed alone, so that it tells nothing of small groups.
/// </summary>
internal sealed class TierTests
{
    private static readonly TestFamily[][] Blocks =
    [
        [TestFamily.Organisations, TestFamily.Sectors, TestFamily.Levels],
        [TestFamily.ChangeOfAll, TestFamily.ChangeOfStatements, TestFamily.ChangeOfGroups],
    ];

    private readonly SortedDictionary<TestFamily, Family> families = [];

    /// <summary>Says that a page has this family, whether or not anything of it can be tested.</summary>
    /// <param name="why">Why not, if nothing is added.</param>
    public void Open(TestFamily family, NotTested why) => families[family] = new(why);

    /// <param name="groups">Who takes part.</param>
    /// <param name="detectable">The size that would have been found at a level; null where it would tell more than is printed.</param>
    /// <param name="write">Gets the verdict, once all are known.</param>
    public void Add(TestFamily family, Figure p, IEnumerable<string> groups, Func<double, double>? detectable, Action<TestVerdict> write)
    {
        if (!p.IsDefined) return;
        var of = families[family];
        of.Tests.Add(new(p, detectable, write));
        foreach (var group in groups.Where(of.Known.Add)) of.Groups.Add(group);
    }

    /// <summary>Judges, writes each verdict, and says what was tested.</summary>
    /// <param name="otherOrganisations">The two rounds did not ask the same ones.</param>
    public IReadOnlyList<PublishedTests> Decide(bool otherOrganisations)
    {
        var both = Blocks.All(block => block.Any(f => families.TryGetValue(f, out var family) && family.Tests.Count > 0));
        var published = new List<PublishedTests>();
        foreach (var block in Blocks)
        {
            var present = block.Where(families.ContainsKey).ToList();
            var verdicts = TestFamilies.Decide(
                [.. present.Select(f => (IReadOnlyList<Figure>)[.. families[f].Tests.Select(t => t.P)])], both
                    ? TestFamilies.RateOfEachBlock : TestFamilies.RateOfGapsAlone);
            for (var f = 0; f < present.Count; f++) published.Add(Write(present[f], verdicts[f], block == Blocks[1]
                && otherOrganisations));
        }

        return published;
    }

    private PublishedTests Write(TestFamily name, FamilyVerdict verdict, bool otherOrganisations)
    {
        var family = families[name];
        decimal? largest = null;
        for (var i = 0; i < family.Tests.Count; i++)
        {
            var test = family.Tests[i];
            var word = verdict.Words[i]!.Value;
            decimal? detectable = word == Certainty.NoClearDifference && test.Detectable?.Invoke(verdict.Alpha) is { } size
                && double.IsFinite(size)
                ? Rounding.Up(size) : null;
            if (detectable > (largest ?? 0)) largest = detectable;
            test.Write(new(word, Rounding.P(verdict.AdjustedP[i].Value), detectable));
        }

        return new(name, family.Groups, family.Tests.Count)
        {
            Why = family.Tests.Count == 0 ? family.Why : null,
            Detectable = largest,
            Differ = family.Differ,
            OtherOrganisations = otherOrganisations ? true : null,
        };
    }

    /// <summary>Notes whether organisations differ at all.</summary>
    public void Differ(Certainty word) => families[TestFamily.Organisations].Differ = word;

    private sealed class Family(NotTested why)
    {
        public NotTested Why { get; } = why;
        public List<Test> Tests { get; } = [];
        /// <summary>In the order in which they came.</summary>
        public List<string> Groups { get; } = [];
        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);
        public Certainty? Differ { get; set; }
    }

    private sealed record Test(Figure P, Func<double, double>? Detectable, Action<TestVerdict> Write);
}
