using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Sealing;

/// <summary>What lies sealed goes with what it belongs to, whose table is described by a part.</summary>
public static class GoWith
{
    /// <summary>Drafts, answers, tags and comments go with their round.</summary>
    public static void Round<T>(EntityTypeBuilder<T> round)
        where T : class
    {
        round.HasMany<Draft>().WithOne().HasForeignKey(d => d.RoundId);
        round.HasMany<Response>().WithOne().HasForeignKey(r => r.RoundId);
        round.HasMany<AnsweredTag>().WithOne().HasForeignKey(t => t.RoundId);
        round.HasMany<RoundComment>().WithOne().HasForeignKey(c => c.RoundId);
    }

    /// <summary>Ballots, and what is known of their box, go with their proposal.</summary>
    public static void Proposal<T>(EntityTypeBuilder<T> proposal)
        where T : class
    {
        proposal.HasOne<SecretVote>().WithOne().HasForeignKey<SecretVote>(v => v.ProposalId);
        proposal.HasMany<SealedBallot>().WithOne().HasForeignKey(b => b.ProposalId);
    }
}
