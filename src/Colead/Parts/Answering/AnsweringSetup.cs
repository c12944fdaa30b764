using Colead.Composition;
using Colead.Kit.Forms;
using Colead.Parts.Answering.Texts;
using Colead.Parts.Rounds;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Answering;

/// <summary>Respondents' pages: the same by a personal link and by an open one.</summary>
internal static class AnsweringSetup
{
    /// <summary>Respondents who come too many at once are told so in their own words, and not that it is about accounts.</summary>
    public static void ExplainRefusal(HttpContext http)
    {
        if (http.Request.RouteValues["openLink"] is not string openLink) return;
        var texts = RespondentTexts.For(http.Request.Query["lang"].ToString());
        http.Features.Set(new Explained(texts.TooManyHeading, texts.TooMany, "", $"{InventoryLinks.AnswerOpen(openLink)}?lang={texts.Tag}", texts.Tag));
    }

    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        services.AddSingleton<RoundSheets>().AddSingleton<AnswerOperations>().AddSingleton<RespondentViews>();
        return services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            conventions.AddPageRoute("/Inventory/Answering/Start/Start", "open/{openLink}");
            conventions.AddPageRoute("/Inventory/Answering/Review/Review", "open/{openLink}/review");
            conventions.AddPageRoute("/Inventory/Answering/Thanks/Thanks", "open/{openLink}/thanks");
            conventions.AddFolderApplicationModelConvention("/Inventory/Answering/Start", page => page.EndpointMetadata.Add(new EnableRateLimitingAttribute(Limits.OpenAnswers)));
            conventions.AddFolderApplicationModelConvention("/Inventory/Answering/TypedLink", page => page.EndpointMetadata.Add(new EnableRateLimitingAttribute(Limits.Attempts)));
        });
    }
}
