using System.Text;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>The sizes of a summary's parts. A measure is a dimension's score, by its index, or last the overall score.</summary>
internal sealed class SummaryShape
{
    public SummaryShape(Instrument instrument)
    {
        Instrument = instrument;
        Items = instrument.ItemCount;
        Slots = instrument.Scale.Options + 2;
        Dimensions = instrument.Dimensions.Count;
        Unit = [.. instrument.Dimensions.Select(d => d.ScoreUnit), PersonScores.OverallUnit(instrument)];
        Lowest = [.. Unit.Select(u => u * instrument.Scale.Lowest)];
        Range = [.. Unit.Select(u => u * instrument.Scale.Range)];
        OffsetBytes = [.. Range.Select(r => r <= byte.MaxValue ? 1 : r <= ushort.MaxValue ? 2 : r <= uint.MaxValue ? 4 : 8)];
        MostPeopleIn64Bits = [.. Unit.Select(u =>
        {
            Int128 most = Math.Max(Math.Abs((long)instrument.Scale.Lowest), Math.Abs((long)instrument.Scale.Highest));
            var square = 4 * most * u * most * u; // four, for the terms of (L + o)² one by one
            return square == 0 ? long.MaxValue : (long)(long.MaxValue / square);
        })];
    }

    public Instrument Instrument { get; }

    public int Items { get; }

    /// <summary>Counters an item has: skipped, the options, don't know.</summary>
    public int Slots { get; }

    public int Counters => Items * Slots;

    public int Dimensions { get; }

    public int Measures => Dimensions + 1;

    /// <summary>Per measure: scores are whole multiples of 1/unit.</summary>
    public long[] Unit { get; }

    /// <summary>Per measure: the lowest possible scaled score.</summary>
    public long[] Lowest { get; }

    /// <summary>Per measure: highest minus lowest possible scaled score.</summary>
    public long[] Range { get; }

    /// <summary>Per measure: bytes that a score's offset from the lowest takes.</summary>
    public int[] OffsetBytes { get; }

    /// <summary>Per measure: so many people's squared scaled scores add up to less than 2⁶¹.</summary>
    public long[] MostPeopleIn64Bits { get; }

    /// <summary>Whether summaries of both shapes can be added.</summary>
    public bool Fits(SummaryShape other) => ReferenceEquals(this, other)
        || (Items == other.Items && Slots == other.Slots && Unit.AsSpan().SequenceEqual(other.Unit) && Lowest.AsSpan()
            .SequenceEqual(other.Lowest));

    /// <summary>Differs, but for a chance of 2⁻⁶⁴, wherever summaries of two instruments or structures must not be mixed.</summary>
    public static ulong Fingerprint(Instrument instrument, Structure structure)
    {
        var hash = 0xCBF29CE484222325;
        Mix(ref hash, instrument.Scale.Lowest);
        Mix(ref hash, instrument.Scale.Highest);
        foreach (var dimension in instrument.Dimensions)
        {
            Mix(ref hash, dimension.Id);
            Mix(ref hash, dimension.Items.Count);
            foreach (var item in dimension.Items) Mix(ref hash, item.Id);
        }

        Mix(ref hash, structure.Organisations.Count);
        foreach (var organisation in structure.Organisations)
        {
            Mix(ref hash, organisation.Name);
            Mix(ref hash, organisation.Sector);
        }

        foreach (var level in structure.Levels) Mix(ref hash, level);
        return hash;
    }

    // FNV-1a: names are few and nobody gains by a collision.
    private static void Mix(ref ulong hash, int value)
    {
        for (var shift = 0; shift < 32; shift += 8) hash = (hash ^ (byte)(value >> shift)) * 0x100000001B3;
    }

    private static void Mix(ref ulong hash, string text)
    {
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 0x100000001B3;
        Mix(ref hash, text.Length);
    }
}
