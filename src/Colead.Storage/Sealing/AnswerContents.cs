using System.Text;
using Colead.Storage.Keys;

namespace Colead.Storage.Sealing;

/// <summary>What a draft holds, under the round's key.</summary>
/// <param name="OrganisationId">Absent for people who answer by open link for no organisation.</param>
/// <param name="Answers">One byte a statement: 0 nothing chosen yet, 254 "skip" chosen, 255 don't know, otherwise the option from 1.
/// Sending writes both 0 and 254 as 0, skipped.</param>
/// <param name="Comments">A JSON list of texts, one a dimension.</param>
/// <param name="Pages">Pages seen so far.</param>
public sealed record DraftContent(long? OrganisationId, Level? Level, string Language, byte[] Answers, string Comments, int Pages)
{
    private const string Table = "Drafts";

    public byte[] Seal(SealingKey key, long roundId, byte[] row) => key.Seal(Table, roundId, row, Contents.Write(writer =>
    {
        Contents.Write(writer, OrganisationId);
        Contents.Write(writer, Level);
        writer.Write(Language);
        Contents.Write(writer, Answers);
        writer.Write(Comments);
        writer.Write(Pages);
    }));

    /// <summary>Null where the row is not genuine.</summary>
    public static DraftContent? Open(SealingKey key, long roundId, SealedDraft draft) =>
        Contents.Read(key.Open(Table, roundId, draft.Key, draft.Content), reader =>
        new DraftContent(Contents.ReadId(reader), Contents.ReadWord<Level>(reader), reader.ReadString(), Contents.ReadBytes(reader),
            reader.ReadString(), reader.ReadInt32()));
}

/// <summary>What an answer holds, under the round's key: nothing outside of it says whose it could be.</summary>
/// <param name="Tag">Of the invitation it was sent by, so that two of one tag are seen; empty for the open link and answers from
/// elsewhere.</param>
/// <param name="Sector">Where a file of answers from elsewhere tells the sector and no organisation.</param>
/// <param name="Level">Absent where a file of answers from elsewhere does not tell it.</param>
/// <param name="Counts">Whether the person counts towards thresholds: somebody stood by that name on a list that a second person
/// confirmed.</param>
/// <param name="Comments">A JSON list of texts, one a dimension; closing parts them from the answers.</param>
public sealed record AnswerContent(bool ByOpenLink, byte[] Tag, long? OrganisationId, Sector? Sector, Level? Level, bool Counts,
    byte[] Answers, string Comments)
{
    private const string Table = "Responses";

    public byte[] Seal(SealingKey key, long roundId, byte[] row) => key.Seal(Table, roundId, row, Contents.Write(writer =>
    {
        writer.Write(ByOpenLink);
        Contents.Write(writer, Tag);
        Contents.Write(writer, OrganisationId);
        Contents.Write(writer, Sector);
        Contents.Write(writer, Level);
        writer.Write(Counts);
        Contents.Write(writer, Answers);
        writer.Write(Comments);
    }));

    /// <summary>Null where the row is not genuine.</summary>
    public static AnswerContent? Open(SealingKey key, long roundId, byte[] row, byte[] content) =>
        Contents.Read(key.Open(Table, roundId, row, content), reader =>
        new AnswerContent(reader.ReadBoolean(), Contents.ReadBytes(reader), Contents.ReadId(reader), Contents.ReadWord<Sector>(reader),
            Contents.ReadWord<Level>(reader), reader.ReadBoolean(),
            Contents.ReadBytes(reader), reader.ReadString()));
}

/// <summary>A comment of a closed round until it is released, under a key of its own.</summary>
/// <param name="Dimension">The dimension it was written beside, where enough people wrote there.</param>
public sealed record CommentContent(string Text, string? Dimension)
{
    private const string Table = "Comments";
    private const string EditedTable = "Comments, edited";

    public byte[] Seal(SealingKey key, long roundId, byte[] row) => key.Seal(Table, roundId, row, Contents.Write(writer =>
    {
        writer.Write(Text);
        writer.Write(Dimension ?? "");
    }));

    /// <summary>Null where the row is not genuine.</summary>
    public static CommentContent? Open(SealingKey key, long roundId, byte[] row, byte[] content) =>
        Contents.Read(key.Open(Table, roundId, row, content), reader =>
        // older rows say more, which nobody reads
        new CommentContent(reader.ReadString(), reader.ReadString() is { Length: > 0 } dimension ? dimension : null));

    /// <summary>What a coordinator wrote in its place.</summary>
    public static byte[] SealEdited(SealingKey key, long roundId, byte[] row, string text) =>
        key.Seal(EditedTable, roundId, row, Encoding.UTF8.GetBytes(text));

    public static string? OpenEdited(SealingKey key, long roundId, byte[] row, byte[]? content) =>
        content is not null && key.Open(EditedTable, roundId, row, content) is { } text ? Encoding.UTF8.GetString(text) : null;
}

/// <summary>How contents are written before they are sealed.</summary>
internal static class Contents
{
    public static byte[] Write(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream(256);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) write(writer);
        return stream.ToArray();
    }

    public static T? Read<T>(byte[]? content, Func<BinaryReader, T> read) where T : class
    {
        if (content is null) return null;
        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        return read(reader);
    }

    public static void Write(BinaryWriter writer, long? id) => writer.Write(id ?? 0);

    public static long? ReadId(BinaryReader reader) => reader.ReadInt64() is not 0 and var id ? id : null;

    public static void Write<T>(BinaryWriter writer, T? word) where T : struct, Enum =>
        writer.Write((byte)(word is { } known ? Convert.ToInt32(known, null) + 1 : 0));

    public static T? ReadWord<T>(BinaryReader reader) where T : struct, Enum => reader.ReadByte() is not 0 and var word
        ? (T)Enum.ToObject(typeof(T), word - 1) : null;

    public static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.Read7BitEncodedInt());
}
