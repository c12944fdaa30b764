using Microsoft.AspNetCore.Identity;

namespace Colead.Storage.Accounts;

/// <summary>Someone who can sign in. One account serves every partnership they belong to.</summary>
public sealed class Account : IdentityUser<long>
{
    public const int NameLength = 120;

    public required string Name { get; set; }
    /// <summary>Looks after the installation: creates partnerships, sees to mail. No right inside any partnership.</summary>
    public bool IsOperator { get; set; }
    public required DateTime CreatedAt { get; init; }
}

/// <summary>A link that signs its holder in once: printed by the program to whoever runs it, or opens the first set-up.</summary>
public sealed class OneTimeLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public long Id { get; init; }
    /// <summary>Absent for the link that opens the first set-up.</summary>
    public long? AccountId { get; init; }
    public required byte[] SecretHash { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? UsedAt { get; set; }

    public bool IsOpen(DateTime now) => UsedAt is null && now < CreatedAt + Lifetime;
}
