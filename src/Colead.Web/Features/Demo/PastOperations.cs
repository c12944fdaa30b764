using Colead.Web.Features.Partnerships;

namespace Colead.Web.Features.Demo;

/// <summary>The operations that people use, at the times of the demonstration's story.</summary>
internal sealed class PastOperations(IServiceProvider services)
{
    public DemonstrationClock Clock { get; } = new();

    /// <param name="also">Other operations that it takes, where they too must tell that time.</param>
    public T Of<T>(params object[] also) => ActivatorUtilities.CreateInstance<T>(services, [.. Timed(typeof(T)), .. also]);

    private IEnumerable<object> Timed(Type type)
    {
        var wanted = type.GetConstructors().Single().GetParameters().Select(p => p.ParameterType).ToHashSet();
        if (wanted.Contains(typeof(PartnershipAccess))) yield return ActivatorUtilities.CreateInstance<PartnershipAccess>(services, Clock);
        if (wanted.Contains(typeof(TimeProvider))) yield return Clock;
    }
}

/// <summary>A clock that stands where the demonstration is in its story.</summary>
internal sealed class DemonstrationClock : TimeProvider
{
    private DateTimeOffset now;

    public void Set(DateTime utc) => now = new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    public override DateTimeOffset GetUtcNow() => now;
}
