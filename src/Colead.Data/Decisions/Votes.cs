using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Data.Decisions;

/// <summary>An organisation's vote in an open ballot. There is one, whoever of its delegates votes; the later replaces the earlier, and both are shown.</summary>
public sealed class ProposalVote : Versioned
{
    public const int MarksLength = 100;
    public const int ReasonLength = 1000;

    public long Id { get; init; }
    public long ProposalId { get; init; }
    public Proposal? Proposal { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    /// <summary>A number for each thing that can be marked, parted by commas, nothing where it was left open: "1" or "0" for or against, else scores, dots, ranks.</summary>
    public required string Marks { get; set; }
    /// <summary>Why: an objection has one.</summary>
    public string Reason { get; set; } = "";
    public required VoteWay Way { get; set; }
    public long? AccountId { get; set; }
    /// <summary>Who voted, or entered it for somebody; the name at that time.</summary>
    public required string Who { get; set; }
    public required DateTime At { get; set; }
    /// <summary>The vote that this one replaced, and whose it was.</summary>
    public string? EarlierMarks { get; set; }
    public string? EarlierWho { get; set; }
    public DateTime? EarlierAt { get; set; }
}

/// <summary>What is known of a secret vote on screen beside its ballots: the key under which they lie, and how far its end has come.</summary>
public sealed class SecretVote
{
    public long ProposalId { get; init; }
    public Proposal? Proposal { get; init; }
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

/// <summary>That an organisation voted in a secret vote: known after closing, and only where totals are shown.</summary>
public sealed class SecretVoter
{
    public long ProposalId { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public bool OnPaper { get; init; }
}

/// <summary>A ballot of a secret vote while it is open. The tag stands for whoever cast it, and tells nothing without the vote's key; it is the only key of the row, so there is one.</summary>
internal sealed class SealedBallot
{
    public long ProposalId { get; init; }
    public required byte[] Tag { get; init; }
    public required byte[] Seal { get; init; }
}

internal sealed class ProposalVoteMapping : IEntityTypeConfiguration<ProposalVote>
{
    public void Configure(EntityTypeBuilder<ProposalVote> builder)
    {
        builder.ToTable("ProposalVotes");
        builder.Property(v => v.Marks).HasMaxLength(ProposalVote.MarksLength);
        builder.Property(v => v.EarlierMarks).HasMaxLength(ProposalVote.MarksLength);
        builder.Property(v => v.Reason).HasMaxLength(ProposalVote.ReasonLength);
        builder.Property(v => v.Who).HasMaxLength(120);
        builder.Property(v => v.EarlierWho).HasMaxLength(120);
        builder.Property(v => v.Version).IsConcurrencyToken();
        builder.HasOne(v => v.Organisation).WithMany().HasForeignKey(v => v.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(v => new { v.ProposalId, v.OrganisationId }).IsUnique(); // two delegates never double their organisation
    }
}

internal sealed class SecretVoteMapping : IEntityTypeConfiguration<SecretVote>
{
    public void Configure(EntityTypeBuilder<SecretVote> builder)
    {
        builder.ToTable("SecretVotes");
        builder.HasKey(v => v.ProposalId);
        builder.Property(v => v.ProposalId).ValueGeneratedNever();
        builder.Property(v => v.KeyName).HasMaxLength(32);
        builder.HasOne(v => v.Proposal).WithOne().HasForeignKey<SecretVote>(v => v.ProposalId);
    }
}

internal sealed class SecretVoterMapping : IEntityTypeConfiguration<SecretVoter>
{
    public void Configure(EntityTypeBuilder<SecretVoter> builder)
    {
        builder.ToTable("SecretVoters");
        builder.HasKey(v => new { v.ProposalId, v.OrganisationId });
        builder.HasOne<Proposal>().WithMany().HasForeignKey(v => v.ProposalId);
        builder.HasOne(v => v.Organisation).WithMany().HasForeignKey(v => v.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SealedBallotMapping : IEntityTypeConfiguration<SealedBallot>
{
    public void Configure(EntityTypeBuilder<SealedBallot> builder)
    {
        builder.ToTable("SealedBallots"); // nothing of it leads to an organisation
        builder.HasKey(b => new { b.ProposalId, b.Tag });
        builder.Property(b => b.Tag).HasMaxLength(Keys.SealingKey.TagLength);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(b => b.ProposalId);
    }
}
