using Colead.Composition;

namespace Colead.Parts.Mail;

/// <summary>Sending e-mail, and showing how it went.</summary>
public sealed class MailPart : Part
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<Outbox>();
        services.AddSingleton<MailSender>().AddHostedService(provider => provider.GetRequiredService<MailSender>());
    }
}
