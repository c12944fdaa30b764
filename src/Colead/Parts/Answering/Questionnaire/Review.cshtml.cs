using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Answering.Questionnaire;

/// <summary>All answers at once, and the button that sends them. Pressed twice, it is the same answer.</summary>
[AllowAnonymous]
public sealed class ReviewModel(AnswerOperations answers) : RespondentPage(answers)
{
    public ReviewView View => new(Round, Language, Visit.Draft!.Answers, AnswerOperations.CommentsOf(Visit.Draft)) { Base = Visit.Base };
    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (View is { Answered: 0 } view && view.Comments.All(comment => comment.Length == 0)) return Refuse(Texts.NothingToSend,
            StatusCodes.Status400BadRequest);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var tried = Visit.Standing!.Draft?.Content;
            if (await Answers.SendAsync(Visit))
            {
                if (Visit.IsSlip) Keep(Answers.SentMark(Visit));
                return Redirect(Arrival.Spoken(Visit.Base + "/thanks"));
            }
            await ArriveAsync(); // something was saved meanwhile, in another window or by another server: that is what counts
            // A slip is used where nothing but that refused it: whoever changes the draft meanwhile is told that, used or not.
            if (Visit.IsSlip && (Visit.Situation == Situation.Ready
                || Visit.Situation == Situation.Begun && tried.AsSpan().SequenceEqual(Visit.Standing!.Draft?.Content))
                    && await Answers.IsUsedAsync(Visit))
            {
                Keep(Answers.SentMark(Visit));
                return Redirect(Arrival.Spoken(Visit.Situation == Situation.Begun ? Visit.Base
                    : Visit.Base + "/thanks")); // by another, or pressed twice
            }
            if (Visit.Situation != Situation.Begun) return Redirect(Arrival.Elsewhere);
        }
        return Refuse(Texts.ChangedMeanwhile, StatusCodes.Status409Conflict);
    }

    private PageResult Refuse(string problem, int status)
    {
        Problem = problem;
        var result = Page();
        result.StatusCode = status;
        return result;
    }
}
