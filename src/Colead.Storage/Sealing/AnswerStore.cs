using System.Data.Common;

namespace Colead.Storage.Sealing;

/// <summary>Where a respondent's link leads at this moment. The round's settings are known by its number and version.</summary>
/// <param name="Key">The name of the round's key.</param>
/// <param name="Closing">It takes no more answers.</param>
public sealed record LinkStanding(long RoundId, int RoundVersion, RoundState State, string? Key, bool Closing)
{
    /// <summary>Absent for the open link.</summary>
    public InvitationStanding? Invitation { get; init; }
    /// <summary>The draft that the asking device says is its own, as it lies in the database; of whom it is, its tag tells to who has the
    /// key.</summary>
    public SealedDraft? Draft { get; init; }
}

/// <summary>One place in a round, as its link finds it.</summary>
/// <param name="PersonId">Absent for a slip, which is nobody's until it is drawn.</param>
/// <param name="OrganisationId">Absent for a slip of a whole sector or of everyone.</param>
/// <param name="Level">Absent for a slip: whoever draws it says so.</param>
public sealed record InvitationStanding(long Id, long? PersonId, long? OrganisationId, Sector? Sector, Level? Level, bool Counts,
    bool Withdrawn, bool Replaced)
{
    /// <summary>Whether the person belongs to several organisations; told only to a device without a draft.</summary>
    public bool HasPlaces { get; init; }
}

/// <summary>A draft as it lies in the database.</summary>
/// <param name="Tag">Absent for answers by the open link.</param>
public sealed record SealedDraft(byte[] Key, byte[]? Tag, byte[] Content);

/// <summary>A draft that begins.</summary>
public sealed record NewDraft(long RoundId, SealedDraft Draft, byte[]? CodeHash)
{
    /// <summary>
    /// Of an invitation that was answered no draft begins: the tag that would say so. Absent for the open link, and for a slip.
    /// </summary>
    public byte[]? Answered { get; init; }
}

/// <summary>What is sent: the draft as it was reviewed, and the answer it becomes.</summary>
public sealed record Sending(SealedDraft Draft, Response Response)
{
    /// <summary>The link it was answered by; one that leads nowhere meanwhile sends nothing. Absent for the open link.</summary>
    public byte[]? SecretHash { get; init; }
    /// <summary>Says, to who has the key, that this invitation was answered. Absent for the open link.</summary>
    public byte[]? Answered { get; init; }
    /// <summary>Drafts of a slip on other devices stay: that they were gone would tell whoever printed it that it was used.</summary>
    public bool LeavesOtherDrafts { get; init; }
}

/// <summary>
/// What a respondent's pages read and write, a few statements each: hundreds may answer at once, so it goes past the object mapper.
/// What returns true is on disk. Every change names what it saw before; it returns false, having changed nothing, when that is no longer
/// so. Nothing here writes or locks a row of an invitation: who was invited and what was answered are joined by the round's key alone.
/// </summary>
public abstract class AnswerStore
{
    /// <summary>
    /// Drafts that one person's link may have on different devices; beginning another drops the oldest. Of a slip none is dropped: that one
    /// was gone would tell whoever printed it that others began.
    /// </summary>
    public const int MostDrafts = 5;

    protected const string FindSql =
        """
        SELECT r."Id", r."Version", r."State", r."Key", r."ClosingBegun", d."Key", d."Tag", d."Content",
               i."Id", i."PersonId", i."OrganisationId", i."Sector", i."Level", i."Counts", i."Withdrawn", i."Replaced",
               d."Key" IS NULL AND (SELECT COUNT(*) FROM "Memberships" m WHERE m."PersonId" = i."PersonId" AND m."LeftOn" IS NULL) > 1
        FROM "Invitations" i JOIN "Rounds" r ON r."Id" = i."RoundId" LEFT JOIN "Drafts" d ON d."Key" = @key AND d."RoundId" = r."Id" AND d."Tag" IS NOT NULL
        WHERE i."SecretHash" = @link
        """;

    protected const string FindOpenSql =
        """
        SELECT r."Id", r."Version", r."State", r."Key", r."ClosingBegun", d."Key", d."Tag", d."Content"
        FROM "Rounds" r LEFT JOIN "Drafts" d ON d."Key" = @key AND d."RoundId" = r."Id" AND d."Tag" IS NULL
        WHERE r."OpenLink" = @link
        """;

