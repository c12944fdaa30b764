using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Records;

/// <summary>A duty that the law gives to some of the partners, new or changed.</summary>
[For(Role.Coordinator)]
public sealed class EditDutyModel(PartnershipAccess access, RecordOperations records, TimeProvider clock) : PartnersForm(access)
{
    private readonly PartnershipAccess access = access;
    private StatutoryDuty? duty;

    [BindProperty]
    public DutyKind? Kind { get; set; }

    [BindProperty, StringLength(StatutoryDuty.NameLength, ErrorMessage = "Use at most 160 characters")]
    public string? Name { get; set; }

    [BindProperty, StringLength(StatutoryDuty.TextLength, ErrorMessage = "Use at most 2,000 characters")]
    public string? Text { get; set; }

    public bool IsNew => duty is null;
    public StatutoryDuty? Theirs { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? dutyId)
    {
        if (!await LoadAsync(dutyId)) return NotFound();
        if (duty is null) return Page();
        (Name, Text, Version) = (duty.Name, duty.Text, duty.Version);
        Tick(duty.Holders.Select(holder => holder.OrganisationId));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? dutyId)
    {
        if (!await LoadAsync(dutyId)) return NotFound();
        if (IsNew && Kind is null && ModelState[nameof(Kind)]?.Errors.Count is null or 0) ModelState.AddModelError(nameof(Kind),
            "Choose which duty it is");
        var known = IsNew && Kind == DutyKind.ChildSafeguarding;
        var (name, text) = known ? (RecordWords.SafeguardingName, RecordWords.SafeguardingText)
            : (ShortText.Tidy(Name), ShortText.Tidy(Text));
        if (!known && Kind is not null | !IsNew)
        {
            if (name is null) ModelState.AddModelError(nameof(Name), "Give it a name");
            if (text is null) ModelState.AddModelError(nameof(Text), "Say what the law asks, and which law it is");
        }
        if (Ticked.Count == 0) ModelState.AddModelError(nameof(Partner), "Tick the partners who have it");
        if (!ModelState.IsValid) return Page();
        var saved = duty ?? new StatutoryDuty { PartnershipId = Standing.PartnershipId, Kind = Kind!.Value, Name = name!, Text = text!,
            CreatedAt = clock.Now() };
        (saved.Name, saved.Text) = (name!, text!);
        if (!await records.SaveAsync(Standing, saved, Ticked, Version))
        {
            if (!await LoadAsync(dutyId)) return NotFound(); // ended meanwhile
            (Theirs, Version) = (duty, duty!.Version);
            return this.Differs();
        }
        this.Say("Saved.");
        return Redirect(AgreementsLinks.Duties(Standing.PartnershipId));
    }

    public async Task<IActionResult> OnPostEndAsync(long? dutyId)
    {
        if (!await LoadAsync(dutyId) || duty is null) return NotFound();
        ModelState.Clear();
        if (!await records.EndAsync(Standing, duty, Version))
        {
            await OnGetAsync(dutyId);
            return this.Clashed();
        }
        this.Say("It is ended.");
        return Redirect(AgreementsLinks.Duties(Standing.PartnershipId));
    }

    private async Task<bool> LoadAsync(long? dutyId)
    {
        duty = dutyId is null ? null : await records.Duties(await access.RequiredAsync()).Include(d => d.Holders)
            .FirstOrDefaultAsync(d => d.Id == dutyId);
        await LoadPartnersAsync(duty?.Holders.ConvertAll(holder => holder.OrganisationId) ?? []);
        return dutyId is null || duty is not null;
    }
}
