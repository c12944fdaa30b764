namespace Colead.Kit.Texts;

/// <summary>Words joined as a sentence has them.</summary>
public static class Joined
{
    /// <summary>"", "a", "a and b", "a, b and c".</summary>
    public static string And(params IReadOnlyList<string> words) => words.Count < 2 ? string.Concat(words)
        : string.Join(", ", words.SkipLast(1)) + " and " + words[^1];
}
