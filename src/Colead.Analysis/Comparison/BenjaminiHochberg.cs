namespace Colead.Analysis.Comparison;

/// <summary>
/// Adjusted p values that keep the expected share of false discoveries of a family at most q: p₍ᵢ₎·m/i, made monotone
/// from the largest down, at most 1. Tests that could not be done are no members of the family: they neither count in m
/// nor get a value.
/// </summary>
/// <remarks>Benjamini &amp; Hochberg 1995, J R Stat Soc B 57:289.</remarks>
public static class BenjaminiHochberg
{
    /// <summary>The usual false-discovery rate.</summary>
    public const double Rate = 0.05;

    /// <summary>One adjusted value for each p value, in the same order; an absent p stays absent.</summary>
    public static Figure[] Adjust(ReadOnlySpan<Figure> p)
    {
        var adjusted = p.ToArray();
        var members = 0;
        foreach (var f in p)
            if (f.IsDefined) members++;
        var values = new double[members];
        var places = new int[members];
        members = 0;
        for (var i = 0; i < p.Length; i++)
        {
            if (!p[i].IsDefined) continue;
            values[members] = p[i].Value;
            places[members++] = i;
        }

        Array.Sort(values, places);
        var lowest = 1.0;
        for (var i = members - 1; i >= 0; i--)
        {
            lowest = Math.Min(lowest, (double)members / (i + 1) * values[i]);
            adjusted[places[i]] = Figure.Of(lowest);
        }

        return adjusted;
    }
}
