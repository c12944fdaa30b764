using Colead.Web.Features.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Quartz;

namespace Colead.Web.Features.Decisions;

/// <summary>Proposals, advice, votes, and what was decided.</summary>
public static class DecisionsFeature
{
    private static readonly string[] ForAll = ["DecisionsScreen", "ProposalScreen", "VersionsScreen"];
    /// <summary>Of these, what a proposal's own people and coordinators may do is asked on the page.</summary>
    private static readonly string[] ForMembers = ["NewProposal", "WordingScreen", "OpenVoting", "CloseVoting"];
    private static readonly string[] ForLeads = ["VoteScreen"];
    private static readonly string[] ForCoordinators = ["EnterVote", "PaperVotes"];

    public static IServiceCollection AddDecisions(this IServiceCollection services)
    {
        services.AddScoped<Proposals>().AddScoped<Ballots>().AddScoped<VotingTimetable>();
        services.AddQuartz(quartz => quartz.ScheduleJob<VotingJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(VotingJob.Pause).RepeatForever())));
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForMembers) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.MemberPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.LeadPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.CoordinatorPolicy);
        });
        return services;
    }
}
