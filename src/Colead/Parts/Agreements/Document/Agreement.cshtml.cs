using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Document;

/// <summary>Where the governing document stands: what is written, who has signed, when it is looked at again.</summary>
[For(Role.Viewer)]
public sealed class AgreementModel(PartnershipAccess access, AgreementOperations document, RecordOperations records,
    TimeProvider clock) : PageModel
{
    /// <summary>The date as it was when the form was shown.</summary>
    [BindProperty]
    public string? ReviewSeen { get; set; }

    [BindProperty]
    public string? ReviewOn { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Draft Draft { get; private set; } = null!;
    public Agreement? Agreement { get; private set; }
    public AgreementVersion? Newest { get; private set; }
    public IReadOnlyList<VersionRow> Versions { get; private set; } = [];
    public IReadOnlyList<PartnerRow> Partners { get; private set; } = [];
    public IReadOnlyList<DutyRow> Duties { get; private set; } = [];
    public int DataSharings { get; private set; }
    public int HaveSigned => Partners.Count(partner => partner.Signature is not null);
    /// <summary>Sections of the draft that say something else than the newest version.</summary>
    public IReadOnlySet<string> Changed { get; private set; } = new HashSet<string>(StringComparer.Ordinal);
    /// <summary>Whether there is something to put forward.</summary>
    public bool IsAhead => Newest is null ? Draft.Written > 0 : !Draft.IsThatOf(Newest);
    public bool MaySign => Standing.IsLead && Newest is not null
        && Partners.Any(partner => partner.Id == Standing.OrganisationId && partner.Signature is null);
    public bool ReviewIsDue => Newest is not null && Agreement?.ReviewOn <= clock.Today();

    public string Headline => Newest is null
        ? Draft.Written == 0 ? "We have no agreement yet"
            : $"Our agreement is being written: {Draft.Written} of {Draft.Asked.Count} sections"
        : Partners.Count == 0 ? $"Version {Newest.Number} of our agreement"
        : HaveSigned == Partners.Count ? $"All {Partners.Count} partners have signed version {Newest.Number}"
        : HaveSigned == 0 ? $"Version {Newest.Number} waits for signatures"
        : $"{HaveSigned} of {Partners.Count} partners {(HaveSigned == 1 ? "has" : "have")} signed version {Newest.Number}";

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostReviewAsync()
    {
        await LoadAsync();
        if (!Standing.IsCoordinator || Agreement is null) return NotFound();
        var day = Typed.Day(ModelState, nameof(ReviewOn), ReviewOn, missing: "Enter a date");
        if (day <= clock.Today() || day > clock.Today().AddYears(10)) ModelState.AddModelError(nameof(ReviewOn),
            "Enter a date in the next ten years");
        if (!ModelState.IsValid) return Page();
        if (!await document.ReviewAsync(Standing, day!.Value, Typed.ReadDay(ReviewSeen ?? "")))
        {
            await LoadAsync();
            ModelState.AddModelError(nameof(ReviewOn),
                $"Someone set it to {Dates.Say(Agreement.ReviewOn!.Value)} while you had this open. Save again to use yours");
            return this.Differs();
        }
        this.Say("Saved.");
        return Redirect(AgreementsLinks.Agreement(Standing.PartnershipId));
    }

    private async Task LoadAsync()
    {
        Standing = await access.RequiredAsync();
        Draft = await document.DraftAsync(Standing);
        Agreement = await document.FindAsync(Standing);
        Newest = await document.NewestAsync(Standing);
        Versions = await document.Versions(Standing).OrderByDescending(v => v.Number)
            .Select(v => new VersionRow(v.Number, v.PutForwardAt, v.Signatures.Count)).ToListAsync();
        var partners = await access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => new { o.Id, o.Name }).ToListAsync();
        Partners = [.. partners.Select(partner => new PartnerRow(partner.Id, partner.Name,
            Newest?.Signatures.Find(s => s.OrganisationId == partner.Id)))];
        var duties = await records.Duties(Standing).OrderBy(d => d.Id)
            .Select(d => new { d.Name, Holders = d.Holders.OrderBy(h => h.Organisation!.NameKey)
                .Select(h => new { h.Organisation!.Name, Left = h.Organisation.Terms.All(t => t.LeftOn != null) }).ToList() })
                .ToListAsync();
        Duties = [.. duties.Select(d => new DutyRow(d.Name, [.. d.Holders.Where(h => !h.Left).Select(h => h.Name)],
            [.. d.Holders.Where(h => h.Left).Select(h => h.Name)]))];
        DataSharings = await records.DataSharings(Standing).CountAsync();
        if (Newest is { } newest)
        {
            var texts = newest.Sections.ToDictionary(section => section.Key, section => section.Text, StringComparer.Ordinal);
            Changed = Draft.Sections.Where(section => texts.GetValueOrDefault(section.Prompt.Key, "") != section.Text)
                .Select(section => section.Prompt.Key).ToHashSet(StringComparer.Ordinal);
        }
        ReviewOn ??= Typed.Write(Agreement?.ReviewOn);
    }

    public sealed record VersionRow(int Number, DateTime PutForwardAt, int Signatures);

    public sealed record PartnerRow(long Id, string Name, AgreementSignature? Signature);

    public sealed record DutyRow(string Name, IReadOnlyList<string> Holders, IReadOnlyList<string> Gone);
}
