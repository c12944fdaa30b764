using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Inventory.Answering;

/// <summary>
/// A page of a respondent's link. No form token: the address is itself a secret that no other site can know, the cookie does not travel from other sites, and a
/// browser that says the form came from elsewhere is refused.
/// </summary>
[IgnoreAntiforgeryToken]
public abstract class RespondentPage(Answers answers) : PageModel
{
    private const string Cookie = "colead-answers";
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(120);

    protected Answers Answers => answers;
    public Visit Visit { get; private set; } = new("", Situation.Unknown);
    public RoundSheet Round => Visit.Round ?? throw new InvalidOperationException("This link leads to no round.");
    public string Language { get; private set; } = "en";
    public RespondentTexts Texts { get; private set; } = RespondentTexts.For("en");

    /// <summary>Pages within need a draft of this device; the start page takes all.</summary>
    protected virtual bool NeedsDraft => true;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (HttpMethods.IsPost(Request.Method) && Request.Headers["Sec-Fetch-Site"] is ["cross-site"])
        {
            context.Result = BadRequest();
            return;
        }
        await ArriveAsync();
        if (NeedsDraft && Visit.Situation != Situation.Begun) context.Result = Elsewhere();
        else await next();
    }

    /// <summary>Where someone without a draft of this device finds out why, or is thanked.</summary>
    protected RedirectResult Elsewhere() => Redirect(Visit.Situation switch
    {
        Situation.Used or Situation.UsedDevice => Visit.Base + "/thanks",
        Situation.Ready or Situation.BegunElsewhere => Visit.Base + "?lost=1",
        _ => Visit.Base,
    });

    /// <summary>Looks anew at where the link leads.</summary>
    protected async Task ArriveAsync()
    {
        var mark = Request.Cookies[Cookie];
        Visit = RouteData.Values["openLink"] is string open ? await answers.ByOpenLinkAsync(open, mark) : await answers.ByInvitationAsync(LinkSecret.Read(RouteData.Values["secret"] as string), mark);
        var asked = Visit.Draft?.Language ?? Request.Query["lang"].ToString();
        Speak(Visit.Round?.Language(asked) ?? (asked == "cy" ? "cy" : "en"));
    }

    protected void Speak(string language) => (Language, Texts) = (language, RespondentTexts.For(language));

    protected void Keep(string mark) => Response.Cookies.Append(Cookie, mark, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax, // links are opened from mail
        Secure = Request.IsHttps,
        Path = Visit.Base,
        MaxAge = CookieLifetime,
    });

    /// <summary>A field that may stand once and be as long as given.</summary>
    protected static string Field(IFormCollection form, string name, int most = 100) => form[name] is [{ } value] && value.Length <= most ? value : "";
}
