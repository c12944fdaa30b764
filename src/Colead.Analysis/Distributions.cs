using MathNet.Numerics;

namespace Colead.Analysis;

/// <summary>
/// Normal, Student t and F: tail probabilities and quantiles, to 12 digits of the value itself (10 from a million degrees of freedom on),
/// far tails included. Degrees of freedom are positive and need not be whole (Welch).
/// </summary>
/// <remarks>
/// The incomplete beta function is our own: the library's stops after a fixed number of steps, which is too few for
/// thousands of degrees of freedom. Continued fraction: NIST DLMF 8.17.22, by Lentz's method.
/// </remarks>
public static class Distributions
{
    private const double Smallest = 1e-300;
    private const int MostSteps = 100_000;
    private const int Remembered = 1024;

    /// <summary>97.5 % points of Student's t for whole degrees of freedom: every 95 % interval of a mean asks for one.</summary>
    private static readonly double[] T975 = new double[Remembered];

    /// <summary>P(Z ≤ z).</summary>
    public static double NormalCdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>The z with P(Z ≤ z) = <paramref name="p"/>, 0 &lt; p &lt; 1.</summary>
    public static double NormalQuantile(double p)
    {
        CheckProbability(p);
        if (p > 0.5) return -NormalQuantile(1 - p);
        var z = -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p);
        // One Halley step on log P, which keeps its digits where P itself is tiny.
        var cdf = NormalCdf(z);
        var step = Math.Log(cdf / p) * cdf / (Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
        return z - step;
    }

    /// <summary>P(T ≤ t) on <paramref name="df"/> degrees of freedom.</summary>
    public static double StudentTCdf(double t, double df) => t > 0 ? 1 - StudentTUpperTail(t, df) : StudentTUpperTail(-t, df);

    /// <summary>P(T &gt; t) on <paramref name="df"/> degrees of freedom, without cancellation for large t.</summary>
    public static double StudentTUpperTail(double t, double df)
    {
        CheckDegrees(df);
        if (t < 0) return 1 - StudentTUpperTail(-t, df);
        // Near the middle from a half downwards, further out the tail itself: neither way loses digits.
        var square = t * t;
        return t < 0.5
            ? 0.5 - 0.5 * RegularisedBeta(0.5, df / 2, square / (df + square), df / (df + square))
            : 0.5 * RegularisedBeta(df / 2, 0.5, df / (df + square), square / (df + square));
    }

    /// <summary>P(|T| &gt; |t|): the two-sided p value.</summary>
    public static double StudentTTwoSided(double t, double df) => Math.Min(1, 2 * StudentTUpperTail(Math.Abs(t), df));

    /// <summary>The t with P(T ≤ t) = <paramref name="p"/>, 0 &lt; p &lt; 1.</summary>
    public static double StudentTQuantile(double p, double df)
    {
        CheckProbability(p);
        CheckDegrees(df);
        if (p == 0.5) return 0;
        if (p < 0.5) return -UpperStudentT(p, df);
        if (p == 0.975 && df < Remembered && df == Math.Floor(df))
        {
            // A race would only write the same number twice.
            ref var known = ref T975[(int)df];
            var value = Volatile.Read(ref known);
            if (value == 0) Volatile.Write(ref known, value = UpperStudentT(0.025, df));
            return value;
        }

        return UpperStudentT(1 - p, df);
    }

    /// <summary>P(F ≤ f) on <paramref name="df1"/> and <paramref name="df2"/> degrees of freedom.</summary>
    public static double FCdf(double f, double df1, double df2)
    {
        CheckDegrees(df1);
        CheckDegrees(df2);
        if (f <= 0) return 0;
        var sum = df1 * f + df2;
        return RegularisedBeta(df1 / 2, df2 / 2, df1 * f / sum, df2 / sum);
    }

    /// <summary>P(F &gt; f): the p value of an analysis of variance.</summary>
    public static double FUpperTail(double f, double df1, double df2)
    {
        CheckDegrees(df1);
        CheckDegrees(df2);
        if (f <= 0) return 1;
        var sum = df1 * f + df2;
        return RegularisedBeta(df2 / 2, df1 / 2, df2 / sum, df1 * f / sum);
    }

