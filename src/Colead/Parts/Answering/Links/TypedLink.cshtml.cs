using Colead.Composition;
using Colead.Parts.Answering.Texts;
using Colead.Parts.Invitations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Answering.Links;

/// <summary>Where the code of a letter is typed. Whether it leads anywhere is told by the page it leads to.</summary>
[IgnoreAntiforgeryToken]
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class TypedLinkModel : PageModel
{
    private const int LongestCode = 200;

    public RespondentTexts Texts => RespondentTexts.For(Request.Query["lang"].ToString());
    public string Code { get; private set; } = "";
    public string? Problem { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = await Request.ReadFormAsync();
        Code = form["Code"].ToString() is { Length: <= LongestCode } typed ? typed : "";
        // a whole address is fine, too
        if (LinkSecret.Read(Code[(Code.LastIndexOf('/') + 1)..]
            .Trim()) is { } secret) return Redirect(AnswerLinks.Answer(secret.ToString())
            + (Texts.Tag == RespondentTexts.For("").Tag ? "" : "?lang=" + Texts.Tag));
        Problem = Texts.TypedWrong;
        var result = Page();
        result.StatusCode = StatusCodes.Status400BadRequest;
        return result;
    }
}
