using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Agreements.Document;

/// <summary>The whole draft, with what it changes, and the step that makes it a version.</summary>
[For(Role.Viewer)]
public sealed class DraftModel(PartnershipAccess access, AgreementOperations document, TimeProvider clock) : PageModel
{
    /// <summary>Of the draft as the coordinator read it.</summary>
    [BindProperty]
    public string? Mark { get; set; }

    [BindProperty]
    public string? ReviewOn { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Draft Draft { get; private set; } = null!;
    public AgreementVersion? Newest { get; private set; }
    public bool IsAhead => Newest is null ? Draft.Written > 0 : !Draft.IsThatOf(Newest);

    /// <summary>What the newest version says there, where it says something else.</summary>
    public string? Before(DraftSection section)
    {
        if (Newest is null) return null;
        var before = Newest.Sections.Find(old => old.Key == section.Prompt.Key)?.Text ?? "";
        return before == section.Text ? null : before;
    }

    public async Task OnGetAsync()
    {
        await LoadAsync();
        ReviewOn = Typed.Write(clock.Today().AddYears(1));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!Standing.IsCoordinator) return NotFound();
        DateOnly? reviewOn = null;
        if (!string.IsNullOrWhiteSpace(ReviewOn))
        {
            if (Typed.ReadDay(ReviewOn) is not { } day) ModelState.AddModelError(nameof(ReviewOn),
                "Enter a date, such as 3/12/2027, or leave it open");
            else if (day <= clock.Today() || day > clock.Today().AddYears(10)) ModelState.AddModelError(nameof(ReviewOn),
                "Enter a date in the next ten years, or leave it open");
            else reviewOn = day;
        }
        if (Draft.Written == 0) ModelState.AddModelError("", "Nothing is written yet");
        if (!ModelState.IsValid) return Page();
        if (await document.PutForwardAsync(Standing, Mark ?? "", reviewOn) is not { } number)
        {
            await LoadAsync();
            ModelState.AddModelError("", "The draft changed while you read. This is how it stands now. Read it again, then put it forward");
            return this.Differs();
        }
        this.Say($"Version {number} is put forward. Partners can sign it now.");
        return Redirect(AgreementsLinks.Version(Standing.PartnershipId, number));
    }

    private async Task LoadAsync()
    {
        Standing = await access.RequiredAsync();
        Draft = await document.DraftAsync(Standing);
        Newest = await document.NewestAsync(Standing);
    }
}
