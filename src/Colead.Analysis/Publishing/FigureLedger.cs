using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Keeps every linear figure that is made, with the coefficient it really gives each person, so that the release audit
/// judges what was computed and not what was meant: a headline that took in a withheld organisation would be found here.
/// Atoms are reporting unit × level; a person counts in a measure with a valid value.
/// </summary>
internal sealed class FigureLedger(ReportingPlan plan)
{
    private readonly List<Entry> entries = [];

    public IReadOnlyList<Entry> Entries => entries;

    private int Levels => plan.Structure.Levels.Count;

    /// <summary>A figure that is a weighted sum of the means of disjoint cells of one measure.</summary>
    /// <param name="column">Dimension, overall score or item: figures of one column are sums over the same people's values.</param>
    /// <param name="parts">Each cell's weight and the count its mean was divided by.</param>
    public void Add(Column column, Tier tier, IEnumerable<(Cell Cell, double Weight, long Count)> parts)
    {
        var coefficients = new double[plan.Units.Count * Levels];
        foreach (var (cell, weight, count) in parts)
            for (var u = 0; u < plan.Units.Count; u++)
                for (var l = 0; l < Levels; l++)
                    if (plan.Has(cell, u, l)) coefficients[u * Levels + l] = weight / count;
        entries.Add(new(column, tier, coefficients));
    }

    public void Add(Column column, Tier tier, Cell cell, long count) => Add(column, tier, [(cell, 1, count)]);

    internal sealed record Entry(Column Column, Tier Tier, double[] Coefficients);
}
