namespace Colead.Data.Inventory;

/// <summary>Writes thousands of answers from elsewhere at once, inside the transaction that is open.</summary>
public static class NewResponses
{
    public static async Task InsertAsync(ColeadDb db, IEnumerable<Response> responses)
    {
        foreach (var chunk in responses.Chunk(ManyRows.AtOnce))
        {
            await using var command = ManyRows.Command(db, "INSERT INTO \"Responses\" (\"Key\", \"RoundId\", \"ByOpenLink\", \"OrganisationId\", \"Sector\", \"Level\", \"Answers\", \"Comments\") VALUES ",
                chunk.Select(r => new object?[] { r.Key, r.RoundId, r.ByOpenLink, r.OrganisationId, r.Sector?.ToString(), r.Level?.ToString(), r.Answers, r.Comments }), "");
            await command.ExecuteNonQueryAsync();
        }
    }
}
