using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Indicators;

/// <summary>The story behind the figures, and how far the partnership trusts them.</summary>
[For(Role.Lead)]
public sealed class StoryModel(PartnershipAccess access, OutcomeOperations outcomes, IndicatorOperations book) : EditPage
{
    [BindProperty]
    public string? Story { get; set; }

    [BindProperty]
    public Confidence? Confidence { get; set; }

    [BindProperty]
    public string? ConfidenceWhy { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Indicator Indicator { get; private set; } = null!;
    public string Back => OutcomesLinks.Indicator(Standing.PartnershipId, Indicator.OutcomeId, Indicator.Id);

    public async Task<IActionResult> OnGetAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        (Story, Confidence, ConfidenceWhy, Version) = (Indicator.Story, Indicator.Confidence, Indicator.ConfidenceWhy, Indicator.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        var story = Typed.Lines(ModelState, nameof(Story), Story, Indicator.StoryLength);
        var why = Typed.Lines(ModelState, nameof(ConfidenceWhy), ConfidenceWhy, Outcome.TextLength);
        if (Confidence is not { } confidence) ModelState.AddModelError(nameof(Confidence), "Choose how far you trust it");
        else
        {
            (Indicator.Story, Indicator.Confidence, Indicator.ConfidenceWhy) = (story, confidence, why);
            if (!ModelState.IsValid) return Page();
            if (await book.SaveAsync(Standing, Indicator, Version, "told the story behind a figure"))
            {
                this.Say("Saved.");
                return Redirect(Back);
            }
            outcomes.Forget();
            if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
            return ShowBoth(Indicator.Version, Back, ("Story", Indicator.Story, story),
                ("Confidence", OutcomeWords.Say(Indicator.Confidence), OutcomeWords.Say(confidence)),
                ("Why", Indicator.ConfidenceWhy, why));
        }
        return Page();
    }

    private async Task<bool> LoadAsync(long outcomeId, long indicatorId)
    {
        Standing = await access.RequiredAsync();
        Indicator = (await book.EditableAsync(Standing, outcomeId, indicatorId))!;
        return Indicator is not null;
    }
}
