using System.Globalization;
using Colead.Analysis.Reliability;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Reliability;

public class AlphaAndOmegaTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20261121, 13);

    /// <summary>R's data set attitude: rating, complaints, privileges, learning, raises, critical, advance (Chatterjee &amp; Price
    /// 1977).</summary>
    private const string Attitude = """
        43 51 30 39 61 92 45|63 64 51 54 63 73 47|71 70 68 69 76 86 48|61 63 45 47 54 84 35|81 78 56 66 71 83 47
        43 55 49 44 54 49 34|58 67 42 56 66 68 35|71 75 50 55 70 66 41|72 82 72 67 71 83 31|67 61 45 47 62 80 41
        64 53 53 58 58 67 34|67 60 47 39 59 74 41|69 62 57 42 55 63 25|68 83 83 45 59 77 35|77 77 54 72 79 77 46
        81 90 50 72 60 54 36|74 85 64 69 79 79 63|65 60 65 75 55 80 60|65 70 46 57 75 85 46|50 58 68 54 64 78 52
        50 40 33 34 43 64 33|64 61 52 62 66 80 41|53 66 52 50 63 80 37|40 37 42 58 50 57 49|63 54 42 48 66 75 33
        66 77 66 63 88 76 72|78 75 58 74 80 78 49|48 57 44 45 51 83 38|85 85 71 71 77 74 55|82 82 39 59 64 78 39
        """;

    private static readonly int[] Scores12 = [.. Enumerable.Range(1, 12)];

    [Fact]
    public void Alpha_Attitude_GivesThePublishedValues()
    {
        var rows = Attitude.Split('|', '\n').Where(l => l.Trim().Length > 0)
            .Select(l => l.Trim().Split(' ').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(30, rows.Length);
        var alpha = CronbachAlpha.Of(CovarianceOf(rows));
        var computed = OracleFiles.Published("psych_attitude_alpha").GetProperty("computed");
        OracleFiles.AssertFigure(computed.Number("raw"), alpha.Value, 1e-9, "alpha");
        Assert.Equal(0.84, alpha.Value.Value, 0.005);
        foreach (var (expected, actual) in computed.GetProperty("r_drop").EnumerateObject().Zip(alpha.Items))
            OracleFiles.AssertFigure(expected.Value.GetDouble(), actual.ItemTotal, 1e-9, expected.Name);
        Assert.DoesNotContain(alpha.Items, i => i.IsWeak); // critical has .27, but on 30 rows
    }

    [Fact]
    public void Alpha_WeakItemOnAHundredRows_IsFlagged()
    {
        double[,] matrix = { { 1, 0.6, 0.1 }, { 0.6, 1, 0.1 }, { 0.1, 0.1, 1 } };
        Assert.DoesNotContain(CronbachAlpha.Of(Covariance.Of(matrix, 99)).Items, i => i.IsWeak);
        Assert.Equal([2], CronbachAlpha.Of(Covariance.Of(matrix, 100)).Items.Where(i => i.IsWeak).Select(i => i.Item));
    }

    [Fact]
    public void Omega_HolzingerSwinefordTextual_GivesTheFitInR()
    {
        // Covariances of x4, x5, x6 over 301 pupils, divided by n − 1.
        double[,] s = { { 1.35515, 1.10141, 0.89850 }, { 1.10141, 1.66532, 1.01792 }, { 0.89850, 1.01792, 1.20035 } };
        var covariance = Covariance.Of(s, 301);
        var expected = OracleFiles.Published("lavaan_HS_textual_omega").GetProperty("computed");
        var omega = McDonaldOmega.Of(covariance);
        Assert.Equal(expected.Number("omega")!.Value, omega.Display.Value, 1e-5);
        Assert.Equal(expected.Number("alpha")!.Value, CronbachAlpha.Of(covariance).Value.Value, 1e-5);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(expected.GetProperty("loadings")[j].GetDouble(), omega.Fit!.Loadings[j], 2e-5);
            Assert.Equal(expected.GetProperty("uniq")[j].GetDouble(), omega.Fit.Uniquenesses[j], 2e-5);
        }
    }

    [Fact]
    public void Alpha_DegenerateData_IsAbsentWithTheReason()
    {
        Assert.Equal(Absence.NoAnswers, CronbachAlpha.Of(Covariance.Of(new double[3, 3], 0)).Value.Why);
        Assert.Equal(Absence.TooFewAnswers, CronbachAlpha.Of(Covariance.Of(new double[3, 3], 1)).Value.Why);
        Assert.Equal(Absence.EveryoneAnsweredAlike, CronbachAlpha.Of(Covariance.Of(new double[3, 3], 50)).Value.Why);
        Assert.Equal(Absence.TooFewItems, CronbachAlpha.Of(Covariance.Of(new double[,] { { 1 } }, 50)).Value.Why);
        Assert.Equal(Absence.TooFewItems, CronbachAlpha.Of(Covariance.Of(new double[0, 0], 50)).Value.Why);
        Assert.Null(CronbachAlpha.Of(Covariance.Of(new double[3, 3], 50)).Interval);
        // One item never varies, the others do: alpha stands, that item has no item–total correlation.
        var alpha = CronbachAlpha.Of(Covariance.Of(new double[,] { { 1, 0.5, 0 }, { 0.5, 1, 0 }, { 0, 0, 0 } }, 50));
        Assert.True(alpha.Value.IsDefined);
        Assert.Equal(Absence.EveryoneAnsweredAlike, alpha.Items[2].ItemTotal.Why);
        Assert.Equal(Absence.TooFewItems, CronbachAlpha.Of(Covariance.Of(new double[,] { { 1, 0.5 }, { 0.5, 1 } }, 50)).Items[0]
            .AlphaIfDeleted.Why);
        // Opposite items: the sum score never varies.
        Assert.Equal(Absence.EveryoneAnsweredAlike, CronbachAlpha.Of(Covariance.Of(new double[,] { { 1, -1 }, { -1, 1 } }, 50)).Value.Why);
    }

    [Fact]
    public void Omega_DegenerateData_IsAbsentWithTheReason()
    {
        double[,] good = { { 1, 0.5, 0.5 }, { 0.5, 1, 0.5 }, { 0.5, 0.5, 1 } };
        Assert.Equal(Absence.NoAnswers, McDonaldOmega.Of(Covariance.Of(good, 0)).Value.Why);
        Assert.Equal(Absence.TooFewAnswers, McDonaldOmega.Of(Covariance.Of(good, 9)).Value.Why);
        Assert.Equal(Absence.TooFewAnswers, McDonaldOmega.Of(Covariance.Of(good, 99)).Display.Why);
        Assert.Equal(0.75, McDonaldOmega.Of(Covariance.Of(good, 100)).Display.Value, 1e-12);
        Assert.Equal(Absence.TooFewItems, McDonaldOmega.Of(Covariance.Of(new double[,] { { 1, 0.5 }, { 0.5, 1 } }, 200)).Value.Why);
        Assert.Equal(Absence.EveryoneAnsweredAlike, McDonaldOmega.Of(Covariance.Of(new double[,] { { 1, 0.5, 0 }, { 0.5, 1, 0 },
            { 0, 0, 0 } }, 200)).Value.Why);
        Assert.Equal(Absence.Collinear, McDonaldOmega.Of(Covariance.Of(new double[,] { { 1, 1, 0.5 }, { 1, 1, 0.5 }, { 0.5, 0.5, 1 } },
            200)).Value.Why);
        // No factor explains two positive and one negative correlation.
        var impossible = McDonaldOmega.Of(Covariance.Of(new double[,] { { 1, 0.4, 0.4 }, { 0.4, 1, -0.4 }, { 0.4, -0.4, 1 } }, 200));
        Assert.False(impossible.Display.IsDefined);
    }

    [Fact]
    public void Omega_HeywoodCase_IsComputedButNotShown()
    {
        // r12·r13/r23 > 1: the first item would share more than all of its variance.
        var omega = McDonaldOmega.Of(Covariance.Of(new double[,] { { 1, 0.7, 0.7 }, { 0.7, 1, 0.4 }, { 0.7, 0.4, 1 } }, 200));
        Assert.True(omega.Fit!.IsHeywood);
        Assert.True(omega.Value.IsDefined);
        Assert.Equal(Absence.ImproperSolution, omega.Display.Why);
    }

    [Fact]
    public void OneFactorModel_CovarianceMadeByOneFactor_IsRecoveredAndSaysHow() =>
        Check.One(Random, Prop.ForAll(Gen.Choose(3, 10).SelectMany(j => Gen.Choose(30, 95).Zip(Gen.Choose(5, 40)).ArrayOf(j))
            .ToArbitrary(), items =>
        {
            // Loadings .30 to .95 of item deviations .5 to 4.
            double[] deviation = [.. items.Select(i => i.Item2 / 10.0)];
            double[] loading = [.. items.Select(i => i.Item1 / 100.0)];
            var s = new double[items.Length, items.Length];
            for (var i = 0; i < items.Length; i++)
                for (var j = 0; j < items.Length; j++)
                    s[i, j] = deviation[i] * deviation[j] * (i == j ? 1 : loading[i] * loading[j]);
            var fit = OneFactorModel.Fit(s)!;
            Assert.True(fit.Converged);
            Assert.InRange(fit.Iterations, items.Length == 3 ? 0 : 1, 60);
            Assert.InRange(fit.Discrepancy, 0, 1e-9);
            for (var j = 0; j < items.Length; j++)
            {
                Assert.Equal(loading[j] * deviation[j], fit.Loadings[j], 1e-6 * deviation[j]);
                Assert.Equal((1 - loading[j] * loading[j]) * deviation[j] * deviation[j], fit.Uniquenesses[j],
                    1e-6 * deviation[j] * deviation[j]);
            }
        }));

    [Fact]
    public void OneFactorModel_AnyAnswers_EndsAtAMinimumThatItemOrderAndUnitsDoNotMove() =>
        Check.One(Random.WithMaxTest(60), Prop.ForAll(Gen.Choose(0, 1_000_000).Zip(Gen.Choose(4, 7)).ToArbitrary(), draw =>
        {
            var rows = Answers(new SeededRandom((ulong)draw.Item1), 80, draw.Item2);
            var s = CovarianceOf(rows).Matrix;
            var fit = OneFactorModel.Fit(s)!;
            if (!fit.Converged || fit.IsHeywood) return;
            Assert.True(fit.Discrepancy >= 0);
            for (var p = 0; p < 2 * s.GetLength(0); p++)
                foreach (var step in new[] { 0.99, 1.01 })
                    Assert.True(DiscrepancyAt(s, fit, p, step) >= fit.Discrepancy - 1e-12, "a neighbour is lower");

            var order = Enumerable.Range(0, s.GetLength(0)).Reverse().ToArray();
            var turned = OneFactorModel.Fit(Reordered(s, order, unit: 3))!;
            Assert.Equal(fit.Discrepancy, turned.Discrepancy, 1e-9);
            for (var j = 0; j < order.Length; j++) Assert.Equal(3 * fit.Loadings[order[j]], turned.Loadings[j], 1e-5);
        }));

    [Fact]
    public void AlphaAndItemTotal_AnyAnswers_StayInBoundsAndShiftAndReversalChangeNothing() =>
        Check.One(Random.WithMaxTest(60), Prop.ForAll(Gen.Choose(0, 1_000_000).Zip(Gen.Choose(2, 6)).ToArbitrary(), draw =>
        {
            var rows = Answers(new SeededRandom((ulong)draw.Item1), 25, draw.Item2);
            var alpha = CronbachAlpha.Of(CovarianceOf(rows));
            var turned = CronbachAlpha.Of(CovarianceOf([.. rows.Reverse().Select(r => r.Select(x => 13 - x).ToArray())]));
            Assert.Equal(alpha.Value.Value, turned.Value.Value, 1e-9);
            Assert.True(alpha.Value.Value <= 1);
            Assert.InRange(alpha.Value.Value, alpha.Interval!.Low, alpha.Interval.High);
            Assert.All(alpha.Items, i => Assert.InRange(i.ItemTotal.Value, -1, 1));
            for (var j = 0; j < draw.Item2; j++) Assert.Equal(alpha.Items[j].ItemTotal.Value, turned.Items[j].ItemTotal.Value, 1e-9);
        }));

    [Fact]
    public void Covariance_RawRowsAndCrossProducts_AreTheSameToTheLastDigit()
    {
        foreach (var (set, round) in new[] { ("s02_small12", "1"), ("s03_five_orgs", "1"), ("s04_two_rounds", "2"), ("s07_missing", "1") })
        {
            var answers = OracleFiles.Survey(set, round);
            for (var d = 0; d < 7; d++)
            {
                var raw = Covariance.Of(answers, d);
                var summed = Covariance.Of(CrossProducts.Of(answers, d));
                Assert.Equal(raw.Matrix, summed.Matrix);
                Assert.Equal(raw.CompleteRows, summed.CompleteRows);
                Assert.Equal(raw.ItemsUsed, summed.ItemsUsed);
                Assert.Equal(raw.ItemsDropped, summed.ItemsDropped);
            }
        }
    }

    [Fact]
    public void Covariance_ItemThatNobodyAnswered_IsDroppedAndNamed()
    {
        var covariance = Covariance.Of(OracleFiles.Survey("s07_missing"), 2);
        Assert.Equal([0, 2, 3], covariance.ItemsUsed);
        Assert.Equal([1], covariance.ItemsDropped);
        Assert.Equal([1], CronbachAlpha.Of(covariance).ItemsDropped);
    }

    [Fact]
    public void Covariance_NobodyOfTheGroup_HasNoItemsAndNoRows()
    {
        var covariance = Covariance.Of(OracleFiles.Survey("s07_missing"), 2, _ => false);
        Assert.Equal(0, covariance.CompleteRows);
        Assert.Empty(covariance.ItemsUsed);
        Assert.Equal(Absence.NoAnswers, CronbachAlpha.Of(covariance).Value.Why);
        Assert.Equal(Absence.NoAnswers, McDonaldOmega.Of(covariance).Value.Why);
    }

    /// <summary>Answers on twelve options with a common part.</summary>
    private static double[][] Answers(SeededRandom random, int people, int items) =>
        [.. Enumerable.Range(0, people).Select(_ =>
        {
            var common = random.Next(7);
            return Enumerable.Range(0, items).Select(_ => (double)Scores12[common + random.Next(6)]).ToArray();
        })];

    private static Covariance CovarianceOf(double[][] rows)
    {
        int n = rows.Length, items = rows[0].Length;
        double[] mean = [.. Enumerable.Range(0, items).Select(j => rows.Average(r => r[j]))];
        var matrix = new double[items, items];
        for (var i = 0; i < items; i++)
            for (var j = 0; j < items; j++) matrix[i, j] = rows.Sum(r => (r[i] - mean[i]) * (r[j] - mean[j])) / (n - 1);
        return Covariance.Of(matrix, n);
    }

    private static double[,] Reordered(double[,] s, int[] order, double unit)
    {
        var result = new double[order.Length, order.Length];
        for (var i = 0; i < order.Length; i++)
            for (var j = 0; j < order.Length; j++) result[i, j] = unit * unit * s[order[i], order[j]];
        return result;
    }

    /// <summary>The discrepancy with parameter <paramref name="p"/> multiplied by <paramref name="factor"/>, by general matrix
    /// routines.</summary>
    private static double DiscrepancyAt(double[,] s, OneFactorFit fit, int p, double factor)
    {
        var items = fit.Loadings.Count;
        double At(IReadOnlyList<double> values, int j, int offset) => values[j] * (p == j + offset ? factor : 1);
        var sample = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(s);
        var sigma = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(items, items, (i, j) =>
            At(fit.Loadings, i, 0) * At(fit.Loadings, j, 0) + (i == j ? At(fit.Uniquenesses, j, items) : 0));
        return Math.Log(sigma.Determinant()) + (sample * sigma.Inverse()).Trace() - Math.Log(sample.Determinant()) - items;
    }
}
