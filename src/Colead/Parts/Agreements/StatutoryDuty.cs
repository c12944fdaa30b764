using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Agreements;

public enum DutyKind
{
    /// <summary>In England: council, integrated care board and chief officer of police, equally.</summary>
    ChildSafeguarding,
    Other,
}

/// <summary>What the law asks of some partners together.</summary>
public sealed class StatutoryDuty : Versioned
{
    public const int NameLength = 160;
    public const int TextLength = 2000;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required DutyKind Kind { get; init; }
    public required string Name { get; set; }
    public required string Text { get; set; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>When it no longer applied.</summary>
    public DateTime? EndedAt { get; set; }
    public List<DutyHolder> Holders { get; } = [];
}

/// <summary>An organisation that has a duty.</summary>
public sealed class DutyHolder
{
    public long Id { get; init; }
    public long StatutoryDutyId { get; init; }
    public StatutoryDuty? StatutoryDuty { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
}

internal sealed class StatutoryDutyMapping : IEntityTypeConfiguration<StatutoryDuty>
{
    public void Configure(EntityTypeBuilder<StatutoryDuty> builder)
    {
        builder.ToTable("StatutoryDuties");
        builder.Property(d => d.Name).HasMaxLength(StatutoryDuty.NameLength);
        builder.Property(d => d.Text).HasMaxLength(StatutoryDuty.TextLength);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne(d => d.Partnership).WithMany().HasForeignKey(d => d.PartnershipId);
        builder.HasMany(d => d.Holders).WithOne(h => h.StatutoryDuty).HasForeignKey(h => h.StatutoryDutyId);
    }
}

internal sealed class DutyHolderMapping : IEntityTypeConfiguration<DutyHolder>
{
    public void Configure(EntityTypeBuilder<DutyHolder> builder)
    {
        builder.ToTable("DutyHolders");
        builder.HasIndex(h => new { h.StatutoryDutyId, h.OrganisationId }).IsUnique();
        builder.HasOne(h => h.Organisation).WithMany().HasForeignKey(h => h.OrganisationId);
    }
}
