namespace Colead.Analysis.Disclosure;

/// <summary>
/// Fewest people a figure may rest on: <see cref="Means"/> for means, <see cref="Details"/> for statements, spread,
/// comparisons, comments and everything public. A partnership may raise them, never lower them.
/// </summary>
public sealed record Thresholds
{
    public const int FewestForMeans = 5;
    public const int FewestForDetails = 10;

    /// <exception cref="ArgumentOutOfRangeException">A threshold below 5 or 10, or details below means.</exception>
    public Thresholds(int means = FewestForMeans, int details = FewestForDetails)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(means, FewestForMeans);
        ArgumentOutOfRangeException.ThrowIfLessThan(details, Math.Max(FewestForDetails, means));
        Means = means;
        Details = details;
    }

    private Thresholds((int Means, int Details) small) => (Means, Details) = small;

    /// <summary>Thresholds below the floor, so that tests can try every subset of a small round. Nothing else may call it.</summary>
    internal static Thresholds ForSmallTests(int means, int details) => new((means, details));

    /// <summary>k_s.</summary>
    public int Means { get; }

    /// <summary>k_d.</summary>
    public int Details { get; }

    public static Thresholds Standard { get; } = new();
}

/// <summary>How many people a published figure rests on, as far as it is told.</summary>
public enum CountBand
{
    From5To9,
    From10To19,
    From20To49,
    From50To99,
    From100,
}

/// <summary>Bands of counts.</summary>
public static class CountBands
{
    /// <exception cref="ArgumentOutOfRangeException">Fewer than five: such a count has no band, because it is never shown.</exception>
    public static CountBand Of(long count) => count switch
    {
        < 5 => throw new ArgumentOutOfRangeException(nameof(count), "A count below five is never shown."),
        < 10 => CountBand.From5To9,
        < 20 => CountBand.From10To19,
        < 50 => CountBand.From20To49,
        < 100 => CountBand.From50To99,
        _ => CountBand.From100,
    };

    /// <summary>The fewest people of the band that a count lies in.</summary>
    public static long Start(long count) => Of(count) switch
    {
        CountBand.From5To9 => 5,
        CountBand.From10To19 => 10,
        CountBand.From20To49 => 20,
        CountBand.From50To99 => 50,
        _ => 100,
    };

    /// <summary>The fewest people that a printed count or band (<c>10-19</c>, <c>100+</c>) stands for; null for one that says nothing.</summary>
    /// <exception cref="FormatException">This is no printed count.</exception>
    public static long? Least(string? printed) => printed is null ? null
        : long.Parse(printed.TrimEnd('+').Split('-')[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The most people of the band that begins at <paramref name="start"/>; the last has no end.</summary>
    public static long End(long start) => start switch
    {
        5 => 9,
        10 => 19,
        20 => 49,
        50 => 99,
        _ => long.MaxValue / 4,
    };
}

/// <summary>Share of a group that has answered while a round is open, in fifths.</summary>
public enum RateBand
{
    UnderOneFifth,
    FromOneFifth,
    FromTwoFifths,
    FromThreeFifths,
    FromFourFifths,
}

/// <summary>What may be said of response rates and comments.</summary>
public static class ParticipationRules
{
    /// <summary>Fewest invited for a response band, so that a band is at least five people wide.</summary>
    public const int FewestInvited = 25;

    /// <summary>A group's band, or none where fewer than twenty-five are invited. Answers beyond the roster count as a full
    /// response.</summary>
    public static RateBand? ResponseBand(long answered, long invited) =>
        invited < FewestInvited ? null : (RateBand)Math.Min(4, Math.Min(answered, invited) * 5 / invited);

    /// <summary>Comments are shown for the whole partnership only, and only where at least ten (k_d) questionnaires were sent.</summary>
    public static bool CommentsMayShow(long questionnaires, Thresholds thresholds) => questionnaires >= thresholds.Details;

    /// <summary>A comment may say which dimension it is about where at least ten (k_d) questionnaires carry a comment on it.</summary>
    public static bool CommentMayNameDimension(long questionnaires, long withCommentThere, Thresholds thresholds) =>
        CommentsMayShow(questionnaires, thresholds) && withCommentThere >= thresholds.Details;

    /// <summary>Answers by open link are a group of their own outside every other: shown from ten (k_d) valid values on.</summary>
    public static bool OpenLinkMayShow(long valid, Thresholds thresholds) => valid >= thresholds.Details;
}
