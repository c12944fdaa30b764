using Colead.Storage;

namespace Colead.Kit.Texts;

/// <summary>The known word that is most like one that is not known: by the pairs of letters they share, from 0 to 1.</summary>
public static class Nearest
{
    private const double Least = 0.45;
    private const int Longest = 120;

    /// <summary>Null where none is like it.</summary>
    public static string? Of(string text, IEnumerable<string> known) =>
        known.Select(word => (word, Like: Between(text, word))).Where(pair => pair.Like >= Least).OrderByDescending(pair => pair.Like)
            .Select(pair => pair.word).FirstOrDefault();

    public static double Between(string first, string second)
    {
        var (a, b) = (Pairs(first), Pairs(second));
        if (a.Count == 0 || b.Count == 0) return 0;
        var shared = 0;
        var left = new List<string>(b);
        foreach (var pair in a)
            if (left.Remove(pair)) shared++;
        return 2.0 * shared / (a.Count + b.Count);
    }

    /// <summary>
    /// How many letters must be changed, added, left out or exchanged with their neighbour; no more are counted than are asked for.
    /// </summary>
    public static int Slips(string first, string second, int most)
    {
        if (Math.Abs(first.Length - second.Length) > most) return most + 1;
        var rows = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= second.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= first.Length; i++)
            for (var j = 1; j <= second.Length; j++)
            {
                var same = first[i - 1] == second[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1]) rows[i, j] = Math.Min(rows[i, j],
                    rows[i - 2, j - 2] + 1);
            }
        return Math.Min(rows[first.Length, second.Length], most + 1);
    }

    private static List<string> Pairs(string text)
    {
        var letters = new string([.. ShortText.Key(text).Where(char.IsLetterOrDigit).Take(Longest)]);
        return [.. Enumerable.Range(0, Math.Max(0, letters.Length - 1)).Select(i => letters.Substring(i, 2))];
    }
}
