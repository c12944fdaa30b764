using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Answering.Questionnaire;

/// <summary>Shown only when the answer is on disk, however often it is loaded.</summary>
[AllowAnonymous]
public sealed class ThanksModel(AnswerOperations answers) : RespondentPage(answers)
{
    protected override bool NeedsDraft => false;

    public IActionResult OnGet() => Visit.Situation is Situation.Used or Situation.UsedDevice ? Page() : Redirect(Visit.Base);
}
