using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Rounds;

/// <summary>One asking of a partnership: draft, open, closed, published.</summary>
public sealed class Round : Versioned
{
    public const int NameLength = 120;
    public const int ContactLength = 200;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Name { get; set; }
    public RoundOrigin Origin { get; init; }
    public RoundState State { get; set; }
    public required string InstrumentHash { get; set; }
    /// <summary>Tags of the languages offered to respondents, the first one first; of those the instrument has.</summary>
    public List<string> Languages { get; set; } = ["en"];
    /// <summary>Levels whose people are invited.</summary>
    public List<Level> Levels { get; set; } = [.. Enum.GetValues<Level>()];
    /// <summary>Organisations whose people are invited, and which of them are reported together.</summary>
    public List<RoundOrganisation> Organisations { get; } = [];

    /// <summary>Fewest people for a mean (k_s).</summary>
    public int MeansFrom { get; set; } = 5;
    /// <summary>Fewest people for statements, spread, comparisons, comments and everything public (k_d).</summary>
    public int DetailsFrom { get; set; } = 10;
    /// <summary>Whether findings of single organisations and folds are published at all.</summary>
    public bool OrganisationRows { get; set; } = true;
    /// <summary>Whether a coordinator has decided which organisations are reported together. Inviting others asks again.</summary>
    public bool FoldsDecided { get; set; }

    /// <summary>When it opens by itself; without one, at the coordinator's press.</summary>
    public DateTime? OpensAt { get; set; }
    /// <summary>When it closes by itself.</summary>
    public DateTime? ClosesAt { get; set; }
    public DateTime? OpenedAt { get; set; }
    public DateTime? ClosedAt { get; set; }
    public DateTime? PublishedAt { get; set; }
    public DateTime? CancelledAt { get; set; }

    /// <summary>The public part of the open link's address; absent when there is no open link. Not a secret: it is meant to be passed
    /// on.</summary>
    public string? OpenLink { get; set; }
    /// <summary>Whom respondents may ask, and who answers for their data: a name and an address.</summary>
    public required string Contact { get; set; }
    /// <summary>After so many years from closing the whole round is deleted.</summary>
    public int KeptYears { get; set; } = 6;
    public required DateTime CreatedAt { get; init; }
    /// <summary>How people get their links. Fixed at opening, because the weakest decides what all can be promised.</summary>
    public List<RoundWay> Ways { get; set; } = [RoundWay.Mail, RoundWay.Paper];
    /// <summary>Whether everyone is reminded every week without anybody's press.</summary>
    public bool RemindsByItself { get; set; }
    /// <summary>When reminders last went out.</summary>
    public DateTime? RemindedAt { get; set; }
    /// <summary>How often they did.</summary>
    public int Reminders { get; set; }
    /// <summary>The name of the key under which its answers lie; absent before it opens, and when the key is seen gone.</summary>
    public string? Key { get; set; }
    /// <summary>The name of the key under which its comments wait to be looked at; absent where none do.</summary>
    public string? CommentsKey { get; set; }
    /// <summary>It is being closed, or was when the program stopped: no more answers are taken, and the next start goes on with
    /// it.</summary>
    public bool ClosingBegun { get; set; }
    /// <summary>When the key to its answers was seen gone. Nothing says before that they are untraceable.</summary>
    public DateTime? UntraceableAt { get; set; }
    /// <summary>Whether a file of answers from elsewhere told of doubles; absent where people were asked here.</summary>
    public bool? DoublesLookedFor { get; init; }
}

/// <summary>An organisation in a round: as it is called and sorted when the round opens, whatever becomes of it later.</summary>
public sealed class RoundOrganisation
{
    public long RoundId { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required string Name { get; set; }
    public required Sector Sector { get; set; }
    /// <summary>Organisations of one number are reported as one; absent: by itself.</summary>
    public int? Fold { get; set; }
    /// <summary>Whether somebody other than who wrote the list of its people confirmed it before the round opened; absent before, and where
    /// nobody was asked here.</summary>
    public bool? ListConfirmed { get; set; }
}

internal sealed class RoundMapping : IEntityTypeConfiguration<Round>
{
    public void Configure(EntityTypeBuilder<Round> builder)
    {
        builder.ToTable("Rounds");
        builder.Property(r => r.Name).HasMaxLength(Round.NameLength);
        builder.Property(r => r.InstrumentHash).HasMaxLength(StoredInstrument.HashLength);
        builder.Property(r => r.Contact).HasMaxLength(Round.ContactLength);
        builder.Property(r => r.OpenLink).HasMaxLength(40);
        builder.Property(r => r.Languages).HasConversion(Lists.OfText, Lists.Compare<string>()).HasMaxLength(60);
        builder.Property(r => r.Levels).HasConversion(Lists.Of<Level>(), Lists.Compare<Level>()).HasMaxLength(120);
        builder.Property(r => r.Ways).HasConversion(Lists.Of<RoundWay>(), Lists.Compare<RoundWay>()).HasMaxLength(40);
        builder.Property(r => r.Key).HasMaxLength(32);
        builder.Property(r => r.CommentsKey).HasMaxLength(32);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasOne(r => r.Partnership).WithMany().HasForeignKey(r => r.PartnershipId);
        builder.HasOne<StoredInstrument>().WithMany().HasForeignKey(r => r.InstrumentHash).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(r => r.Organisations).WithOne().HasForeignKey(o => o.RoundId);
        builder.HasIndex(r => r.OpenLink).IsUnique();
        builder.HasIndex(r => r.State);
        GoWith.Round(builder);
    }
}

internal sealed class RoundOrganisationMapping : IEntityTypeConfiguration<RoundOrganisation>
{
    public void Configure(EntityTypeBuilder<RoundOrganisation> builder)
    {
        builder.ToTable("RoundOrganisations");
        builder.HasKey(o => new { o.RoundId, o.OrganisationId });
        builder.Property(o => o.Name).HasMaxLength(Organisation.NameLength);
        builder.HasOne(o => o.Organisation).WithMany().HasForeignKey(o => o.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
