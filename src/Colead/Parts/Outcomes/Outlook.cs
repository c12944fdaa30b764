using Colead.Analysis.Comparison;
using Colead.Kit.Pictures;
using Colead.Kit.Texts;

namespace Colead.Parts.Outcomes;

/// <summary>How a target stands beside the trend so far and what others reached.</summary>
public enum Reach
{
    CannotSay,
    Reached,
    OnTheWay,
    Stretch,
    FarOff,
    WrongWay,
}

/// <summary>What can be said about reaching an indicator's target, and in which words.</summary>
/// <param name="WithinReach">Yes, no, or not known.</param>
public sealed record Outlook(Reach Reach, bool? WithinReach, string Sentence)
{
    /// <summary>A target that needs at most so many times the pace so far is a stretch, beyond that far off.</summary>
    public const double MostTimesThePace = 2;

    public static Outlook Of(Indicator indicator, DateOnly? due)
    {
        if (indicator.Target is not { } target) return new(Reach.CannotSay, null,
            $"“{indicator.Name}” has no target yet, so nobody can say whether it is in reach.");
        var readings = IndicatorTrend.PointsOf(indicator);
        var trend = Trend.Of([.. readings.Select(r => (r.On.DayNumber, (double)r.Value))]);
        var peers = Peers(indicator, target);
        if (readings.Count > 0 && indicator.Reaches(readings[^1].Value)) return new(Reach.Reached, true,
            $"“{indicator.Name}” is at {Say(indicator, readings[^1].Value)}: the target of {Say(indicator, target)} is reached.");
        if ((indicator.TargetOn ?? due) is not { } by || trend.Rule == TrendRule.None)
        {
            var why = trend.Rule == TrendRule.None ? "there are no two readings yet to tell a pace from"
                : "there is no date to reach it by";
            return indicator.PeersReached is null
                ? new(Reach.CannotSay, null,
                    $"We cannot say yet whether {Say(indicator, target)} is realistic for “{indicator.Name}”: {why}, and nobody has noted what partnerships like this one reached.")
                : new(Reach.CannotSay, indicator.Reaches(indicator.PeersReached.Value), $"For “{indicator.Name}” {why}. {peers}");
        }
        var last = readings[^1];
        var rule = trend.Rule == TrendRule.LastChange ? "the change between its two readings"
            : $"the straight line nearest to its {readings.Count} readings";
        var at = trend.At(by.DayNumber).Value;
        var projected = Math.Abs(at) < (double)Reading.Most ? Say(indicator, decimal.Round((decimal)at, 1)) : "far beyond the scale";
        var so = $"At the pace so far ({rule}) “{indicator.Name}” would be {projected} by {Dates.Say(by)}; the target is {Say(indicator, target)}.";
        var (reach, judgement) = Judge(indicator, trend.Pace.Value, at, last, target, by);
        // Others who got there show that it can be done; where none did, a stretch is more than anybody knows of.
        bool? within = indicator.PeersReached is { } reached ? indicator.Reaches(reached) || reach == Reach.OnTheWay
            : reach is Reach.OnTheWay or Reach.Stretch;
        return new(reach, within, string.Join(' ', new[] { so, judgement, peers }.Where(part => part.Length > 0)));
    }

    private static (Reach, string) Judge(Indicator indicator, double pace, double at, TrendPoint last, decimal target, DateOnly by)
    {
        var sign = indicator.Direction == Direction.Up ? 1 : -1;
        if (sign * (at - (double)target) >= 0) return (Reach.OnTheWay, "It is on its way.");
        if (sign * pace <= 0) return (Reach.WrongWay, pace == 0 ? "It has not moved so far."
            : "It has gone the other way so far. What would turn it?");
        var days = by.DayNumber - last.On.DayNumber;
        if (days <= 0) return (Reach.FarOff,
            "Its date has come, and the target is not reached. A new date may be kinder than a missed one.");
        var times = sign * (double)(target - last.Value) / days / (sign * pace);
        return times <= MostTimesThePace
            ? (Reach.Stretch,
                $"It needs to go {OutcomeWords.Say(decimal.Round((decimal)times, 1), "")} times as fast from here: a stretch, but in sight.")
            : (Reach.FarOff,
                $"It needs to go {(times < 1000 ? OutcomeWords.Say(decimal.Round((decimal)times, 0), "") : "a thousand")} times as fast from here. What would have to change? Or is a nearer target more honest?");
    }

    private static string Peers(Indicator indicator, decimal target)
    {
        if (indicator.PeersReached is not { } peers) return "What partnerships like this one reached is not known here.";
        var source = indicator.PeersSource.Length == 0 ? "" : $" ({indicator.PeersSource})";
        return indicator.Reaches(peers)
            ? $"Partnerships like this one reached {Say(indicator, peers)}{source}, so {Say(indicator, target)} can be done."
            : $"Partnerships like this one reached {Say(indicator, peers)}{source}: {Say(indicator, target)} goes beyond what is known.";
    }

    private static string Say(Indicator indicator, decimal value) => OutcomeWords.Say(value, indicator.Unit);
}
