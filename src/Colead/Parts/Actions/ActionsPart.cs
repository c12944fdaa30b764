using Colead.Composition;
using Colead.Parts.Actions.Planning;
using Colead.Parts.Actions.Reminding;
using Colead.Parts.Outcomes.Setting;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Parts.Threads;
using Quartz;

namespace Colead.Parts.Actions;

/// <summary>Who does what by when, how it goes, and gentle reminders.</summary>
public sealed class ActionsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Act, 20, "Actions", ActionsLinks.All(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<INextStep, PlanActionStep>().AddScoped<INextStep, LateActionsStep>();
        services.Fill<OutcomeSlot, ActionsOfOutcomeViewComponent>(10);
        services.AddScoped<IUnderWay, ActionsUnderWay>();
        services.AddScoped<IMoments, ActionMoments>();
        services.AddScoped<ActionOperations>().AddScoped<Reminders>();
        services.AddQuartz(quartz => quartz.ScheduleJob<ReminderJob>(
            trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(ReminderJob.Pause).RepeatForever()),
                job => job.WithIdentity(ReminderJob.Key)));
    }
}
