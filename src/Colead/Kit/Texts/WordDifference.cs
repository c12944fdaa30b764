using System.Text;
using DiffPlex;

namespace Colead.Kit.Texts;

public enum DifferenceKind
{
    Same,
    Gone,
    New,
}

/// <summary>A run of text that two wordings share, or that only one of them has.</summary>
public sealed record DifferencePiece(DifferenceKind Kind, string Text);

/// <summary>
/// What changed between two texts, word by word, as DiffPlex finds it; here it is put so that people can read it. The pieces that are the
/// same or gone, joined, are the
/// text before; those that are the same or new, the text after.
/// </summary>
public static class WordDifference
{
    /// <summary>
    /// Beyond it (texts of some two thousand words) what lies between a common beginning and end is told as replaced, so that a page
    /// never works for seconds.
    /// </summary>
    private const long MostCells = 9_000_000;

    public static IReadOnlyList<DifferencePiece> Between(string before, string after)
    {
        var (old, now) = (Split(Lines(before)), Split(Lines(after)));
        var start = 0;
        while (start < old.Count && start < now.Count && old[start] == now[start]) start++;
        var end = 0;
        while (end < old.Count - start && end < now.Count - start && old[^(end + 1)] == now[^(end + 1)]) end++;

        var pieces = new Pieces();
        pieces.Add(DifferenceKind.Same, old[..start]);
        Middle(pieces, old[start..^end], now[start..^end]);
        pieces.Add(DifferenceKind.Same, old[^end..]);
        return pieces.Done();
    }

    private static void Middle(Pieces pieces, List<string> old, List<string> now)
    {
        if ((long)(old.Count + 1) * (now.Count + 1) > MostCells)
        {
            pieces.Add(DifferenceKind.Gone, old);
            pieces.Add(DifferenceKind.New, now);
            return;
        }
        var at = 0;
        foreach (var block in Differ.Instance.CreateDiffs(string.Concat(old), string.Concat(now), ignoreWhiteSpace: false,
            ignoreCase: false, Words.Whole).DiffBlocks)
        {
            pieces.Add(DifferenceKind.Same, old[at..block.DeleteStartA]);
            at = block.DeleteStartA + block.DeleteCountA;
            pieces.Add(DifferenceKind.Gone, old[block.DeleteStartA..at]);
            pieces.Add(DifferenceKind.New, now[block.InsertStartB..(block.InsertStartB + block.InsertCountB)]);
        }
        pieces.Add(DifferenceKind.Same, old[at..]);
    }

    /// <summary>Cuts texts as this class does.</summary>
    private sealed class Words : IChunker
    {
        public static readonly Words Whole = new();

        public IReadOnlyList<string> Chunk(string text) => Split(text);
    }

    /// <summary>Browsers send line breaks as two characters; they are the same break.</summary>
    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Words, each run of white space, and punctuation by itself, so that a comma more is no new word.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        for (var from = 0; from < text.Length;)
        {
            var to = from + 1;
            var kind = KindOf(text[from]);
            while (kind != 2 && to < text.Length && KindOf(text[to]) == kind) to++;
            parts.Add(text[from..to]);
            from = to;
        }
        return parts;
    }

    private static int KindOf(char c) => char.IsWhiteSpace(c) ? 0 : char.IsPunctuation(c) && c is not ('\'' or '’' or '-') ? 2 : 1;

    /// <summary>Joins pieces of a kind, and what is gone before what is new between two that are the same; a lone space between two changes
    /// goes with them.</summary>
    private sealed class Pieces
    {
        private readonly List<DifferencePiece> done = [];
        private readonly StringBuilder gone = new();
        private readonly StringBuilder added = new();
        private string space = "";

        public void Add(DifferenceKind kind, IEnumerable<string> words)
        {
            foreach (var word in words) Add(kind, word);
        }

        public void Add(DifferenceKind kind, string word)
        {
            if (kind == DifferenceKind.Same)
            {
                if (gone.Length > 0 && added.Length > 0 && space.Length == 0 && word == " ")
                {
                    space = word;
                    return;
                }
                Flush();
                done.Add(new(DifferenceKind.Same, word));
                return;
            }
            if (space.Length > 0)
            {
                gone.Append(space);
                added.Append(space);
                space = "";
            }
            (kind == DifferenceKind.Gone ? gone : added).Append(word);
        }

        public List<DifferencePiece> Done()
        {
            Flush();
            var joined = new List<DifferencePiece>();
            foreach (var group in Runs()) joined.Add(new(group[0].Kind, string.Concat(group.Select(piece => piece.Text))));
            return joined;
        }

        private void Flush()
        {
            if (gone.Length > 0) done.Add(new(DifferenceKind.Gone, gone.ToString()));
            if (added.Length > 0) done.Add(new(DifferenceKind.New, added.ToString()));
            if (space.Length > 0) done.Add(new(DifferenceKind.Same, space));
            gone.Clear();
            added.Clear();
            space = "";
        }

        private IEnumerable<List<DifferencePiece>> Runs()
        {
            var run = new List<DifferencePiece>();
            foreach (var piece in done)
            {
                if (run.Count > 0 && run[0].Kind != piece.Kind)
                {
                    yield return run;
                    run = [];
                }
                run.Add(piece);
            }
            if (run.Count > 0) yield return run;
        }
    }
}
