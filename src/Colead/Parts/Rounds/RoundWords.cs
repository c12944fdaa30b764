using Colead.Kit.Texts;
using Colead.Storage.Sealing;

namespace Colead.Parts.Rounds;

/// <summary>What is said of rounds on pages.</summary>
public static class RoundWords
{
    public static string Say(RoundState state) => state switch
    {
        RoundState.Draft => "Being prepared",
        RoundState.Open => "Open",
        RoundState.Closed => "Closed, not published yet",
        RoundState.Published => "Published",
        RoundState.Cancelled => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Say(RoundWay way) => way switch
    {
        RoundWay.Mail => "by e-mail from here",
        RoundWay.Paper => "on slips that are drawn",
        RoundWay.Merge => "with your own letters",
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    /// <summary>The colour of a state's chip; its word always stands in it.</summary>
    public static string Chip(RoundState state) => state switch
    {
        RoundState.Open => "",
        RoundState.Closed => "warm",
        _ => "plain",
    };

    /// <summary>"Closes on 3 December 2026 at 17:00".</summary>
    public static string When(RoundState state, DateTime? opensAt, DateTime? closesAt, DateTime? closedAt, DateTime? publishedAt,
        DateTime? cancelledAt) => state switch
    {
        RoundState.Draft => opensAt is { } opens ? "Opens on " + Dates.Say(opens) : "",
        RoundState.Open => closesAt is { } closes ? "Closes on " + Dates.Say(closes) : "",
        RoundState.Closed => "Closed on " + Dates.Say(closedAt!.Value),
        RoundState.Published => "Published on " + Dates.Say(publishedAt!.Value),
        RoundState.Cancelled => "Cancelled on " + Dates.Say(cancelledAt!.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
