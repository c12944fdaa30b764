namespace Colead.Kit.Tables;

/// <summary>Names of encodings and separators, as pages and options of the command line call them.</summary>
internal static class TextFile
{
    public const string Utf8 = "UTF-8", Utf16 = "UTF-16", Windows = "Windows-1252", Macintosh = "Macintosh", Dos = "DOS 850",
        OldDos = "DOS 437", Central = "Windows-1250", Mixed = "UTF-8 with other lines", Twice = "UTF-8 written twice";

    public static IReadOnlyList<string> Encodings { get; } = [Utf8, Utf16, Windows, Macintosh, Dos, OldDos, Central, Mixed, Twice];

    public static IReadOnlyList<char> Separators { get; } = [',', ';', '\t', '|'];

    public static string NameOf(char separator) => separator switch { ';' => "semicolons", '\t' => "tabs", '|' => "pipes", _ => "commas" };

    public static char? SeparatorCalled(string name)
    {
        foreach (var separator in Separators)
            if (NameOf(separator) == name || (name.Length == 1 && name[0] == separator)) return separator;
        return null;
    }
}
