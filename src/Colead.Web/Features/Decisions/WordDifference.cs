using System.Text.RegularExpressions;

namespace Colead.Web.Features.Decisions;

/// <summary>A stretch of text that stayed, went or came.</summary>
public sealed record Reworded(string Text, bool Went, bool Came);

/// <summary>What changed from one wording to the next, word by word: the longest common sequence of words stays.</summary>
public static partial class WordDifference
{
    /// <summary>Beyond this many words changed on both sides, one block went and another came.</summary>
    private const int MostCells = 4_000_000;

    public static IReadOnlyList<Reworded> Between(string before, string after)
    {
        string[] a = [.. Words().Matches(before).Select(word => word.Value)], b = [.. Words().Matches(after).Select(word => word.Value)];
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start]) start++;
        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)]) end++;
        var parts = new List<Reworded>();
        Add(parts, a[..start], went: false, came: false);
        Middle(parts, a[start..^end], b[start..^end]);
        Add(parts, a[^end..], went: false, came: false);
        return Readable(parts);
    }

    /// <summary>Where only a space stayed between two changes they are one change: read what went, then what came, not word by word in turns.</summary>
    private static List<Reworded> Readable(List<Reworded> parts)
    {
        var readable = new List<Reworded>();
        for (var i = 0; i < parts.Count;)
        {
            var last = i;
            if (IsChange(parts[i]))
            {
                while (last + 1 < parts.Count && (IsChange(parts[last + 1]) || (last + 2 < parts.Count && string.IsNullOrWhiteSpace(parts[last + 1].Text) && IsChange(parts[last + 2])))) last++;
            }
            var run = parts.GetRange(i, last - i + 1);
            i = last + 1;
            if (!run.Exists(part => part.Went) || !run.Exists(part => part.Came)) readable.AddRange(run);
            else readable.AddRange([new(string.Concat(run.Where(part => !part.Came).Select(part => part.Text)), Went: true, Came: false), new(string.Concat(run.Where(part => !part.Went).Select(part => part.Text)), Went: false, Came: true)]);
        }
        return readable;

        static bool IsChange(Reworded part) => part.Went || part.Came;
    }

    private static void Middle(List<Reworded> parts, string[] a, string[] b)
    {
        if ((long)a.Length * b.Length > MostCells)
        {
            Add(parts, a, went: true, came: false);
            Add(parts, b, went: false, came: true);
            return;
        }
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--) common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                Add(parts, [a[i]], went: false, came: false);
                (i, j) = (i + 1, j + 1);
            }
            else if (i < a.Length && (j == b.Length || common[i + 1, j] >= common[i, j + 1])) Add(parts, [a[i++]], went: true, came: false);
            else Add(parts, [b[j++]], went: false, came: true);
        }
    }

    private static void Add(List<Reworded> parts, string[] words, bool went, bool came)
    {
        if (words.Length == 0) return;
        var text = string.Concat(words);
        if (parts.Count > 0 && parts[^1].Went == went && parts[^1].Came == came) parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
        else parts.Add(new(text, went, came));
    }

    /// <summary>A word, or the white space between two.</summary>
    [GeneratedRegex(@"\S+|\s+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Words();
}
