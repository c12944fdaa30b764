using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using MathNet.Numerics.Optimization;

namespace Colead.Analysis.Networks;

/// <summary>
/// Ratings as mean + rater + rated + rest, raters and rated crossed and random: how a partner is rated when it is allowed for that some
/// rate everyone kindly. Variances by restricted maximum likelihood, effects as best linear unbiased predictions.
/// </summary>
/// <remarks>
/// Kenny 1994, Interpersonal Perception. Computed as Bates, Mächler, Bolker and Walker 2015, Journal of Statistical Software 67(1), section
/// 3: the deviance profiled over the mean and the rest's variance, in the two standard deviations relative to the rest's. Raters are
/// eliminated first, so that a factor as large as the rated is all that is kept.
/// </remarks>
public sealed class RaterAndRated
{
    /// <summary>Fewest ratings.</summary>
    public const int FewestRatings = 30;

    /// <summary>Most partners rated; the work grows with the cube of their number.</summary>
    public const int MostRated = 600;

    private const double Tolerance = 1e-13; // of the deviance: below 1e-6 of an effect
    private const int MostSteps = 2_000;

    private readonly double[] effects; // NaN for those whom nobody rated

    private RaterAndRated(double mean, double raterVariance, double ratedVariance, double residualVariance, double[] effects) =>
        (Mean, RaterVariance, RatedVariance, ResidualVariance, this.effects) =
            (mean, raterVariance, ratedVariance, residualVariance, effects);

    /// <summary>The model's mean, of the scale's units.</summary>
    public double Mean { get; }

    /// <summary>How much raters differ in kindness.</summary>
    public double RaterVariance { get; }

    /// <summary>How much partners differ in how they are rated.</summary>
    public double RatedVariance { get; }

    public double ResidualVariance { get; }

    /// <summary>How far above the mean a partner is rated, shrunk by how little is known of it. Absent where nobody rated it.</summary>
    public Figure Effect(int node) => double.IsNaN(effects[node]) ? Figure.Absent(Absence.NoAnswers) : Figure.Of(effects[node]);

    /// <summary>Fits the model; ratings without a score are left out.</summary>
    /// <param name="why">Why there is no fit: fewer than <see cref="FewestRatings"/>, more than <see cref="MostRated"/>, everyone rated
    /// alike, or a search that did not end.</param>
    public static RaterAndRated? Of(Ratings ratings, out Absence why)
    {
        var network = ratings.Network;
        var known = Enumerable.Range(0, network.Arcs.Count).Where(i => ratings.Scores[i].IsDefined)
            .Select(i => (network.Arcs[i].From, network.Arcs[i].To, ratings.Scores[i].Value)).ToList();
        var rated = known.Select(r => r.To).Distinct().Order().ToList();
        if (known.Count < FewestRatings) return None(Absence.TooFewAnswers, out why);
        if (rated.Count > MostRated) return None(Absence.NotComputed, out why);
        if (Numerics.IsZeroVariance(ratings.All.SampleVariance.Value)) return None(Absence.EveryoneAnsweredAlike, out why);
        var place = rated.Select((node, i) => (node, i)).ToDictionary(p => p.node, p => p.i);
        var model = new Model([.. known.GroupBy(r => r.From).OrderBy(g => g.Key)
            .Select(g => g.Select(r => (place[r.To], r.Value)).ToArray())], rated.Count);
        try
        {
            var (x, y) = FindMinimum.OfFunction(model.Deviance, 0.5, 1, Tolerance, MostSteps);
            // afresh, so that a simplex that fell flat is no end
            (x, y) = FindMinimum.OfFunction(model.Deviance, x, y, Tolerance, MostSteps);
            var fit = model.Solve(x, y);
            var effects = Enumerable.Repeat(double.NaN, network.Count).ToArray();
            for (var i = 0; i < rated.Count; i++) effects[rated[i]] = fit.Effects[i];
            why = default;
            return new(fit.Mean, x * x * fit.Residual, y * y * fit.Residual, fit.Residual, effects);
        }
        catch (OptimizationException)
        {
            return None(Absence.NotConverged, out why);
        }
    }

    private static RaterAndRated? None(Absence reason, out Absence why)
    {
        why = reason;
        return null;
    }

