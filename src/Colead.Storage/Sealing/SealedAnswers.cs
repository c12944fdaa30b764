using System.Runtime.CompilerServices;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Sealing;

/// <summary>
/// The only door to what people answered in an open round. Closing code alone reads answers through it (a test names who may); pages,
/// exports and reports read publications.
/// </summary>
public sealed class SealedAnswers(ColeadDb db, KeyFolder keys)
{
    /// <summary>What the tag of an invitation that was answered is made for, and that of its drafts.</summary>
    public const string AnsweredTag = "answered";
    public const string DraftTag = "draft";

    /// <summary>
    /// The answers of a round, without loading them all at once. A row that is not genuine is left out, and of two answers of one
    /// invitation the second: somebody wrote into the database what no respondent sent.
    /// </summary>
    /// <param name="onRefused">Called for each row that was left out.</param>
    /// <exception cref="KeyGoneException">The round's key is not there.</exception>
    public async IAsyncEnumerable<AnswerContent> ReadAsync(long roundId, string? keyName, Action onRefused,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var key = keys.Read(KeyUse.Round, keyName ?? "");
        var seen = new HashSet<UInt128>();
        await foreach (var row in db.Responses.AsNoTracking().Where(r => r.RoundId == roundId).AsAsyncEnumerable()
            .WithCancellation(cancellation))
        {
            if (AnswerContent.Open(key, roundId, row.Key, row.Content) is { } answer
                && (answer.Tag.Length == 0 || seen.Add(new(BitConverter.ToUInt64(answer.Tag), BitConverter.ToUInt64(answer.Tag, 8)))))
                yield return answer;
            else onRefused();
        }
    }

    /// <summary>How many rows there are; some may turn out not to be genuine.</summary>
    public Task<int> CountAsync(long roundId) => db.Responses.CountAsync(r => r.RoundId == roundId);

    /// <summary>Which of these invitations were answered: for counting by groups, in memory, and nowhere kept.</summary>
    /// <exception cref="KeyGoneException">The round's key is not there.</exception>
    public async Task<IReadOnlySet<long>> AnsweredAsync(long roundId, string? keyName, IEnumerable<long> invitations)
    {
        var key = keys.Read(KeyUse.Round, keyName ?? "");
        var tags = (await db.Set<AnsweredTag>().AsNoTracking().Where(t => t.RoundId == roundId).Select(t => t.Tag).ToListAsync())
            .Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        return invitations.Where(id => tags.Contains(Convert.ToHexString(key.Tag(AnsweredTag, id)))).ToHashSet();
    }
}
