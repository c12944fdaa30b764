using Colead.Analysis.Comparison;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Agreement;

/// <summary>The spread of one statement's or dimension's answers, as far as a test of agreement needs it.</summary>
/// <param name="People">n, 10 or more.</param>
/// <param name="Ratio">s² (or S) over the null variance σ², above 0.</param>
/// <param name="LogError">Standard deviation of ln s² (ln S) over draws of people, above 0.</param>
/// <param name="Cut">The ratio that gives r_wg, or r_wg(j), of .70.</param>
/// <param name="Items">J.</param>
public readonly record struct SpreadOfAnswers(long People, double Ratio, double LogError, double Cut, int Items);

/// <summary>What the test says of one statement or dimension.</summary>
/// <param name="Agreed">Broad agreement.</param>
/// <param name="Low">The lower end of r_wg or r_wg(j), 0..1; at least .70 exactly where agreed.</param>
public readonly record struct AgreementVerdict(bool Agreed, double Low);

/// <summary>
/// Whether people agree, beyond what chance in who answered explains: is r_wg (or r_wg(j)) clearly at least .70? The statements (or the
/// dimensions) of a view are
/// one family, because among thirty some pass by chance.
/// </summary>
/// <remarks>
/// x = ln(cut·σ²/s²)/sd of ln s² over 1,000 seeded draws of people with replacement; one-sided t on n − 1 degrees of freedom;
/// Benjamini–Hochberg at .05. The end
/// shown takes t at 1 − .05·max(r, 1)/J, r agreed of J, so that end and word say the same. Beyond <see cref="MostDrawn"/> people the
/// draws would only repeat
/// what the fourth moment says. Of a dimension, S is the mean of its statements' variances; their draws hang together by the squares of
/// the correlations of
/// answers, and where these may not be used, fully. Efron &amp; Tibshirani 1993, An Introduction to the Bootstrap; LeBreton &amp; Senter
/// 2008.
/// </remarks>
public static class AgreementTest
{
    /// <summary>Draws of people.</summary>
    public const int Draws = 1000;

    /// <summary>From more people on, the delta method stands in for the draws.</summary>
    public const int MostDrawn = 400;

    private const double Rate = 0.05;
    private const ulong Seed = 19840185;

    /// <summary>The ratio S/σ² at which r_wg(j) of <paramref name="items"/> statements is .70.</summary>
    public static double Cut(int items)
    {
        const double from = AgreementReference.BroadAgreementFrom;
        return items * (1 - from) / (items * (1 - from) + from);
    }

    /// <summary>Of one statement; null under ten answers, and where all are alike.</summary>
    public static SpreadOfAnswers? Of(ItemCounts item, Scale scale)
    {
        var moments = item.ToMoments(scale);
        if (moments.Count < WithinGroupAgreement.ShownFrom || moments.SampleVariance.Value <= 0) return null;
        return new(moments.Count, moments.SampleVariance.Value / scale.UniformVariance, LogError(item.Options, moments, scale), Cut(1), 1);
    }

    /// <summary>Of a dimension; null where one of its statements has under ten answers, and where all are alike on each.</summary>
    /// <param name="correlation">Of the answers to two of the statements; null where it may not be used.</param>
    public static SpreadOfAnswers? Of(IReadOnlyList<ItemCounts> items, Scale scale, Func<int, int, double>? correlation)
    {
        var moments = items.Select(i => i.ToMoments(scale)).ToList();
        if (moments.Exists(m => m.Count < WithinGroupAgreement.ShownFrom)) return null;
        var error = items.Select((item, i) => moments[i].SampleVariance.Value is > 0 and var s2 ? s2 * LogError(item.Options, moments[i],
            scale) : 0).ToList();
        double sum = moments.Sum(m => m.SampleVariance.Value), variance = 0;
        if (sum <= 0) return null;
        for (var j = 0; j < items.Count; j++)
            for (var k = 0; k < items.Count; k++)
            {
                var together = j == k || correlation is null ? 1 : Math.Clamp(correlation(j, k) * correlation(j, k), 0, 1);
                variance += together * error[j] * error[k];
            }

        return new(moments.Min(m => m.Count), sum / items.Count / scale.UniformVariance, Math.Sqrt(variance) / sum, Cut(items.Count),
            items.Count);
    }

    /// <summary>A verdict for each member of a family; null where there was nothing to test.</summary>
    public static IReadOnlyList<AgreementVerdict?> Decide(IReadOnlyList<SpreadOfAnswers?> family)
    {
        var adjusted = BenjaminiHochberg.Adjust([.. family.Select(s => s is { } spread
            ? Figure.Of(Distributions.StudentTUpperTail(Math.Log(spread.Cut / spread.Ratio) / spread.LogError, spread.People - 1))
            : Figure.Absent(Absence.TooFewAnswers))]);
        var agreed = adjusted.Count(p => p.OrNull is <= Rate);
        var tested = adjusted.Count(p => p.IsDefined);
        return [.. family.Select((s, i) => s is { } spread ? Verdict(spread, adjusted[i].Value <= Rate) : (AgreementVerdict?)null)];

        AgreementVerdict Verdict(SpreadOfAnswers spread, bool word)
        {
            var t = Distributions.StudentTQuantile(1 - Rate * Math.Max(agreed, 1) / tested, spread.People - 1);
            var random = Math.Min(1, spread.Ratio * Math.Exp(t * spread.LogError));
            var low = spread.Items * (1 - random) / (spread.Items * (1 - random) + random);
            // At the very cut the two could part by a rounding of the last digit.
            return new(word, word ? Math.Max(low, AgreementReference.BroadAgreementFrom) : Math.Min(low,
                Math.BitDecrement(AgreementReference.BroadAgreementFrom)));
        }
    }

    private static double LogError(ReadOnlySpan<long> counts, Moments moments, Scale scale)
    {
        var n = (int)Math.Min(moments.Count, int.MaxValue);
        if (n > MostDrawn)
        {
            double fourth = 0;
            for (var o = 0; o < counts.Length; o++) fourth += counts[o] * Math.Pow(scale.Lowest + o - moments.Mean, 4);
            var variance = moments.PopulationVariance.Value;
            return Math.Sqrt(Math.Max(1e-12, (fourth / n / (variance * variance) - (n - 3.0) / (n - 1)) / n));
        }

        var option = new byte[n];
        var at = 0;
        for (var o = 0; o < counts.Length; o++)
            for (var c = 0L; c < counts[o]; c++) option[at++] = (byte)o;
        var random = new SeededRandom(Seed);
        double sum = 0, squares = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            long total = 0, totalOfSquares = 0;
            for (var i = 0; i < n; i++)
            {
                var x = option[random.Next(n)];
                total += x;
                totalOfSquares += x * x;
            }

            // A draw in which all are alike stands for the least variance there can be.
            var log = Math.Log(Math.Max(n - 1, n * totalOfSquares - total * total));
            sum += log;
            squares += log * log;
        }

        return Math.Sqrt(Math.Max(1e-12, (squares - sum * sum / Draws) / (Draws - 1)));
    }
}
