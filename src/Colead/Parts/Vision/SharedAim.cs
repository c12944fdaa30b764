using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Vision;

/// <summary>What became of a wording that somebody proposed.</summary>
public enum WordingState
{
    /// <summary>Waits for a coordinator.</summary>
    Proposed,
    /// <summary>It is, or was, the wording of its aim.</summary>
    Accepted,
    Declined,
    /// <summary>Its proposer thought better of it.</summary>
    TakenBack,
}

/// <summary>Something the partners want together. Its wording changes only by proposals that are accepted, and every wording is
/// kept.</summary>
public sealed class SharedAim : Versioned
{
    public const int NameLength = 90;
    public const int TextLength = 1000;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    /// <summary>What it is called, in a few words: of the wording in force, or of the one first proposed.</summary>
    public required string Name { get; set; }
    /// <summary>Number of the wording in force; 0 while none was accepted, and then it is no shared aim yet.</summary>
    public int Number { get; private set; }
    public required DateTime ProposedAt { get; init; }
    /// <summary>When it was put away.</summary>
    public DateTime? EndedAt { get; private set; }
    public string? EndedWhy { get; private set; }
    public List<AimWording> Wordings { get; } = [];

    /// <summary>Whether the partners have it now.</summary>
    public bool IsCurrent => Number > 0 && EndedAt is null;

    /// <summary>Puts a wording in force as the next version.</summary>
    public void Accept(AimWording wording, string who, string? why, DateTime now)
    {
        Number++;
        Name = wording.Name;
        wording.Decide(WordingState.Accepted, who, why, now);
        wording.Number = Number;
    }

    public void End(string why, DateTime now) => (EndedAt, EndedWhy) = (now, why);
}

/// <summary>One wording of a shared aim, as somebody proposed it. Never edited: another is proposed instead.</summary>
public sealed class AimWording : Versioned
{
    public const int WhyLength = 600;

    public long Id { get; init; }
    public long SharedAimId { get; init; }
    public SharedAim? SharedAim { get; init; }
    public required string Name { get; init; }
    public required string Text { get; init; }
    /// <summary>Why the proposer would word it so; may be empty.</summary>
    public required string Why { get; init; }
    public long? AccountId { get; init; }
    /// <summary>The proposer's name at that time.</summary>
    public required string Who { get; init; }
    /// <summary>Whom the proposer speaks for or belongs to.</summary>
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Number of the wording in force when it was proposed.</summary>
    public required int BasedOn { get; init; }
    public WordingState State { get; private set; }
    /// <summary>Its number among the versions, once accepted.</summary>
    public int? Number { get; internal set; }
    public string? DecidedBy { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public string? DecidedWhy { get; private set; }

    public void Decide(WordingState state, string who, string? why, DateTime now) => (State, DecidedBy, DecidedWhy, DecidedAt) =
        (state, who, why, now);
}

internal sealed class SharedAimMapping : IEntityTypeConfiguration<SharedAim>
{
    public void Configure(EntityTypeBuilder<SharedAim> builder)
    {
        builder.ToTable("SharedAims");
        builder.Property(a => a.Name).HasMaxLength(SharedAim.NameLength);
        builder.Property(a => a.EndedWhy).HasMaxLength(AimWording.WhyLength);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Partnership).WithMany().HasForeignKey(a => a.PartnershipId);
        builder.HasMany(a => a.Wordings).WithOne(w => w.SharedAim).HasForeignKey(w => w.SharedAimId);
    }
}

internal sealed class AimWordingMapping : IEntityTypeConfiguration<AimWording>
{
    public void Configure(EntityTypeBuilder<AimWording> builder)
    {
        builder.ToTable("AimWordings");
        builder.Property(w => w.Name).HasMaxLength(SharedAim.NameLength);
        builder.Property(w => w.Text).HasMaxLength(SharedAim.TextLength);
        builder.Property(w => w.Why).HasMaxLength(AimWording.WhyLength);
        builder.Property(w => w.Who).HasMaxLength(120);
        builder.Property(w => w.DecidedBy).HasMaxLength(120);
        builder.Property(w => w.DecidedWhy).HasMaxLength(AimWording.WhyLength);
        builder.Property(w => w.Version).IsConcurrencyToken();
        // wordings that were never accepted have none, and do not collide
        builder.HasIndex(w => new { w.SharedAimId, w.Number }).IsUnique();
        builder.HasOne(w => w.Organisation).WithMany().HasForeignKey(w => w.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
