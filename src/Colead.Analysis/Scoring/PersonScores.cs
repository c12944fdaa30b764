using System.Runtime.CompilerServices;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// A person's dimension scores by the half rule: the mean of the answered items where at least half of them, rounded
/// up, are answered; the overall score is the unweighted mean of the dimension scores where at least half of the
/// dimensions, rounded up (4 of 7), have one. Kept as integers: a score is <c>Scaled / Unit</c>, exactly.
/// One instance scores row after row; it is not for sharing between threads.
/// </summary>
/// <remarks>Half rule: SF-36 and EORTC scoring manuals; Schafer &amp; Graham 2002, Psychological Methods 7:147.</remarks>
public sealed class PersonScores
{
    private readonly DimensionRule[] rules;
    private readonly long[] scaled;
    private readonly int[] answered;
    private readonly int[] sums;
    private readonly int lowest;
    private readonly int dimensionsForOverall;
    private readonly long[] overallFactor;
    private readonly long overallUnit;
    private int dimensionsWithScore;

    public PersonScores(Instrument instrument)
    {
        var dimensionUnit = DimensionUnit(instrument);
        overallUnit = OverallUnit(instrument);
        lowest = instrument.Scale.Lowest;
        dimensionsForOverall = instrument.DimensionsForOverall;
        rules = [.. instrument.Dimensions.Select((d, i) => new DimensionRule(
            instrument.FirstItem(i), d.Items.Count, d.ItemsForScore, d.ScoreUnit,
            Factors(d.ScoreUnit, d.ItemsForScore, d.Items.Count), dimensionUnit / d.ScoreUnit))];
        overallFactor = Factors(overallUnit / dimensionUnit, dimensionsForOverall, rules.Length);
        scaled = new long[rules.Length];
        answered = new int[rules.Length];
        sums = new int[rules.Length];
    }

    /// <summary>Unit in which every overall score is a whole number.</summary>
    public static long OverallUnit(Instrument instrument) => checked(
        DimensionUnit(instrument) * Numerics.LeastCommonMultiple(instrument.DimensionsForOverall, instrument.Dimensions.Count));

    public bool HasOverall => dimensionsWithScore >= dimensionsForOverall;

    public long ScaledOverall { get; private set; }

    /// <summary>The overall score, if any, lacks a dimension.</summary>
    public bool OverallIsIncomplete => dimensionsWithScore < rules.Length;

    public bool HasScore(int dimension) => answered[dimension] >= rules[dimension].Needed;

    public long Scaled(int dimension) => scaled[dimension];

    /// <summary>The dimension's score, if any, lacks an item.</summary>
    public bool IsIncomplete(int dimension) => answered[dimension] < rules[dimension].Items;

    public Figure Score(int dimension) => HasScore(dimension)
        ? Figure.Of((double)scaled[dimension] / rules[dimension].Unit)
        : Figure.Absent(Absence.TooFewAnswers);

    public Figure Overall => HasOverall ? Figure.Of((double)ScaledOverall / overallUnit) : Figure.Absent(Absence.TooFewAnswers);

    /// <summary>Scores one row of answer codes.</summary>
    public void Score(ReadOnlySpan<byte> row)
    {
        for (var d = 0; d < rules.Length; d++)
        {
            int n = 0, sum = 0;
            foreach (var code in row.Slice(rules[d].First, rules[d].Items))
            {
                if (code is Answer.SkippedCode or Answer.DontKnowCode) continue;
                n++;
                sum += code;
            }

            Answered(d, n, sum);
        }

        Score();
    }

    /// <summary>Says how many items of a dimension were answered, and the sum of their option numbers.</summary>
    internal void Answered(int dimension, int items, int sumOfCodes)
    {
        answered[dimension] = items;
        sums[dimension] = sumOfCodes;
    }

    /// <summary>Scores what was answered in every dimension.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Score()
    {
        long sumOfScores = 0;
        var withScore = 0;
        for (var d = 0; d < rules.Length; d++)
        {
            ref readonly var rule = ref rules[d];
            var n = answered[d];
            if (n < rule.Needed) continue;
            scaled[d] = (sums[d] + n * ((long)lowest - 1)) * rule.Factor[n];
            sumOfScores += scaled[d] * rule.ToOverall;
            withScore++;
        }

        dimensionsWithScore = withScore;
        if (HasOverall) ScaledOverall = sumOfScores * overallFactor[withScore];
    }

    private static long DimensionUnit(Instrument instrument) =>
        instrument.Dimensions.Aggregate(1L, (u, d) => Numerics.LeastCommonMultiple(u, d.ScoreUnit));

    /// <summary>unit / n for every allowed divisor n.</summary>
    private static long[] Factors(long unit, int from, int to) =>
        [.. Enumerable.Range(0, to + 1).Select(n => n < from ? 0 : unit / n)];

    private readonly record struct DimensionRule(int First, int Items, int Needed, long Unit, long[] Factor, long ToOverall);
}
