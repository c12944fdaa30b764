using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Meetings;

/// <summary>How a partnership meets. Without a row: as new.</summary>
public sealed class MeetingSettings : Versioned
{
    public long PartnershipId { get; init; }
    /// <summary>Whether people's titles stand beside their names; even then only of those whose title is shown to partners.</summary>
    public bool TitlesShown { get; set; }
}

/// <summary>A secret address under which one person's calendar fetches the meetings of a partnership.</summary>
public sealed class CalendarLink
{
    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public long AccountId { get; init; }
    /// <summary>SHA-256 of the link's secret: the database alone opens nothing.</summary>
    public required byte[] SecretHash { get; init; }
    public required DateTime MadeAt { get; init; }
    public DateTime? RevokedAt { get; set; }
}

internal sealed class MeetingSettingsMapping : IEntityTypeConfiguration<MeetingSettings>
{
    public void Configure(EntityTypeBuilder<MeetingSettings> builder)
    {
        builder.ToTable("MeetingSettings");
        builder.HasKey(s => s.PartnershipId);
        builder.Property(s => s.PartnershipId).ValueGeneratedNever();
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasOne<Partnership>().WithMany().HasForeignKey(s => s.PartnershipId);
    }
}

internal sealed class CalendarLinkMapping : IEntityTypeConfiguration<CalendarLink>
{
    public void Configure(EntityTypeBuilder<CalendarLink> builder)
    {
        builder.ToTable("CalendarLinks");
        builder.HasOne<Partnership>().WithMany().HasForeignKey(l => l.PartnershipId);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId);
        builder.HasIndex(l => l.SecretHash).IsUnique();
        builder.HasIndex(l => new { l.PartnershipId, l.AccountId });
    }
}
