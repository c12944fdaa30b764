using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;

namespace Colead.Parts.Invitations;

/// <summary>Who is asked in a round, how they get their links, and how many have answered as far as that may be told.</summary>
public sealed class InvitationsPart : PartnershipPart
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<SealedAnswers>();
        services.AddScoped<InvitationOperations>().AddScoped<OpenRoundOperations>().AddScoped<RoundLetters>().AddScoped<ResponseProgress>();
        services.AddScoped<IRoundOpening, InviteAtOpening>();
        services.AddScoped<ComposeLetter>(provider => provider.GetRequiredService<RoundLetters>().ComposeAsync);
    }
}
