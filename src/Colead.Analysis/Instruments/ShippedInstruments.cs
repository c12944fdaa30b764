using System.Collections.Immutable;

namespace Colead.Analysis.Instruments;

/// <summary>The instruments that come with the program, read from its own files.</summary>
public static class ShippedInstruments
{
    private const string Prefix = "Colead.Analysis.Instruments.Shipped.";

    /// <summary>Thirty short statements in seven dimensions, graded by evidence on twelve points in four rows: the default.</summary>
    public static Instrument Inventory2 { get; } = Load("inventory-2");

    /// <summary>The same statements, graded by agreement on five points.</summary>
    public static Instrument Agreement2 { get; } = Load("agreement-2");

    /// <summary>Seven of them, one a dimension, for between two full rounds. Its id is the inventory's: single statements can be
    /// compared.</summary>
    public static Instrument Pulse { get; } = Load("pulse");

    /// <summary>Version 1 of the inventory, which earlier rounds asked. It shares no wording with version 2.</summary>
    public static Instrument Inventory12 { get; } = Load("inventory-12");

    /// <summary>Version 1, graded by agreement on five points.</summary>
    public static Instrument Agreement5 { get; } = Load("agreement-5");

    private static readonly (string Key, Instrument Instrument)[] Keyed =
    [
        ("inventory-2", Inventory2), ("agreement-2", Agreement2), ("pulse", Pulse), ("inventory-12", Inventory12),
            ("agreement-5", Agreement5),
    ];

    public static ImmutableArray<Instrument> All { get; } = [.. Keyed.Select(k => k.Instrument)];

    /// <summary>Those of version 2.</summary>
    public static ImmutableArray<Instrument> Second { get; } = [Inventory2, Agreement2, Pulse];

    /// <summary>What they are asked for by: the name of the file.</summary>
    public static ImmutableArray<string> Keys { get; } = [.. Keyed.Select(k => k.Key)];

    /// <summary>The shipped instrument of this key, or null.</summary>
    public static Instrument? Find(string key) => Keyed.FirstOrDefault(k => k.Key == key).Instrument;

    /// <summary>A shipped instrument's file, to copy and change.</summary>
    /// <exception cref="ArgumentException">No instrument of this key is shipped.</exception>
    public static byte[] FileOf(string key)
    {
        using var stream = typeof(ShippedInstruments).Assembly.GetManifestResourceStream(Prefix + key + ".json")
            ?? throw new ArgumentException($"No instrument \"{key}\" is shipped.", nameof(key));
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    private static Instrument Load(string key)
    {
        var reading = InstrumentFile.Read(FileOf(key));
        return reading.Instrument ?? throw new InvalidOperationException($"{key}: {reading.Problems[0]}");
    }
}
