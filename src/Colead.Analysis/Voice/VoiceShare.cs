namespace Colead.Analysis.Voice;

/// <summary>
/// How evenly voice, power, money or hours are shared among parties, the silent ones counted with 0. "10 members, 5.9
/// effective voices": as uneven as if 5.9 of them spoke equally and the others not at all.
/// </summary>
/// <remarks>
/// p_i = x_i/Σx. Gini 1912; entropy H = −Σ p ln p (0·ln 0 = 0): Shannon 1948; exp(H) and 1/Σp² as numbers of voices:
/// Hill 1973, Jost 2006 (Oikos 113:363); Laakso &amp; Taagepera 1979.
/// </remarks>
/// <param name="Parties">n, silent ones included.</param>
/// <param name="Total">Σx.</param>
/// <param name="Gini">2·Σ i·x₍ᵢ₎/(n·Σx) − (n + 1)/n, 0..(n − 1)/n.</param>
/// <param name="CorrectedGini">× n/(n − 1), 0..1: the one to show.</param>
/// <param name="Entropy">H, 0..ln n.</param>
/// <param name="NormalisedEntropy">H/ln n, 0..1.</param>
/// <param name="EffectiveVoices">exp(H), 1..n: the headline.</param>
/// <param name="EffectiveVoicesSimpson">1/Σp², 1..n, which weighs the loud more.</param>
/// <param name="Concentration">Σp², 1/n..1 (Herfindahl–Hirschman).</param>
/// <param name="TopShare">The largest share.</param>
/// <param name="Silent">Parties with 0.</param>
public sealed record VoiceShare(
    int Parties,
    double Total,
    Figure Gini,
    Figure CorrectedGini,
    Figure Entropy,
    Figure NormalisedEntropy,
    Figure EffectiveVoices,
    Figure EffectiveVoicesSimpson,
    Figure Concentration,
    Figure TopShare,
    int Silent)
{
    /// <summary>Fewest parties for showing any of it.</summary>
    public const int FewestParties = 3;

    public bool MayShow => Parties >= FewestParties && Gini.IsDefined;

    /// <summary>Absent where there are no parties or nothing to share; the corrected and normalised forms also for one party.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative or non-finite amount.</exception>
    public static VoiceShare Of(ReadOnlySpan<double> amounts)
    {
        var x = amounts.ToArray();
        var silent = 0;
        double total = 0;
        foreach (var amount in x)
        {
            if (!(amount >= 0 && double.IsFinite(amount)))
                throw new ArgumentOutOfRangeException(nameof(amounts), amount, "An amount is 0 or more.");
            if (amount == 0) silent++;
        }

        Array.Sort(x); // also fixes the order of summation: the parties' order changes nothing
        foreach (var amount in x) total += amount;
        var n = x.Length;
        if (total == 0)
        {
            var none = Figure.Absent(n == 0 ? Absence.TooFewParties : Absence.NothingToShare);
            return new(n, 0, none, none, none, none, none, none, none, none, silent);
        }

        double spread = 0, entropy = 0, squares = 0;
        for (var i = 0; i < n; i++)
        {
            var p = x[i] / total;
            spread += (2.0 * (i + 1) - n - 1) * p;
            squares += p * p;
            if (p > 0) entropy -= p * Math.Log(p);
        }

        var gini = Math.Max(0, spread / n);
        entropy = Math.Max(0, entropy);
        var alone = Figure.Absent(Absence.TooFewParties);
        return new(
            n,
            total,
            Figure.Of(gini),
            n > 1 ? Figure.Of(gini * n / (n - 1)) : alone,
            Figure.Of(entropy),
            n > 1 ? Figure.Of(entropy / Math.Log(n)) : alone,
            Figure.Of(Math.Exp(entropy)),
            Figure.Of(1 / squares),
            Figure.Of(squares),
            Figure.Of(x[^1] / total),
            silent);
    }
}
