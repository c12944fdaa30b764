using System.Buffers;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// The raw answers of one round: a row a respondent, a column an item, one byte an answer (<see cref="Answer.Code"/>),
/// beside the respondent's organisation and level. Rows carry no name, number or time.
/// </summary>
public sealed class AnswerTable
{
    private readonly byte[] codes;

    /// <param name="codes">Row-major answer codes; length = rows × items.</param>
    /// <exception cref="ArgumentException">Lengths disagree, or a code lies beyond the scale.</exception>
    public AnswerTable(Instrument instrument, Structure structure, int[] organisations, byte[] levels, byte[] codes)
    {
        if (organisations.Length != levels.Length || (long)codes.Length != (long)organisations.Length * instrument.ItemCount)
            throw new ArgumentException("Organisations, levels and answers must have the same number of rows.");
        var known = SearchValues.Create([.. Enumerable.Range(0, instrument.Scale.Options + 1).Select(c => (byte)c), Answer.DontKnowCode]);
        if (codes.AsSpan().IndexOfAnyExcept(known) is >= 0 and var wrong)
            throw new ArgumentException($"Answer code {codes[wrong]} is not on the scale.", nameof(codes));
        Instrument = instrument;
        Structure = structure;
        Organisations = organisations;
        Levels = levels;
        this.codes = codes;
    }

    public Instrument Instrument { get; }

    public Structure Structure { get; }

    /// <summary>Each row's organisation, as an index into the structure.</summary>
    public ReadOnlyMemory<int> Organisations { get; }

    /// <summary>Each row's level, as an index into the structure.</summary>
    public ReadOnlyMemory<byte> Levels { get; }

    public int Rows => Organisations.Length;

    public ReadOnlySpan<byte> Codes => codes;

    public ReadOnlySpan<byte> Row(int row) => codes.AsSpan(row * Instrument.ItemCount, Instrument.ItemCount);
}
