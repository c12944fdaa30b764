using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Agreements;

/// <summary>The governing document of a partnership: a draft in sections, and the versions that were put forward. A partnership has
/// one.</summary>
public sealed class Agreement : Versioned
{
    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required DateTime StartedAt { get; init; }
    /// <summary>When the partners look at it again.</summary>
    public DateOnly? ReviewOn { get; set; }
    public List<AgreementSection> Sections { get; } = [];
    public List<AgreementVersion> Versions { get; } = [];
}

/// <summary>One section of the draft. Which sections there are follows from the kind of partnership; what was written stays when the kind
/// changes.</summary>
public sealed class AgreementSection : Versioned
{
    public const int KeyLength = 30;
    public const int TitleLength = 120;
    public const int TextLength = 12_000;

    public long Id { get; init; }
    public long AgreementId { get; init; }
    public required string Key { get; init; }
    public required string Text { get; set; }
    /// <summary>The name at that time.</summary>
    public required string ChangedBy { get; set; }
    public required DateTime ChangedAt { get; set; }
}

/// <summary>The document as it was put forward to be signed. It never changes.</summary>
public sealed class AgreementVersion
{
    public long Id { get; init; }
    public long AgreementId { get; init; }
    public Agreement? Agreement { get; init; }
    public required int Number { get; init; }
    /// <summary>The partnership's name and kind at that time.</summary>
    public required string PartnershipName { get; init; }
    public required PartnershipKind Kind { get; init; }
    public DateOnly? ReviewOn { get; init; }
    public required string PutForwardBy { get; init; }
    public required DateTime PutForwardAt { get; init; }
    public List<AgreementVersionSection> Sections { get; } = [];
    public List<AgreementSignature> Signatures { get; } = [];
}

public sealed class AgreementVersionSection
{
    public long Id { get; init; }
    public long AgreementVersionId { get; init; }
    public required int Position { get; init; }
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
}

/// <summary>An organisation's signature under one version.</summary>
public sealed class AgreementSignature
{
    public const int NameLength = 120;

    public long Id { get; init; }
    public long AgreementVersionId { get; init; }
    public AgreementVersion? AgreementVersion { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    /// <summary>The organisation's name when it signed.</summary>
    public required string OrganisationName { get; init; }
    /// <summary>The person who signed.</summary>
    public required string SignedBy { get; init; }
    public required DateOnly SignedOn { get; init; }
    public required bool OnPaper { get; init; }
    /// <summary>Who entered it: the signer, or for paper a coordinator.</summary>
    public required string EnteredBy { get; init; }
    public long? EnteredByAccountId { get; init; }
    public required DateTime EnteredAt { get; init; }
}

internal sealed class AgreementMapping : IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("Agreements");
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => a.PartnershipId).IsUnique();
        builder.HasOne(a => a.Partnership).WithMany().HasForeignKey(a => a.PartnershipId);
        builder.HasMany(a => a.Sections).WithOne().HasForeignKey(s => s.AgreementId);
        builder.HasMany(a => a.Versions).WithOne(v => v.Agreement).HasForeignKey(v => v.AgreementId);
    }
}

internal sealed class AgreementSectionMapping : IEntityTypeConfiguration<AgreementSection>
{
    public void Configure(EntityTypeBuilder<AgreementSection> builder)
    {
        builder.ToTable("AgreementSections");
        builder.Property(s => s.Key).HasMaxLength(AgreementSection.KeyLength);
        builder.Property(s => s.Text).HasMaxLength(AgreementSection.TextLength);
        builder.Property(s => s.ChangedBy).HasMaxLength(120);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasIndex(s => new { s.AgreementId, s.Key }).IsUnique();
    }
}

internal sealed class AgreementVersionMapping : IEntityTypeConfiguration<AgreementVersion>
{
    public void Configure(EntityTypeBuilder<AgreementVersion> builder)
    {
        builder.ToTable("AgreementVersions");
        builder.Property(v => v.PartnershipName).HasMaxLength(Partnership.NameLength);
        builder.Property(v => v.PutForwardBy).HasMaxLength(120);
        builder.HasIndex(v => new { v.AgreementId, v.Number }).IsUnique();
        builder.HasMany(v => v.Sections).WithOne().HasForeignKey(s => s.AgreementVersionId);
        builder.HasMany(v => v.Signatures).WithOne(s => s.AgreementVersion).HasForeignKey(s => s.AgreementVersionId);
    }
}

internal sealed class AgreementVersionSectionMapping : IEntityTypeConfiguration<AgreementVersionSection>
{
    public void Configure(EntityTypeBuilder<AgreementVersionSection> builder)
    {
        builder.ToTable("AgreementVersionSections");
        builder.Property(s => s.Key).HasMaxLength(AgreementSection.KeyLength);
        builder.Property(s => s.Title).HasMaxLength(AgreementSection.TitleLength);
        builder.Property(s => s.Text).HasMaxLength(AgreementSection.TextLength);
        builder.HasIndex(s => new { s.AgreementVersionId, s.Key }).IsUnique();
    }
}

internal sealed class AgreementSignatureMapping : IEntityTypeConfiguration<AgreementSignature>
{
    public void Configure(EntityTypeBuilder<AgreementSignature> builder)
    {
        builder.ToTable("AgreementSignatures");
        builder.Property(s => s.OrganisationName).HasMaxLength(Organisation.NameLength);
        builder.Property(s => s.SignedBy).HasMaxLength(AgreementSignature.NameLength);
        builder.Property(s => s.EnteredBy).HasMaxLength(120);
        builder.HasIndex(s => new { s.AgreementVersionId, s.OrganisationId }).IsUnique(); // a version is signed once
        builder.HasOne(s => s.Organisation).WithMany().HasForeignKey(s => s.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
