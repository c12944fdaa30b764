namespace Colead.Analysis;

/// <summary>The few numerical conventions that hold everywhere.</summary>
public static class Numerics
{
    /// <summary>A variance below this is zero: rounding would otherwise give absurd t, g and ICC on constant data.</summary>
    public const double ZeroVariance = 1e-12;

    public static bool IsZeroVariance(double variance) => variance < ZeroVariance;

    /// <summary>Least common multiple of the integers <paramref name="from"/>..<paramref name="to"/> (both at least 1).</summary>
    public static long LeastCommonMultiple(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        long result = 1;
        for (var i = from; i <= to; i++) result = LeastCommonMultiple(result, i);
        return result;
    }

    public static long LeastCommonMultiple(long a, long b)
    {
        long x = a, y = b;
        while (y != 0) (x, y) = (y, x % y);
        return checked(a / x * b);
    }
}
