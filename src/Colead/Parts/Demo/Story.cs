using System.Security.Cryptography;
using System.Text;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Demo;

/// <summary>
/// What the demonstration's story is told with: its partners in their order, who speaks for each, its days, counted from today, and the
/// operations that people use, at the times of the story.
/// </summary>
internal sealed class Story
{
    public const int Council = 0, Health = 1, Police = 2, Schools = 3, Food = 4, Carers = 5, Youth = 6, Housing = 7, Ferries = 8, Hotels =
        9, Logistics = 10, Energy = 11;

    private readonly IServiceProvider services;
    private readonly StoryClock clock = new();
    private readonly DateOnly today;

    private Story(IServiceProvider services, DateOnly today) => (this.services, this.today) = (services, today);

    public required IReadOnlyList<Organisation> Organisations { get; init; }
    public required Standing Coordinator { get; init; }
    /// <summary>By organisation; some have none who signs in.</summary>
    public required IReadOnlyDictionary<long, Standing> Leads { get; init; }
    public DateTime Now => clock.Now();

    public static async Task<Story> OfAsync(ColeadDb db, IServiceProvider services, long partnershipId)
    {
        var partnership = await db.Set<Partnership>().AsNoTracking().SingleAsync(p => p.Id == partnershipId);
        var grants = await db.Set<RoleGrant>().AsNoTracking().Include(g => g.Account).Where(g => g.PartnershipId == partnershipId)
            .OrderBy(g => g.Id).ToListAsync();
        Standing Of(RoleGrant g) => new(partnershipId, partnership.Name, g.AccountId, g.Account!.Name, g.Role,
            g.OrganisationId) { Kind = partnership.Kind };
        return new(services, Dates.DayOf(partnership.CreatedAt))
        {
            Organisations = await db.Set<Organisation>().AsNoTracking().Where(o => o.PartnershipId == partnershipId).OrderBy(o => o.Id)
                .ToListAsync(),
            Coordinator = Of(grants.First(g => g.Role == Role.Coordinator)),
            Leads = grants.Where(g => g.Role == Role.Lead).ToDictionary(g => g.OrganisationId!.Value, Of),
        };
    }

    /// <summary>The lead of an organisation; where none signs in, the coordinator speaks for it.</summary>
    public Standing Lead(int organisation) => Leads.GetValueOrDefault(Organisations[organisation].Id) ?? Coordinator;

    /// <param name="day">From today; earlier ones are negative.</param>
    public DateOnly Day(int day) => today.AddDays(day);

    public DateTime London(int day, int hour) => Dates.FromLondon(Day(day), new TimeOnly(hour, 0))!.Value;

    public void At(int day, int hour) => At(London(day, hour));

    public void At(DateTime utc) => clock.Set(utc);

    /// <summary>The same key each time, so that what was made is not made again.</summary>
    public string Key(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration {Coordinator.PartnershipId} {name}"))[..16]);

    /// <summary>An operation that people use, telling the story's time.</summary>
    /// <param name="also">Other operations that it takes, where they too must tell that time.</param>
    public T Of<T>(params object[] also) => ActivatorUtilities.CreateInstance<T>(services, [.. Timed(typeof(T)), .. also]);

    private IEnumerable<object> Timed(Type type)
    {
        var wanted = type.GetConstructors().Single().GetParameters().Select(p => p.ParameterType).ToHashSet();
        if (wanted.Contains(typeof(PartnershipAccess))) yield return ActivatorUtilities.CreateInstance<PartnershipAccess>(services, clock);
        if (wanted.Contains(typeof(TimeProvider))) yield return clock;
    }

    /// <summary>Stands where the story is.</summary>
    private sealed class StoryClock : TimeProvider
    {
        private DateTimeOffset now;

        public void Set(DateTime utc) => now = new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

        public override DateTimeOffset GetUtcNow() => now;
    }
}
