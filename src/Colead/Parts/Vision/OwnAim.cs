using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Vision;

/// <summary>Who may know of an organisation's own aim.</summary>
public enum AimVisibility
{
    /// <summary>The organisation alone: its lead and its members. Nobody else reads it or finds it counted.</summary>
    Itself,
    /// <summary>Everyone who signs in to the partnership.</summary>
    Partnership,
    /// <summary>Also people who read by a shared link.</summary>
    Everyone,
}

/// <summary>How a shared aim fits what an organisation wants for itself.</summary>
public enum FitWord
{
    Supports,
    Neutral,
    Conflicts,
}

/// <summary>Something an organisation wants for itself.</summary>
public sealed class OwnAim : Versioned
{
    public const int NameLength = 120;
    public const int TextLength = 1000;

    public long Id { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required string Name { get; set; }
    /// <summary>More about it; may be empty.</summary>
    public required string Text { get; set; }
    public required AimVisibility Visibility { get; set; }
    public required DateTime WrittenAt { get; init; }
    public DateTime? EndedAt { get; set; }
    /// <summary>The thread that it began.</summary>
    public long? ThreadId { get; set; }
    public List<Fit> Fits { get; } = [];
}

/// <summary>What an organisation says of itself: how one shared aim fits one of its own aims, or its work as a whole.</summary>
public sealed class Fit : Versioned
{
    public const int WhyLength = 400;

    public long Id { get; init; }
    public long SharedAimId { get; init; }
    public SharedAim? SharedAim { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    /// <summary>Absent where it speaks of the organisation's work as a whole.</summary>
    public long? OwnAimId { get; init; }
    public OwnAim? OwnAim { get; init; }
    public required FitWord Word { get; set; }
    /// <summary>One sentence; only a neutral word may be without.</summary>
    public required string Why { get; set; }
    /// <summary>The name at that time.</summary>
    public required string SaidBy { get; set; }
    public required DateTime SaidAt { get; set; }
    /// <summary>Number of the shared aim's wording that it speaks of.</summary>
    public required int Number { get; set; }
}

internal sealed class OwnAimMapping : IEntityTypeConfiguration<OwnAim>
{
    public void Configure(EntityTypeBuilder<OwnAim> builder)
    {
        builder.ToTable("OwnAims");
        builder.Property(a => a.Name).HasMaxLength(OwnAim.NameLength);
        builder.Property(a => a.Text).HasMaxLength(OwnAim.TextLength);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Organisation).WithMany().HasForeignKey(a => a.OrganisationId);
        builder.HasOne<GoldenThread>().WithMany().HasForeignKey(a => a.ThreadId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(a => a.Fits).WithOne(f => f.OwnAim).HasForeignKey(f => f.OwnAimId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class FitMapping : IEntityTypeConfiguration<Fit>
{
    public void Configure(EntityTypeBuilder<Fit> builder)
    {
        builder.ToTable("Fits");
        builder.Property(f => f.Why).HasMaxLength(Fit.WhyLength);
        builder.Property(f => f.SaidBy).HasMaxLength(120);
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasIndex(f => new { f.SharedAimId, f.OwnAimId }).IsUnique();
        // of the whole there is one
        builder.HasIndex(f => new { f.SharedAimId, f.OrganisationId }).IsUnique().HasFilter("\"OwnAimId\" IS NULL");
        builder.HasOne(f => f.SharedAim).WithMany().HasForeignKey(f => f.SharedAimId);
        builder.HasOne(f => f.Organisation).WithMany().HasForeignKey(f => f.OrganisationId);
    }
}
