using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Records;

/// <summary>A record of personal data that partners share, new or changed.</summary>
[For(Role.Coordinator)]
public sealed class EditDataSharingModel(PartnershipAccess access, RecordOperations records, TimeProvider clock) : PartnersForm(access)
{
    private readonly PartnershipAccess access = access;
    private DataSharing? sharing;

    [BindProperty, StringLength(DataSharing.PurposeLength, ErrorMessage = "Use at most 600 characters")]
    public string? Purpose { get; set; }

    [BindProperty, StringLength(DataSharing.DataLength, ErrorMessage = "Use at most 2,000 characters")]
    public string? Data { get; set; }

    [BindProperty, StringLength(DataSharing.OthersLength, ErrorMessage = "Use at most 400 characters")]
    public string? OtherParties { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose what allows it")]
    public LawfulBasis? Basis { get; set; }

    [BindProperty, StringLength(DataSharing.NoteLength, ErrorMessage = "Use at most 600 characters")]
    public string? BasisNote { get; set; }

    [BindProperty]
    public string? ReviewOn { get; set; }

    public bool IsNew => sharing is null;
    public DataSharing? Theirs { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? sharingId)
    {
        if (!await LoadAsync(sharingId)) return NotFound();
        ReviewOn = Typed.Write(sharing?.ReviewOn ?? clock.Today().AddYears(1));
        if (sharing is null) return Page();
        (Purpose, Data, OtherParties, Basis, BasisNote, Version) =
            (sharing.Purpose, sharing.Data, sharing.OtherParties, sharing.Basis, sharing.BasisNote, sharing.Version);
        Tick(sharing.Parties.Select(party => party.OrganisationId));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? sharingId)
    {
        if (!await LoadAsync(sharingId)) return NotFound();
        var (purpose, data, others) = (ShortText.Tidy(Purpose), ShortText.Tidy(Data), ShortText.Tidy(OtherParties) ?? "");
        if (purpose is null) ModelState.AddModelError(nameof(Purpose), "Say what it is shared for");
        if (data is null) ModelState.AddModelError(nameof(Data), "Say which data, and of whom");
        if (Ticked.Count + (others.Length > 0 ? 1 : 0) < 2) ModelState.AddModelError(nameof(Partner),
            "Name at least two parties: data is shared between somebody and somebody");
        var day = Typed.Day(ModelState, nameof(ReviewOn), ReviewOn, missing: "Enter a date");
        if (day > clock.Today().AddYears(10)
            || (day <= clock.Today() && day != sharing?.ReviewOn)) ModelState.AddModelError(nameof(ReviewOn),
            "Enter a date in the next ten years");
        if (Basis is { } basis && !Enum.IsDefined(basis)) ModelState.AddModelError(nameof(Basis), "Choose one of the answers given");
        if (!ModelState.IsValid) return Page();
        var saved = sharing ?? new DataSharing { PartnershipId = Standing.PartnershipId, Purpose = "", Data = "", Basis = Basis!.Value,
            BasisNote = "", OtherParties = "", ReviewOn = day!.Value, CreatedAt = clock.Now() };
        (saved.Purpose, saved.Data, saved.OtherParties, saved.Basis, saved.BasisNote, saved.ReviewOn) =
            (purpose!, data!, others, Basis!.Value, ShortText.Tidy(BasisNote) ?? "", day!.Value);
        if (!await records.SaveAsync(Standing, saved, Ticked, Version))
        {
            if (!await LoadAsync(sharingId)) return NotFound(); // ended meanwhile
            (Theirs, Version) = (sharing, sharing!.Version);
            return this.Differs();
        }
        this.Say("Saved.");
        return Redirect(AgreementsLinks.DataSharing(Standing.PartnershipId));
    }

    public async Task<IActionResult> OnPostEndAsync(long? sharingId)
    {
        if (!await LoadAsync(sharingId) || sharing is null) return NotFound();
        ModelState.Clear();
        if (!await records.EndAsync(Standing, sharing, Version))
        {
            await OnGetAsync(sharingId);
            return this.Clashed();
        }
        this.Say("It is ended.");
        return Redirect(AgreementsLinks.DataSharing(Standing.PartnershipId));
    }

    private async Task<bool> LoadAsync(long? sharingId)
    {
        sharing = sharingId is null ? null : await records.DataSharings(await access.RequiredAsync()).Include(d => d.Parties)
            .FirstOrDefaultAsync(d => d.Id == sharingId);
        await LoadPartnersAsync(sharing?.Parties.ConvertAll(party => party.OrganisationId) ?? []);
        return sharingId is null || sharing is not null;
    }
}
