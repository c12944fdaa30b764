using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Accounts;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Importing.Bringing;

/// <summary>What the file will become; makes it, all or nothing, when told to.</summary>
[For(Role.Coordinator)]
public sealed class ConfirmAnswersModel(CurrentAccount current, PartnershipAccess access, AnswersUploads uploads, ImportOperations import,
    RoundOperations rounds, ClosingOperations closing) : PageModel
{
    public const int MostProblems = 200;
    private const string StillToSay = "Say that these are other answers, or do not bring them";

    [BindProperty, Required(ErrorMessage = "Enter a name for the round"),
        StringLength(Round.NameLength, ErrorMessage = "Enter a name of at most 120 characters")]
    public string? Name { get; set; }

    [BindProperty]
    public bool LeaveOut { get; set; }

    /// <summary>Said: other answers than those of the rounds that were named.</summary>
    [BindProperty]
    public bool Others { get; set; }

    /// <summary>The rounds that were named when it was said.</summary>
    [BindProperty]
    public long[] OthersThan { get; set; } = [];

    /// <summary>The outcome that was on the page when it was confirmed.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    public UploadedAnswers Answers { get; private set; } = null!;
    public AnswersPlan Plan { get; private set; } = null!;
    /// <summary>Rounds that are here and have the same statements.</summary>
    public IReadOnlyList<Round> MayBeTheSame { get; private set; } = [];
    public ColumnsFound Columns => ColumnsFound.Of(Answers.Table, Answers.Reading, Plan.Instrument);

    public string Headline =>
        Plan.Rows.Count == 0 ? "Nothing in this file can be used yet"
        : Plan.RowsLeftOut > 0
            ? $"{Dates.Count(Plan.Rows.Count, "answer", "answers")} ready, and {Dates.Count(Plan.RowsLeftOut, "row", "rows")} to look at"
        : Dates.Count(Plan.Rows.Count, "answer is", "answers are") + " ready to become a round";

    public async Task<IActionResult> OnGetAsync(long uploadId)
    {
        if (!await FindAsync(uploadId)) return NotFound();
        Name = Path.GetFileNameWithoutExtension(Answers.Upload.FileName);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long uploadId)
    {
        if (!await FindAsync(uploadId)) return await GoneAsync();
        if (Plan.Waits || Answers.Table.Understood.Questions.Any(question => question.Waits)) ModelState.AddModelError("",
            "Go back to the columns and answer what is asked there first");
        else if (Plan.Rows.Count == 0) ModelState.AddModelError("", "There is nothing to keep. Go back and look at the columns");
        else if (Plan.Fingerprint != Shown)
        {
            ModelState.Clear();
            ModelState.AddModelError("", "What would happen is no longer what you saw. Nothing was kept; check again, then confirm");
            var changed = Page();
            changed.StatusCode = StatusCodes.Status409Conflict;
            return changed;
        }
        else if (Plan.RowsLeftOut > 0 && !LeaveOut) ModelState.AddModelError(nameof(LeaveOut),
            "Say that rows with a problem are to be left out, or put them right in the file and bring it again");
        if (!ModelState.IsValid) return Page();
        var account = (await current.ReadAsync())!;
        var bringer = new AnswersBringer(account.Id, account.Name, $"{account.Name}, {account.Email}");
        long roundId;
        try
        {
            if (await import.SaveAsync(Answers.Standing.PartnershipId, bringer, ShortText.Tidy(Name)!, Answers.Upload.FileName, Plan,
                uploadId, Others ? OthersThan : []) is not { } saved) return await GoneAsync();
            roundId = saved;
        }
        catch (MayBeTheSameException)
        {
            MayBeTheSame = await rounds.MayBeTheSameAsync(Answers.Standing.PartnershipId, Plan.Instrument); // one may have come since
            Others = false;
            ModelState.Remove(nameof(OthersThan));
            ModelState.Remove(nameof(Others));
            ModelState.AddModelError(nameof(Others), StillToSay);
            return Page();
        }
        await closing.CloseAsync(roundId);
        this.Say($"{Dates.Count(Plan.Rows.Count, "answer is", "answers are")} worked out. Delete the file if you no longer need it: it still holds them.");
        return Redirect(RoundsLinks.Round(Answers.Standing.PartnershipId, roundId));
    }

    /// <summary>Confirmed already, as by a second click, or an hour old: the list of rounds shows which.</summary>
    private async Task<IActionResult> GoneAsync()
    {
        this.Say("That file is done with: its answers are kept as a round already, or it waited longer than an hour.");
        return Redirect(RoundsLinks.Rounds((await access.RequiredAsync()).PartnershipId));
    }

    private async Task<bool> FindAsync(long uploadId)
    {
        if (await uploads.FindAsync(uploadId) is not { } found) return false;
        Answers = found;
        Plan = await import.PlanAsync(found.Standing.PartnershipId, found.Table, found.Reading, found.Instrument);
        MayBeTheSame = await rounds.MayBeTheSameAsync(found.Standing.PartnershipId, Plan.Instrument);
        return true;
    }
}
