using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing;

/// <summary>A comment that waits for a coordinator, in the clear.</summary>
public sealed record WaitingComment(byte[] Key, string Text, string? Dimension, CommentDecision Decision, string? Edited);

/// <summary>Comments of a closed round, which lie under a key of their own until they are released.</summary>
public sealed class RoundComments(ColeadDb db, KeyFolder keys)
{
    /// <summary>A comment that was brought in a file may be this long.</summary>
    public const int LongestText = 10_000;

    /// <summary>In their random order. Of rows that somebody wrote into the database nothing is read.</summary>
    /// <exception cref="KeyGoneException">There are comments, and their key is not there.</exception>
    public async Task<IReadOnlyList<WaitingComment>> ReadAsync(long roundId)
    {
        var rows = await db.Comments.AsNoTracking().Where(c => c.RoundId == roundId).OrderBy(c => c.Key).ToListAsync();
        if (rows.Count == 0) return [];
        var key = await KeyAsync(roundId);
        return [.. rows.Select(row => (row, content: CommentContent.Open(key, roundId, row.Key, row.Content)))
            .Where(c => c.content is not null)
            .Select(c => new WaitingComment(c.row.Key, c.content!.Text, c.content.Dimension, c.row.Decision,
                CommentContent.OpenEdited(key, roundId, c.row.Key, c.row.Edited)))];
    }

    /// <summary>What a coordinator decided, to be saved with whatever the caller saves.</summary>
    public async Task DecideAsync(long roundId, byte[] comment, CommentDecision decision, string? edited)
    {
        var row = await db.Comments.SingleAsync(c => c.RoundId == roundId && c.Key == comment);
        (row.Decision, row.Edited) =
            (decision, edited is null ? null : CommentContent.SealEdited(await KeyAsync(roundId), roundId, comment, edited));
    }

    private async Task<SealingKey> KeyAsync(long roundId) =>
        keys.Read(KeyUse.Comments, await db.Set<Round>().Where(r => r.Id == roundId).Select(r => r.CommentsKey).SingleAsync() ?? "");
}
