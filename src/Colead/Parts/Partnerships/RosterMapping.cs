using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Partnerships;

/// <summary>
/// How a partnership's lists of people were last understood: which heading is which column, and what words for levels and sectors mean.
/// Headings and words, nobody's name.
/// </summary>
public sealed class RosterMapping
{
    public long PartnershipId { get; init; }
    /// <summary>JSON, read by whoever brings a list.</summary>
    public required string Content { get; set; }
}

internal sealed class RosterMappingMapping : IEntityTypeConfiguration<RosterMapping>
{
    public void Configure(EntityTypeBuilder<RosterMapping> builder)
    {
        builder.ToTable("RosterMappings");
        builder.HasKey(m => m.PartnershipId);
        builder.Property(m => m.PartnershipId).ValueGeneratedNever();
        builder.HasOne<Partnership>().WithMany().HasForeignKey(m => m.PartnershipId);
    }
}
