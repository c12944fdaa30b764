namespace Colead.Analysis.Comparison;

/// <summary>How a line through readings was found.</summary>
public enum TrendRule
{
    /// <summary>Fewer than two days: there is no line.</summary>
    None,

    /// <summary>The line through the only two readings.</summary>
    LastChange,

    /// <summary>The line nearest to three readings or more.</summary>
    LeastSquares,
}

/// <summary>The straight line through an indicator's readings: its pace, and where it leads if things go on as so far.</summary>
public sealed class Trend
{
    private readonly double middleDay;
    private readonly double middle;

    private Trend(TrendRule rule, Figure pace, double middleDay, double middle) => (Rule, Pace, this.middleDay, this.middle) =
        (rule, pace, middleDay, middle);

    public TrendRule Rule { get; }

    /// <summary>Change a day; absent where there are readings of fewer than two days.</summary>
    public Figure Pace { get; }

    /// <param name="readings">A day's number and what was read; one a day.</param>
    /// <exception cref="ArgumentException">Two readings of one day.</exception>
    public static Trend Of(IReadOnlyCollection<(int Day, double Value)> readings)
    {
        if (readings.DistinctBy(r => r.Day).Count() != readings.Count) throw new ArgumentException("A day has one reading.",
            nameof(readings));
        if (readings.Count < 2) return new(TrendRule.None, Figure.Absent(Absence.TooFewAnswers), 0, 0);
        var middleDay = readings.Average(r => (double)r.Day);
        var middle = readings.Average(r => r.Value);
        var pace = readings.Sum(r => (r.Day - middleDay) * (r.Value - middle)) / readings.Sum(r =>
            (r.Day - middleDay) * (r.Day - middleDay));
        return new(readings.Count == 2 ? TrendRule.LastChange : TrendRule.LeastSquares, Figure.Of(pace), middleDay, middle);
    }

    /// <summary>Where the line stands on a day.</summary>
    public Figure At(int day) => Pace.IsDefined ? Figure.Of(middle + (Pace.Value * (day - middleDay))) : Pace;
}
