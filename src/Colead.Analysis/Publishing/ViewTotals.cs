using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>A round's summaries added up once for every planned cell.</summary>
internal sealed class ViewTotals
{
    private readonly IReadOnlyList<StratumSummary> sectors, levels, units, crosses;
    private readonly StratumSummary all;

    private ViewTotals(RoundSummary round, int units, Func<int, int> unitOf)
    {
        all = round.All();
        sectors = round.BySector();
        levels = round.ByLevel();
        var across = round.Structure.Levels.Count;
        crosses = round.MergeBy(sectors.Count * across, s => round.Structure.SectorOf[s.Organisation] * across + s.Level);
        this.units = round.MergeBy(units, s => unitOf(s.Organisation));
    }

    public static ViewTotals Of(RoundSummary round, ReportingPlan plan) => new(round, plan.Units.Count, plan.UnitOf);

    public StratumSummary this[Cell cell] => cell.Kind switch
    {
        ViewKind.All => all,
        ViewKind.Sector => sectors[cell.First],
        ViewKind.Level => levels[cell.First],
        ViewKind.Unit => units[cell.First],
        ViewKind.SectorLevel => crosses[cell.First * levels.Count + cell.Second],
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };
}

/// <summary>A dimension by its index, or the overall score.</summary>
internal static class Measures
{
    public const string Overall = "overall";

    public static ScoreSums Sums(this StratumSummary summary, int measure) =>
        measure < summary.Scores.Count ? summary.Scores[measure] : summary.Overall;
}
