using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

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
/// component and from each item as the factor itself; the lowest minimum wins, the earlier start on ties.
/// </remarks>
public static class OneFactorModel
{
    private const int MostIterations = 300;
    private const double GradientTolerance = 1e-9;
    private const double SmallestEigenvalue = 1e-12;

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
        var correlations = Matrix<double>.Build.Dense(items, items, (i, j) => covariance[i, j] / deviations[i] / deviations[j]);
        var eigen = correlations.Evd(Symmetricity.Symmetric);
        if (eigen.EigenValues[0].Real < SmallestEigenvalue) return null;

        var best = ClosedForm(correlations) ?? Search(correlations, eigen);
        var sign = best.Loadings.Select((l, j) => l * deviations[j]).Sum() < 0 ? -1 : 1;
        return best with
        {
            Loadings = [.. best.Loadings.Select((l, j) => sign * l * deviations[j])],
            Uniquenesses = [.. best.Uniquenesses.Select((u, j) => u * covariance[j, j])],
        };
    }

    /// <summary>Three items whose correlations have a positive product fit perfectly: l1² = r12·r13/r23.</summary>
    private static OneFactorFit? ClosedForm(Matrix<double> r)
    {
        if (r.RowCount != 3 || r[0, 1] * r[0, 2] * r[1, 2] <= 0) return null;
        var first = Math.Sqrt(r[0, 1] * r[0, 2] / r[1, 2]);
        double[] loadings = [first, r[0, 1] / first, r[0, 2] / first];
        return new(loadings, [.. loadings.Select(l => 1 - l * l)], 0, 0, true);
    }

    private static OneFactorFit Search(Matrix<double> r, Evd<double> eigen)
    {
        var items = r.RowCount;
        var logDeterminant = eigen.EigenValues.Sum(e => Math.Log(e.Real));
        var principal = eigen.EigenVectors.Column(items - 1) * Math.Sqrt(eigen.EigenValues[items - 1].Real * 0.9);
        OneFactorFit? best = null;
        for (var start = 0; start <= items; start++)
        {
            var loadings = start == 0 ? principal : r.Column(start - 1) * 0.98;
            var parameters = Vector<double>.Build.Dense(2 * items, p =>
                p < items ? loadings[p] : Math.Max(0.02, 1 - loadings[p - items] * loadings[p - items]));
            var fit = Newton(r, logDeterminant, parameters);
            if (best is null || (fit.Converged && !best.Converged) ||
                (fit.Converged == best.Converged && fit.Discrepancy < best.Discrepancy - 1e-10))
                best = fit;
        }

        return best!;
    }

    private static OneFactorFit Newton(Matrix<double> r, double logDeterminant, Vector<double> parameters)
    {
        var items = r.RowCount;
        var point = Point.At(r, parameters)!;
        var iterations = 0;
        var converged = false;
        var damping = 0.0;
        while (iterations < MostIterations)
        {
            if (point.Gradient.InfinityNorm() < GradientTolerance)
            {
                converged = point.Hessian.Evd(Symmetricity.Symmetric).EigenValues[0].Real > 1e-9;
                break;
            }

            var next = Step(r, point, ref damping);
            if (next is null) break;
            point = next;
            iterations++;
        }

        return new(
            [.. point.Parameters.Take(items)],
            [.. point.Parameters.Skip(items)],
            Math.Max(0, point.Value - logDeterminant - items),
            iterations,
            converged);
    }

    /// <summary>A damped Newton step that lowers the discrepancy; null where rounding leaves none to find.</summary>
    private static Point? Step(Matrix<double> r, Point from, ref double damping)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var step = DampedStep(from, damping);
            if (step is not null)
            {
                var next = Point.At(r, from.Parameters + step);
                // Near the minimum the value is flat to rounding: there a smaller gradient counts as progress.
                if (next is not null && (next.Value < from.Value ||
                    (next.Value <= from.Value + 1e-13 && next.Gradient.InfinityNorm() < from.Gradient.InfinityNorm())))
                {
                    damping = damping < 1e-6 ? 0 : damping / 10;
                    return next;
                }
            }

            damping = damping <= 0 ? 1e-4 : damping * 4;
        }

        return null;
    }

    private static Vector<double>? DampedStep(Point from, double damping)
    {
        var system = from.Hessian.Clone();
        for (var p = 0; p < system.RowCount; p++) system[p, p] += damping;
        var lower = Factor(system);
        return lower is null ? null : Solve(lower, -from.Gradient);
    }

    /// <summary>Cholesky factor, or null where the matrix is not positive definite.</summary>
    private static Matrix<double>? Factor(Matrix<double> matrix)
    {
        var size = matrix.RowCount;
        var lower = Matrix<double>.Build.Dense(size, size);
        for (var j = 0; j < size; j++)
        {
            var pivot = matrix[j, j];
            for (var k = 0; k < j; k++) pivot -= lower[j, k] * lower[j, k];
            if (!(pivot > 1e-14)) return null;
            lower[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < size; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = sum / lower[j, j];
            }
        }

        return lower;
    }

    private static Vector<double> Solve(Matrix<double> lower, Vector<double> right)
    {
        var x = right.Clone();
        for (var i = 0; i < x.Count; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }

        for (var i = x.Count - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Count; k++) x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }

        return x;
    }

    /// <summary>Value, gradient and second derivatives of log|Σ| + tr(SΣ⁻¹) at (loadings, uniquenesses).</summary>
    private sealed record Point(Vector<double> Parameters, double Value, Vector<double> Gradient, Matrix<double> Hessian)
    {
        /// <summary>Null where Σ is not positive definite.</summary>
        public static Point? At(Matrix<double> s, Vector<double> parameters)
        {
            var n = s.RowCount;
            var l = parameters.SubVector(0, n);
            var sigma = l.OuterProduct(l);
            for (var j = 0; j < n; j++) sigma[j, j] += parameters[n + j];
            var lower = Factor(sigma);
            if (lower is null) return null;

            var w = Matrix<double>.Build.Dense(n, n);
            double value = 0;
            for (var j = 0; j < n; j++)
            {
                value += 2 * Math.Log(lower[j, j]);
                w.SetColumn(j, Solve(lower, Vector<double>.Build.Dense(n, k => k == j ? 1 : 0)));
            }

            var m = w * s * w;
            value += w.PointwiseMultiply(s).RowSums().Sum();
            if (!double.IsFinite(value)) return null;

            var g = w - m;
            var a = w * l;
            var b = m * l;
            double la = l * a, lb = l * b;
            var gradient = Vector<double>.Build.Dense(2 * n, p => p < n ? 2 * (a[p] - b[p]) : g[p - n, p - n]);
            var hessian = Matrix<double>.Build.Dense(2 * n, 2 * n);
            for (var j = 0; j < n; j++)
                for (var k = 0; k < n; k++)
                {
                    hessian[j, k] = 2 * (g[j, k] - la * w[j, k] - a[j] * a[k] + lb * w[j, k] + a[j] * b[k] + la * m[j, k] + b[j] * a[k]);
                    hessian[n + j, n + k] = w[j, k] * (2 * m[j, k] - w[j, k]);
                    hessian[n + j, k] = hessian[k, n + j] = 2 * (w[j, k] * b[j] + a[j] * m[j, k] - w[j, k] * a[j]);
                }

            return new(parameters, value, gradient, hessian);
        }
    }
}
