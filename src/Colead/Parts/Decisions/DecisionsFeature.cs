using System.Globalization;
using Colead.Composition;
using Colead.Composition.Live;
using Colead.Data.Decisions;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Parts.Decisions;

/// <summary>Proposals, advice, votes, and what was decided.</summary>
public static class DecisionsFeature
{
    private static readonly string[] ForAll = ["DecisionsScreen", "ProposalScreen", "VersionsScreen"];
    /// <summary>Of these, what a proposal's own people and coordinators may do is asked on the page.</summary>
    private static readonly string[] ForMembers = ["NewProposal", "WordingScreen", "RulesScreen", "OpenVoting", "CloseVoting"];
    private static readonly string[] ForLeads = ["VoteScreen"];
    private static readonly string[] ForCoordinators = ["EnterVote", "PaperVotes", "PrintSlips"];

    public static IServiceCollection AddDecisions(this IServiceCollection services)
    {
        services.AddScoped<BallotBox>().AddScoped<ProposalOperations>().AddScoped<BallotOperations>().AddScoped<VotingTimetable>();
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<VotingJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(VotingJob.Pause).RepeatForever()));
            quartz.AddJob<SecretVotesJob>(job => job.WithIdentity(SecretVotesJob.Key));
            quartz.AddTrigger(trigger => trigger.ForJob(SecretVotesJob.Key).StartNow());
            quartz.AddTrigger(trigger => trigger.ForJob(SecretVotesJob.Key).WithCronSchedule(NightJob.EveryNight, at => at.InTimeZone(Dates.London)));
        });
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            conventions.AllowAnonymousToFolder("/Decisions/VoteBySlip");
            conventions.AddFolderApplicationModelConvention("/Decisions/VoteBySlip", page => page.EndpointMetadata.Add(new EnableRateLimitingAttribute(Limits.Attempts)));
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForMembers) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.MemberPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.LeadPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Decisions/{screen}", PartnershipsFeature.CoordinatorPolicy);
        });
        return services;
    }

    public static void MapDecisions(this IEndpointRouteBuilder routes) =>
        routes.MapLive("partnerships/{partnershipId:long}/decisions/{proposalId:long}/events", PartnershipsFeature.ViewerPolicy, async http =>
        {
            var standing = await http.RequestServices.GetRequiredService<PartnershipAccess>().RequiredAsync();
            var id = long.Parse((string)http.Request.RouteValues["proposalId"]!, CultureInfo.InvariantCulture);
            return await http.RequestServices.GetRequiredService<ProposalOperations>().Of(standing).AnyAsync(p => p.Id == id) ? Topic(id) : null;
        });

    /// <summary>What is announced when anything of a proposal changed. It names no organisation: of a secret vote nothing else may be told.</summary>
    public static string Topic(long proposalId) => string.Create(CultureInfo.InvariantCulture, $"proposal:{proposalId}");
}