    protected const string StandsSql =
        """
        SELECT EXISTS (SELECT 1 FROM "AnsweredTags" WHERE "Tag" = @answered), EXISTS (SELECT 1 FROM "Drafts" WHERE "Tag" = @tag)
        """;

    /// <summary>Nobody answers a round that is not open, or has begun to close.</summary>
    private const string IsOpen = """EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = @round AND "State" = 'Open' AND NOT "ClosingBegun")""";

    protected const string StartSql =
        $"""
        INSERT INTO "Drafts" ("Key", "RoundId", "Tag", "Place", "CodeHash", "CodeTries", "Content")
        SELECT @key, @round, @tag, COALESCE((SELECT MAX("Place") FROM "Drafts" WHERE "Tag" = @tag), 0) + 1, @code, 0, @content
        WHERE {IsOpen} AND NOT EXISTS (SELECT 1 FROM "AnsweredTags" WHERE "Tag" = @answered)
        """;

    protected const string DropOldSql =
        """
        DELETE FROM "Drafts" WHERE "Tag" = @tag AND "Key" NOT IN (SELECT "Key" FROM "Drafts" WHERE "Tag" = @tag ORDER BY "Place" DESC LIMIT 5)
        """;

    protected const string SaveSql =
        """
        UPDATE "Drafts" SET "Content" = @content WHERE "Key" = @key AND "Content" = @seen
        AND EXISTS (SELECT 1 FROM "Rounds" r WHERE r."Id" = "Drafts"."RoundId" AND r."State" = 'Open' AND NOT r."ClosingBegun")
        """;

    /// <summary>Marks as answered what is not yet: the tag is unique, so of two who send at once one does.</summary>
    protected const string MarkSql =
        $"""
        INSERT INTO "AnsweredTags" ("Tag", "RoundId") SELECT @answered, @round
        WHERE {IsOpen}
        AND EXISTS (SELECT 1 FROM "Invitations" WHERE "SecretHash" = @link AND "RoundId" = @round AND NOT "Withdrawn" AND NOT "Replaced")
        AND EXISTS (SELECT 1 FROM "Drafts" WHERE "Key" = @key AND "Content" = @seen)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Every draft of the invitation, or the one that was sent alone.</summary>
    protected const string ForgetDraftsSql = """DELETE FROM "Drafts" WHERE "Tag" = @tag AND (NOT @alone OR "Key" = @key)""";

    protected const string TakeOpenDraftSql =
        $"""
        DELETE FROM "Drafts" WHERE "Key" = @key AND "Content" = @seen AND "Tag" IS NULL AND {IsOpen}
        """;

    /// <param name="secretHash">SHA-256 of the link's secret.</param>
    /// <param name="draftKey">Of the draft that the device says it began, when it does.</param>
    public abstract Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey);

    public abstract Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey);

    /// <summary>What the tags of an invitation stand for: whether it was answered, and whether any device began a draft.</summary>
    public abstract Task<(bool Answered, bool HasDrafts)> StandsAsync(byte[] answered, byte[] draftTag);

    /// <summary>Begins a draft, while the round is open and the invitation is not answered.</summary>
    public abstract Task<bool> StartAsync(NewDraft draft);

    /// <summary>Saves over the draft that was seen.</summary>
    public abstract Task<bool> SaveAsync(SealedDraft seen, byte[] content);

    /// <summary>
    /// Makes the draft an answer, in one transaction: the round held open, the tag of the invitation put unless it is there already, the
    /// answer written under its own key, and every draft of the invitation gone. What a log of the database joins here is noise with noise
    /// to who lacks the key, and to all when it is gone.
    /// </summary>
    public abstract Task<bool> SendAsync(Sending sending);

    protected static LinkStanding Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt32(1), Enum.Parse<RoundState>(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3),
            row.GetBoolean(4))
        {
            Draft = row.IsDBNull(5) ? null : new((byte[])row.GetValue(5), row.IsDBNull(6) ? null : (byte[])row.GetValue(6),
                (byte[])row.GetValue(7)),
            Invitation = row.FieldCount == 8 ? null : new(row.GetInt64(8), IdAt(row, 9), IdAt(row, 10), WordAt<Sector>(row, 11),
                WordAt<Level>(row, 12),
                row.GetBoolean(13), row.GetBoolean(14), row.GetBoolean(15)) { HasPlaces = row.GetBoolean(16) },
        };

    private static long? IdAt(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static T? WordAt<T>(DbDataReader row, int column) where T : struct, Enum => row.IsDBNull(column) ? null
        : Enum.Parse<T>(row.GetString(column));
}
