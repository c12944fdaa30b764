using System.Numerics;

namespace Colead.Analysis;

/// <summary>
/// xoshiro256** seeded by SplitMix64: the same numbers from the same seed on every machine and in every version, which
/// the platform's own generator does not promise. For simulation and tie-breaking, never for secrets.
/// Not for sharing between threads.
/// </summary>
/// <remarks>Blackman &amp; Vigna 2021, ACM Transactions on Mathematical Software 47:36.</remarks>
public sealed class SeededRandom
{
    private ulong s0, s1, s2, s3;

    public SeededRandom(ulong seed)
    {
        s0 = SplitMix(ref seed);
        s1 = SplitMix(ref seed);
        s2 = SplitMix(ref seed);
        s3 = SplitMix(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform integer in 0..<paramref name="below"/> − 1, without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is not positive.</exception>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        // Lemire's multiplication with rejection of the few values that would favour some results.
        var product = (NextBits() >> 32) * (ulong)below;
        if ((uint)product < (uint)below)
        {
            var threshold = (uint)(0x1_0000_0000UL % (uint)below);
            while ((uint)product < threshold) product = (NextBits() >> 32) * (ulong)below;
        }

        return (int)(product >> 32);
    }

    /// <summary>Fisher–Yates: every order is equally likely.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
