using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Sealing;

/// <summary>What is known of a secret vote on screen beside its ballots: the key under which they lie, and how far its end has
/// come.</summary>
public sealed class SecretVote
{
    /// <summary>The state of a proposal in which ballots are taken, as its part calls it.</summary>
    public const string Voting = "Voting";

    public long ProposalId { get; init; }
    /// <summary>The fingerprint of its key.</summary>
    public required string KeyName { get; init; }
    /// <summary>As many as organisations that vote by slip.</summary>
    public int Slips { get; init; }
    /// <summary>It was open before ballots were encrypted: older copies of the database hold some that are not.</summary>
    public bool Converted { get; init; }
    /// <summary>Paper votes that had been entered by then; they count.</summary>
    public int Papers { get; init; }
    /// <summary>Its ballots are gone, and after them its key was seen gone. Nothing promises it before.</summary>
    public bool Untraceable { get; set; }
}

/// <summary>A ballot of a secret vote while it is open. The tag stands for whoever cast it, and tells nothing without the vote's key; it is
/// the only key of the row, so there is one.</summary>
internal sealed class SealedBallot
{
    public long ProposalId { get; init; }
    public required byte[] Tag { get; init; }
    public required byte[] Seal { get; init; }
}

internal sealed class SecretVoteMapping : IEntityTypeConfiguration<SecretVote>
{
    public void Configure(EntityTypeBuilder<SecretVote> builder)
    {
        builder.ToTable("SecretVotes");
        builder.HasKey(v => v.ProposalId);
        builder.Property(v => v.ProposalId).ValueGeneratedNever();
        builder.Property(v => v.KeyName).HasMaxLength(32);
    }
}

internal sealed class SealedBallotMapping : IEntityTypeConfiguration<SealedBallot>
{
    public void Configure(EntityTypeBuilder<SealedBallot> builder)
    {
        builder.ToTable("SealedBallots"); // nothing of it leads to an organisation
        builder.HasKey(b => new { b.ProposalId, b.Tag });
        builder.Property(b => b.Tag).HasMaxLength(Keys.SealingKey.TagLength);
    }
}
