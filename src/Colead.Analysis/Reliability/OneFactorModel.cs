namespace Colead.Analysis.Reliability;

/// <summary>A fitted one-factor model: covariance = loadings·loadingsᵀ + diagonal of uniquenesses.</summary>
/// <param name="Loadings">In units of the items, the factor's variance being 1; signed so that their sum is not negative.</param>
/// <param name="Uniquenesses">Error variances; a negative one is a Heywood case.</param>
/// <param name="Discrepancy">log|Σ| + tr(SΣ⁻¹) − log|S| − J at the solution, ≥ 0; 0 is a perfect fit.</param>
/// <param name="Iterations">Newton steps of the start that led to the solution; 0 for three items, solved in closed form.</param>
/// <param name="Converged">Whether the gradient vanished at a minimum; if not, nothing may be shown.</param>
public sealed record OneFactorFit(
    IReadOnlyList<double> Loadings, IReadOnlyList<double> Uniquenesses, double Discrepancy, int Iterations, bool Converged)
{
    /// <summary>A uniqueness below zero: the model does not describe these answers.</summary>
    public bool IsHeywood => Uniquenesses.Any(u => u < 0);
}

/// <summary>
/// Maximum-likelihood fit of one common factor, error variances free to become negative, as structural equation
/// programs leave them: a negative one then says that the model is wrong, which a bound at zero would hide.
/// </summary>
/// <remarks>
/// Lawley &amp; Maxwell 1971, Factor Analysis as a Statistical Method. The usual concentration over loadings needs
/// positive uniquenesses, so Newton's method with exact second derivatives runs over loadings and uniquenesses together,
/// damped until the step stays where Σ is positive definite and the discrepancy falls. It starts from the principal
/// component; where that leads to no proper solution, also from each item as the factor itself, and the lowest minimum
/// wins, the earlier start on ties.
/// </remarks>
public static class OneFactorModel
{
    private const int MostIterations = 200;
    private const int MostDampings = 40;
    private const double GradientTolerance = 1e-9;

    /// <summary>Correlations whose best fit lies at infinity send one loading there.</summary>
    private const double Runaway = 1e3;
    private const double SmallestPivot = 1e-12;

    /// <summary>Null where the covariance matrix is singular or an item has no variance.</summary>
    /// <param name="covariance">J × J, J ≥ 3, symmetric. Dividing by n or n − 1 changes loadings and uniquenesses alike, not omega.</param>
    /// <exception cref="ArgumentException">Fewer than three items, or not square.</exception>
    public static OneFactorFit? Fit(double[,] covariance)
    {
        var items = covariance.GetLength(0);
        if (items < 3 || covariance.GetLength(1) != items)
            throw new ArgumentException("One factor needs a square matrix of three items or more.", nameof(covariance));
        var deviations = new double[items];
        for (var j = 0; j < items; j++)
        {
            if (Numerics.IsZeroVariance(covariance[j, j])) return null;
            deviations[j] = Math.Sqrt(covariance[j, j]);
        }

        // The model is the same in any unit, so the fit runs on correlations.
        var correlations = new double[items, items];
        for (var i = 0; i < items; i++)
            for (var j = 0; j < items; j++) correlations[i, j] = covariance[i, j] / deviations[i] / deviations[j];
        var factor = Cholesky.Of(correlations, SmallestPivot);
        if (factor is null) return null;

        var best = ClosedForm(correlations) ?? Search(correlations, factor.LogDeterminant);
        var sign = best.Loadings.Select((l, j) => l * deviations[j]).Sum() < 0 ? -1 : 1;
        return best with
        {
            Loadings = [.. best.Loadings.Select((l, j) => sign * l * deviations[j])],
            Uniquenesses = [.. best.Uniquenesses.Select((u, j) => u * covariance[j, j])],
        };
    }

    /// <summary>Three items whose correlations have a positive product fit perfectly: l1² = r12·r13/r23.</summary>
    private static OneFactorFit? ClosedForm(double[,] r)
    {
        if (r.GetLength(0) != 3 || r[0, 1] * r[0, 2] * r[1, 2] <= 0) return null;
        var first = Math.Sqrt(r[0, 1] * r[0, 2] / r[1, 2]);
        double[] loadings = [first, r[0, 1] / first, r[0, 2] / first];
        return new(loadings, [.. loadings.Select(l => 1 - l * l)], 0, 0, true);
    }

    private static OneFactorFit Search(double[,] r, double logDeterminant)
    {
        var items = r.GetLength(0);
        OneFactorFit? best = null;
        for (var start = 0; start <= items; start++)
        {
            var loadings = start == 0 ? Principal(r) : [.. Enumerable.Range(0, items).Select(j => r[j, start - 1] * 0.98)];
            var fit = Newton(r, logDeterminant, [.. loadings, .. loadings.Select(l => Math.Max(0.02, 1 - l * l))]);
            if (best is null || (fit.Converged && !best.Converged) ||
                (fit.Converged == best.Converged && fit.Discrepancy < best.Discrepancy - 1e-10))
                best = fit;
            // A proper minimum from the neutral start is what is looked for; the others are for improper cases.
            if (start == 0 && fit.Converged && !fit.IsHeywood) break;
        }

        return best!;
    }

    /// <summary>Loadings on the principal component, a little shortened; by power iteration, a start needs no digits.</summary>
    private static double[] Principal(double[,] r)
    {
        var items = r.GetLength(0);
        double[] vector = [.. Enumerable.Range(0, items).Select(j => 1 + 0.01 * j)];
        double length = 0;
        for (var step = 0; step < 50; step++)
        {
            vector = Cholesky.Multiply(r, vector);
            length = Math.Sqrt(vector.Sum(v => v * v));
            vector = [.. vector.Select(v => v / length)];
        }

        return [.. vector.Select(v => v * Math.Sqrt(0.9 * length))];
    }

    private static OneFactorFit Newton(double[,] r, double logDeterminant, double[] start)
    {
        var items = r.GetLength(0);
        var point = OneFactorPoint.At(r, start)!;
        var iterations = 0;
        var damping = 0.0;
        while (iterations < MostIterations && point.LargestGradient >= GradientTolerance && point.Parameters.Max(Math.Abs) < Runaway)
        {
            var next = Step(r, point, ref damping);
            if (next is null) break;
            point = next;
            iterations++;
        }

        return new(
            point.Parameters[..items],
            point.Parameters[items..],
            Math.Max(0, point.Value - logDeterminant - items),
            iterations,
            point.LargestGradient < GradientTolerance && Cholesky.Of(point.Hessian, 1e-10) is not null);
    }

    /// <summary>A damped Newton step that lowers the discrepancy; null where rounding leaves none to find.</summary>
    private static OneFactorPoint? Step(double[,] r, OneFactorPoint from, ref double damping)
    {
        for (var attempt = 0; attempt < MostDampings; attempt++)
        {
            var system = (double[,])from.Hessian.Clone();
            for (var p = 0; p < from.Parameters.Length; p++) system[p, p] += damping;
            if (Cholesky.Of(system, 1e-14)?.Solve(from.Gradient) is { } step)
            {
                var next = OneFactorPoint.At(r, [.. from.Parameters.Select((v, p) => v - step[p])]);
                // Near the minimum the value is flat to rounding: there a smaller gradient counts as progress.
                if (next is not null && (next.Value < from.Value ||
                    (next.Value <= from.Value + 1e-13 && next.LargestGradient < from.LargestGradient)))
                {
                    damping = damping < 1e-6 ? 0 : damping / 10;
                    return next;
                }
            }

            damping = damping <= 0 ? 1e-4 : damping * 4;
        }

        return null;
    }
}
