using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colead.Storage.Audit;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Upgrades;

/// <summary>
/// Once, after the migration that put answers under keys: seals what open rounds and waiting comments hold, and drops the tables it was put
/// aside in. All of it in one transaction, so that a crash only means that the next start begins again; keys it had made by then lie under
/// nothing.
/// </summary>
/// <remarks>
/// An open round keeps the promise its people read: its links, the devices they began on and their short codes stay what they were, so the
/// keys that these were made from go into the file of the round's key. Who added whom was not written down before, so everyone who was
/// invited counts.
/// </remarks>
internal sealed class SealingUpgrade(ColeadDb db, KeyFolder keys)
{
    /// <summary>Parts of a round's key that were keys of the whole installation before.</summary>
    private static readonly string[] FormerKeys = ["links", "draft marks", "draft codes"];
    private static readonly string[] PutAside = ["OldDrafts", "OldResponses", "OldAnswered", "OldComments", "OldServerKeys",
        "OldClosedResponses", "OldInvited"];

    /// <returns>What the operator has to be told; null where there was nothing to seal or delete.</returns>
    public async Task<string?> RunAsync(DateTime now)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var former = (await db.Database.SqlQueryRaw<OldKey>("""SELECT "Name", "Value" FROM "OldServerKeys" """).ToListAsync())
            .Where(k => FormerKeys.Contains(k.Name, StringComparer.Ordinal))
                .ToDictionary(k => k.Name, k => k.Value, StringComparer.Ordinal);
        var unfinished = await db.Database.SqlQueryRaw<long>("""SELECT DISTINCT "RoundId" AS "Value" FROM "OldInvited" UNION SELECT DISTINCT "RoundId" FROM "OldClosedResponses" """).ToListAsync();
        foreach (var round in unfinished) await BeginClosingAgainAsync(round);
        var open = await db.Database.SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "Rounds" WHERE "State" = {nameof(RoundState.Open)} AND "Key" IS NULL""").ToListAsync();
        foreach (var round in open) await SealAsync(round, former);
        var waiting = await db.Database.SqlQueryRaw<long>("""SELECT DISTINCT "RoundId" AS "Value" FROM "OldComments" """).ToListAsync();
        foreach (var round in waiting) await SealCommentsAsync(round);
        await db.Database.ExecuteSqlRawAsync("""DELETE FROM "RoundProgress" """); // told more than may be told now
        var closed = await db.Database.ExecuteSqlAsync($"""
            UPDATE "Rounds" SET "UntraceableAt" = {now} WHERE "State" IN ({nameof(RoundState.Closed)}, {nameof(RoundState.Published)}, {nameof(RoundState.Cancelled)})
            """);
        foreach (var table in PutAside)
        {
            var sql = $"DROP TABLE \"{table}\"";
            await db.Database.ExecuteSqlRawAsync(sql);
        }
        var told = closed + open.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"The answers behind {closed} rounds that had ended are deleted, and those of {open.Count} open rounds lie under keys in {keys.Path} now. Copies of the database made before this, the one made for this upgrade included, still hold them: delete them.");
        db.ChangeTracker.Clear();
        if (told is not null) db.AuditEntries.Add(new AuditEntry { At = now, Who = "Colead", Act = "sealed the answers of earlier rounds",
            Detail = told.Length > 500 ? told[..500] : told });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        db.ChangeTracker.Clear();
        return told;
    }

    /// <summary>Its answers were parted from people and its figures never made: it closes again, from answers that lie under a key
    /// now.</summary>
    private async Task BeginClosingAgainAsync(long roundId)
    {
        var key = keys.Make(KeyUse.Round);
        await NewResponses.InsertAsync(db, key, roundId, (await OldResponsesAsync("OldClosedResponses", roundId, comments: false))
            .Select(r => r.Content()));
        await db.Database.ExecuteSqlAsync($"""
            UPDATE "Rounds" SET "State" = {nameof(RoundState.Open)}, "ClosingBegun" = {true}, "ClosedAt" = NULL, "Key" = {key.Fingerprint} WHERE "Id" = {roundId}
            """);
    }

    private async Task SealAsync(long roundId, Dictionary<string, byte[]> former)
    {
        var key = keys.Make(KeyUse.Round, former);
        await NewResponses.InsertAsync(db, key, roundId, (await OldResponsesAsync("OldResponses", roundId, comments: true))
            .Select(r => r.Content()));
        var answered = await db.Database.SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "OldAnswered" WHERE "RoundId" = {roundId}""").ToListAsync();
        await NewResponses.MarkAsync(db, roundId, answered.Select(id => key.Tag(SealedAnswers.AnsweredTag, id)));
        var links = (await db.Database.SqlQuery<OldLink>($"""SELECT "Id", "SecretHash" FROM "Invitations" WHERE "RoundId" = {roundId}""").ToListAsync())
            .ToDictionary(i => i.Id, i => i.SecretHash);
        var places = new Dictionary<long, int>();
        foreach (var draft in await db.Database.SqlQuery<OldDraft>($"""SELECT "Key", "InvitationId", "CodeHash", "CodeTries", "OrganisationId", "Level", "Language", "Answers", "Comments", "Pages" FROM "OldDrafts" WHERE "RoundId" = {roundId} ORDER BY "Id" """).ToListAsync())
        {
            var code = draft.InvitationId is { } invitation && links.TryGetValue(invitation, out var link)
                ? DraftCodes.Of(key, draft.Key, link) : null;
            // begun by a link that was replaced: nobody can open it
            if (code is not null && draft.CodeHash is { } hash && !SHA256.HashData(Encoding.UTF8.GetBytes(code)).AsSpan()
                .SequenceEqual(hash)) continue;
            var place = places[draft.InvitationId ?? 0] = places.GetValueOrDefault(draft.InvitationId ?? 0) + 1;
            db.Drafts.Add(new Draft
            {
                Key = draft.Key,
                RoundId = roundId,
                Tag = draft.InvitationId is { } of ? key.Tag(SealedAnswers.DraftTag, of) : null,
                Place = place,
                CodeHash = code is null ? null : DraftCodes.Hash(key, code),
                CodeTries = draft.CodeTries,
                Content = new DraftContent(draft.OrganisationId, WordOf<Level>(draft.Level), draft.Language, draft.Answers, draft.Comments,
                    draft.Pages).Seal(key, roundId, draft.Key),
            });
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        await db.Database.ExecuteSqlAsync($"""UPDATE "Rounds" SET "Key" = {key.Fingerprint} WHERE "Id" = {roundId}""");
    }

    private async Task SealCommentsAsync(long roundId)
    {
        var key = keys.Make(KeyUse.Comments);
        var comments =
            await db.Database.SqlQuery<OldComment>($"""SELECT "Dimension", "Text", "Decision", "Edited" FROM "OldComments" WHERE "RoundId" = {roundId}""").ToListAsync();
        var from = await db.Database.SqlQuery<int>($"""SELECT "DetailsFrom" AS "Value" FROM "Rounds" WHERE "Id" = {roundId}""").SingleAsync();
        var told = comments.CountBy(c => c.Dimension ?? "", StringComparer.Ordinal).Where(d => d.Value >= from).Select(d => d.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var comment in comments)
        {
            var row = RandomNumberGenerator.GetBytes(SealingKey.TagLength);
            db.Comments.Add(new RoundComment
            {
                Key = row,
                RoundId = roundId,
                Content = new CommentContent(comment.Text, told.Contains(comment.Dimension ?? "") ? comment.Dimension : null)
                    .Seal(key, roundId, row),
                Decision = Enum.Parse<CommentDecision>(comment.Decision),
                Edited = comment.Edited is null ? null : CommentContent.SealEdited(key, roundId, row, comment.Edited),
            });
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        await db.Database.ExecuteSqlAsync($"""UPDATE "Rounds" SET "CommentsKey" = {key.Fingerprint} WHERE "Id" = {roundId}""");
    }

    private Task<List<OldResponse>> OldResponsesAsync(string table, long roundId, bool comments)
    {
        var sql = $"SELECT \"ByOpenLink\", \"OrganisationId\", \"Sector\", \"Level\", \"Answers\", {(comments ? "\"Comments\"" : "'[]' AS \"Comments\"")} FROM \"{table}\" WHERE \"RoundId\" = {{0}}";
        return db.Database.SqlQueryRaw<OldResponse>(sql, roundId).ToListAsync();
    }

    private static T? WordOf<T>(string? word) where T : struct, Enum => word is null ? null : Enum.Parse<T>(word);

    private sealed record OldLink(long Id, byte[] SecretHash);

    private sealed class OldKey
    {
        public required string Name { get; init; }
        public required byte[] Value { get; init; }
    }

    private sealed class OldResponse
    {
        public bool ByOpenLink { get; init; }
        public long? OrganisationId { get; init; }
        public string? Sector { get; init; }
        public string? Level { get; init; }
        public required byte[] Answers { get; init; }
        public required string Comments { get; init; }

        public AnswerContent Content() => new(ByOpenLink, [], OrganisationId, WordOf<Sector>(Sector), WordOf<Level>(Level), !ByOpenLink,
            Answers, Comments);
    }

    private sealed class OldDraft
    {
        public required byte[] Key { get; init; }
        public long? InvitationId { get; init; }
        public byte[]? CodeHash { get; init; }
        public int CodeTries { get; init; }
        public long? OrganisationId { get; init; }
        public string? Level { get; init; }
        public required string Language { get; init; }
        public required byte[] Answers { get; init; }
        public required string Comments { get; init; }
        public int Pages { get; init; }
    }

    private sealed class OldComment
    {
        public string? Dimension { get; init; }
        public required string Text { get; init; }
        public required string Decision { get; init; }
        public string? Edited { get; init; }
    }
}
