using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Data.Inventory;

/// <summary>A sealed part of what a round publishes. The database refuses to change it; it goes only with its whole round.</summary>
public sealed class Publication
{
    public long Id { get; init; }
    public long RoundId { get; init; }
    public Round? Round { get; init; }
    public required PublicationPart Part { get; init; }
    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Content { get; init; }
    /// <summary>SHA-256 of the content, in hexadecimal.</summary>
    public required string Hash { get; init; }
    public required DateTime SealedAt { get; init; }
}

/// <summary>The summaries behind a publication. The summary of one person is that person's answers, so publishing alone reads them.</summary>
internal sealed class StoredSummary
{
    public long RoundId { get; init; }
    public required byte[] Answers { get; init; }
    /// <summary>Answers by open link, where there was one.</summary>
    public byte[]? OpenLink { get; init; }
}

internal sealed class PublicationMapping : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> builder)
    {
        builder.ToTable("Publications"); // triggers refuse any change
        builder.Property(p => p.Hash).HasMaxLength(64);
        builder.HasOne(p => p.Round).WithMany().HasForeignKey(p => p.RoundId);
        builder.HasIndex(p => new { p.RoundId, p.Part }).IsUnique();
    }
}

internal sealed class StoredSummaryMapping : IEntityTypeConfiguration<StoredSummary>
{
    public void Configure(EntityTypeBuilder<StoredSummary> builder)
    {
        builder.ToTable("RoundSummaries"); // triggers refuse any change
        builder.HasKey(s => s.RoundId);
        builder.HasOne<Round>().WithMany().HasForeignKey(s => s.RoundId);
    }
}
