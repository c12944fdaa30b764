using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Commands.Surveys;

/// <summary>Answers as they are read, round by round, with organisations numbered as they came.</summary>
/// <param name="expectedRows">So many are expected; more are taken.</param>
public sealed class AnswerRows(Instrument instrument, int expectedRows)
{
    private readonly SortedDictionary<int, RoundRows> rounds = [];

    public Instrument Instrument { get; } = instrument;

    public IReadOnlyList<string> UnusedColumns { get; set; } = [];

    public IEnumerable<int> Rounds => rounds.Keys;

    /// <summary>The rows of a round, for adding to.</summary>
    public RoundRows Of(int round)
    {
        if (!rounds.TryGetValue(round, out var rows)) rounds[round] = rows =
            new(Instrument.ItemCount, rounds.Count == 0 ? expectedRows : 0);
        return rows;
    }

    /// <summary>The rows of a round, organisations renumbered.</summary>
    public AnswerTable ToTable(int round, Structure structure, int[] newIndex) => rounds[round].ToTable(Instrument, structure, newIndex);
}

/// <summary>The rows of one round.</summary>
public sealed class RoundRows(int items, int expectedRows)
{
    private readonly List<int> organisations = new(expectedRows);
    private readonly List<byte> levels = new(expectedRows);
    private byte[] codes = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, (long)items * Math.Max(expectedRows, 64)));

    /// <summary>Adds a row and returns the place for its answer codes, which must all be written.</summary>
    public Span<byte> Add(int organisation, byte level)
    {
        var start = levels.Count * items;
        if (codes.Length - start < items) Array.Resize(ref codes, (int)Math.Min(Array.MaxLength, 2L * codes.Length + items));
        organisations.Add(organisation);
        levels.Add(level);
        return codes.AsSpan(start, items);
    }

    public AnswerTable ToTable(Instrument instrument, Structure structure, int[] newIndex)
    {
        Array.Resize(ref codes, levels.Count * items);
        var renumbered = new int[organisations.Count];
        for (var i = 0; i < renumbered.Length; i++) renumbered[i] = newIndex[organisations[i]];
        return new(instrument, structure, renumbered, [.. levels], codes);
    }
}
