using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes.Setting;

/// <summary>One outcome: how clear it is, who agreed, what each brings, how it goes, when it is looked at again.</summary>
[For(Role.Viewer)]
public sealed class OutcomeModel(PartnershipAccess access, OutcomeOperations book, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Contribution { get; set; }

    [BindProperty]
    public string? ReviewOn { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Outcome Outcome { get; private set; } = null!;
    public IReadOnlyList<SmartPart> Parts { get; private set; } = [];
    public bool MayEdit => OutcomeOperations.MayEdit(Standing, Outcome);
    public OutcomePartner? Own => Outcome.Partners.Find(p => OutcomeOperations.SpeaksFor(Standing, p.OrganisationId));
    public bool MayContribute => Standing.IsLead;
    public string? TheySaved { get; private set; }
    /// <summary>Whose note was sent and not taken: a review's id, 0 for how the outcome went. What was typed stays in that form.</summary>
    public long? NoteOf { get; private set; }
    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId)) return NotFound();
        Contribution = Own?.Contribution;
        return Page();
    }

    public async Task<IActionResult> OnPostAgreeAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId) || Own is not { IsOwner: true } own) return NotFound();
        if (await book.AgreeAsync(Standing, Outcome, own, Version)) return Back($"{own.Organisation!.Name} agrees.");
        return await ReloadAsync(outcomeId, "The outcome was changed while you had it open. Read it again before you agree");
    }

    public async Task<IActionResult> OnPostTakeBackAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId) || Own is not { } own) return NotFound();
        return await book.TakeBackAsync(Standing, Outcome, own) ? Back("Your agreement is taken back.")
            : await ReloadAsync(outcomeId, Clash.Sentence);
    }

    public async Task<IActionResult> OnPostContributeAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId) || !MayContribute) return NotFound();
        var sentence = Typed.Lines(ModelState, nameof(Contribution), Contribution, Outcome.TextLength);
        if (!ModelState.IsValid) return Page();
        if (await book.ContributeAsync(Standing, Outcome, Standing.OrganisationId!.Value, sentence, Version)) return Back("Saved.");
        var result = await ReloadAsync(outcomeId,
            "Someone else of your organisation saved this while you had it open. Theirs stands beside yours; save yours over it, or leave it");
        TheySaved = Own?.Contribution ?? "";
        return result;
    }

    public async Task<IActionResult> OnPostReviewAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId) || !MayEdit) return NotFound();
        var day = Typed.Day(ModelState, nameof(ReviewOn), ReviewOn, "Choose a day");
        if (!ModelState.IsValid) return Page();
        await book.AddReviewAsync(Standing, Outcome, day!.Value);
        return Back($"You look at it together on {Dates.Say(day.Value)}.");
    }

    /// <param name="seen">What was said of that day when the page was read.</param>
    public async Task<IActionResult> OnPostHoldAsync(long outcomeId, long reviewId, [FromForm] string? seen)
    {
        if (!await LoadAsync(outcomeId) || !MayEdit || Outcome.Reviews.Find(r => r.Id == reviewId) is not { } review) return NotFound();
        NoteOf = reviewId;
        var note = Typed.Lines(ModelState, nameof(Note), Note, Outcome.TextLength, "Say in a sentence what you saw");
        if (!ModelState.IsValid) return Page();
        if (review.HeldAt is not null && review.Note == note) return Back("Saved.");
        if (SeenOf(review) != (seen ?? "")) return await ReloadAsync(outcomeId,
            $"{review.HeldBy} has said meanwhile what they saw on {Dates.Say(review.On)}. It stands with the review points; what you typed is still below it");
        await book.HoldReviewAsync(Standing, Outcome, review, note);
        return Back("Saved.");
    }

    public async Task<IActionResult> OnPostDropAsync(long outcomeId, long reviewId)
    {
        if (!await LoadAsync(outcomeId) || !MayEdit || Outcome.Reviews.Find(r => r.Id == reviewId) is not { } review) return NotFound();
        if (review.HeldAt is not null) return await ReloadAsync(outcomeId,
            $"{review.HeldBy} has said meanwhile what they saw on {Dates.Say(review.On)}, so it stays");
        await book.DropReviewAsync(Standing, Outcome, review);
        return Back("The review point is taken out.");
    }

    public async Task<IActionResult> OnPostEndAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId) || !MayEdit) return NotFound();
        NoteOf = 0;
        var note = Typed.Lines(ModelState, nameof(Note), Note, Outcome.TextLength, "Say in a sentence how it went");
        if (!ModelState.IsValid) return Page();
        return await book.EndAsync(Standing, Outcome, note, Version) ? Back("It is over. What was, stays.")
            : await ReloadAsync(outcomeId, Clash.Sentence);
    }

    public async Task<IActionResult> OnPostGoOnAsync(long outcomeId)
    {
        if (!await LoadAsync(outcomeId) || !MayEdit) return NotFound();
        return await book.EndAsync(Standing, Outcome, null, Version) ? Back("It goes on.") : await ReloadAsync(outcomeId, Clash.Sentence);
    }

    /// <summary>What is said of a review, as a mark: nothing, or when it was said.</summary>
    public static string SeenOf(OutcomeReview review) => review.HeldAt?.Ticks.ToString(CultureInfo.InvariantCulture) ?? "";

    private RedirectResult Back(string sentence)
    {
        this.Say(sentence);
        return Redirect(OutcomesLinks.Outcome(Standing.PartnershipId, Outcome.Id));
    }

    private async Task<IActionResult> ReloadAsync(long outcomeId, string sentence)
    {
        if (!await LoadAsync(outcomeId)) return NotFound();
        ModelState.AddModelError("", sentence);
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    private async Task<bool> LoadAsync(long outcomeId)
    {
        Standing = await access.RequiredAsync();
        Today = clock.Today();
        book.Forget();
        Outcome = (await book.Whole(Standing).FirstOrDefaultAsync(o => o.Id == outcomeId))!;
        if (Outcome is null) return false;
        Parts = Smart.Of(Outcome, Today);
        return true;
    }

    /// <summary>A box for a sentence, of which the page has several.</summary>
    /// <param name="Sent">It is the one that was sent: it keeps what was typed, and says what is wrong with it.</param>
    public sealed record NoteField(string Label, string Id, string? Text, bool Sent);
}
