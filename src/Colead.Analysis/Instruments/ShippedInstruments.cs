using System.Collections.Immutable;

namespace Colead.Analysis.Instruments;

/// <summary>The instruments that come with the program, read from its own files.</summary>
public static class ShippedInstruments
{
    private const string Prefix = "Colead.Analysis.Instruments.Shipped.";

    /// <summary>Thirty statements in seven dimensions, graded by evidence on twelve points: the default.</summary>
    public static Instrument Inventory12 { get; } = Load("inventory-12");

    /// <summary>The same statements, graded by agreement on five points.</summary>
    public static Instrument Agreement5 { get; } = Load("agreement-5");

    public static ImmutableArray<Instrument> All { get; } = [Inventory12, Agreement5];

    /// <summary>The shipped instrument of this id, or null.</summary>
    public static Instrument? Find(string id) => All.FirstOrDefault(i => i.Id == id);

    /// <summary>A shipped instrument's file, to copy and change.</summary>
    /// <exception cref="ArgumentException">No instrument of this id is shipped.</exception>
    public static byte[] FileOf(string id)
    {
        using var stream = typeof(ShippedInstruments).Assembly.GetManifestResourceStream(Prefix + id + ".json")
            ?? throw new ArgumentException($"No instrument \"{id}\" is shipped.", nameof(id));
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    private static Instrument Load(string id)
    {
        var reading = InstrumentFile.Read(FileOf(id));
        return reading.Instrument ?? throw new InvalidOperationException($"{id}: {reading.Problems[0]}");
    }
}
