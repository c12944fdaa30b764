using Colead.Composition;
using Colead.Data.Inventory;
using Colead.Parts.Answering;
using Colead.Parts.Answering.Questionnaire;
using Colead.Parts.Importing;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Publishing;

/// <summary>Instruments, rounds, invitations, answers, closing.</summary>
public static class InventoryFeature
{
    private static readonly string[] ForAll = ["RoundsScreen", "RoundScreen"];
    private static readonly string[] ForLeads = ["InvitationsScreen", "InvitationScreen", "Slips", "Poster", "ProgressScreen"];
    private static readonly string[] ForCoordinators =
    [
        "NewRound", "ContactScreen", "Questionnaire", "Who", "Ways", "Shown", "DatesScreen", "RoundPreview", "OpenScreen", "Extend", "CloseEarly", "Cancel",
        "InstrumentsScreen", "InstrumentScreen", "InstrumentFileScreen", "InstrumentSchema", "InstrumentAbout", "InstrumentScale", "InstrumentDimension",
        "CommentsScreen", "PublishScreen", "BringAnswers", "MatchAnswers", "ConfirmAnswers",
    ];
    private static readonly string[] ForRespondents = ["Answering"];

    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddSingleton<Troubles>().AddScoped<SealedAnswers>().AddScoped<RoundComments>();
        services.AddScoped<RoundLetters>().AddScoped<OpenRoundOperations>().AddScoped<ResponseProgress>().AddScoped<HourlyCare>();
        services.AddScoped<ComposeLetter>(provider => provider.GetRequiredService<RoundLetters>().ComposeAsync);
        services.AddScoped<ImportOperations>().AddScoped<AnswersUploads>();
        services.AddAnswering();
        services.AddScoped<ClosingOperations>().AddScoped<PublishingOperations>();
        services.AddScoped<InstrumentOperations>().AddScoped<InvitationOperations>().AddScoped<RoundOperations>().AddScoped<Timetable>();
        services.AddTimetable();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Inventory/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Inventory/{screen}", PartnershipsFeature.LeadPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Inventory/{screen}", PartnershipsFeature.CoordinatorPolicy);
            foreach (var screen in ForRespondents) conventions.AllowAnonymousToFolder($"/Inventory/{screen}");
        });
        return services;
    }

    public static void MapInventory(this IEndpointRouteBuilder routes) => QuestionsScreen.Map(routes);
}
