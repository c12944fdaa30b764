using Colead.Analysis.Scoring;
using Colead.Commands.Surveys;

namespace Colead.Commands.Analyse;

/// <summary>What stands beside another in gaps, ICC and change: organisations, or whole partnerships.</summary>
public enum GroupBy
{
    Organisation,
    Partnership,
}

/// <summary>The units of a survey in ordinal order of their names, and each organisation's unit.</summary>
public sealed record Units(GroupBy By, IReadOnlyList<string> Names, IReadOnlyList<int> Of)
{
    /// <summary>As the group type is called in the output.</summary>
    public string TypeName => By == GroupBy.Organisation ? "organisation" : "partnership";

    public int Count => Names.Count;

    public static Units From(Survey survey, GroupBy by)
    {
        IReadOnlyList<string> nameOf = by == GroupBy.Organisation
            ? [.. survey.Structure.Organisations.Select(o => o.Name)]
            : survey.PartnershipOf;
        string[] names = [.. nameOf.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(by, names, [.. nameOf.Select(n => Array.BinarySearch(names, n, StringComparer.Ordinal))]);
    }

    /// <summary>Each unit's moments of one measure, with count 0 where nobody has a score.</summary>
    public Moments[] MomentsOf(RoundSummary summary, int measure) =>
        [.. summary.ScoresBy(measure, Count, s => Of[s.Organisation]).Select(s => s.ToMoments())];
}
