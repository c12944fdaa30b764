using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Publishing;

/// <summary>A comment as a coordinator let it go: identifying words removed, no organisation, level, score or date.</summary>
/// <param name="Dimension">The dimension it was written beside; kept only where enough people wrote there.</param>
public sealed record Comment(string Text, string? Dimension)
{
    /// <summary>Does its writer count? Not kept.</summary>
    [JsonIgnore]
    public bool Counts { get; init; } = true;
}

/// <summary>
/// The second sealed part of a publication, released once: comments of the whole partnership, in an order that has
/// nothing to do with the order of writing.
/// </summary>
/// <param name="Publication">Hash of the publication it belongs to.</param>
public sealed record CommentRelease(string Publication, IReadOnlyList<Comment> Comments)
{
    /// <summary>
    /// Nothing is released where fewer than <see cref="Thresholds.Details"/> questionnaires came in; a comment keeps
    /// "about <c>dimension</c>" only where as many questionnaires carry a comment there. The order is that of a hash of
    /// seal and text: the same on every machine, and blind to who wrote when.
    /// </summary>
    /// <param name="comments">At most one a questionnaire and dimension.</param>
    /// <param name="questionnaires">Questionnaires of people who count, with or without a comment.</param>
    public static CommentRelease Of(string publication, IReadOnlyList<Comment> comments, long questionnaires, Thresholds thresholds)
    {
        if (questionnaires < thresholds.Details) return new(publication, []);
        var perDimension = comments
            .Where(c => c.Dimension is not null && c.Counts)
            .CountBy(c => c.Dimension!, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var released = comments
            .Where(c => !string.IsNullOrWhiteSpace(c.Text))
            .Select(c => new Comment(c.Text.Trim(), c.Dimension is { } d && perDimension.GetValueOrDefault(d) >= thresholds.Details ? d
                : null))
            .OrderBy(c => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{publication}\n{c.Text}"))),
                StringComparer.Ordinal)
            .ThenBy(c => c.Dimension, StringComparer.Ordinal);
        return new(publication, [.. released]);
    }
}
