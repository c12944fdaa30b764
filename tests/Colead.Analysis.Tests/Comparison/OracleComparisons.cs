using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Comparison;

/// <summary>A set's scores as comparisons take them: by group, then measure, the overall score last.</summary>
internal sealed class OracleComparisons
{
    public const int Overall = 7;

    public static readonly (string Set, string[] Rounds)[] Sets =
        [("s02_small12", ["1"]), ("s03_five_orgs", ["1"]), ("s04_two_rounds", ["1", "2"]), ("s07_missing", ["1"])];

    private readonly RoundSummary summary;

    public OracleComparisons(string set, string round)
    {
        summary = RoundSummary.Of(OracleFiles.Survey(set, round));
        Organisations = [.. summary.Structure.Organisations.Select((o, i) => (o.Name, Merge(s => s.Organisation == i)))];
        Levels = [.. summary.Structure.Levels.Select((l, i) => (l, Merge(s => s.Level == i))).Where(l => l.Item2.Respondents > 0)];
        All = summary.Merge(_ => true);
    }

    public StratumSummary All { get; }

    public IReadOnlyList<(string Name, StratumSummary Summary)> Organisations { get; }

    public IReadOnlyList<(string Name, StratumSummary Summary)> Levels { get; }

    public static string Name(int measure) => measure == Overall ? "overall" : $"d{measure + 1}";

    public static ScoreSums Sums(StratumSummary summary, int measure) => measure == Overall ? summary.Overall : summary.Scores[measure];

    public static IReadOnlyList<Moments> Moments(StratumSummary summary) => [.. summary.Scores.Select(s => s.ToMoments())];

    public Moments[] OrganisationMoments(int measure) => [.. Organisations.Select(o => Sums(o.Summary, measure).ToMoments())];

    private StratumSummary Merge(Func<Stratum, bool> belongs) => summary.Merge(belongs);
}
