namespace Colead.Analysis.Disclosure;

/// <summary>
/// The last gate before anything is stored: audits a given set of shown cells anew, however it was chosen, against the
/// people who actually have a valid value.
/// </summary>
public static class ReleaseAudit
{
    /// <summary>True where every combination of the shown cells is nothing or touches at least k people. What cannot be decided is
    /// false.</summary>
    public static bool Passes(ReportingPlan plan, ReportingCounts valid, int k, IReadOnlySet<Cell> shown)
    {
        var views = new FixedViews(plan, valid, SurePeople.Of(plan, valid, k, new() { SureMembersOnly = false }), k);
        var flags = new bool[views.Cells];
        foreach (var cell in shown) flags[views.IndexOf[cell]] = true;
        return new FixedViewAudit(views, k).Find(flags).Passes;
    }

    /// <summary>
    /// True where every linear figure, with its real coefficients, lies in the row space of the shown cells over a large
    /// prime, so that it adds nothing to what the audit has looked at.
    /// </summary>
    /// <param name="coefficients">For each figure the weight it gives every person of unit × level (index unit · levels + level);
    /// a double is taken exactly. Places where nobody has a valid value are passed over.</param>
    /// <remarks>A figure is in the row space where weights for the shown cells exist that add up to it in every place. A shown
    /// unit's own weight takes up any constant, so only differences within the unit must be explained by the other cells, and
    /// the equations are as few as those are.</remarks>
    public static bool AreWithin(ReportingPlan plan, ReportingCounts valid, IReadOnlySet<Cell> shown, IEnumerable<double[]> coefficients)
    {
        var levels = plan.Structure.Levels.Count;
        var cells = shown.Where(c => c.Kind != ViewKind.Unit).Order().ToArray();
        var figures = coefficients.ToArray();
        if (figures.Length == 0) return true;
        if (figures.Any(f =>
            f.Length != plan.Units.Count * levels)) throw new ArgumentException("A figure needs a weight for every unit x level.",
            nameof(coefficients));

        // One elimination for all figures: the cells on the left, every figure a right-hand side of its own.
        var equations = new List<(int Lead, ulong[] Row)>();
        for (var u = 0; u < plan.Units.Count; u++)
        {
            ulong[]? first = null;
            for (var l = 0; l < levels; l++)
            {
                if (valid[u, l] == 0) continue;
                var equation = new ulong[cells.Length + figures.Length];
                for (var c = 0; c < cells.Length; c++) equation[c] = plan.Has(cells[c], u, l) ? 1UL : 0UL;
                for (var f = 0; f < figures.Length; f++) equation[cells.Length + f] = PrimeField.Of(figures[f][u * levels + l]);
                if (first is null && shown.Contains(Cell.Unit(u)))
                {
                    first = equation;
                    continue;
                }

                if (first is not null) Subtract(equation, 1, first);
                foreach (var (lead, row) in equations) Subtract(equation, equation[lead], row);
                var at = Array.FindIndex(equation, x => x != 0);
                if (at < 0) continue;
                // Nothing on the left and something on the right contradicts the others.
                if (at >= cells.Length) return false;
                var scale = PrimeField.Inverse(equation[at]);
                equations.Add((at, Array.ConvertAll(equation, x => PrimeField.Multiply(x, scale))));
            }
        }

        return true;

        static void Subtract(ulong[] equation, ulong times, ulong[] other)
        {
            if (times == 0) return;
            for (var i = 0; i < equation.Length; i++)
                if (other[i] != 0) equation[i] = PrimeField.Subtract(equation[i], PrimeField.Multiply(times, other[i]));
        }
    }
}
