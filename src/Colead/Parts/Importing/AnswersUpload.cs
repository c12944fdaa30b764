using Colead.Parts.Partnerships;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Importing;

/// <summary>A file of answers from elsewhere, between upload and confirmation. It goes when confirmed, replaced, or after an
/// hour.</summary>
public sealed class AnswersUpload
{
    public const int FileNameLength = 120;
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    /// <summary>Only who uploaded it sees it.</summary>
    public long AccountId { get; init; }
    public required string FileName { get; init; }
    /// <summary>The name of the key under which file and choices lie; the round that comes of it takes the key over.</summary>
    public required string Key { get; init; }
    public required byte[] Content { get; init; }
    /// <summary>What was chosen so far, as JSON, sealed: it quotes the file.</summary>
    public required byte[] Choices { get; set; }
    public required DateTime UploadedAt { get; init; }
}

internal sealed class AnswersUploadMapping : IEntityTypeConfiguration<AnswersUpload>
{
    public void Configure(EntityTypeBuilder<AnswersUpload> builder)
    {
        builder.ToTable("AnswersUploads");
        builder.Property(u => u.Key).HasMaxLength(32);
        builder.Property(u => u.FileName).HasMaxLength(AnswersUpload.FileNameLength);
        builder.HasOne<Partnership>().WithMany().HasForeignKey(u => u.PartnershipId);
        builder.HasIndex(u => new { u.PartnershipId, u.AccountId });
    }
}
