using System.Security.Cryptography;
using Colead.Storage.Keys;

namespace Colead.Storage.Sealing;

/// <summary>Seals and writes thousands of answers at once, inside the transaction that is open.</summary>
public static class NewResponses
{
    public static async Task InsertAsync(ColeadDb db, SealingKey key, long roundId, IEnumerable<AnswerContent> answers)
    {
        foreach (var chunk in answers.Chunk(ManyRows.AtOnce))
        {
            await using var command = ManyRows.Command(db, "INSERT INTO \"Responses\" (\"Key\", \"RoundId\", \"Content\") VALUES ",
                chunk.Select(answer => Row(key, roundId, answer)), "");
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The tags of invitations that were answered, where answers are made by code.</summary>
    public static async Task MarkAsync(ColeadDb db, long roundId, IEnumerable<byte[]> tags)
    {
        foreach (var chunk in tags.Chunk(ManyRows.AtOnce))
        {
            await using var command = ManyRows.Command(db, "INSERT INTO \"AnsweredTags\" (\"Tag\", \"RoundId\") VALUES ",
                chunk.Select(tag => new object?[] { tag, roundId }), "");
            await command.ExecuteNonQueryAsync();
        }
    }

    private static object?[] Row(SealingKey key, long roundId, AnswerContent answer)
    {
        var row = RandomNumberGenerator.GetBytes(SealingKey.TagLength);
        return [row, roundId, answer.Seal(key, roundId, row)];
    }
}
