using Colead.Composition;
using Colead.Kit.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Errors;

/// <summary>Shown in place of an answer that could not be given. Says what happened in plain words, never how the program failed.</summary>
[AllowAnonymous]
public sealed class ProblemModel : PageModel
{
    public string Heading { get; private set; } = "";
    public string Explanation { get; private set; } = "";
    /// <summary>What was typed and could not be kept.</summary>
    public string Typed { get; private set; } = "";
    /// <summary>Where to go on, if the page said so.</summary>
    public string? Next { get; private set; }
    public string? Language { get; private set; }

    public void OnGet([FromRoute] int code) => Tell(code); // not from a form that was sent with a field of that name

    private void Tell(int code)
    {
        // Nobody reaches this page by typing its address: that is a page that does not exist.
        var asked = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || HttpContext.Features.Get<IExceptionHandlerPathFeature>() is not null;
        if (HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } failure) code = Limits.StatusOf(failure.Error);
        if (!asked) code = StatusCodes.Status404NotFound;
        Response.StatusCode = code;
        if (HttpContext.Features.Get<Explained>() is { } said)
        {
            (Heading, Explanation, Typed, Next, Language) = (said.Heading, said.Explanation, said.Typed, said.Address, said.Language);
            return;
        }
        (Heading, Explanation) = code switch
        {
            400 or 415 =>
                ("That form could not be read",
                "Perhaps the page was open for a long time, or cookies are switched off. Go back, load the page again and send the form once more."),
            404 => ("There is no page here for you",
                "The address may be mistyped, the page may be gone, or it may belong to people of another partnership. If you expected to see it, ask whoever sent you here."),
            405 => ("That cannot be done here", "Go to the start and try from there."),
            409 => ("Someone else was faster",
                "What you wanted to change was changed by someone else meanwhile. Go back, load the page again and look before you save."),
            413 => ("That is too large",
                "What you sent is larger than this page takes. A roster file may be up to 5 MB; leave out pictures and other sheets."),
            507 => ("There is no room left",
                "The disk of this Colead is full or fails, so nothing was kept. Go back: what you typed may still be there to copy. Tell whoever runs this Colead."),
            429 => ("Too many attempts",
                "To keep people's accounts safe we take only so many attempts a minute. Wait a minute, then try again."),
            _ => ("Something went wrong on our side",
                "Nothing you did caused it, and nothing was half saved. Try again in a moment; if it happens again, tell whoever runs this Colead."),
        };
    }
}
