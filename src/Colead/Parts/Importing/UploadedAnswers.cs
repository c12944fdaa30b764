using System.Text;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Importing;

/// <summary>A file that the signed-in person brought within the hour, and how it is understood so far.</summary>
public sealed record UploadedAnswers(Standing Standing, AnswersUpload Upload, TableFile Table, AnswersReading Reading,
    IReadOnlyList<Instrument> Instruments)
{
    /// <summary>The file itself, to be read another way.</summary>
    public byte[] Content { get; init; } = [];

    public Instrument Instrument => Instruments.First(i => InstrumentFile.ContentHash(i) == Reading.Instrument);
}

/// <summary>Keeps files of answers between upload and confirmation, each under a key of its own, and finds them again at each step; only
/// who brought one does.</summary>
public sealed class AnswersUploads(ColeadDb db, KeyFolder keys, PartnershipAccess access, ImportOperations import, TimeProvider clock)
{
    private const string Table = "AnswersUploads";
    private static readonly byte[] Content = "content"u8.ToArray();
    private static readonly byte[] Choices = "choices"u8.ToArray();

    /// <summary>Keeps a file that the signed-in person brought, in place of any that they brought before. Returns its number.</summary>
    public async Task<long> KeepAsync(Standing standing, string fileName, byte[] content, AnswersReading reading)
    {
        await DropAsync(db.Set<AnswersUpload>().Where(u => u.PartnershipId == standing.PartnershipId && u.AccountId == standing.AccountId));
        var key = keys.Make(KeyUse.Upload);
        var upload = new AnswersUpload
        {
            PartnershipId = standing.PartnershipId,
            AccountId = standing.AccountId,
            FileName = fileName,
            Key = key.Fingerprint,
            Content = key.Seal(Table, standing.PartnershipId, Content, content),
            Choices = key.Seal(Table, standing.PartnershipId, Choices, Encoding.UTF8.GetBytes(reading.Write())),
            UploadedAt = clock.Now(),
        };
        db.Set<AnswersUpload>().Add(upload);
        await db.SaveChangesAsync();
        return upload.Id;
    }

    /// <summary>Other choices about a file; saved with whatever the caller saves.</summary>
    public void Choose(AnswersUpload upload, AnswersReading reading) =>
        upload.Choices = keys.Read(KeyUse.Upload, upload.Key)
            .Seal(Table, upload.PartnershipId, Choices, Encoding.UTF8.GetBytes(reading.Write()));

    public async Task<UploadedAnswers?> FindAsync(long uploadId)
    {
        var standing = await access.RequiredAsync();
        var oldest = clock.Now() - AnswersUpload.Lifetime;
        var upload = await db.Set<AnswersUpload>().FirstOrDefaultAsync(u => u.Id == uploadId && u.PartnershipId == standing.PartnershipId
            && u.AccountId == standing.AccountId && u.UploadedAt > oldest);
        if (upload is null || keys.Find(KeyUse.Upload, upload.Key) is not { } key
            || key.Open(Table, upload.PartnershipId, Content, upload.Content) is not { } content) return null;
        var instruments = await import.InstrumentsAsync(standing.PartnershipId);
        var reading = key.Open(Table, upload.PartnershipId, Choices, upload.Choices) is { } choices
            ? AnswersReading.Read(Encoding.UTF8.GetString(choices)) : null;
        var table = TableFile.Read(content, ImportOperations.Limits, reading is null ? null : TableChoices.Of(reading.Said));
        // its own instrument was changed meanwhile
        if (reading is null || instruments.All(i => InstrumentFile.ContentHash(i) != reading.Instrument)) reading =
            await import.GuessAsync(standing.PartnershipId, table, instruments);
        return new UploadedAnswers(standing, upload, table, reading, instruments) { Content = content };
    }

    /// <summary>Files that nobody confirmed in time.</summary>
    public Task DropStaleAsync()
    {
        var stale = clock.Now() - AnswersUpload.Lifetime;
        return DropAsync(db.Set<AnswersUpload>().Where(u => u.UploadedAt < stale));
    }

    private async Task DropAsync(IQueryable<AnswersUpload> uploads)
    {
        foreach (var upload in await uploads.Select(u => new { u.Id, u.Key }).ToListAsync())
        {
            await db.Set<AnswersUpload>().Where(u => u.Id == upload.Id).ExecuteDeleteAsync();
            keys.Destroy(KeyUse.Upload, upload.Key);
        }
    }
}
