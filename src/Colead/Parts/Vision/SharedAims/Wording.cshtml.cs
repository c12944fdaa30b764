using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.SharedAims;

/// <summary>One wording of a shared aim: what it changes, who proposed it, and what was said to it.</summary>
[For(Role.Viewer)]
public sealed class WordingModel(ColeadDb db, PartnershipAccess access, AimOperations aims) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Number of the wording in force that the coordinator read this against.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public Standing Standing { get; private set; } = null!;
    public AimWording Wording { get; private set; } = null!;
    public SharedAim Aim => Wording.SharedAim!;
    /// <summary>The version it is compared with: the one in force for a proposal, the one before for a version.</summary>
    public AimWording? Before { get; private set; }

    public async Task<IActionResult> OnGetAsync(long aimId, long wordingId) => await LoadAsync(aimId, wordingId) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAcceptAsync(long aimId, long wordingId)
    {
        if (!await LoadAsync(aimId, wordingId) || !Standing.IsCoordinator) return NotFound();
        if (CheckReason(needed: false) is not { } reason) return Page();
        if (Wording.State == WordingState.Accepted) return Back(); // a second press of the button
        return await aims.AcceptAsync(Standing, Wording, reason, Seen) ? Done($"Version {Aim.Number} is in force.")
            : await ChangedAsync(aimId, wordingId);
    }

    public async Task<IActionResult> OnPostDeclineAsync(long aimId, long wordingId)
    {
        if (!await LoadAsync(aimId, wordingId) || !Standing.IsCoordinator) return NotFound();
        if (CheckReason(needed: true) is not { } reason) return Page();
        if (Wording.State == WordingState.Declined) return Back();
        return await aims.DeclineAsync(Standing, Wording, reason) ? Done("It is declined, and the reason is there to read.")
            : await ChangedAsync(aimId, wordingId);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(long aimId, long wordingId)
    {
        if (!await LoadAsync(aimId, wordingId) || !Standing.TakesPart || Wording.AccountId != Standing.AccountId) return NotFound();
        if (Wording.State == WordingState.TakenBack) return Back();
        return await aims.TakeBackAsync(Standing, Wording) ? Done("It is taken back.") : await ChangedAsync(aimId, wordingId);
    }

    private string? CheckReason(bool needed)
    {
        var reason = ShortText.Tidy(Reason) ?? "";
        if (needed && reason.Length == 0) ModelState.AddModelError(nameof(Reason), "Say why: whoever proposed it deserves to know");
        if (reason.Length > AimWording.WhyLength) ModelState.AddModelError(nameof(Reason), "Use at most 600 characters");
        return ModelState.IsValid ? reason : null;
    }

    private async Task<IActionResult> ChangedAsync(long aimId, long wordingId)
    {
        db.ChangeTracker.Clear();
        await LoadAsync(aimId, wordingId);
        ModelState.AddModelError("", Wording.State == WordingState.Proposed
            ? "Another wording came into force while you read. The difference below is against it now. Read it again, then decide"
            : "Someone else decided this a moment ago. What they said stands below");
        return this.Differs();
    }

    private RedirectResult Done(string sentence)
    {
        this.Say(sentence);
        return Back();
    }

    private RedirectResult Back() => Redirect(VisionLinks.Aim(Standing.PartnershipId, Aim.Id));

    private async Task<bool> LoadAsync(long aimId, long wordingId)
    {
        Standing = await access.RequiredAsync();
        Wording = (await db.Set<AimWording>().Include(w => w.SharedAim).Include(w => w.Organisation)
            .FirstOrDefaultAsync(w => w.Id == wordingId && w.SharedAimId == aimId
                && w.SharedAim!.PartnershipId == Standing.PartnershipId))!;
        if (Wording is null) return false;
        var number = Wording.Number is { } own ? own - 1 : Wording.State == WordingState.Proposed ? Aim.Number : Wording.BasedOn;
        Before = number == 0 ? null : await db.Set<AimWording>().AsNoTracking()
            .FirstOrDefaultAsync(w => w.SharedAimId == aimId && w.Number == number);
        return true;
    }
}
