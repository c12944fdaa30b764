using Colead.Analysis.Instruments;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Web.Features.Partnerships;
using Colead.Web.Features.Partnerships.Rosters;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory.Elsewhere;

/// <summary>A file that the signed-in person brought within the hour, and how it is understood so far.</summary>
public sealed record UploadedAnswers(Standing Standing, AnswersUpload Upload, TableFile Table, AnswersReading Reading, IReadOnlyList<Instrument> Instruments)
{
    public Instrument Instrument => Instruments.First(i => InstrumentFile.ContentHash(i) == Reading.Instrument);
}

/// <summary>Finds it again at each step; only who brought it does.</summary>
public sealed class AnswersUploads(ColeadDb db, PartnershipAccess access, AnswersImport import, TimeProvider clock)
{
    public async Task<UploadedAnswers?> FindAsync(long uploadId)
    {
        var standing = await access.RequiredAsync();
        var oldest = clock.Now() - AnswersUpload.Lifetime;
        var upload = await db.AnswersUploads.FirstOrDefaultAsync(u => u.Id == uploadId && u.PartnershipId == standing.PartnershipId && u.AccountId == standing.AccountId && u.UploadedAt > oldest);
        if (upload is null) return null;
        var table = TableFile.Read(upload.Content, AnswersImport.Limits);
        var instruments = await import.InstrumentsAsync(standing.PartnershipId);
        var reading = AnswersReading.Read(upload.Choices);
        if (reading is null || instruments.All(i => InstrumentFile.ContentHash(i) != reading.Instrument)) reading = await import.GuessAsync(standing.PartnershipId, table, instruments); // its own instrument was changed meanwhile
        return new UploadedAnswers(standing, upload, table, reading, instruments);
    }
}
