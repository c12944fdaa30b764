using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Decisions;

/// <summary>An organisation's vote in an open ballot. There is one, whoever of its delegates votes; the later replaces the earlier, and
/// both are shown.</summary>
public sealed class ProposalVote : Versioned
{
    public const int MarksLength = 100;
    public const int ReasonLength = 1000;

    public long Id { get; init; }
    public long ProposalId { get; init; }
    public Proposal? Proposal { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    /// <summary>A number for each thing that can be marked, parted by commas, nothing where it was left open: "1" or "0" for or against,
    /// else scores, dots, ranks.</summary>
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

/// <summary>That an organisation voted in a secret vote: known after closing, and only where totals are shown.</summary>
public sealed class SecretVoter
{
    public long ProposalId { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public bool OnPaper { get; init; }
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
