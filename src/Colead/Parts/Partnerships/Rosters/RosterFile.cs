using Colead.Kit.Tables;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>A list of people as a file, with the headings that are looked for in it.</summary>
public static class RosterFile
{
    public static TableLimits Limits { get; } = TableLimits.Roster with { Knows = RosterColumns.Knows };

    /// <param name="said">Answers to questions about the file.</param>
    public static TableFile Read(byte[] content, IReadOnlyDictionary<string, string>? said) =>
        TableFile.Read(content, Limits, said is null ? null : TableChoices.Of(said));
}
