using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Rounds;

/// <summary>A sealed part of what a round publishes. The database refuses to change it; it goes only with its whole round.</summary>
public sealed class StoredPublication
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

internal sealed class StoredPublicationMapping : IEntityTypeConfiguration<StoredPublication>
{
    public void Configure(EntityTypeBuilder<StoredPublication> builder)
    {
        builder.ToTable("Publications"); // triggers refuse any change
        builder.Property(p => p.Hash).HasMaxLength(64);
        builder.HasOne(p => p.Round).WithMany().HasForeignKey(p => p.RoundId);
        builder.HasIndex(p => new { p.RoundId, p.Part }).IsUnique();
    }
}
