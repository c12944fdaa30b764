using System.Globalization;

namespace Colead.Analysis;

/// <summary>Why a figure is absent. A figure that cannot be computed is never 0 and never NaN: it says why.</summary>
public enum Absence
{
    /// <summary>Nothing was computed (the default of an unset <see cref="Figure"/>).</summary>
    NotComputed = 0,
    NoAnswers,
    TooFewAnswers,
    TooFewGroups,
    TooFewItems,
    EveryoneAnsweredAlike,
    NobodyInvited,
    NoRoster,
    /// <summary>The instrument names no null distribution of this shape for this number of options.</summary>
    NoNullDistribution,
    NotConverged,
    /// <summary>A fitted variance came out negative (a Heywood case).</summary>
    ImproperSolution,
    NothingToShare,
    TooFewParties,
    TooFewTies,
    NotComparable,
    Isolated,
    /// <summary>The measure needs more options than the scale has.</summary>
    TooFewOptions,
    /// <summary>One statement's answers follow from the others': the covariance matrix is singular.</summary>
    Collinear,
    /// <summary>One partnership holds more than half of the answers.</summary>
    OneGroupDominates,
}

/// <summary>
/// A finite number, or the reason why there is none. Reading <see cref="Value"/> of an absent figure throws, so that an
/// absent figure cannot slip into arithmetic.
/// </summary>
public readonly record struct Figure
{
    private readonly double value;
    private readonly bool isDefined;

    private Figure(double value, bool isDefined, Absence absence)
    {
        this.value = value;
        this.isDefined = isDefined;
        Why = absence;
    }

    public bool IsDefined => isDefined;

    /// <summary>The reason for absence; meaningless where <see cref="IsDefined"/>.</summary>
    public Absence Why { get; }

    /// <exception cref="InvalidOperationException">The figure is absent.</exception>
    public double Value => isDefined ? value : throw new InvalidOperationException($"No figure: {Why}.");

    public double? OrNull => isDefined ? value : null;

    /// <exception cref="ArithmeticException"><paramref name="value"/> is not finite: a formula met a case it did not
    /// foresee, which must fail loudly rather than be shown.</exception>
    public static Figure Of(double value) => double.IsFinite(value)
        ? new Figure(value, true, Absence.NotComputed)
        : throw new ArithmeticException("A figure must be finite; an undefined one says why.");

    public static Figure Absent(Absence why) => new(0, false, why);

    /// <summary>Applies <paramref name="map"/> where there is a value; an absence stays the same absence.</summary>
    public Figure Select(Func<double, double> map) => isDefined ? Of(map(value)) : this;

    public override string ToString() => isDefined ? value.ToString("R", CultureInfo.InvariantCulture) : Why.ToString();
}
