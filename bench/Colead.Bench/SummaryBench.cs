using System.Diagnostics;
using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// Sufficient statistics from raw answers and from storage. Yardsticks in the same run: one thread that only adds up the
/// same bytes, and one Cronbach's alpha from covariances by the plain two-pass formula.
/// </summary>
internal static class SummaryBench
{
    private const int Items = 30;
    private static readonly int[] ItemsByDimension = [6, 4, 4, 4, 4, 4, 4];

    public static void Run() => UpTo(1_000_000);

    /// <summary>To ten million responses: takes some GB and a minute.</summary>
    public static void RunDeep() => UpTo(10_000_000);

    private static void UpTo(int largest)
    {
        Write($"{Environment.ProcessorCount} processors; 30 items on twelve points, 12 % missing, 40 responses an organisation; milliseconds");
        One(1000, quiet: true); // warms up
        Write($"{"responses",10} {"organisations",13} {"strata",8} {"bytes summed",13} {"summary",9} {"ratio",6} {"alpha",8} {"means",9} {"view",7} {"write",7} {"bytes",11} {"read",7} {"read all",8} {"memory",8}");
        for (var n = 1000; n <= largest; n *= 10) One(n, quiet: false);
    }

    private static void One(int responses, bool quiet)
    {
        var answers = Answers(responses, Math.Max(1, responses / 40));
        var repeat = responses <= 100_000 ? 5 : 3;
        long sumOfBytes = 0;
        var yardstick = Best(repeat, () => sumOfBytes = SumOfBytes(answers.Codes));
        double alphaValue = 0;
        var alpha = Best(repeat, () => alphaValue = PlainAlpha(answers), out var alphaCpu);
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        RoundSummary summary = null!;
        var fill = Best(repeat, () => summary = RoundSummary.Of(answers), out var fillCpu);
        var held = GC.GetTotalMemory(true) - before;
        double check = 0;
        var means = Best(repeat, () => check = MeansOfEveryGroup(summary), out var meansCpu);
        var view = Best(repeat, () => summary.All(), out var viewCpu);
        byte[] bytes = [];
        var write = Best(1, () => bytes = summary.Write());
        var read = Best(repeat, () => RoundSummary.Read(bytes, answers.Instrument, answers.Structure));
        var readAll = Best(repeat, () => RoundSummary.ReadAll(bytes, answers.Instrument, answers.Structure));
        if (quiet || sumOfBytes < 0 || double.IsNaN(alphaValue) || double.IsNaN(check)) return;
        Write($"{responses,10} {answers.Structure.Organisations.Count,13} {summary.StratumCount,8} {Ms(yardstick),13} {Ms(fill),9} {fill / yardstick,6:F1} {Ms(alpha),8} {Ms(means),9} {Ms(view),7} {Ms(write),7} {bytes.Length,11} {Ms(read),7} {Ms(readAll),8} {held / 1e6,6:F0} MB");
        if (responses >= 1_000_000)
            Write($"  processor time: summary {Ms(fillCpu)}, one alpha {Ms(alphaCpu)}, means {Ms(meansCpu)}, view {Ms(viewCpu)}");
        if (responses >= 1_000_000) Write($"  peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB, of which answers {answers.Codes.Length / 1e6:F0} MB");
    }

