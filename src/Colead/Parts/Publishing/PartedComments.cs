using System.Text.Json;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Storage.Sealing;

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
    /// wrote there, to coordinators too. Nobody writes there twice, so that their number is one of people: where it is more than the
    /// findings say answered, it would tell what they keep back.
    /// </summary>
    public IReadOnlyList<CommentContent> Kept(int counted, int byOpenLink, int from, PublishedTier findings)
    {
        var said = AtLeast(findings);
        var told = all.Where(c => c.Counts && c.Comment.Dimension is not null)
            .CountBy(c => c.Comment.Dimension!, StringComparer.Ordinal)
            .Where(d => d.Value >= from && all.Count(c => c.Comment.Dimension == d.Key) <= Math.Max(from, said)).Select(d => d.Key)
                .ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(c => (c.ByOpenLink ? byOpenLink : counted) >= from)
            .Select(c => c.Comment.Dimension is { } beside && !told.Contains(beside) ? c.Comment with { Dimension = null } : c.Comment)];
    }

    /// <summary>How many answered at least, as anybody can read in the findings.</summary>
    private static long AtLeast(PublishedTier findings)
    {
        if (findings.All.Answered is { } number) return number;
        var part = findings.All is { AnsweredPart: CoarsePart.ThreeFifths, Invited: { } invited } ? (3L * invited + 4) / 5 : 0;
        return Math.Max(part, new[] { findings.Levels, findings.Sectors, findings.Organisations }.Max(groups =>
            findings.All.Dimensions.Select((_, d) => groups.Sum(group => CountBands.Least(group.Dimensions[d].People) ?? 0)).DefaultIfEmpty().Max()));
    }
}
