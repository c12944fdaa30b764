using Colead.Composition;
using Colead.Kit.Forms;
using Colead.Parts.Answering.Questionnaire;
using Colead.Parts.Answering.Texts;
using Colead.Parts.Invitations;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Colead.Parts.Answering;

/// <summary>Respondents' pages: the same by a personal link and by an open one.</summary>
public sealed class AnsweringPart : Part
{
    /// <summary>Respondents who come too many at once are told so in their own words, and not that it is about accounts.</summary>
    public override void Explain(HttpContext refused)
    {
        var values = refused.Request.RouteValues;
        var (open, secret) = (values["openLink"] as string, values["secret"] as string);
        if ((open is null ? secret is null ? null : AnswerLinks.Answer(secret) : AnswerLinks.AnswerOpen(open)) is not { } address) return;
        var texts = RespondentTexts.For(refused.Request.Query["lang"].ToString());
        refused.Features.Set(new Explained(texts.TooManyHeading, open is null ? texts.TooManyAtOnce : texts.TooMany, "",
            $"{address}?lang={texts.Tag}", texts.Tag));
    }

    public override void AddTo(IServiceCollection services) =>
        services.AddSingleton<RoundSheets>().AddSingleton<AnswerOperations>().AddSingleton<RespondentViews>();

    public override void AddTo(PageConventionCollection conventions)
    {
        foreach (var (page, within) in new[] { ("Start", ""), ("Review", "/review"), ("Thanks", "/thanks") })
            conventions.AddPageRoute("/Answering/Questionnaire/" + page, "open/{openLink}" + within);
    }

    public override void Map(IEndpointRouteBuilder routes) => QuestionsScreen.Map(routes);
}