    /// <summary>Every dimension: pooled variance, intervals of all, sectors, levels and organisations, headlines; every item of
    /// all.</summary>
    internal static double MeansOfEveryGroup(RoundSummary summary)
    {
        var scale = summary.Instrument.Scale;
        var all = summary.All();
        var levels = summary.ByLevel();
        var sectors = summary.BySector();
        var checks = new double[summary.OverallMeasure + 1];
        Parallel.For(0, checks.Length, m =>
        {
            double check = 0;
            var organisations = summary.OrganisationMoments(m);
            var prior = PooledVariance.WithinGroups(organisations, scale);
            foreach (var organisation in organisations)
                check += GroupMean.Of(organisation, Counted.DimensionScores, organisation.Count + 10, prior, scale).Moderated?.Interval.Low
                    ?? 0;
            foreach (var group in levels.Concat(sectors)) check += GroupMean.Of(group.Measure(m).ToMoments(), Counted.DimensionScores,
                null, prior, scale).Mean.Count;
            check += Headlines.Of(
                all.Measure(m).ToMoments(), organisations, [.. levels.Select(l => l.Measure(m).ToMoments())],
                [.. levels.Select(l => l.Respondents)], Counted.DimensionScores, prior, scale).Shown.Mean.Value.Value;
            checks[m] = check;
        });

        return checks.Sum() + all.Items.Sum(i => ItemResult.Of(i, scale).Mean.Count);
    }

    internal static AnswerTable Answers(int responses, int organisations)
    {
        var instrument = new Instrument("bench", "1", Scale.TwelvePoint, [.. ItemsByDimension.Select((n, d) =>
            new Dimension($"d{d + 1}", [.. Enumerable.Range(1, n).Select(i => new Item($"d{d + 1}_{i}"))]))]);
        var structure = new Structure([.. Enumerable.Range(0, organisations).Select(o => new Organisation($"O{o}", Field.Sectors[o % 3]))],
            Field.Levels);
        var random = new SeededRandom(1);
        var organisation = new int[responses];
        var level = new byte[responses];
        var codes = new byte[responses * Items];
        for (var r = 0; r < responses; r++)
        {
            organisation[r] = random.Next(organisations);
            level[r] = (byte)random.Next(6);
            var mood = random.Next(5);
            for (var i = 0; i < Items; i++)
            {
                var draw = random.Next(100);
                codes[r * Items + i] = draw < 6 ? Answer.SkippedCode : draw < 12 ? Answer.DontKnowCode : (byte)(1 + mood + random.Next(8));
            }
        }

        return new AnswerTable(instrument, structure, organisation, level, codes);
    }

    internal static long SumOfBytes(ReadOnlySpan<byte> codes)
    {
        long sum = 0;
        foreach (var code in codes) sum += code;
        return sum;
    }

    /// <summary>Alpha of the first dimension: complete rows, two passes, covariance matrix.</summary>
    private static double PlainAlpha(AnswerTable answers)
    {
        const int k = 6;
        var mean = new double[k];
        var covariance = new double[k, k];
        long n = 0;
        for (var r = 0; r < answers.Rows; r++)
        {
            var row = answers.Row(r)[..k];
            if (row.ContainsAny(Answer.SkippedCode, Answer.DontKnowCode)) continue;
            n++;
            for (var j = 0; j < k; j++) mean[j] += row[j];
        }

        for (var j = 0; j < k; j++) mean[j] /= n;
        for (var r = 0; r < answers.Rows; r++)
        {
            var row = answers.Row(r)[..k];
            if (row.ContainsAny(Answer.SkippedCode, Answer.DontKnowCode)) continue;
            for (var j = 0; j < k; j++)
                for (var l = 0; l < k; l++) covariance[j, l] += (row[j] - mean[j]) * (row[l] - mean[l]);
        }

        double own = 0, total = 0;
        for (var j = 0; j < k; j++)
        {
            own += covariance[j, j];
            for (var l = 0; l < k; l++) total += covariance[j, l];
        }

        return k / (k - 1.0) * (1 - own / total);
    }

    private static double Best(int repeat, Action action) => Best(repeat, action, out _);

    /// <summary>Quickest of several runs, and the processor time of the thriftiest, which a busy machine disturbs less.</summary>
    private static double Best(int repeat, Action action, out double processor)
    {
        var best = double.MaxValue;
        processor = double.MaxValue;
        for (var i = 0; i < repeat; i++)
        {
            var used = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            action();
            best = Math.Min(best, clock.Elapsed.TotalMilliseconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
        }

        return best;
    }

    private static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
