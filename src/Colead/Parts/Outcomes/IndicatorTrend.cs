using Colead.Kit.Pictures;

namespace Colead.Parts.Outcomes;

/// <summary>An indicator as a picture.</summary>
public static class IndicatorTrend
{
    /// <param name="due">The outcome's date, for targets without one of their own.</param>
    public static TrendPicture Of(Indicator indicator, DateOnly? due)
    {
        var points = PointsOf(indicator);
        var to = indicator.Target is { } target && (indicator.TargetOn ?? due) is { } by ? new TrendPoint(by, target) : null;
        var start = indicator is { Baseline: { } baseline, BaselineOn: { } on } ? new TrendPoint(on, baseline) : points.Count > 0
            ? points[0] : null;
        return new(points, to is not null && start?.On < to.On ? start : null, to, indicator.Unit);
    }

    /// <summary>The readings by day, with the dated baseline unless that day was read too.</summary>
    public static IReadOnlyList<TrendPoint> PointsOf(Indicator indicator)
    {
        var points = indicator.Readings.Select(r => new TrendPoint(r.On, r.Value)).ToList();
        if (indicator is { Baseline: { } baseline, BaselineOn: { } on }
            && points.TrueForAll(p => p.On != on)) points.Add(new(on, baseline));
        return [.. points.OrderBy(p => p.On)];
    }
}
