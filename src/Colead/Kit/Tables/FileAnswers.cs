namespace Colead.Kit.Tables;

/// <summary>Answers to questions about a file, out of a form.</summary>
public static class FileAnswers
{
    public const string Prefix = "ask.";
    private const int Longest = 300;

    public static Dictionary<string, string> Of(IFormCollection form)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in form)
            if (name.StartsWith(Prefix, StringComparison.Ordinal)
                && value.ToString() is { Length: > 0 and < Longest } text) said[name[Prefix.Length..]] = text;
        return said;
    }
}
