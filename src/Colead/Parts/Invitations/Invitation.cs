using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Invitations;

/// <summary>
/// One place in an open round: a person's, or a slip's that is nobody's until it is drawn. Answering neither writes nor locks it, and
/// nothing here says whether it was answered: that is a tag which only the round's key makes. Closing removes all of a round's invitations.
/// </summary>
public sealed class Invitation
{
    public long Id { get; init; }
    public long RoundId { get; init; }
    public Round? Round { get; init; }
    /// <summary>Absent for a slip.</summary>
    public long? PersonId { get; init; }
    public Person? Person { get; init; }
    /// <summary>For which they answer; people of two organisations choose. Absent for a slip of a sector or of everyone.</summary>
    public long? OrganisationId { get; set; }
    /// <summary>Whose slip it is, where an organisation's people without an address are too few for an envelope of their own.</summary>
    public Sector? Sector { get; init; }
    /// <summary>Absent for a slip: whoever draws it says so.</summary>
    public Level? Level { get; set; }
    /// <summary>
    /// The address, in the form that is compared, for which it was made: its link is sent to no other. Absent for a slip.
    /// </summary>
    public string? AddressKey { get; init; }
    /// <summary>Whether who answers by it counts towards thresholds; fixed when it is made.</summary>
    public bool Counts { get; init; }
    /// <summary>Counts the links made for it in rounds that opened before links came from the round's own key.</summary>
    public int Generation { get; init; }
    /// <summary>SHA-256 of the link's secret.</summary>
    public required byte[] SecretHash { get; init; }
    /// <summary>Taken back: the person left, or should not have been asked.</summary>
    public bool Withdrawn { get; set; }
    /// <summary>
    /// It was taken back once, or its letter was refused for good, as others know; giving it back, or sending it again, does not undo that.
    /// </summary>
    public bool WasStopped { get; set; }
    /// <summary>Another took its place, at another address.</summary>
    public bool Replaced { get; set; }
    /// <summary>Whoever has the link wants no more reminders; says nothing of whether they answered.</summary>
    public bool NoReminders { get; set; }
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

/// <summary>
/// How many of an organisation's level stand on the list of a round, and how many of them count: as it opened, and with those who joined
/// since. Nothing of it depends on who answered.
/// </summary>
public sealed class Invited
{
    public long RoundId { get; init; }
    public long OrganisationId { get; init; }
    public Level Level { get; init; }
    public required int People { get; set; }
    /// <summary>A stratum never counts for more than these.</summary>
    public required int Counting { get; set; }
}

/// <summary>What may be told of an open round's response, counted once a week at a time that was fixed when it opened.</summary>
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
        builder.Property(i => i.AddressKey).HasMaxLength(EmailAddress.Length);
        builder.Property(i => i.SecretHash).HasMaxLength(32);
        builder.HasOne(i => i.Round).WithMany().HasForeignKey(i => i.RoundId);
        builder.HasOne(i => i.Person).WithMany().HasForeignKey(i => i.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => i.SecretHash).IsUnique();
        builder.HasIndex(i => new { i.RoundId, i.PersonId }).IsUnique().HasFilter("NOT \"Replaced\"");
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
