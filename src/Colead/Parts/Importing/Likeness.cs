namespace Colead.Parts.Importing;

/// <summary>
/// How like two short texts are, from 0 to 1, by the words they share: the cosine of their words, each weighed by how rare it is among all
/// the texts. Words count by their first letters, so that "behave" and "behaviour" are one.
/// </summary>
public sealed class Likeness
{
    private const int Letters = 5;
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private readonly int texts;

    public Likeness(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            this.texts++;
            foreach (var word in Words(text)) uses[word] = uses.GetValueOrDefault(word) + 1;
        }
    }

    public double Between(string first, string second)
    {
        HashSet<string> a = Words(first), b = Words(second);
        var length = Math.Sqrt(Square(a) * Square(b));
        return length > 0 ? Square(a.Where(b.Contains)) / length : 0;
    }

    private double Square(IEnumerable<string> words) =>
        words.Sum(word => Math.Pow(Math.Log((double)texts / uses.GetValueOrDefault(word, 1)), 2));

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (letter && start < 0) start = i;
            if (letter || start < 0) continue;
            words.Add(text.Substring(start, Math.Min(Letters, i - start)).ToUpperInvariant());
            start = -1;
        }
        return words;
    }
}
