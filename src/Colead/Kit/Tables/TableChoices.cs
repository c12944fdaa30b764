using System.Globalization;

namespace Colead.Kit.Tables;

/// <summary>What a person said of a file over what was found; null: as found.</summary>
public sealed record TableChoices
{
    public const string EncodingId = "encoding", SeparatorId = "separator", SheetId = "sheet", HeadingId = "heading", HiddenId = "hidden";
    public const string Bring = "bring", Leave = "leave";

    public static TableChoices None { get; } = new();

    public string? Encoding { get; init; }
    public char? Separator { get; init; }
    /// <summary>From 1, hidden sheets counted.</summary>
    public int? Sheet { get; init; }
    /// <summary>The row that names the columns, as a spreadsheet counts; 0: none does.</summary>
    public int? Heading { get; init; }
    /// <summary>Whether rows that the spreadsheet hides are brought too.</summary>
    public bool? Hidden { get; init; }

    /// <summary>From answers to questions by their ids; what is no answer to them is left.</summary>
    public static TableChoices Of(IReadOnlyDictionary<string, string> said) => new()
    {
        Encoding = said.GetValueOrDefault(EncodingId) is { } encoding && TextFile.Encodings.Contains(encoding, StringComparer.Ordinal)
            ? encoding : null,
        Separator = said.GetValueOrDefault(SeparatorId) is { } separator ? TextFile.SeparatorCalled(separator) : null,
        Sheet = Number(said, SheetId),
        Heading = Number(said, HeadingId),
        Hidden = said.GetValueOrDefault(HiddenId) switch { Bring => true, Leave => false, _ => null },
    };

    private static int? Number(IReadOnlyDictionary<string, string> said, string id) =>
        int.TryParse(said.GetValueOrDefault(id), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
