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
    private readonly int[] firstItem;
    private readonly Dimension[] dimensions;
    private readonly long[] unit;
    private readonly long[] scaled;
    private readonly bool[] has;
    private readonly int lowest;
    private readonly int dimensionsForOverall;
    private readonly long overallDimensionUnit;
    private readonly long overallUnit;

    public PersonScores(Instrument instrument)
    {
        dimensions = [.. instrument.Dimensions];
        firstItem = [.. dimensions.Select((_, d) => instrument.FirstItem(d))];
        unit = [.. dimensions.Select(d => d.ScoreUnit)];
        scaled = new long[dimensions.Length];
        has = new bool[dimensions.Length];
        lowest = instrument.Scale.Lowest;
        dimensionsForOverall = instrument.DimensionsForOverall;
        overallDimensionUnit = DimensionUnit(instrument);
        overallUnit = OverallUnit(instrument);
    }

    /// <summary>Unit in which every overall score is a whole number.</summary>
    public static long OverallUnit(Instrument instrument) => checked(
        DimensionUnit(instrument) * Numerics.LeastCommonMultiple(instrument.DimensionsForOverall, instrument.Dimensions.Count));

    public bool HasOverall { get; private set; }

    public long ScaledOverall { get; private set; }

    public bool HasScore(int dimension) => has[dimension];

    public long Scaled(int dimension) => scaled[dimension];

    public Figure Score(int dimension) => has[dimension]
        ? Figure.Of((double)scaled[dimension] / unit[dimension])
        : Figure.Absent(Absence.TooFewAnswers);

    public Figure Overall => HasOverall ? Figure.Of((double)ScaledOverall / overallUnit) : Figure.Absent(Absence.TooFewAnswers);

    /// <summary>Scores one row of answer codes.</summary>
    public void Score(ReadOnlySpan<byte> row)
    {
        long sumOfScores = 0;
        var withScore = 0;
        for (var d = 0; d < dimensions.Length; d++)
        {
            var items = row.Slice(firstItem[d], dimensions[d].Items.Count);
            int answered = 0, sum = 0;
            foreach (var code in items)
            {
                if (code is Answer.SkippedCode or Answer.DontKnowCode) continue;
                answered++;
                sum += lowest + code - 1;
            }

            has[d] = answered >= dimensions[d].ItemsForScore;
            if (!has[d]) continue;
            scaled[d] = sum * (unit[d] / answered);
            sumOfScores += scaled[d] * (overallDimensionUnit / unit[d]);
            withScore++;
        }

        HasOverall = withScore >= dimensionsForOverall;
        if (HasOverall) ScaledOverall = sumOfScores * (overallUnit / overallDimensionUnit / withScore);
    }

    private static long DimensionUnit(Instrument instrument) =>
        instrument.Dimensions.Aggregate(1L, (u, d) => Numerics.LeastCommonMultiple(u, d.ScoreUnit));
}
