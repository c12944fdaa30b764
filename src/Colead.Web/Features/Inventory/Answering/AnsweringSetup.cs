using Colead.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Web.Features.Inventory.Answering;

/// <summary>Respondents' pages: the same by a personal link and by an open one.</summary>
internal static class AnsweringSetup
{
    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        services.AddSingleton<Devices>().AddSingleton<RoundSheets>().AddSingleton<Answers>().AddSingleton<RespondentViews>();
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