    /// <param name="raters">Of each rater, whom it rated, by place, and how.</param>
    private sealed class Model((int Rated, double Score)[][] raters, int rated)
    {
        private readonly int n = raters.Sum(r => r.Length);
        private readonly double squares = raters.Sum(r => r.Sum(x => x.Score * x.Score));
        private readonly double sum = raters.Sum(r => r.Sum(x => x.Score));

        public double Deviance(double rater, double target)
        {
            var fit = Solve(rater, target);
            return fit.LogDeterminant + ((n - 1) * Math.Log(fit.Residual));
        }

        /// <summary>The best mean, effects and rest's variance for two relative standard deviations, whose signs do not matter.</summary>
        public (double Mean, double Residual, double LogDeterminant, double[] Effects) Solve(double rater, double target)
        {
            // the raters taken out of: the matrix, the ratings' and the ones' right sides
            var (factor, y, one) = (new double[rated][], new double[rated], new double[rated]);
            for (var i = 0; i < rated; i++)
            {
                factor[i] = new double[i + 1];
                factor[i][i] = 1;
            }

            double logDeterminant = 0, yy = 0, yOne = 0, oneOne = 0; // what the raters explain of each product
            foreach (var given in raters)
            {
                var total = given.Sum(g => g.Score);
                var pivot = (rater * rater * given.Length) + 1;
                var share = rater * rater / pivot;
                logDeterminant += Math.Log(pivot);
                yy += share * total * total;
                yOne += share * total * given.Length;
                oneOne += share * given.Length * given.Length;
                foreach (var (place, score) in given)
                {
                    factor[place][place] += target * target;
                    y[place] += target * (score - (share * total));
                    one[place] += target * (1 - (share * given.Length));
                    foreach (var (other, _) in given)
                        if (other <= place) factor[place][other] -= target * target * share;
                }
            }

            logDeterminant += Factorise(factor);
            var (solvedY, solvedOne) = (Forward(factor, y), Forward(factor, one));
            yy = squares - yy - Dot(solvedY, solvedY);
            yOne = sum - yOne - Dot(solvedY, solvedOne);
            oneOne = n - oneOne - Dot(solvedOne, solvedOne);
            var mean = yOne / oneOne;
            var effects = Backward(factor, [.. solvedY.Zip(solvedOne, (a, b) => a - (mean * b))]);
            return (mean, (yy - (mean * yOne)) / (n - 1), logDeterminant + Math.Log(oneOne), [.. effects.Select(e => target * e)]);
        }

        /// <summary>Cholesky, row by row in place; returns the logarithm of the determinant.</summary>
        private static double Factorise(double[][] a)
        {
            double log = 0;
            for (var i = 0; i < a.Length; i++)
            {
                for (var j = 0; j < i; j++) a[i][j] = (a[i][j] - Dot(a[i].AsSpan(0, j), a[j].AsSpan(0, j))) / a[j][j];
                a[i][i] = Math.Sqrt(a[i][i] - Dot(a[i].AsSpan(0, i), a[i].AsSpan(0, i)));
                log += 2 * Math.Log(a[i][i]);
            }

            return log;
        }

        private static double[] Forward(double[][] factor, double[] right)
        {
            var x = new double[right.Length];
            for (var i = 0; i < x.Length; i++) x[i] = (right[i] - Dot(factor[i].AsSpan(0, i), x.AsSpan(0, i))) / factor[i][i];
            return x;
        }

        private static double[] Backward(double[][] factor, double[] right)
        {
            for (var i = right.Length - 1; i >= 0; i--)
            {
                right[i] /= factor[i][i];
                for (var j = 0; j < i; j++) right[j] -= factor[i][j] * right[i];
            }

            return right;
        }

        /// <summary>Four products at once: nearly all of the time is spent here.</summary>
        private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            var left = MemoryMarshal.Cast<double, Vector256<double>>(a);
            var right = MemoryMarshal.Cast<double, Vector256<double>>(b);
            var sums = Vector256<double>.Zero;
            for (var i = 0; i < left.Length; i++) sums += left[i] * right[i];
            var sum = Vector256.Sum(sums);
            for (var i = 4 * left.Length; i < a.Length; i++) sum += a[i] * b[i];
            return sum;
        }
    }
}
