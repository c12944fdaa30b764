using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Agreements;

/// <summary>What allows personal data to be shared: the six of UK GDPR, article 6.</summary>
public enum LawfulBasis
{
    Consent,
    Contract,
    LegalObligation,
    VitalInterests,
    PublicTask,
    LegitimateInterests,
}

/// <summary>A record of data that partners share: for what, with whom, which, on what basis, looked at again when.</summary>
public sealed class DataSharing : Versioned
{
    public const int PurposeLength = 600;
    public const int DataLength = 2000;
    public const int NoteLength = 600;
    public const int OthersLength = 400;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Purpose { get; set; }
    /// <summary>Which data, of whom.</summary>
    public required string Data { get; set; }
    public required LawfulBasis Basis { get; set; }
    /// <summary>Why this basis holds, and what else the law asks.</summary>
    public required string BasisNote { get; set; }
    /// <summary>Parties that are no partners, as written; may be empty.</summary>
    public required string OtherParties { get; set; }
    public required DateOnly ReviewOn { get; set; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? EndedAt { get; set; }
    public List<DataSharingParty> Parties { get; } = [];
}

public sealed class DataSharingParty
{
    public long Id { get; init; }
    public long DataSharingId { get; init; }
    public DataSharing? DataSharing { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
}

internal sealed class DataSharingMapping : IEntityTypeConfiguration<DataSharing>
{
    public void Configure(EntityTypeBuilder<DataSharing> builder)
    {
        builder.ToTable("DataSharings");
        builder.Property(d => d.Purpose).HasMaxLength(DataSharing.PurposeLength);
        builder.Property(d => d.Data).HasMaxLength(DataSharing.DataLength);
        builder.Property(d => d.BasisNote).HasMaxLength(DataSharing.NoteLength);
        builder.Property(d => d.OtherParties).HasMaxLength(DataSharing.OthersLength);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne(d => d.Partnership).WithMany().HasForeignKey(d => d.PartnershipId);
        builder.HasMany(d => d.Parties).WithOne(p => p.DataSharing).HasForeignKey(p => p.DataSharingId);
    }
}

internal sealed class DataSharingPartyMapping : IEntityTypeConfiguration<DataSharingParty>
{
    public void Configure(EntityTypeBuilder<DataSharingParty> builder)
    {
        builder.ToTable("DataSharingParties");
        builder.HasIndex(p => new { p.DataSharingId, p.OrganisationId }).IsUnique();
        builder.HasOne(p => p.Organisation).WithMany().HasForeignKey(p => p.OrganisationId);
    }
}
