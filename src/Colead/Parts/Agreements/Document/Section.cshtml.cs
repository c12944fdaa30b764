using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Agreements.Document;

/// <summary>One section of the draft.</summary>
[For(Role.Coordinator)]
public sealed class SectionModel(PartnershipAccess access, AgreementOperations document) : PageModel
{
    private Draft draft = null!;

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public int Seen { get; set; }

    public Standing Standing { get; private set; } = null!;
    public DraftSection Section { get; private set; } = null!;
    public bool Clash { get; private set; }
    public int Number { get; private set; }
    public int Count => draft.Sections.Count;
    /// <summary>The next section that nobody has written.</summary>
    public DraftSection? Next => draft.Sections.Skip(Number).FirstOrDefault(section => section.IsEmpty);

    /// <summary>What was typed, with one kind of line break and none at the ends.</summary>
    public string Typed => (Text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    public async Task<IActionResult> OnGetAsync(string key)
    {
        if (!await LoadAsync(key)) return NotFound();
        (Text, Seen) = (Section.Text, Section.Seen);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key)
    {
        if (!await LoadAsync(key)) return NotFound();
        if (Typed.Length > AgreementSection.TextLength) ModelState.AddModelError(nameof(Text), "Use at most 12,000 characters");
        if (!ModelState.IsValid) return Page();
        if (!await document.WriteAsync(Standing, Section.Prompt, Typed, Seen))
        {
            await LoadAsync(key);
            (Clash, Seen) = (true, Section.Seen);
            return this.Differs();
        }
        this.Say($"“{Section.Prompt.Title}” is saved.");
        return Redirect(Next is { } next ? AgreementsLinks.Section(Standing.PartnershipId, next.Prompt.Key)
            : AgreementsLinks.Agreement(Standing.PartnershipId));
    }

    private async Task<bool> LoadAsync(string key)
    {
        Standing = await access.RequiredAsync();
        draft = await document.DraftAsync(Standing);
        Section = draft.Sections.FirstOrDefault(section => section.Prompt.Key == key)!;
        Number = 1 + draft.Sections.TakeWhile(section => section.Prompt.Key != key).Count();
        return Section is not null;
    }
}
