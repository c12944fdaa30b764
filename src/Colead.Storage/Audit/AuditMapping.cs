using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Audit;

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(e => e.Who).HasMaxLength(120);
        builder.Property(e => e.Act).HasMaxLength(AuditEntry.ActLength);
        builder.Property(e => e.Detail).HasMaxLength(AuditEntry.DetailLength);
        builder.HasIndex(e => new { e.PartnershipId, e.Id }); // no foreign keys: the trail outlives what it speaks of
    }
}
