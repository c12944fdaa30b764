using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Partnerships;

/// <summary>A roster file between upload and confirmation. Nothing of it is on the roster yet; it goes when confirmed, replaced, or after
/// an hour.</summary>
public sealed class RosterUpload
{
    public const int FileNameLength = 120;
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    /// <summary>Only who uploaded it sees it.</summary>
    public long AccountId { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; init; }
    public required DateTime UploadedAt { get; init; }
}

internal sealed class RosterUploadMapping : IEntityTypeConfiguration<RosterUpload>
{
    public void Configure(EntityTypeBuilder<RosterUpload> builder)
    {
        builder.ToTable("RosterUploads");
        builder.Property(u => u.FileName).HasMaxLength(RosterUpload.FileNameLength);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(u => u.PartnershipId);
        builder.HasIndex(u => new { u.PartnershipId, u.AccountId });
    }
}
