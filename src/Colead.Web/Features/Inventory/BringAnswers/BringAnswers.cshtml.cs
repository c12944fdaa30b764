using Colead.Data;
using Colead.Data.Inventory;
using Colead.Web.Features.Inventory.Elsewhere;
using Colead.Web.Features.Partnerships;
using Colead.Web.Features.Partnerships.Rosters;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>Takes a file of answers. It is kept an hour for its owner to look at, apart from every round.</summary>
[RequestSizeLimit(AnswersImport.MostBytes + 64 * 1024)]
[RequestFormLimits(MultipartBodyLengthLimit = AnswersImport.MostBytes + 64 * 1024)]
public sealed class BringAnswersModel(ColeadDb db, PartnershipAccess access, AnswersImport import, TimeProvider clock) : PageModel
{
    [BindProperty]
    public new IFormFile? File { get; set; }

    public long PartnershipId { get; private set; }

    public async Task OnGetAsync() => PartnershipId = (await access.RequiredAsync()).PartnershipId;

    public async Task<IActionResult> OnPostAsync()
    {
        var standing = await access.RequiredAsync();
        PartnershipId = standing.PartnershipId;
        if (File is null) ModelState.AddModelError(nameof(File), "Choose the file");
        else if (File.Length > AnswersImport.MostBytes) ModelState.AddModelError(nameof(File), "The file is larger than 20 MB. Leave out columns that hold no answers");
        if (!ModelState.IsValid) return Page();
        using var stream = new MemoryStream();
        await File!.CopyToAsync(stream);
        var content = stream.ToArray();
        TableFile table;
        try
        {
            table = TableFile.Read(content, AnswersImport.Limits);
        }
        catch (UnreadableFileException error)
        {
            ModelState.AddModelError(nameof(File), error.Message);
            return Page();
        }
        var now = clock.Now();
        var stale = now - AnswersUpload.Lifetime;
        await db.AnswersUploads.Where(u => u.UploadedAt < stale || (u.PartnershipId == standing.PartnershipId && u.AccountId == standing.AccountId)).ExecuteDeleteAsync();
        var name = ShortText.Tidy(Path.GetFileName(File.FileName)) ?? "answers";
        var upload = new AnswersUpload
        {
            PartnershipId = standing.PartnershipId,
            AccountId = standing.AccountId,
            FileName = name.Length > AnswersUpload.FileNameLength ? name[^AnswersUpload.FileNameLength..] : name,
            Content = content,
            Choices = (await import.GuessAsync(standing.PartnershipId, table, await import.InstrumentsAsync(standing.PartnershipId))).Write(),
            UploadedAt = now,
        };
        db.AnswersUploads.Add(upload);
        await db.SaveChangesAsync();
        return Redirect(InventoryLinks.MatchAnswers(standing.PartnershipId, upload.Id));
    }
}
