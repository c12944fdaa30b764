using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Keeps every linear figure that is made, with the cells it rests on and the weight it really gives each, so that the release audit
/// judges what was computed and not what was meant: a headline that took in a withheld organisation would be found here.
/// </summary>
/// <remarks>
/// A figure keeps its cells and how to work out their weights, never a weight for every place: of organisations there may be
/// thousands, and each has a figure that rests on all of them.
/// </remarks>
internal sealed class FigureLedger
{
    private readonly List<Entry> entries = [];

    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>A figure that is a weighted sum of the means of disjoint cells of one measure.</summary>
    /// <param name="column">Dimension, overall score or item: figures of one column are sums over the same people's values.</param>
    /// <param name="cells">Figures that rest on the same cells share the list.</param>
    /// <param name="part">By place in the list: the cell's weight, and the count its mean was divided by.</param>
    public void Add(Column column, Tier tier, IReadOnlyList<Cell> cells, Func<int, (double Weight, long Count)> part) =>
        entries.Add(new(column, tier, cells, part));

    public void Add(Column column, Tier tier, IReadOnlyList<(Cell Cell, double Weight, long Count)> parts) =>
        Add(column, tier, [.. parts.Select(p => p.Cell)], i => (parts[i].Weight, parts[i].Count));

    public void Add(Column column, Tier tier, Cell cell, long count) => Add(column, tier, [cell], _ => (1, count));

    internal sealed record Entry(Column Column, Tier Tier, IReadOnlyList<Cell> Cells, Func<int, (double Weight, long Count)> Part)
    {
        /// <summary>The weight it gives each person of unit × level (index unit · levels + level).</summary>
        public double[] Coefficients(ReportingPlan plan)
        {
            var levels = plan.Structure.Levels.Count;
            var coefficients = new double[plan.Units.Count * levels];
            for (var c = 0; c < Cells.Count; c++)
            {
                var (weight, count) = Part(c);
                for (var u = 0; u < plan.Units.Count; u++)
                    for (var l = 0; l < levels; l++)
                        if (plan.Has(Cells[c], u, l)) coefficients[u * levels + l] = weight / count;
            }

            return coefficients;
        }
    }
}
