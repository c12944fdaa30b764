using Colead.Composition;

namespace Colead.Parts.Demo;

/// <summary>A partnership to look around in.</summary>
public sealed class DemoPart : Part
{
    public override void AddTo(IServiceCollection services) => services.AddScoped<Demonstration>().AddScoped<DemonstrationRounds>()
        .AddScoped<DemonstrationAgreeing>().AddScoped<DemonstrationThread>();
}
