using System.Numerics;

namespace Colead.Analysis.Disclosure;

/// <summary>
/// Arithmetic modulo the Mersenne prime 2⁶¹ − 1. Row spaces are decided here instead of over the rationals: exact, without
/// growing fractions. A rank can only come out wrong if the prime divides a determinant of the published coefficients.
/// </summary>
internal static class PrimeField
{
    public const ulong Modulus = (1UL << 61) - 1;

    public static ulong Add(ulong a, ulong b)
    {
        var sum = a + b;
        return sum >= Modulus ? sum - Modulus : sum;
    }

    public static ulong Subtract(ulong a, ulong b) => a >= b ? a - b : a + Modulus - b;

    public static ulong Multiply(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return Add(low & Modulus, (low >> 61) | (high << 3));
    }

    /// <exception cref="DivideByZeroException"><paramref name="a"/> is zero.</exception>
    public static ulong Inverse(ulong a)
    {
        if (a == 0) throw new DivideByZeroException("Zero has no inverse.");
        ulong result = 1, power = a;
        for (var exponent = Modulus - 2; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1) result = Multiply(result, power);
            power = Multiply(power, power);
        }

        return result;
    }

    public static ulong Of(BigInteger value)
    {
        var remainder = BigInteger.Remainder(value, Modulus);
        return (ulong)(remainder.Sign < 0 ? remainder + Modulus : remainder);
    }

    /// <summary>A ratio of integers, exactly.</summary>
    /// <exception cref="DivideByZeroException">The denominator is a multiple of the prime.</exception>
    public static ulong Of(BigInteger numerator, BigInteger denominator) => Multiply(Of(numerator), Inverse(Of(denominator)));

    /// <summary>A double, exactly: every finite double is an integer times a power of two.</summary>
    /// <exception cref="ArgumentException">Not finite.</exception>
    public static ulong Of(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException("A coefficient must be finite.", nameof(value));
        if (value == 0) return 0;
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (ulong)(bits & 0xFFFFFFFFFFFFF);
        if (exponent == 0) exponent++;
        else mantissa |= 1UL << 52;
        var result = mantissa;
        // 2 has order 61, so powers of two are taken modulo 61.
        var shift = ((exponent - 1075) % 61 + 61) % 61;
        result = Multiply(result, 1UL << shift);
        return value < 0 ? Subtract(0, result) : result;
    }
}
