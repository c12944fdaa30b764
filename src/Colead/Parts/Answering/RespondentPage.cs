using Colead.Composition;
using Colead.Kit.Forms;
using Colead.Parts.Answering.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Answering;

/// <summary>A page of a respondent's link.</summary>
[IgnoreAntiforgeryToken] // see Arrival.IsForeign
public abstract class RespondentPage(AnswerOperations answers) : PageModel
{
    protected AnswerOperations Answers => answers;
    protected Arrival Arrival { get; private set; } = new(new("", Situation.Unknown), "en");
    public Visit Visit => Arrival.Visit;
    public RoundSheet Round => Arrival.Round;
    public string Language => Arrival.Language;
    public RespondentTexts Texts => Arrival.Texts;

    /// <summary>Pages within need a draft of this device; the start page takes all.</summary>
    protected virtual bool NeedsDraft => true;

    /// <summary>What its forms are sent for.</summary>
    protected virtual Purpose OfForms => Purpose.Change;

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Arrival.IsForeign(Request))
        {
            context.Result = BadRequest();
            return;
        }
        await ArriveAsync(HttpMethods.IsPost(Request.Method) ? OfForms : Purpose.Look);
        if (NeedsDraft && Visit.Situation != Situation.Begun) context.Result = Redirect(Arrival.Elsewhere);
        // to begin or to send: what was entered before is kept
        else if (await next() is { ExceptionHandled: false, Exception: { } fault } executed && FullDisk.Is(fault))
        {
            Limits.IsTold(fault, HttpContext.RequestServices.GetRequiredService<Refusals>());
            HttpContext.Features.Set(new Explained(Texts.NoRoomHeading, Texts.NoRoom + ".", "", Request.Path, Texts.Tag));
            (executed.ExceptionHandled, executed.Result) = (true, new StatusCodeResult(StatusCodes.Status507InsufficientStorage));
        }
    }

    /// <summary>Looks where the link leads.</summary>
    protected async Task ArriveAsync(Purpose purpose = Purpose.Look) => Arrival = await Arrival.OfAsync(answers, HttpContext, purpose);

    protected void Speak(string language) => Arrival = Arrival with { Language = language };

    protected void Keep(string mark) => Arrival.Keep(HttpContext, mark);

    /// <summary>A field that may stand once and be as long as given.</summary>
    protected static string Field(IFormCollection form, string name, int most = 100) => form[name] is [{ } value] && value.Length <= most
        ? value : "";
}
