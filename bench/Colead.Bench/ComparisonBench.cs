using System.Diagnostics;
using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Comparison;
using Colead.Analysis.Matching;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// Comparisons over 25,000 organisations × 8 measures, and the roll-up of 10,000 partnerships, against a bare pass that
/// only adds up the same moments. Processor time of this process, best of several runs.
/// </summary>
internal static class ComparisonBench
{
    private const int Organisations = 25_000;
    private const int Measures = 8;

    public static void Run()
    {
        var random = new SeededRandom(7);
        var sums = new ScoreSums[Organisations][];
        for (var o = 0; o < Organisations; o++)
        {
            sums[o] = new ScoreSums[Measures];
            var people = 1 + random.Next(79);
            for (var d = 0; d < Measures; d++)
            {
                sums[o][d] = ScoreSums.Empty(12);
                for (var p = 0; p < people; p++) sums[o][d] = sums[o][d].Add(12 + random.Next(49));
            }
        }

        var columns = new Moments[Measures][];
        for (var d = 0; d < Measures; d++) columns[d] = Array.ConvertAll(sums, s => s[d].ToMoments());
        var partnerships = Enumerable.Range(0, 10_000).Select(p => new PublishedPartnership(
            $"P{p}",
            [.. Enumerable.Range(0, Measures).Select(_ =>
            {
                var mean = 1 + random.Next(41) / 10.0;
                return new PublishedMean(10 + random.Next(200), Figure.Of(mean),
                    new(mean - 0.3, mean + 0.3, IntervalMethod.ModeratedTFinitePopulation, 0.95));
            })])).ToList();

        var yardstick = Measure(() =>
        {
            double total = 0;
            foreach (var column in columns)
                foreach (ref readonly var m in column.AsSpan()) total += m.Count * m.Mean + m.SumOfSquares;
            return total;
        });
        Console.WriteLine($"Comparisons: {Organisations:N0} organisations × {Measures} measures");
        Print("adding up the moments once", yardstick, yardstick);
        Print("partial pooling, all measures", Measure(() => columns.Sum(c => PartialPooling.Fit(c).Mu.Value)), yardstick);
        Print("with every gap's probability", Measure(() => columns.Sum(c => PartialPooling.Fit(c)
            .Groups.Sum(g => g.ProbabilityPositive.Value))), yardstick);
        Print("each against the rest, adjusted p", Measure(() => Gaps.AgainstRest(sums)[0].Difference.First.Mean), yardstick);
        Print("roll-up of 10,000 partnerships", Measure(() => NetworkRollUp.Of(partnerships).Dimensions[0].Median.Value), yardstick);
    }

    private static double Measure(Func<double> work)
    {
        var best = double.MaxValue;
        for (var run = 0; run < 12; run++)
        {
            using var process = Process.GetCurrentProcess();
            var start = process.TotalProcessorTime;
            var result = work();
            process.Refresh();
            var spent = (process.TotalProcessorTime - start).TotalMilliseconds;
            if (!double.IsFinite(result)) throw new ArithmeticException("The benchmark computed nothing.");
            best = Math.Min(best, spent);
        }

        return best;
    }

    private static void Print(string what, double milliseconds, double yardstick) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"  {what,-36}{milliseconds,9:F2} ms{milliseconds / yardstick,9:F1} × yardstick"));
}
