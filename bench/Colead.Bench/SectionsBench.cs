using System.Diagnostics;
using System.Globalization;
using Colead.Analysis.Agreement;
using Colead.Analysis.Comparison;
using Colead.Analysis.Reliability;
using Colead.Analysis.Scoring;
using Colead.Analysis.Voice;

namespace Colead.Bench;

/// <summary>
/// Everything from raw answers: scores and intervals, agreement and reliability, perception gaps, spread and
/// representativeness, for every organisation, sector and level. The yardstick is one thread that only adds up the bytes
/// of the answers.
/// </summary>
internal static class SectionsBench
{
    public static void Run()
    {
        Console.WriteLine("All sections from raw answers; milliseconds by the clock (processor time)");
        Once(10_000);
        Console.WriteLine($"{"responses",10} {"organisations",13} {"add bytes",12} {"summary",16} {"means",16} {"agreement",16} {"gaps",16} {"spread",16} {"all",16} {"× yardstick",12}");
        foreach (var responses in new[] { 1_000, 10_000, 100_000, 1_000_000 }) Console.WriteLine(Once(responses));
    }

    private static string Once(int responses)
    {
        var answers = SummaryBench.Answers(responses, Math.Max(1, responses / 40));
        var yardstick = Enumerable.Range(0, 5).Select(_ => Timed(() => SummaryBench.SumOfBytes(answers.Codes))).Min();
        var parts = AllSections(answers);
        for (var run = 1; run < 5; run++)
        {
            var again = AllSections(answers);
            if (again.Sum(p => p.Clock) < parts.Sum(p => p.Clock)) parts = again;
        }

        var (clock, processor) = (parts.Sum(p => p.Clock), parts.Sum(p => p.Processor));
        return string.Create(CultureInfo.InvariantCulture,
            $"{responses,10} {answers.Structure.Organisations.Count,13} {yardstick.Clock,12:0.0} ")
            + string.Join(' ', parts.Append((clock, processor))
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1:0.0} ({p.Item2:0})").PadLeft(16)))
            + string.Create(CultureInfo.InvariantCulture, $" {clock / yardstick.Clock,12:0}");
    }

    /// <summary>One run from raw answers to the end: what an earlier section added up, a later one need not add up again.</summary>
    private static (double Clock, double Processor)[] AllSections(AnswerTable answers)
    {
        RoundSummary summary = null!;
        return
        [
            Timed(() => (summary = RoundSummary.Of(answers)).StratumCount),
            Timed(() => SummaryBench.MeansOfEveryGroup(summary)),
            Timed(() => Agreement(summary)),
            Timed(() => Differences(summary)),
            Timed(() => Spread(summary)),
        ];
    }

    /// <summary>Section 2: r_wg(j) and average deviation of every organisation, sector, level and all; ICC; alpha and omega.</summary>
    private static double Agreement(RoundSummary summary)
    {
        var instrument = summary.Instrument;
        var dimensions = instrument.Dimensions.Select((d, i) => (First: instrument.FirstItem(i), d.Items.Count)).ToArray();
        double Of(IReadOnlyList<ItemCounts> items)
        {
            ItemCounts[] own = [.. items];
            double sum = 0;
            foreach (var (first, count) in dimensions)
                sum += WithinGroupAgreement.Of(new ArraySegment<ItemCounts>(own, first, count), instrument.Scale, instrument.SkewedNulls)
                    .AverageDeviation.OrNull ?? 0;
            return sum;
        }

        var check = summary.OfEveryOrganisation(Of).Sum() + summary.BySector().Concat(summary.ByLevel()).Append(summary.All())
            .Sum(g => Of(g.Items));
        for (var d = 0; d < instrument.Dimensions.Count; d++)
        {
            var covariance = Covariance.Of(summary.CrossProducts[d]);
            check += (CronbachAlpha.Of(covariance).Value.OrNull ?? 0) + (McDonaldOmega.Of(covariance).Value.OrNull ?? 0);
            check += IntraclassCorrelation.Of([.. summary.OrganisationMoments(d)]).MeanSquareWithin.OrNull ?? 0;
        }

        return check;
    }

    /// <summary>Section 3: partial pooling with every probability, each organisation against the rest, pairs of levels.</summary>
    private static double Differences(RoundSummary summary)
    {
        double check = 0;
        var measures = summary.Instrument.Dimensions.Count;
        check += InParallel([.. Enumerable.Range(0, measures)], d => PartialPooling.Fit([.. summary.OrganisationMoments(d)])
            .Groups.Sum(g => g.ProbabilityPositive.OrNull ?? 0));
        var sums = Enumerable.Range(0, measures).AsParallel().AsOrdered().Select(d => summary.OrganisationSums(d)).ToArray();
        var rest = Gaps.AgainstRest([.. Enumerable.Range(0, summary.Structure.Organisations.Count)
            .Select(o => (IReadOnlyList<ScoreSums>)[.. sums.Select(s => s[o])])]);
        var levels = Gaps.Pairs([.. summary.ByLevel().Select(l => (IReadOnlyList<Moments>)[.. l.Scores.Select(s => s.ToMoments())])]);
        return check + rest.Sum(g => g.AdjustedP.OrNull ?? 0) + levels.Sum(g => g.Difference.HedgesG.OrNull ?? 0);
    }

    /// <summary>Section 5: polarisation of every statement, response and representativeness by organisation, level and sector.</summary>
    private static double Spread(RoundSummary summary)
    {
        double check = 0;
        foreach (var item in summary.All().Items) check += Polarisation.VanDerEijk(item).Value + Polarisation.LeikD(item).Value
            + Polarisation.NormalisedVariance(item, summary.Instrument.Scale).Value;
        foreach (var by in new[] { summary.OrganisationSums(0), [.. summary.ByLevel().Select(l => l.Measure(0))] })
            check += Representativeness.Of([.. by.Select(s => new ResponseRate(s.Count, s.Count + 10))]).R.OrNull ?? 0;
        return check;
    }

    /// <summary>Measures are pure, so groups and dimensions are shared out among the processors.</summary>
    private static double InParallel<T>(IReadOnlyList<T> groups, Func<T, double> measure)
    {
        var sums = new double[groups.Count];
        Parallel.For(0, groups.Count, g => sums[g] = measure(groups[g]));
        return sums.Sum();
    }

    private static (double Clock, double Processor) Timed(Func<double> work)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        if (double.IsNaN(work())) throw new ArithmeticException("A figure must be finite.");
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }
}
