using Colead.Parts.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Mail;

/// <summary>Sending e-mail, and showing how it went.</summary>
public static class MailFeature
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddScoped<Outbox>();
        services.AddSingleton<MailSender>().AddHostedService(provider => provider.GetRequiredService<MailSender>());
        services.Configure<RazorPagesOptions>(options => options.Conventions.AuthorizeFolder("/Mail", Policies.Operator));
        return services;
    }
}
