namespace Colead.Analysis.Comparison;

/// <summary>
/// Random-effects summary of estimates with known sampling variances, by DerSimonian and Laird's moments, with each
/// estimate's best linear unbiased prediction.
/// </summary>
/// <remarks>
/// w = 1/v, Q = Σ w(y − ȳ_w)², τ² = max(0, (Q − (k − 1))/(Σw − Σw²/Σw)), w* = 1/(τ² + v), μ = Σ w* y/Σ w*, se = 1/√Σ w*,
/// I² = 100·max(0, (Q − (k − 1))/Q), B = τ²/(τ² + v), prediction μ + B(y − μ), its se √(B·v + (1 − B)²·se²).
/// DerSimonian &amp; Laird 1986, Controlled Clinical Trials 7:177.
/// </remarks>
public static class RandomEffects
{
    /// <param name="estimates">y.</param>
    /// <param name="variances">v, all positive.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a variance is not positive.</exception>
    public static RandomEffectsFit DerSimonianLaird(ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances)
    {
        if (estimates.Length != variances.Length) throw new ArgumentException("Each estimate has a variance.", nameof(variances));
        foreach (var v in variances)
            if (!(v > 0)) throw new ArgumentException("Sampling variances are positive.", nameof(variances));
        if (estimates.Length < 2) return RandomEffectsFit.Absent(Absence.TooFewGroups);

        double sum = 0, squares = 0, weighted = 0;
        for (var i = 0; i < estimates.Length; i++)
        {
            var w = 1 / variances[i];
            sum += w;
            squares += w * w;
            weighted += w * estimates[i];
        }

        double q = 0;
        for (var i = 0; i < estimates.Length; i++) q += (estimates[i] - weighted / sum) * (estimates[i] - weighted / sum) / variances[i];
        var excess = q - (estimates.Length - 1);
        var tau2 = Math.Max(0, excess / (sum - squares / sum));
        if (Numerics.IsZeroVariance(tau2)) tau2 = 0;

        sum = weighted = 0;
        for (var i = 0; i < estimates.Length; i++)
        {
            var w = 1 / (tau2 + variances[i]);
            sum += w;
            weighted += w * estimates[i];
        }

        var mu = weighted / sum;
        var effects = new ShrunkenEffect[estimates.Length];
        for (var i = 0; i < effects.Length; i++)
        {
            var b = tau2 / (tau2 + variances[i]);
            effects[i] = new(mu + b * (estimates[i] - mu), Math.Sqrt(b * variances[i] + (1 - b) * (1 - b) / sum));
        }

        return new(Figure.Of(mu), Figure.Of(Math.Sqrt(1 / sum)), Figure.Of(tau2), Figure.Of(tau2 > 0 ? 100 * excess / q : 0), effects);
    }
}

/// <summary>A random-effects fit; I² in percent, 0..100.</summary>
public sealed record RandomEffectsFit(Figure Mu, Figure MuStandardError, Figure Tau2, Figure I2, IReadOnlyList<ShrunkenEffect> Effects)
{
    public bool IsDefined => Mu.IsDefined;

    internal static RandomEffectsFit Absent(Absence why)
    {
        var none = Figure.Absent(why);
        return new(none, none, none, none, []);
    }
}

/// <summary>An estimate drawn towards the common one.</summary>
public readonly record struct ShrunkenEffect(double Value, double StandardError);
