using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Rounding to what is shown, half away from zero. Means of scores are rounded from their exact integer sums, so that
/// the printed digit never hangs on floating point; a decimal keeps its digits when it is written and read again.
/// </summary>
public static class Rounding
{
    /// <summary>Mean of exact sums to one decimal place. <paramref name="sums"/> must hold at least one score.</summary>
    public static decimal Mean(ScoreSums sums)
    {
        if (sums.Count == 0) throw new ArgumentException("There is no mean of nothing.", nameof(sums));
        var divisor = (Int128)sums.Unit * sums.Count;
        var twice = sums.Sum * 20;
        var tenths = twice >= 0 ? (twice + divisor) / (2 * divisor) : -((-twice + divisor) / (2 * divisor));
        return Tenths((long)tenths);
    }

    /// <summary><paramref name="value"/> with <paramref name="places"/> decimal places, half away from zero.</summary>
    public static decimal To(double value, int places)
    {
        var rounded = decimal.Round((decimal)value, places, MidpointRounding.AwayFromZero);
        return WithPlaces(rounded, places);
    }

    /// <summary>Down to a multiple of <paramref name="step"/>: the lower end of a small group's interval.</summary>
    public static decimal Outward(double value, double step, bool down)
    {
        // A value a hair beyond a multiple through floating point alone is that multiple.
        var steps = value / step;
        var nearest = Math.Round(steps);
        if (Math.Abs(steps - nearest) > 1e-9) nearest = down ? Math.Floor(steps) : Math.Ceiling(steps);
        return WithPlaces((decimal)(nearest * step), 2);
    }

    /// <summary>Both ends of an interval outward to tenths: rounded to the nearest, one that is a few tenths wide would hold less often
    /// than it says.</summary>
    public static (decimal Low, decimal High) Outward(double low, double high) =>
        (WithPlaces(Outward(low, 0.1, down: true), 1), WithPlaces(Outward(high, 0.1, down: false), 1));

    /// <summary>Down to so many places.</summary>
    public static decimal Down(double value, int places)
    {
        var scale = (decimal)Math.Pow(10, places);
        return WithPlaces(Math.Floor((decimal)value * scale) / scale, places);
    }

    /// <summary>Up and down to one place: how the edge of a band is named, so that what is said stays true.</summary>
    public static decimal Up(double value) => WithPlaces(Math.Ceiling((decimal)value * 10) / 10, 1);

    public static decimal Down(double value) => WithPlaces(Math.Floor((decimal)value * 10) / 10, 1);

    /// <summary>A p value to three places, at least .001: the digits beyond are noise to a reader.</summary>
    public static decimal P(double p) => To(Math.Max(p, 0.001), 3);

    /// <summary>Part of a whole in whole per cent, half up, in integers. <paramref name="whole"/> ≥ 1.</summary>
    public static int Percent(long part, long whole) => (int)((200 * part + whole) / (2 * whole));

    /// <summary>The same in tens.</summary>
    public static int Tens(long part, long whole) => 10 * (int)((20 * part + whole) / (2 * whole));

    private static decimal Tenths(long tenths) =>
        new((int)Math.Abs(tenths), 0, 0, tenths < 0, 1);

    /// <summary>The same number with exactly this many places: 3 and 3.0 are one number but not the same bytes.</summary>
    private static decimal WithPlaces(decimal value, int places)
    {
        var scaled = value;
        for (var i = 0; i < places; i++) scaled *= 10;
        var whole = (long)decimal.Round(scaled);
        return new((int)(Math.Abs(whole) & 0xFFFFFFFF), (int)(Math.Abs(whole) >> 32), 0, whole < 0, (byte)places);
    }
}
