using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>Takes the file. It is kept an hour for its owner to look at, apart from the roster.</summary>
[RequestSizeLimit(TableFile.MostBytes + 64 * 1024)]
[RequestFormLimits(MultipartBodyLengthLimit = TableFile.MostBytes + 64 * 1024)]
[For(Role.Lead)]
public sealed class ImportModel(ColeadDb db, PartnershipAccess access, TimeProvider clock) : PageModel
{
    [BindProperty]
    public IFormFile? List { get; set; }

    public long PartnershipId { get; private set; }
    public bool IsLead { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var standing = await LoadAsync();
        if (List is null) ModelState.AddModelError(nameof(List), "Choose the file");
        else if (List.Length > TableFile.MostBytes) ModelState.AddModelError(nameof(List),
            "The file is larger than 5 MB. Leave out pictures and other sheets");
        if (!ModelState.IsValid) return Page();
        using var stream = new MemoryStream();
        await List!.CopyToAsync(stream);
        var content = stream.ToArray();
        try
        {
            RosterFile.Read(content, null);
        }
        catch (UnreadableFileException error)
        {
            ModelState.AddModelError(nameof(List), error.Message);
            return Page();
        }
        var now = clock.Now();
        var stale = now - RosterUpload.Lifetime;
        await db.Set<RosterUpload>()
            .Where(u => u.UploadedAt < stale || (u.PartnershipId == standing.PartnershipId && u.AccountId == standing.AccountId))
            .ExecuteDeleteAsync();
        var name = ShortText.Tidy(Path.GetFileName(List.FileName)) ?? "list";
        var upload = new RosterUpload
        {
            PartnershipId = standing.PartnershipId,
            AccountId = standing.AccountId,
            FileName = name.Length > RosterUpload.FileNameLength ? name[^RosterUpload.FileNameLength..] : name,
            Content = content,
            UploadedAt = now,
        };
        db.Set<RosterUpload>().Add(upload);
        await db.SaveChangesAsync();
        return Redirect(PartnershipsLinks.Preview(standing.PartnershipId, upload.Id));
    }

    private async Task<Standing> LoadAsync()
    {
        var standing = await access.RequiredAsync();
        (PartnershipId, IsLead) = (standing.PartnershipId, standing.IsLead);
        return standing;
    }
}
