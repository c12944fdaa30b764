using System.Globalization;
using Colead.Composition;
using Colead.Composition.Live;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Parts.Publishing;
using Colead.Parts.Threads;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Parts.Decisions;

/// <summary>Proposals, advice, votes, and what was decided.</summary>
public sealed class DecisionsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Agree, 20, "Decisions", DecisionsLinks.All(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<INextStep, OpenProposalStep>().AddScoped<INextStep, ProposeStep>().AddScoped<INextStep, ReviewStep>();
        services.AddScoped<IUnderWay, VotesUnderWay>();
        services.AddScoped<IMoments, DecisionMoments>().AddScoped<IHeard, HeardAsAdvice>();
        services.AddScoped<BallotBox>().AddScoped<ProposalOperations>().AddScoped<BallotOperations>().AddScoped<VotingTimetable>();
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<VotingJob>(trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(VotingJob.Pause)
                .RepeatForever()));
            quartz.AddJob<SecretVotesJob>(job => job.WithIdentity(SecretVotesJob.Key));
            quartz.AddTrigger(trigger => trigger.ForJob(SecretVotesJob.Key).StartNow());
            quartz.AddTrigger(trigger => trigger.ForJob(SecretVotesJob.Key).WithCronSchedule(NightJob.EveryNight,
                at => at.InTimeZone(Dates.London)));
        });
    }

    public override void Map(IEndpointRouteBuilder routes) =>
        routes.MapLive("partnerships/{partnershipId:long}/decisions/{proposalId:long}/events", RolePolicies.Viewer, async http =>
        {
            var standing = await http.RequestServices.GetRequiredService<PartnershipAccess>().RequiredAsync();
            var id = long.Parse((string)http.Request.RouteValues["proposalId"]!, CultureInfo.InvariantCulture);
            return await http.RequestServices.GetRequiredService<ProposalOperations>().Of(standing).AnyAsync(p => p.Id == id) ? Topic(id)
                : null;
        });

    /// <summary>
    /// What is announced when anything of a proposal changed. It names no organisation: of a secret vote nothing else may be told.
    /// </summary>
    public static string Topic(long proposalId) => string.Create(CultureInfo.InvariantCulture, $"proposal:{proposalId}");
}
