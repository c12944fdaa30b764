using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Data.Inventory;

/// <summary>Answers on their way: kept at every page, gone when sent or when the round closes.</summary>
public sealed class Draft
{
    public long Id { get; init; }
    public long RoundId { get; init; }
    /// <summary>Absent for answers by open link.</summary>
    public long? InvitationId { get; init; }
    /// <summary>Random; what the respondent's device holds is made from it and a key of the server.</summary>
    public required byte[] Key { get; init; }
    /// <summary>SHA-256 of the short code with which another device goes on.</summary>
    public byte[]? CodeHash { get; set; }
    /// <summary>Wrong codes tried; a few are allowed.</summary>
    public int CodeTries { get; set; }
    /// <summary>Absent for citizens who answer by open link for no organisation.</summary>
    public long? OrganisationId { get; set; }
    public Level? Level { get; set; }
    public required string Language { get; set; }
    /// <summary>One byte a statement: 0 nothing chosen yet, 254 "skip" chosen, 255 don't know, otherwise the option from 1. Sending writes both 0 and 254 as 0, skipped.</summary>
    public required byte[] Answers { get; set; }
    /// <summary>A JSON list of texts, one a dimension.</summary>
    public required string Comments { get; set; }
    /// <summary>Pages seen so far.</summary>
    public int Pages { get; set; }
}

/// <summary>Answers sent while the round is open: organisation and level only, no time, no invitation, under a random key.</summary>
public sealed class Response
{
    public required byte[] Key { get; init; }
    public long RoundId { get; init; }
    /// <summary>Came by the open link: a group of its own, outside every other.</summary>
    public required bool ByOpenLink { get; init; }
    public required long? OrganisationId { get; init; }
    /// <summary>Where a file of answers from elsewhere tells the sector and no organisation.</summary>
    public Sector? Sector { get; init; }
    /// <summary>Absent where a file of answers from elsewhere does not tell it.</summary>
    public required Level? Level { get; init; }
    public required byte[] Answers { get; init; }
    /// <summary>A JSON list of texts, one a dimension; closing parts them from the answers.</summary>
    public required string Comments { get; init; }
}

/// <summary>Answers of a closed round, written all at once in random order. Read by publishing alone.</summary>
internal sealed class ClosedResponse
{
    public required byte[] Key { get; init; }
    public long RoundId { get; init; }
    public required bool ByOpenLink { get; init; }
    public required long? OrganisationId { get; init; }
    public Sector? Sector { get; init; }
    public required Level? Level { get; init; }
    public required byte[] Answers { get; init; }
}

/// <summary>A comment of a closed round, parted from the answers it came with.</summary>
public sealed class RoundComment
{
    public required byte[] Key { get; init; }
    public long RoundId { get; init; }
    /// <summary>The dimension it was written beside.</summary>
    public string? Dimension { get; init; }
    public required string Text { get; init; }
    public CommentDecision Decision { get; set; }
    /// <summary>What is released instead, with identifying words removed.</summary>
    public string? Edited { get; set; }
}

internal sealed class DraftMapping : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("Drafts"); // no foreign key to invitations: closing empties both at once
        builder.Property(d => d.Key).HasMaxLength(16);
        builder.Property(d => d.CodeHash).HasMaxLength(32);
        builder.Property(d => d.Language).HasMaxLength(10);
        builder.HasOne<Round>().WithMany().HasForeignKey(d => d.RoundId);
        builder.HasIndex(d => d.Key).IsUnique();
        builder.HasIndex(d => d.InvitationId);
    }
}

internal sealed class ResponseMapping : IEntityTypeConfiguration<Response>
{
    public void Configure(EntityTypeBuilder<Response> builder)
    {
        builder.ToTable("Responses");
        builder.HasKey(r => r.Key);
        builder.Property(r => r.Key).HasMaxLength(16);
        builder.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId);
    }
}

internal sealed class ClosedResponseMapping : IEntityTypeConfiguration<ClosedResponse>
{
    public void Configure(EntityTypeBuilder<ClosedResponse> builder)
    {
        builder.ToTable("ClosedResponses");
        builder.HasKey(r => r.Key);
        builder.Property(r => r.Key).HasMaxLength(16);
        builder.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId);
    }
}

internal sealed class RoundCommentMapping : IEntityTypeConfiguration<RoundComment>
{
    public void Configure(EntityTypeBuilder<RoundComment> builder)
    {
        builder.ToTable("Comments");
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(16);
        builder.Property(c => c.Dimension).HasMaxLength(60);
        builder.HasOne<Round>().WithMany().HasForeignKey(c => c.RoundId);
    }
}