    /// <summary>The f with P(F ≤ f) = <paramref name="p"/>, 0 &lt; p &lt; 1.</summary>
    public static double FQuantile(double p, double df1, double df2)
    {
        CheckProbability(p);
        CheckDegrees(df1);
        CheckDegrees(df2);
        // Bisection between powers of two in log f, then to the last digit: an F quantile is asked for rarely.
        double low = -700, high = 700;
        while (high - low > 1e-15 * Math.Max(1, Math.Abs(low)))
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) break;
            // The smaller tail is the one with digits.
            var above = p <= 0.5
                ? FCdf(Math.Exp(middle), df1, df2) > p
                : FUpperTail(Math.Exp(middle), df1, df2) < 1 - p;
            if (above) high = middle;
            else low = middle;
        }

        return Math.Exp(low + (high - low) / 2);
    }

    /// <summary>The t &gt; 0 with P(T &gt; t) = <paramref name="tail"/>, tail &lt; 0.5.</summary>
    private static double UpperStudentT(double tail, double df)
    {
        // Newton on log P(T > exp u): nearly straight in the tail, so a rough start suffices.
        var z = -NormalQuantile(tail);
        var t = df > 2 ? z * (1 + (z * z + 1) / (4 * df)) : Math.Pow(tail * 2, -1 / df);
        var u = Math.Log(Math.Max(t, 1e-300));
        var logOfPeak = LogStudentTConstant(df);
        for (var step = 0; step < 60; step++)
        {
            t = Math.Exp(u);
            var p = StudentTUpperTail(t, df);
            if (p <= 0)
            {
                u -= 1;
                continue;
            }

            var density = Math.Exp(logOfPeak - (df + 1) / 2 * Log1P(t * t / df));
            var move = Math.Clamp(Math.Log(p / tail) * p / (density * t), -2, 2);
            u += move;
            if (Math.Abs(move) < 1e-9) break; // Newton squares it: the next move would be below the last digit
        }

        return Math.Exp(u);
    }

    private static double LogStudentTConstant(double df) => -LogBeta(df / 2, 0.5) - 0.5 * Math.Log(df);

    /// <summary>I_x(a, b), with y = 1 − x given apart so that neither end loses digits.</summary>
    internal static double RegularisedBeta(double a, double b, double x, double y)
    {
        if (x <= 0) return 0;
        if (y <= 0) return 1;
        return x < (a + 1) / (a + b + 2)
            ? BetaFraction(a, b, x, y)
            : 1 - BetaFraction(b, a, y, x);
    }

    private static double BetaFraction(double a, double b, double x, double y)
    {
        var front = Math.Exp(a * LogOf(x, y) + b * LogOf(y, x) - LogBeta(a, b)) / a;
        double c = 1, d = 1 / Guard(1 - (a + b) * x / (a + 1)), h = d;
        for (var m = 1; m <= MostSteps; m++)
        {
            var m2 = 2.0 * m;
            var even = m * (b - m) * x / ((a + m2 - 1) * (a + m2));
            d = 1 / Guard(1 + even * d);
            c = Guard(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1));
            d = 1 / Guard(1 + odd * d);
            c = Guard(1 + odd / c);
            var factor = d * c;
            h *= factor;
            if (Math.Abs(factor - 1) < 1e-16) return front * h;
        }

        throw new ArithmeticException("The incomplete beta function did not converge.");
    }

    private static double Guard(double v) => Math.Abs(v) < Smallest ? Smallest : v;

    /// <summary>log x where x + y = 1, by y where x is near 1.</summary>
    private static double LogOf(double x, double y) => x > 0.5 ? Log1P(-y) : Math.Log(x);

    /// <summary>log(1 + v) without losing the digits of a small v (Kahan).</summary>
    private static double Log1P(double v)
    {
        var u = 1 + v;
        return u == 1 ? v : Math.Log(u) * v / (u - 1);
    }

    /// <summary>log B(a, b); for large arguments by Stirling's series, since a difference of log gammas would lose digits.</summary>
    private static double LogBeta(double a, double b)
    {
        if (a < b) (a, b) = (b, a);
        if (a < 15) return SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        if (b < 15)
        {
            // log Γ(a) − log Γ(a + b)
            var ratio = b - (a - 0.5) * Log1P(b / a) - b * Math.Log(a + b) + StirlingRest(a) - StirlingRest(a + b);
            return SpecialFunctions.GammaLn(b) + ratio;
        }

        return -(a - 0.5) * Log1P(b / a) + (b - 0.5) * Math.Log(b / (a + b)) - 0.5 * Math.Log(a + b) + 0.5 * Math.Log(2 * Math.PI)
            + StirlingRest(a) + StirlingRest(b) - StirlingRest(a + b);
    }

    /// <summary>log Γ(x) − ((x − ½) log x − x + ½ log 2π), x ≥ 15.</summary>
    private static double StirlingRest(double x)
    {
        var r = 1 / (x * x);
        return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
    }

    private static void CheckProbability(double p)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability strictly between 0 and 1.");
    }

    private static void CheckDegrees(double df)
    {
        if (!(df > 0 && double.IsFinite(df))) throw new ArgumentOutOfRangeException(nameof(df), df,
            "Degrees of freedom are positive and finite.");
    }
}
