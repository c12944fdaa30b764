using System.Data.Common;
using Colead.Data.Partnerships;

namespace Colead.Data.Inventory;

/// <summary>Where a respondent's link leads at this moment. The round's settings are known by its number and version.</summary>
public sealed record LinkStanding(long RoundId, int RoundVersion, RoundState State)
{
    /// <summary>Absent for the open link.</summary>
    public InvitationStanding? Invitation { get; init; }
    /// <summary>The draft of the asking device.</summary>
    public SavedDraft? Draft { get; init; }
}

/// <summary>One person's place, as their link finds it.</summary>
public sealed record InvitationStanding(long Id, long PersonId, long OrganisationId, Level Level, bool Answered, bool Withdrawn)
{
    /// <summary>Whether any device began a draft; told only to a device without one.</summary>
    public bool HasDrafts { get; init; }
    /// <summary>Whether the person belongs to several organisations; told only to a device without a draft.</summary>
    public bool HasPlaces { get; init; }
}

/// <summary>A draft as it is saved.</summary>
public sealed record SavedDraft(byte[] Key, long? OrganisationId, Level? Level, string Language, byte[] Answers, string Comments, int Pages);

/// <summary>What is sent: the draft as it was reviewed, and the answer it becomes.</summary>
public sealed record Sending(SavedDraft Draft, Response Response)
{
    /// <summary>Absent for the open link.</summary>
    public long? InvitationId { get; init; }
    /// <summary>The link it was answered by; one that was replaced meanwhile sends nothing.</summary>
    public byte[]? SecretHash { get; init; }
}

/// <summary>
/// What a respondent's pages read and write, a few statements each: hundreds may answer at once, so it goes past the object mapper.
/// What returns true is on disk. Every change names what it saw before; it returns false, having changed nothing, when that is no longer so.
/// </summary>
public abstract class AnswerStore
{
    /// <summary>Drafts that one link may have on different devices; beginning another drops the oldest.</summary>
    public const int MostDrafts = 5;

    protected const string FindSql =
        """
        SELECT r."Id", r."Version", r."State",
               i."Id", i."PersonId", i."OrganisationId", i."Level", i."Answered", i."Withdrawn",
               d."Key", d."OrganisationId", d."Level", d."Language", d."Answers", d."Comments", d."Pages",
               d."Key" IS NULL AND EXISTS (SELECT 1 FROM "Drafts" o WHERE o."InvitationId" = i."Id"),
               d."Key" IS NULL AND (SELECT COUNT(*) FROM "Memberships" m WHERE m."PersonId" = i."PersonId" AND m."LeftOn" IS NULL) > 1
        FROM "Invitations" i JOIN "Rounds" r ON r."Id" = i."RoundId" LEFT JOIN "Drafts" d ON d."Key" = @key AND d."InvitationId" = i."Id"
        WHERE i."SecretHash" = @link
        """;

    protected const string FindOpenSql =
        """
        SELECT r."Id", r."Version", r."State",
               NULL, NULL, NULL, NULL, NULL, NULL,
               d."Key", d."OrganisationId", d."Level", d."Language", d."Answers", d."Comments", d."Pages"
        FROM "Rounds" r LEFT JOIN "Drafts" d ON d."Key" = @key AND d."RoundId" = r."Id" AND d."InvitationId" IS NULL
        WHERE r."OpenLink" = @link
        """;

    protected const string StartSql =
        """
        INSERT INTO "Drafts" ("RoundId", "InvitationId", "Key", "CodeHash", "CodeTries", "OrganisationId", "Level", "Language", "Answers", "Comments", "Pages")
        SELECT @round, @invitation, @key, @code, 0, @organisation, @level, @language, @answers, @comments, 0
        WHERE EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = @round AND "State" = 'Open')
        """;

    protected const string DropOldSql =
        """
        DELETE FROM "Drafts" WHERE "InvitationId" = @invitation AND "Id" NOT IN (SELECT "Id" FROM "Drafts" WHERE "InvitationId" = @invitation ORDER BY "Id" DESC LIMIT 5)
        """;

    protected const string SaveSql =
        """
        UPDATE "Drafts" SET "Answers" = @answers, "Comments" = @comments, "Language" = @language, "Pages" = @pages
        WHERE "Key" = @key AND "Answers" = @seenAnswers AND "Comments" = @seenComments
        AND EXISTS (SELECT 1 FROM "Rounds" r WHERE r."Id" = "Drafts"."RoundId" AND r."State" = 'Open')
        """;

    /// <param name="secretHash">SHA-256 of the link's secret.</param>
    /// <param name="draftKey">Of the draft that the device began, when it began one.</param>
    public abstract Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey);

    public abstract Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey);

    /// <summary>Begins a draft, while the round is open.</summary>
    public abstract Task<bool> StartAsync(Draft draft);

    /// <summary>Saves over the draft that was seen.</summary>
    public abstract Task<bool> SaveAsync(SavedDraft seen, SavedDraft next);

    /// <summary>
    /// Makes the draft an answer, in one transaction: the round held open, the invitation marked as answered unless it is already, the answer written under its
    /// own key, and every draft of the invitation gone.
    /// </summary>
    public abstract Task<bool> SendAsync(Sending sending);

    protected static LinkStanding Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt32(1), Enum.Parse<RoundState>(row.GetString(2)))
    {
        Invitation = row.IsDBNull(3) ? null : new(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), Enum.Parse<Level>(row.GetString(6)), row.GetBoolean(7), row.GetBoolean(8)) { HasDrafts = row.GetBoolean(16), HasPlaces = row.GetBoolean(17) },
        Draft = row.IsDBNull(9) ? null : new((byte[])row.GetValue(9), row.IsDBNull(10) ? null : row.GetInt64(10), row.IsDBNull(11) ? null : Enum.Parse<Level>(row.GetString(11)),
            row.GetString(12), (byte[])row.GetValue(13), row.GetString(14), row.GetInt32(15)),
    };
}
