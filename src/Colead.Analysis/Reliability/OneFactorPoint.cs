namespace Colead.Analysis.Reliability;

/// <summary>
/// log|Σ| + tr(SΣ⁻¹) with its gradient and second derivatives at (loadings l, uniquenesses θ), Σ = llᵀ + diag θ.
/// </summary>
/// <remarks>
/// With W = Σ⁻¹, M = WSW and G = W − M: ∂/∂θ_j = G_jj and ∂/∂l_j = 2(Gl)_j; the second derivatives follow from
/// dG = −W dΣ W + W dΣ M + M dΣ W.
/// </remarks>
internal sealed record OneFactorPoint(double[] Parameters, double Value, double[] Gradient, double[,] Hessian)
{
    public double LargestGradient { get; } = Gradient.Max(Math.Abs);

    /// <summary>Null where Σ is not positive definite.</summary>
    /// <param name="parameters">Loadings, then uniquenesses.</param>
    public static OneFactorPoint? At(double[,] s, double[] parameters)
    {
        var n = s.GetLength(0);
        var l = parameters[..n];
        var sigma = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) sigma[i, j] = l[i] * l[j] + (i == j ? parameters[n + j] : 0);
        var factor = Cholesky.Of(sigma, 1e-14);
        if (factor is null) return null;

        var w = factor.Inverse();
        var ws = Cholesky.Multiply(w, s);
        var m = Cholesky.Multiply(ws, w);
        var value = factor.LogDeterminant;
        for (var j = 0; j < n; j++) value += ws[j, j];
        if (!double.IsFinite(value)) return null;

        double[] a = Cholesky.Multiply(w, l), b = Cholesky.Multiply(m, l);
        double la = 0, lb = 0;
        for (var j = 0; j < n; j++)
        {
            la += l[j] * a[j];
            lb += l[j] * b[j];
        }

        var gradient = new double[2 * n];
        var hessian = new double[2 * n, 2 * n];
        for (var j = 0; j < n; j++)
        {
            gradient[j] = 2 * (a[j] - b[j]);
            gradient[n + j] = w[j, j] - m[j, j];
            for (var k = 0; k < n; k++)
            {
                hessian[j, k] = 2 * (w[j, k] - m[j, k] + (lb - la) * w[j, k] + la * m[j, k] - a[j] * a[k] + a[j] * b[k] + b[j] * a[k]);
                hessian[n + j, n + k] = w[j, k] * (2 * m[j, k] - w[j, k]);
                hessian[n + j, k] = hessian[k, n + j] = 2 * (w[j, k] * b[j] + a[j] * m[j, k] - w[j, k] * a[j]);
            }
        }

        return new(parameters, value, gradient, hessian);
    }
}

/// <summary>Cholesky factor of a small symmetric matrix, and the little arithmetic that goes with it.</summary>
internal sealed class Cholesky
{
    private readonly double[,] lower;

    private Cholesky(double[,] lower) => this.lower = lower;

    /// <summary>Log of the determinant of the matrix factored.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (var j = 0; j < lower.GetLength(0); j++) sum += 2 * Math.Log(lower[j, j]);
            return sum;
        }
    }

    /// <summary>Null where a pivot is not above <paramref name="smallestPivot"/>: not positive definite.</summary>
    public static Cholesky? Of(double[,] matrix, double smallestPivot)
    {
        var size = matrix.GetLength(0);
        var lower = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            var pivot = matrix[j, j];
            for (var k = 0; k < j; k++) pivot -= lower[j, k] * lower[j, k];
            if (!(pivot > smallestPivot)) return null;
            lower[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < size; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = sum / lower[j, j];
            }
        }

        return new(lower);
    }

    public double[] Solve(double[] right)
    {
        var x = (double[])right.Clone();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++) x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }

        return x;
    }

    public double[,] Inverse()
    {
        var size = lower.GetLength(0);
        var inverse = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            var unit = new double[size];
            unit[j] = 1;
            var column = Solve(unit);
            for (var i = 0; i < size; i++) inverse[i, j] = column[i];
        }

        return inverse;
    }

    public static double[,] Multiply(double[,] a, double[,] b)
    {
        int rows = a.GetLength(0), inner = b.GetLength(0), columns = b.GetLength(1);
        var result = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var k = 0; k < inner; k++)
                for (var j = 0; j < columns; j++) result[i, j] += a[i, k] * b[k, j];
        return result;
    }

    public static double[] Multiply(double[,] a, double[] b)
    {
        var result = new double[a.GetLength(0)];
        for (var i = 0; i < result.Length; i++)
            for (var k = 0; k < b.Length; k++) result[i] += a[i, k] * b[k];
        return result;
    }
}
