namespace Colead.Data.Inventory;

/// <summary>A letter of a round that is to be sent to someone with an invitation.</summary>
public sealed record NewLetter(long InvitationId, string To, string Subject, string Body);

/// <summary>Puts many letters into the outbox at once, inside the transaction that is open.</summary>
public static class NewLetters
{
    /// <param name="letters">No two to one address.</param>
    public static async Task PostAsync(ColeadDb db, long roundId, RoundMessageKind kind, IEnumerable<NewLetter> letters, DateTime now)
    {
        foreach (var chunk in letters.Chunk(ManyRows.AtOnce))
        {
            var ids = await InsertAsync(db, chunk, quiet: kind == RoundMessageKind.Reminder, now);
            await using var command = ManyRows.Command(db, "INSERT INTO \"RoundMessages\" (\"MessageId\", \"RoundId\", \"InvitationId\", \"Kind\") VALUES ",
                chunk.Select(letter => new object?[] { ids[letter.To], roundId, letter.InvitationId, kind.ToString() }), "");
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<Dictionary<string, long>> InsertAsync(ColeadDb db, NewLetter[] letters, bool quiet, DateTime now)
    {
        await using var command = ManyRows.Command(db, "INSERT INTO \"Outbox\" (\"To\", \"Subject\", \"Body\", \"CreatedAt\", \"Attempts\", \"DueAt\", \"Quiet\") VALUES ",
            letters.Select(letter => new object?[] { letter.To, letter.Subject, letter.Body, now, 0, now, quiet }), " RETURNING \"Id\", \"To\"");
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) ids[reader.GetString(1)] = reader.GetInt64(0);
        return ids;
    }
}
