using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Importing.Bringing;

/// <summary>Takes a file of answers. It is kept an hour for its owner to look at, apart from every round.</summary>
[RequestSizeLimit(ImportOperations.MostBytes + 64 * 1024)]
[RequestFormLimits(MultipartBodyLengthLimit = ImportOperations.MostBytes + 64 * 1024)]
[For(Role.Coordinator)]
public sealed class BringAnswersModel(PartnershipAccess access, AnswersUploads uploads, ImportOperations import) : PageModel
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
        else if (File.Length > ImportOperations.MostBytes) ModelState.AddModelError(nameof(File),
            "The file is larger than 20 MB. Leave out columns that hold no answers");
        if (!ModelState.IsValid) return Page();
        using var stream = new MemoryStream();
        await File!.CopyToAsync(stream);
        var content = stream.ToArray();
        TableFile table;
        try
        {
            table = TableFile.Read(content, ImportOperations.Limits);
        }
        catch (UnreadableFileException error)
        {
            ModelState.AddModelError(nameof(File), error.Message);
            return Page();
        }
        var name = ShortText.Tidy(Path.GetFileName(File.FileName)) ?? "answers";
        var reading = await import.GuessAsync(standing.PartnershipId, table, await import.InstrumentsAsync(standing.PartnershipId));
        var upload = await uploads.KeepAsync(standing, name.Length > AnswersUpload.FileNameLength ? name[^AnswersUpload.FileNameLength..]
            : name, content, reading);
        return Redirect(ImportingLinks.MatchAnswers(standing.PartnershipId, upload));
    }
}
