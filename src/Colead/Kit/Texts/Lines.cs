
namespace Colead.Kit.Texts;

/// <summary>Keeps a thread short enough to be read in two minutes, however long it went on.</summary>
internal static class Lines
{
    public const int Most = 10;

    /// <summary>All lines where they are few; else those that come first by weight, in their own order, and how many more there
    /// are.</summary>
    public static IReadOnlyList<string> Few<T>(IEnumerable<T> byWeight, IReadOnlyCollection<T> all, Func<T, string> say, string one,
        string many)
    {
        if (all.Count <= Most) return [.. all.Select(say)];
        var shown = byWeight.Take(Most - 1).ToHashSet();
        var lines = all.Where(shown.Contains).ToList();
        return [.. lines.Select(say), $"And {Dates.Count(all.Count - lines.Count, one, many)}."];
    }
}
