using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Voice;

/// <summary>The voice ledger: who set the agenda, chaired, was there, proposed, was heard, and whose proposals passed. It reads other parts and writes nothing.</summary>
public static class VoiceFeature
{
    public static IServiceCollection AddVoice(this IServiceCollection services)
    {
        services.AddScoped<VoiceLedger>();
        services.Configure<RazorPagesOptions>(options => options.Conventions.AuthorizeFolder("/Voice", PartnershipsFeature.ViewerPolicy));
        return services;
    }
}
