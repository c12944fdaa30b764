using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>A round's summaries added up once for every planned cell.</summary>
internal sealed class ViewTotals
{
    private readonly Dictionary<Cell, StratumSummary> totals = [];
    private readonly StratumSummary empty;

    private ViewTotals(Instrument instrument) => empty = new StratumSummary(instrument);

    /// <param name="unitOf">An organisation's reporting unit.</param>
    public static ViewTotals Of(RoundSummary round, Func<int, int> unitOf)
    {
        var views = new ViewTotals(round.Instrument);
        foreach (var (stratum, summary) in round.Strata)
        {
            var sector = round.Structure.SectorOf[stratum.Organisation];
            views.At(Cell.All, round.Instrument).Add(summary);
            views.At(Cell.Sector(sector), round.Instrument).Add(summary);
            views.At(Cell.Level(stratum.Level), round.Instrument).Add(summary);
            views.At(Cell.Unit(unitOf(stratum.Organisation)), round.Instrument).Add(summary);
            views.At(Cell.SectorLevel(sector, stratum.Level), round.Instrument).Add(summary);
        }

        return views;
    }

    public StratumSummary this[Cell cell] => totals.GetValueOrDefault(cell, empty);

    private StratumSummary At(Cell cell, Instrument instrument)
    {
        if (!totals.TryGetValue(cell, out var total)) totals[cell] = total = new StratumSummary(instrument);
        return total;
    }
}

/// <summary>A dimension by its index, or the overall score.</summary>
internal static class Measures
{
    public const string Overall = "overall";

    public static ScoreSums Sums(this StratumSummary summary, int measure) =>
        measure < summary.Scores.Count ? summary.Scores[measure] : summary.Overall;
}
