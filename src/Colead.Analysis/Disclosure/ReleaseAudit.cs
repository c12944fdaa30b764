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
        return coefficients.All(Within);

        bool Within(double[] figure)
        {
            if (figure.Length != plan.Units.Count * levels) throw new ArgumentException("A figure needs a weight for every unit x level.", nameof(coefficients));
            var equations = new List<ulong[]>();
            for (var u = 0; u < plan.Units.Count; u++)
            {
                ulong[]? first = null;
                for (var l = 0; l < levels; l++)
                {
                    if (valid[u, l] == 0) continue;
                    var equation = new ulong[cells.Length + 1];
                    for (var c = 0; c < cells.Length; c++) equation[c] = plan.Has(cells[c], u, l) ? 1UL : 0UL;
                    equation[^1] = PrimeField.Of(figure[u * levels + l]);
                    if (first is null && shown.Contains(Cell.Unit(u))) first = equation;
                    else if (!IsConsistent(equations, first is null ? equation : Minus(equation, 1, first))) return false;
                }
            }

            return true;
        }

        // Gauss: an equation that says nothing on the left and something on the right contradicts the others.
        static bool IsConsistent(List<ulong[]> equations, ulong[] equation)
        {
            foreach (var known in equations) equation = Minus(equation, equation[Lead(known)], known);
            var lead = Lead(equation);
            if (lead < 0) return true;
            if (lead == equation.Length - 1) return false;
            var scale = PrimeField.Inverse(equation[lead]);
            equations.Add(Array.ConvertAll(equation, x => PrimeField.Multiply(x, scale)));
            return true;
        }

        static ulong[] Minus(ulong[] equation, ulong times, ulong[] other) => times == 0
            ? equation
            : [.. equation.Zip(other, (x, y) => PrimeField.Subtract(x, PrimeField.Multiply(times, y)))];

        static int Lead(ulong[] equation) => Array.FindIndex(equation, x => x != 0);
    }
}
