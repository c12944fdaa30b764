using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Document;

/// <summary>One version as a document for a board to read, print and sign.</summary>
[For(Role.Viewer)]
public sealed class VersionModel(ColeadDb db, PartnershipAccess access, AgreementOperations document, TimeProvider clock) : PageModel
{
    [BindProperty]
    public bool Entitled { get; set; }

    [BindProperty]
    public long? Organisation { get; set; }

    [BindProperty]
    public string? SignedBy { get; set; }

    [BindProperty]
    public string? SignedOn { get; set; }

    public Standing Standing { get; private set; } = null!;
    public AgreementVersion Version { get; private set; } = null!;
    public int Newest { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Choice> StillToSign => [.. Rows.Where(row => row.Signature is null)
        .Select(row => new Choice(row.Id.ToString(CultureInfo.InvariantCulture), row.Name))];
    public string? OwnName => Rows.FirstOrDefault(row => row.Id == Standing.OrganisationId && !row.Left)?.Name;
    public bool MaySign => Standing.IsLead && Newest == Version.Number
        && Rows.Any(row => row.Id == Standing.OrganisationId && !row.Left && row.Signature is null);

    public async Task<IActionResult> OnGetAsync(int number) => await LoadAsync(number) ? Page() : NotFound();

    public async Task<IActionResult> OnPostSignAsync(int number)
    {
        if (!await LoadAsync(number) || !Standing.IsLead || OwnName is null) return NotFound();
        ModelState.Clear(); // the other form's fields are not asked
        if (!Entitled) ModelState.AddModelError(nameof(Entitled), "Tick this to sign, if it is so");
        if (!ModelState.IsValid) return Page();
        return await document.SignAsync(Standing, Version) ? Done($"{OwnName} has signed version {number}.") : await NewerAsync(number);
    }

    public async Task<IActionResult> OnPostPaperAsync(int number)
    {
        if (!await LoadAsync(number) || !Standing.IsCoordinator) return NotFound();
        var organisation = await access.Organisations(Standing)
            .FirstOrDefaultAsync(o => o.Id == Organisation && o.Terms.Any(t => t.LeftOn == null));
        var name = ShortText.Tidy(SignedBy);
        if (organisation is null) ModelState.AddModelError(nameof(Organisation), "Choose the partner");
        if (name is null) ModelState.AddModelError(nameof(SignedBy), "Enter the name of the person who signed");
        else if (name.Length > AgreementSignature.NameLength) ModelState.AddModelError(nameof(SignedBy), "Use at most 120 characters");
        var day = Typed.Day(ModelState, nameof(SignedOn), SignedOn, missing: "Enter the day it was signed");
        if (day > clock.Today() || day < Dates.DayOf(Version.PutForwardAt)) ModelState.AddModelError(nameof(SignedOn),
            "Enter a day since this version was put forward, and not after today");
        if (!ModelState.IsValid) return Page();
        return await document.SignOnPaperAsync(Standing, Version, organisation!, name!, day!.Value)
            ? Done($"The signature for {organisation!.Name} is entered.") : await NewerAsync(number);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(int number, [FromForm] long signature)
    {
        if (!await LoadAsync(number) || !Standing.IsCoordinator) return NotFound();
        var entered = await db.Set<AgreementSignature>().Include(s => s.AgreementVersion)
            .FirstOrDefaultAsync(s => s.Id == signature && s.AgreementVersionId == Version.Id && s.OnPaper);
        if (entered is null) return Done("It is taken back."); // a second press
        await document.TakeBackAsync(Standing, entered);
        return Done("It is taken back.");
    }

    private async Task<IActionResult> NewerAsync(int number)
    {
        await LoadAsync(number);
        ModelState.AddModelError("", $"Version {Newest} was put forward while you read version {number}. Read that one, then sign it");
        return this.Differs();
    }

    private RedirectResult Done(string sentence)
    {
        this.Say(sentence);
        return Redirect(AgreementsLinks.Version(Standing.PartnershipId, Version.Number));
    }

    private async Task<bool> LoadAsync(int number)
    {
        Standing = await access.RequiredAsync();
        Version = (await document.Versions(Standing).AsNoTracking().Include(v => v.Sections).Include(v => v.Signatures).AsSplitQuery()
            .FirstOrDefaultAsync(v => v.Number == number))!;
        if (Version is null) return false;
        Newest = await document.Versions(Standing).MaxAsync(v => v.Number);
        var partners = await access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => new { o.Id, o.Name }).ToListAsync();
        var rows = partners.ConvertAll(partner => new Row(partner.Id, partner.Name,
            Version.Signatures.Find(s => s.OrganisationId == partner.Id), Left: false));
        rows.AddRange(Version.Signatures.Where(s => partners.TrueForAll(partner => partner.Id != s.OrganisationId))
            .OrderBy(s => s.OrganisationName, StringComparer.Ordinal)
            .Select(s => new Row(s.OrganisationId, s.OrganisationName, s, Left: true)));
        Rows = rows;
        return true;
    }

    public sealed record Row(long Id, string Name, AgreementSignature? Signature, bool Left);
}
