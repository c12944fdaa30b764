using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Threads;

/// <summary>What a thread began with.</summary>
public enum ThreadSource
{
    /// <summary>A finding of a published round.</summary>
    Finding,

    /// <summary>One statement of a published round.</summary>
    Statement,

    /// <summary>Something a partner wants for itself.</summary>
    Aim,

    /// <summary>A problem somebody raised.</summary>
    Problem,
}

/// <summary>
/// What holds a finding, the talk about it, decisions, outcomes, actions and money together until the same finding comes again. It keeps
/// ids; each part keeps its own things and says which thread they belong to.
/// </summary>
public sealed class GoldenThread : Versioned
{
    public const int TitleLength = 200;
    public const int AboutLength = 2000;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Title { get; set; }
    /// <summary>What it is about, in somebody's own words; empty where a finding says it.</summary>
    public required string About { get; set; }
    public required ThreadSource Source { get; init; }
    /// <summary>The round whose finding or statement it began with.</summary>
    public long? RoundId { get; init; }
    /// <summary>Kind of the finding, as publications name kinds.</summary>
    public string? FindingKind { get; init; }
    /// <summary>Id of the finding's dimension or statement, as the round's instrument names it.</summary>
    public string? Measure { get; init; }
    /// <summary>First and second group of the finding, where it compares.</summary>
    public string? First { get; init; }
    public string? Second { get; init; }
    /// <summary>Id of the dimension it belongs to; for a problem or an aim, chosen or none.</summary>
    public string? Dimension { get; set; }
    public long? StartedByAccountId { get; init; }
    /// <summary>The name at that time.</summary>
    public required string StartedBy { get; init; }
    /// <summary>Whom they spoke for, where they speak for an organisation.</summary>
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required DateTime StartedAt { get; init; }
    /// <summary>Chosen by the form that started it: sent twice, it is started once.</summary>
    public required string FormKey { get; init; }
    /// <summary>When it was put away; absent while it goes on.</summary>
    public DateTime? EndedAt { get; set; }
    public List<ThreadNote> Notes { get; } = [];
    public List<ThreadLink> Links { get; } = [];
}

/// <summary>One contribution to a thread's conversation.</summary>
public sealed class ThreadNote : Versioned
{
    public const int TextLength = 4000;

    public long Id { get; init; }
    public long ThreadId { get; init; }
    public GoldenThread? Thread { get; init; }
    public long? AccountId { get; init; }
    /// <summary>The name at that time.</summary>
    public required string Who { get; init; }
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    /// <summary>Empty once taken back.</summary>
    public required string Text { get; set; }
    public required DateTime At { get; init; }
    /// <summary>Chosen by the form that it was written in: sent twice, it stands once.</summary>
    public required string FormKey { get; init; }
    public DateTime? ChangedAt { get; set; }
    public DateTime? TakenBackAt { get; set; }
}

/// <summary>A link by which people without an account read a thread, with figures of the open tier alone.</summary>
public sealed class ThreadLink
{
    public long Id { get; init; }
    public long ThreadId { get; init; }
    public GoldenThread? Thread { get; init; }
    /// <summary>SHA-256 of the link's secret: the database alone opens nothing.</summary>
    public required byte[] SecretHash { get; init; }
    /// <summary>What the thread is called there: its own title may say what only members may read.</summary>
    public required string Title { get; set; }
    /// <summary>Whom it is for, so that one knows which link to revoke.</summary>
    public required string For { get; init; }
    public required string MadeBy { get; init; }
    public required DateTime MadeAt { get; init; }
    public DateTime? RevokedAt { get; set; }
}

internal sealed class ThreadMapping : IEntityTypeConfiguration<GoldenThread>
{
    public void Configure(EntityTypeBuilder<GoldenThread> builder)
    {
        builder.ToTable("Threads");
        builder.Property(t => t.Title).HasMaxLength(GoldenThread.TitleLength);
        builder.Property(t => t.About).HasMaxLength(GoldenThread.AboutLength);
        builder.Property(t => t.FindingKind).HasMaxLength(20);
        builder.Property(t => t.Measure).HasMaxLength(60);
        builder.Property(t => t.First).HasMaxLength(60);
        builder.Property(t => t.Second).HasMaxLength(60);
        builder.Property(t => t.Dimension).HasMaxLength(60);
        builder.Property(t => t.StartedBy).HasMaxLength(120);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasOne(t => t.Partnership).WithMany().HasForeignKey(t => t.PartnershipId);
        // a thread outlives a round whose time is over
        builder.HasOne<Round>().WithMany().HasForeignKey(t => t.RoundId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(t => t.Organisation).WithMany().HasForeignKey(t => t.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(t => t.FormKey).HasMaxLength(32);
        builder.HasIndex(t => t.FormKey).IsUnique();
        builder.HasMany(t => t.Notes).WithOne(n => n.Thread).HasForeignKey(n => n.ThreadId);
        builder.HasMany(t => t.Links).WithOne(l => l.Thread).HasForeignKey(l => l.ThreadId);
    }
}

internal sealed class ThreadNoteMapping : IEntityTypeConfiguration<ThreadNote>
{
    public void Configure(EntityTypeBuilder<ThreadNote> builder)
    {
        builder.ToTable("ThreadNotes");
        builder.Property(n => n.Who).HasMaxLength(120);
        builder.Property(n => n.Text).HasMaxLength(ThreadNote.TextLength);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.Property(n => n.FormKey).HasMaxLength(32);
        builder.HasIndex(n => n.FormKey).IsUnique();
        builder.HasOne(n => n.Organisation).WithMany().HasForeignKey(n => n.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ThreadLinkMapping : IEntityTypeConfiguration<ThreadLink>
{
    public void Configure(EntityTypeBuilder<ThreadLink> builder)
    {
        builder.ToTable("ThreadLinks");
        builder.Property(l => l.Title).HasMaxLength(GoldenThread.TitleLength);
        builder.Property(l => l.For).HasMaxLength(120);
        builder.Property(l => l.MadeBy).HasMaxLength(120);
        builder.HasIndex(l => l.SecretHash).IsUnique();
    }
}
