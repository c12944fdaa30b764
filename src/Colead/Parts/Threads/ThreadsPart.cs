using Colead.Composition;
using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Parts.Threads.Starting;

namespace Colead.Parts.Threads;

/// <summary>Threads: what they begin with, what is said in them, and the links by which others read them.</summary>
public sealed class ThreadsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Threads, 10, "Threads", ThreadsLinks.All(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<INextStep, TalkStep>();
        services.Fill<FindingSlot, TakeUpViewComponent>(10);
        services.AddScoped<IUnderWay, ThreadsUnderWay>();
        services.AddScoped<ThreadStories>().AddScoped<ThreadVoices>().AddScoped<ThreadNext>();
        services.AddScoped<IMoments, FindingMoments>().AddScoped<IMoments, TalkMoments>();
        services.AddScoped<ThreadOperations>().AddScoped<ThreadOrigins>().AddScoped<TakenUpThreads>();
    }
}
