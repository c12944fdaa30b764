using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Data.Inventory;

/// <summary>
/// One person's place in an open round. It never meets the answer: sending marks it answered, and closing removes all of a round's invitations,
/// so that not even who answered is left.
/// </summary>
public sealed class Invitation
{
    public long Id { get; init; }
    public long RoundId { get; init; }
    public Round? Round { get; init; }
    public long PersonId { get; init; }
    public Person? Person { get; init; }
    /// <summary>For which they answer; people of two organisations choose.</summary>
    public required long OrganisationId { get; set; }
    public required Level Level { get; set; }
    /// <summary>Counts the links made for it: a new one replaces the old.</summary>
    public int Generation { get; set; }
    /// <summary>SHA-256 of the present link's secret.</summary>
    public required byte[] SecretHash { get; set; }
    public bool Answered { get; set; }
    /// <summary>Taken back: the person left, or should not have been asked.</summary>
    public bool Withdrawn { get; set; }
}

/// <summary>A link that leads to no questionnaire any more, kept so that its page can say why.</summary>
public sealed class FormerLink
{
    public required byte[] SecretHash { get; init; }
    public long RoundId { get; init; }
    public required LinkEnd End { get; init; }
}

/// <summary>A letter in the outbox that belongs to a round; both go when the round closes.</summary>
public sealed class RoundMessage
{
    /// <summary>The letter's number in the outbox.</summary>
    public long MessageId { get; init; }
    public long RoundId { get; init; }
    public long InvitationId { get; init; }
    public required RoundMessageKind Kind { get; init; }
}

/// <summary>How many of an organisation's level were invited, left when the invitations are gone.</summary>
public sealed class Invited
{
    public long RoundId { get; init; }
    public long OrganisationId { get; init; }
    public Level Level { get; init; }
    public required int People { get; init; }
}

/// <summary>What may be told of an open round's response, counted once a day.</summary>
public sealed class RoundProgress
{
    public long RoundId { get; init; }
    public required DateTime CountedAt { get; set; }
    public required string Content { get; set; }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(i => i.SecretHash).HasMaxLength(32);
        builder.HasOne(i => i.Round).WithMany().HasForeignKey(i => i.RoundId);
        builder.HasOne(i => i.Person).WithMany().HasForeignKey(i => i.PersonId);
        builder.HasIndex(i => i.SecretHash).IsUnique();
        builder.HasIndex(i => new { i.RoundId, i.PersonId }).IsUnique();
    }
}

internal sealed class FormerLinkMapping : IEntityTypeConfiguration<FormerLink>
{
    public void Configure(EntityTypeBuilder<FormerLink> builder)
    {
        builder.ToTable("FormerLinks");
        builder.HasKey(l => l.SecretHash);
        builder.Property(l => l.SecretHash).HasMaxLength(32);
        builder.HasOne<Round>().WithMany().HasForeignKey(l => l.RoundId);
    }
}

internal sealed class RoundMessageMapping : IEntityTypeConfiguration<RoundMessage>
{
    public void Configure(EntityTypeBuilder<RoundMessage> builder)
    {
        builder.ToTable("RoundMessages"); // no foreign keys: closing rewrites invitations, and the outbox is another part's
        builder.HasKey(m => m.MessageId);
        builder.Property(m => m.MessageId).ValueGeneratedNever();
        builder.HasIndex(m => new { m.RoundId, m.InvitationId });
    }
}

internal sealed class InvitedMapping : IEntityTypeConfiguration<Invited>
{
    public void Configure(EntityTypeBuilder<Invited> builder)
    {
        builder.ToTable("Invited");
        builder.HasKey(i => new { i.RoundId, i.OrganisationId, i.Level });
        builder.HasOne<Round>().WithMany().HasForeignKey(i => i.RoundId);
    }
}

internal sealed class RoundProgressMapping : IEntityTypeConfiguration<RoundProgress>
{
    public void Configure(EntityTypeBuilder<RoundProgress> builder)
    {
        builder.ToTable("RoundProgress");
        builder.HasKey(p => p.RoundId);
        builder.HasOne<Round>().WithMany().HasForeignKey(p => p.RoundId);
    }
}
