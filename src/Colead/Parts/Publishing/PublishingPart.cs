using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Quartz;

namespace Colead.Parts.Publishing;

/// <summary>Rounds from opening to publication: their dates, closing, comments and what is released.</summary>
public sealed class PublishingPart : PartnershipPart
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<ClosingOperations>().AddScoped<PublishingOperations>().AddScoped<RoundComments>().AddScoped<RoundEnds>();
        services.AddScoped<Timetable>().AddScoped<HourlyCare>();
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<TimetableJob>(trigger => trigger.StartNow()
                .WithSimpleSchedule(every => every.WithInterval(TimetableJob.Pause).RepeatForever()));
            quartz.ScheduleJob<HourlyJob>(trigger => trigger.StartNow()
                .WithSimpleSchedule(every => every.WithInterval(HourlyJob.Pause).RepeatForever()));
            quartz.AddJob<NightJob>(job => job.WithIdentity(NightJob.Key));
            quartz.AddTrigger(trigger => trigger.ForJob(NightJob.Key).StartNow());
            quartz.AddTrigger(trigger => trigger.ForJob(NightJob.Key)
                .WithCronSchedule(NightJob.EveryNight, at => at.InTimeZone(Dates.London)));
        });
    }
}
