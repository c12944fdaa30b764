using System.Text.Json;
using Colead.Data.Inventory;

namespace Colead.Parts.Publishing;

/// <summary>
/// Comments as they are parted from answers. People who answered by open link are a group of their own here too: each group's comments
/// need enough questionnaires.
/// </summary>
internal sealed class PartedComments(IReadOnlyList<string> dimensions)
{
    private readonly List<(bool ByOpenLink, bool Counts, CommentContent Comment)> all = [];

    /// <param name="counts">Whether the answer counts where it stands, which may be less than was written into it.</param>
    public void Add(AnswerContent answer, bool counts)
    {
        var texts = JsonSerializer.Deserialize<string[]>(answer.Comments)!;
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i].Trim() is not { Length: > 0 } text) continue;
            var beside = i < dimensions.Count && !answer.ByOpenLink ? dimensions[i] : null;
            all.Add((answer.ByOpenLink, counts, new(text, beside)));
        }
    }

    /// <summary>
    /// Comments of fewer questionnaires than this are nobody's to read; and what one was written beside is told where as many who count
    /// wrote there, to coordinators too.
    /// </summary>
    public IReadOnlyList<CommentContent> Kept(int counted, int byOpenLink, int from)
    {
        var told = all.Where(c => c.Counts && c.Comment.Dimension is not null)
            .CountBy(c => c.Comment.Dimension!, StringComparer.Ordinal)
            .Where(d => d.Value >= from).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(c => (c.ByOpenLink ? byOpenLink : counted) >= from)
            .Select(c => c.Comment.Dimension is { } beside && !told.Contains(beside) ? c.Comment with { Dimension = null } : c.Comment)];
    }
}
