using Colead.Analysis.Instruments;

namespace Colead.Analysis.Agreement;

/// <summary>
/// What r_wg(j) comes to when people answer at random: seeded simulation of its upper quantile against the uniform null.
/// </summary>
/// <remarks>
/// How random answers that hang together are drawn: for each person one common and J own standard normal numbers give
/// z_j = √r·common + √(1 − r)·own_j, whose correlation is r; the option is the one of A equally wide slices of the
/// probability scale that Φ(z_j) falls into. Every option is thus equally likely, and r is the correlation of the
/// underlying normal numbers (that of the answers is a little lower). This is the draw of the R package multilevel
/// (rwg.j.sim), after Dunlap, Burke &amp; Smith-Crowe 2003, J. Applied Psychology 88:356, and Cohen, Doveh &amp; Nahum-Shani
/// 2009, Organizational Research Methods 12:148. Repeating a common answer with some probability instead would give
/// values up to .09 higher.
/// </remarks>
public static class RandomAgreement
{
    /// <summary>
    /// Quantiles (type 7) of r_wg(j), for the options of every entry of <paramref name="optionCounts"/> and J =
    /// 1..<paramref name="items"/>:
    /// <c>result[entry][J − 1]</c>. One set of draws serves all of them.
    /// </summary>
    /// <param name="people">n ≥ 2.</param>
    /// <param name="correlation">r of the underlying normal numbers, 0..1.</param>
    /// <param name="repetitions">Random groups drawn.</param>
    /// <param name="probability">Of the quantile, 0..1.</param>
    public static double[][] Quantiles(
        int people, IReadOnlyList<int> optionCounts, int items, double correlation, int repetitions, ulong seed, double probability = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        var normal = new NormalNumbers(seed);
        double common = Math.Sqrt(correlation), own = Math.Sqrt(1 - correlation);
        var values = optionCounts.Select(_ => Enumerable.Range(0, items).Select(_ => new float[repetitions]).ToArray()).ToArray();
        var position = new double[people, items];
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < people; i++)
            {
                var shared = normal.Next() * common;
                for (var j = 0; j < items; j++) position[i, j] = Distributions.NormalCdf(shared + own * normal.Next());
            }

            for (var o = 0; o < optionCounts.Count; o++)
            {
                double sumOfVariances = 0;
                var uniform = ((double)optionCounts[o] * optionCounts[o] - 1) / 12;
                for (var j = 0; j < items; j++)
                {
                    sumOfVariances += Variance(position, people, j, optionCounts[o]);
                    var random = Math.Min(1, sumOfVariances / (j + 1) / uniform);
                    values[o][j][repetition] = (float)((j + 1) * (1 - random) / ((j + 1) * (1 - random) + random));
                }
            }
        }

        return [.. values.Select(byItems => byItems.Select(v => Quantile(v, probability)).ToArray())];
    }

    private static double Variance(double[,] position, int people, int item, int options)
    {
        long sum = 0, squares = 0;
        for (var i = 0; i < people; i++)
        {
            var x = Math.Min((int)(position[i, item] * options), options - 1);
            sum += x;
            squares += x * x;
        }

        return (double)(people * squares - sum * sum) / ((double)people * (people - 1));
    }

    private static double Quantile(float[] values, double probability)
    {
        Array.Sort(values);
        var at = (values.Length - 1) * probability;
        var below = (int)at;
        var above = Math.Min(below + 1, values.Length - 1);
        return values[below] + (at - below) * (values[above] - (double)values[below]);
    }

    /// <summary>Standard normal numbers in pairs (Box &amp; Muller).</summary>
    private sealed class NormalNumbers(ulong seed)
    {
        private readonly SeededRandom random = new(seed);
        private double second = double.NaN;

        public double Next()
        {
            if (!double.IsNaN(second))
            {
                var kept = second;
                second = double.NaN;
                return kept;
            }

            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            second = radius * sine;
            return radius * cosine;
        }
    }
}

/// <summary>How a group's agreement may be put in words.</summary>
public enum AgreementWord
{
    /// <summary>Fewer than <see cref="WithinGroupAgreement.ShownFrom"/> answers to some item: chance alone could look like
    /// agreement.</summary>
    NotShown,

    /// <summary>r_wg(j) is at least .70 and above what random answers reach once in twenty times.</summary>
    BroadAgreement,

    ViewsVary,
}

/// <summary>What r_wg(j) must exceed so that it is not chance, and the word that follows.</summary>
public static class AgreementReference
{
    /// <summary>r_wg(j) from which "broad agreement" may be said, if it is above chance too.</summary>
    public const double BroadAgreementFrom = 0.70;

    /// <summary>Correlation of the normal numbers behind random answers in the table.</summary>
    public const double Correlation = 0.3;

    /// <summary>
    /// 95th percentile of r_wg(j) against the uniform null when <paramref name="answers"/> people answer
    /// <paramref name="items"/> items at random, by the table (three decimals). Between its rows the next lower number
    /// of people counts. Absent for fewer than 3 people and for more than 12 items.
    /// </summary>
    public static Figure Critical(Scale scale, int items, long answers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        if (items > CriticalAgreementTable.MostItems) return Figure.Absent(Absence.NotComparable);
        var row = -1;
        foreach (var people in CriticalAgreementTable.People)
        {
            if (people > answers) break;
            row++;
        }

        if (row < 0) return Figure.Absent(Absence.TooFewAnswers);
        var rows = CriticalAgreementTable.People.Length;
        var at = ((scale.Options - Scale.FewestOptions) * rows + row) * CriticalAgreementTable.MostItems + items - 1;
        return Figure.Of(CriticalAgreementTable.Thousandths[at] / 1000.0);
    }

    /// <summary>"Broad agreement" or "views vary", by r_wg(j) against the uniform null; not shown under ten answers to any item
    /// used.</summary>
    public static AgreementWord Word(DimensionAgreement agreement, Scale scale)
    {
        if (agreement.FewestAnswers < WithinGroupAgreement.ShownFrom) return AgreementWord.NotShown;
        var critical = Critical(scale, agreement.ItemsUsed, agreement.FewestAnswers);
        if (!critical.IsDefined) return AgreementWord.NotShown;
        var value = agreement.Uniform.Value;
        return value > critical.Value && value >= BroadAgreementFrom ? AgreementWord.BroadAgreement : AgreementWord.ViewsVary;
    }
}
