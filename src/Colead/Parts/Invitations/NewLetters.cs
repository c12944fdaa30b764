using Colead.Storage;

namespace Colead.Parts.Invitations;

/// <summary>A letter of a round that is to be sent to someone with an invitation. Its body, with the link, is made when it is sent, and
/// stored nowhere.</summary>
public sealed record NewLetter(long InvitationId, string To, string Subject);

/// <summary>Puts many letters into the outbox at once, inside the transaction that is open.</summary>
public static class NewLetters
{
    public static async Task PostAsync(ColeadDb db, long roundId, RoundMessageKind kind, IEnumerable<NewLetter> letters, DateTime now)
    {
        foreach (var chunk in letters.Chunk(ManyRows.AtOnce))
        {
            var ids = await InsertAsync(db, chunk, now);
            await using var command =
                ManyRows.Command(db, "INSERT INTO \"RoundMessages\" (\"MessageId\", \"RoundId\", \"InvitationId\", \"Kind\") VALUES ",
                chunk.Select((letter, i) => new object?[] { ids[i], roundId, letter.InvitationId, kind.ToString() }), "");
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The numbers of the letters, in their order.</summary>
    private static async Task<List<long>> InsertAsync(ColeadDb db, NewLetter[] letters, DateTime now)
    {
        await using var command = ManyRows.Command(db, """
            INSERT INTO "Outbox" ("To", "Subject", "Body", "CreatedAt", "Attempts", "DueAt", "Composed") VALUES
            """ + " ", letters.Select(letter => new object?[] { letter.To, letter.Subject, "", now, 0, now, true }), " RETURNING \"Id\", \"To\"");
        // The engines do not promise an order; letters to one address are alike until they are tied to an invitation.
        var made = new List<(long Id, string To)>(letters.Length);
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) made.Add((reader.GetInt64(0), reader.GetString(1)));
        var byAddress = made.OrderBy(m => m.Id).GroupBy(m => m.To, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new Queue<long>(g.Select(m => m.Id)), StringComparer.Ordinal);
        return [.. letters.Select(letter => byAddress[letter.To].Dequeue())];
    }
}
