using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Instruments;

/// <summary>An instrument as a round uses it: its file, known by the hash of its content, never changed.</summary>
public sealed class StoredInstrument
{
    public const int HashLength = 64;

    public required string Hash { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>A partnership's own instrument, written or uploaded by its coordinators. Rounds keep what it was when they took it.</summary>
public sealed class OwnInstrument : Versioned
{
    public const int TitleLength = 120;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public required string Title { get; set; }
    /// <summary>The instrument's file; always one that could be used.</summary>
    public required byte[] Content { get; set; }
    public required DateTime ChangedAt { get; set; }
}

internal sealed class StoredInstrumentMapping : IEntityTypeConfiguration<StoredInstrument>
{
    public void Configure(EntityTypeBuilder<StoredInstrument> builder)
    {
        builder.ToTable("Instruments");
        builder.HasKey(i => i.Hash);
        builder.Property(i => i.Hash).HasMaxLength(StoredInstrument.HashLength);
    }
}

internal sealed class OwnInstrumentMapping : IEntityTypeConfiguration<OwnInstrument>
{
    public void Configure(EntityTypeBuilder<OwnInstrument> builder)
    {
        builder.ToTable("OwnInstruments");
        builder.Property(i => i.Title).HasMaxLength(OwnInstrument.TitleLength);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne<Partnership>().WithMany().HasForeignKey(i => i.PartnershipId);
    }
}
