using Colead.Parts.Answering.Texts;

namespace Colead.Parts.Answering;

/// <summary>A respondent at a page of their link, and the language they read it in.</summary>
public sealed record Arrival(Visit Visit, string Language)
{
    private const string Cookie = "colead-answers";
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(120);

    public RespondentTexts Texts => RespondentTexts.For(Language);
    public RoundSheet Round => Visit.Round ?? throw new InvalidOperationException("This link leads to no round.");

    /// <summary>Where someone without a draft of this device finds out why, or is thanked.</summary>
    public string Elsewhere => Spoken(Visit.Situation switch
    {
        Situation.Used or Situation.UsedDevice => Visit.Base + "/thanks",
        Situation.Ready or Situation.BegunElsewhere => Visit.Base + "?lost=1",
        _ => Visit.Base,
    });

    /// <summary>An address in the language that is spoken here, for where no draft remembers it.</summary>
    public string Spoken(string address) =>
        Language == (Visit.Round?.Languages[0] ?? "en") ? address : address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?')
            + "lang=" + Uri.EscapeDataString(Language);

    public static async Task<Arrival> OfAsync(AnswerOperations answers, HttpContext http, Purpose purpose = Purpose.Look)
    {
        var mark = http.Request.Cookies[Cookie];
        var values = http.Request.RouteValues;
        var visit = values["openLink"] is string open ? await answers.ByOpenLinkAsync(open, mark, purpose)
            : await answers.ByInvitationAsync(values["secret"] as string, mark, purpose);
        var asked = visit.Draft?.Language ?? http.Request.Query["lang"].ToString();
        return new(visit, visit.Round?.Language(asked) ?? (asked == "cy" ? "cy" : "en"));
    }

    /// <summary>
    /// Respondents' forms carry no token: their address is itself a secret that no other site can know, and the cookie does not travel from
    /// other sites. A browser that says that the form came from another site is refused all the same.
    /// </summary>
    public static bool IsForeign(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && request.Headers["Sec-Fetch-Site"] is ["cross-site"];

    public void Keep(HttpContext http, string mark) => http.Response.Cookies.Append(Cookie, mark, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax, // links are opened from mail
        Secure = http.Request.IsHttps,
        Path = Visit.Base,
        MaxAge = CookieLifetime,
    });
}
