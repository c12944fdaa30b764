using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Sealing;

/// <summary>Answers on their way: kept at every page, gone when sent or when the round closes. Which link it hangs on, its tag tells to who
/// has the round's key.</summary>
public sealed class Draft
{
    /// <summary>Random; what the respondent's device holds is made from it and the round's key.</summary>
    public required byte[] Key { get; init; }
    public long RoundId { get; init; }
    /// <summary>Absent for answers by open link.</summary>
    public byte[]? Tag { get; init; }
    /// <summary>Counts the drafts of one link.</summary>
    public int Place { get; init; }
    /// <summary>Made from the short code with which another device goes on, by the round's key.</summary>
    public byte[]? CodeHash { get; init; }
    /// <summary>Wrong codes tried; a few are allowed.</summary>
    public int CodeTries { get; set; }
    /// <summary>See <see cref="DraftContent"/>.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>An answer of an open round, under a random key: see <see cref="AnswerContent"/>. Closing reads it, and nothing else.</summary>
public sealed class Response
{
    public required byte[] Key { get; init; }
    public long RoundId { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>That an invitation was answered: which, only the round's key tells.</summary>
public sealed class AnsweredTag
{
    public required byte[] Tag { get; init; }
    public long RoundId { get; init; }
}

/// <summary>A comment of a closed round that waits for a coordinator, parted from the answers it came with: see
/// <see cref="CommentContent"/>.</summary>
public sealed class RoundComment
{
    public required byte[] Key { get; init; }
    public long RoundId { get; init; }
    public required byte[] Content { get; init; }
    public CommentDecision Decision { get; set; }
    /// <summary>What is released instead, with identifying words removed; sealed too.</summary>
    public byte[]? Edited { get; set; }
}

internal sealed class DraftMapping : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("Drafts");
        builder.HasKey(d => d.Key);
        builder.Property(d => d.Key).HasMaxLength(16);
        builder.Property(d => d.Tag).HasMaxLength(16);
        builder.Property(d => d.CodeHash).HasMaxLength(16);
        builder.HasIndex(d => d.Tag);
    }
}

internal sealed class ResponseMapping : IEntityTypeConfiguration<Response>
{
    public void Configure(EntityTypeBuilder<Response> builder)
    {
        builder.ToTable("Responses");
        builder.HasKey(r => r.Key);
        builder.Property(r => r.Key).HasMaxLength(16);
    }
}

internal sealed class AnsweredTagMapping : IEntityTypeConfiguration<AnsweredTag>
{
    public void Configure(EntityTypeBuilder<AnsweredTag> builder)
    {
        builder.ToTable("AnsweredTags");
        builder.HasKey(t => t.Tag);
        builder.Property(t => t.Tag).HasMaxLength(16);
    }
}

internal sealed class RoundCommentMapping : IEntityTypeConfiguration<RoundComment>
{
    public void Configure(EntityTypeBuilder<RoundComment> builder)
    {
        builder.ToTable("Comments");
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(16);
    }
}
