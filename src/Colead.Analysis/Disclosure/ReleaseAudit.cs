namespace Colead.Analysis.Disclosure;

/// <summary>
/// The last gate before anything is stored: audits a given set of shown cells anew, however it was chosen, against the
/// people who actually have a valid value.
/// </summary>
public static class ReleaseAudit
{
    /// <summary>True where every combination of the shown cells is nothing or touches at least k people. What cannot be decided is false.</summary>
    public static bool Passes(ReportingPlan plan, ReportingCounts valid, int k, IReadOnlySet<Cell> shown)
    {
        var views = new FixedViews(plan, valid, SurePeople.Of(plan, valid, k, new() { SureMembersOnly = false }), k);
        var flags = new bool[views.Cells];
        foreach (var cell in shown) flags[views.IndexOf[cell]] = true;
        return new FixedViewAudit(views, k).Find(flags).Passes;
    }

    /// <summary>
    /// True where further linear figures (headlines, pooled means) are combinations of the shown cells, so that they add
    /// nothing to what the audit has looked at.
    /// </summary>
    /// <param name="coefficients">For each figure the weight it gives every person of unit × level (index unit · levels + level).
    /// Places where nobody has a valid value are passed over.</param>
    /// <remarks>In floating point, to 10⁻⁹ of a figure's largest weight: the weights themselves were rounded.</remarks>
    public static bool AreWithin(ReportingPlan plan, ReportingCounts valid, IReadOnlySet<Cell> shown, IEnumerable<double[]> coefficients)
    {
        var levels = plan.Structure.Levels.Count;
        var cells = shown.Where(c => c.Kind != ViewKind.Unit).Order().ToArray();
        return coefficients.All(Within);

        bool Within(double[] figure)
        {
            if (figure.Length != plan.Units.Count * levels) throw new ArgumentException("A figure needs a weight for every unit x level.", nameof(coefficients));
            if (!Array.TrueForAll(figure, double.IsFinite)) return false;
            var largest = figure.Length == 0 ? 0 : figure.Max(Math.Abs);
            if (largest == 0) return true;

            // A shown unit's own cell takes up any constant, so only differences within it must be explained by the others.
            var rows = new List<double[]>();
            for (var u = 0; u < plan.Units.Count; u++)
            {
                double[]? first = null;
                for (var l = 0; l < levels; l++)
                {
                    if (valid[u, l] == 0) continue;
                    var row = new double[cells.Length + 1];
                    for (var c = 0; c < cells.Length; c++) row[c] = plan.Has(cells[c], u, l) ? 1 : 0;
                    row[^1] = figure[u * levels + l] / largest;
                    if (shown.Contains(Cell.Unit(u)))
                    {
                        if (first is null)
                        {
                            first = row;
                            continue;
                        }

                        for (var c = 0; c < row.Length; c++) row[c] -= first[c];
                    }

                    if (!Explain(rows, row)) return false;
                }
            }

            return true;
        }

        // Gauss: a row that is zero but for its right-hand side contradicts.
        static bool Explain(List<double[]> rows, double[] row)
        {
            foreach (var known in rows)
            {
                var lead = Lead(known);
                var factor = row[lead] / known[lead];
                if (factor == 0) continue;
                for (var c = 0; c < row.Length; c++) row[c] -= factor * known[c];
                row[lead] = 0;
            }

            if (Lead(row) < row.Length - 1) rows.Add(row);
            else return Math.Abs(row[^1]) <= 1e-9;
            return true;
        }

        static int Lead(double[] row)
        {
            var lead = row.Length - 1;
            for (var c = row.Length - 2; c >= 0; c--)
                if (Math.Abs(row[c]) > 1e-9 && (lead == row.Length - 1 || Math.Abs(row[c]) >= Math.Abs(row[lead]))) lead = c;
            return lead;
        }
    }
}
