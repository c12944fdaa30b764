using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Colead.Parts.Decisions;

/// <summary>Something the partnership is asked to decide: first advised on, then voted on, then a decision for good.</summary>
public sealed class Proposal : Versioned
{
    public const int TitleLength = 200;
    public const int TextLength = 8000;
    public const int OptionLength = 200;
    public const int MostOptions = 12;
    public const int ReasonLength = 1000;
    public const int OutcomeLength = 500;
    /// <summary>Fewest ballots of a secret vote of which anything is shown.</summary>
    public const int FewestSecretBallots = 5;
    /// <summary>Fewest organisations that vote by slip: one slip alone would tell whose it is.</summary>
    public const int FewestSlips = 2;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public long? ThreadId { get; init; }
    /// <summary>The meeting it was made in. Meetings are a part above this one, so there is no foreign key.</summary>
    public long? MeetingId { get; init; }
    public required string Title { get; set; }
    public required string Text { get; set; }
    /// <summary>What is chosen from; empty with consent and yes or no.</summary>
    public List<string> Options { get; set; } = [];
    public long? ProposedByAccountId { get; init; }
    /// <summary>The name at that time.</summary>
    public required string ProposedBy { get; init; }
    /// <summary>Whom they spoke for, or belong to.</summary>
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required DateTime ProposedAt { get; init; }
    /// <summary>Of the form it was sent with, so that sending it again makes no second one.</summary>
    public required string FormKey { get; init; }

    // The rules, like the wording, may change while people advise; when voting opens they are fixed.
    public required DecisionMethod Method { get; set; }
    public PassAt PassAt { get; set; }
    /// <summary>Per cent of all voices that must vote.</summary>
    public int QuorumPercent { get; set; }
    /// <summary>Dots that each voice has.</summary>
    public int Dots { get; set; }
    /// <summary>The best score; the worst is 0.</summary>
    public int HighestScore { get; set; }
    public bool Secret { get; set; }
    /// <summary>A secret vote is held one way: on paper, of which only the totals are entered, or else on screen.</summary>
    public bool OnPaper { get; set; }
    /// <summary>Whether <see cref="Voices"/> were agreed, with weights; otherwise every organisation has one voice.</summary>
    public bool Weighted { get; set; }
    /// <summary>Why the voices are not one each.</summary>
    public string WeightsReason { get; set; } = "";

    public ProposalState State { get; set; }
    /// <summary>When voting opens by itself.</summary>
    public DateTime? OpensAt { get; set; }
    /// <summary>When voting closes by itself.</summary>
    public DateTime? ClosesAt { get; set; }
    public DateTime? OpenedAt { get; set; }
    /// <summary>When it was decided, or withdrawn.</summary>
    public DateTime? ClosedAt { get; set; }
    public DecisionOutcome? Outcome { get; set; }
    /// <summary>The outcome in one sentence; empty until it is decided.</summary>
    public string OutcomeWords { get; set; } = "";
    /// <summary>How it was counted, as JSON.</summary>
    public string? Result { get; set; }
    /// <summary>When the partnership looks at the decision again.</summary>
    public DateOnly? ReviewOn { get; set; }
    /// <summary>The decision that this one revisits.</summary>
    public long? RevisitsId { get; init; }
    public Proposal? Revisits { get; init; }

    public List<ProposalWording> Wordings { get; } = [];
    public List<ProposalVoice> Voices { get; } = [];
    public List<ProposalAdvice> Advice { get; } = [];
    public List<ProposalVote> Votes { get; } = [];

    /// <summary>Whether there are options to choose from.</summary>
    public bool HasOptions => Method is not (DecisionMethod.Consent or DecisionMethod.YesNo);
}

/// <summary>One version of a proposal's wording and rules, kept for good.</summary>
public sealed class ProposalWording
{
    public long Id { get; init; }
    public long ProposalId { get; init; }
    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public List<string> Options { get; init; } = [];
    public long? AccountId { get; init; }
    public required string Who { get; init; }
    public required DateTime At { get; init; }
    /// <summary>How it was to be decided, in sentences of a line each; empty in versions from before they were kept.</summary>
    public string Rules { get; init; } = "";
}

/// <summary>An organisation's voice in one decision.</summary>
public sealed class ProposalVoice
{
    public const int MostWeight = 1000;

    public long ProposalId { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required int Weight { get; set; }
    /// <summary>In a secret vote on screen: it has no device, draws a slip, and types the slip's code into anybody's.</summary>
    public bool BySlip { get; set; }
}

/// <summary>What somebody advised before voting.</summary>
public sealed class ProposalAdvice
{
    public const int TextLength = 4000;

    public long Id { get; init; }
    public long ProposalId { get; init; }
    public Proposal? Proposal { get; init; }
    public long? AccountId { get; init; }
    public required string Who { get; init; }
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required string Text { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Of the form it was sent with, so that sending it again makes no second one.</summary>
    public required string FormKey { get; init; }
}

/// <summary>Short texts of one line each, in one column.</summary>
internal static class TextLines
{
    public static ValueConverter<List<string>, string> Converter { get; } =
        new(list => string.Join('\n', list), text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList());
    public static ValueComparer<List<string>> Comparer { get; } =
        new((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList());
    public const int Length = Proposal.MostOptions * (Proposal.OptionLength + 1);
}

internal sealed class ProposalMapping : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("Proposals"); // triggers refuse any change once it is decided
        builder.Property(p => p.Title).HasMaxLength(Proposal.TitleLength);
        builder.Property(p => p.Text).HasMaxLength(Proposal.TextLength);
        builder.Property(p => p.Options).HasConversion(TextLines.Converter, TextLines.Comparer).HasMaxLength(TextLines.Length);
        builder.Property(p => p.ProposedBy).HasMaxLength(120);
        builder.Property(p => p.WeightsReason).HasMaxLength(Proposal.ReasonLength);
        builder.Property(p => p.OutcomeWords).HasMaxLength(Proposal.OutcomeLength);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Ignore(p => p.HasOptions);
        builder.HasOne(p => p.Partnership).WithMany().HasForeignKey(p => p.PartnershipId);
        builder.HasOne<GoldenThread>().WithMany().HasForeignKey(p => p.ThreadId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(p => p.Organisation).WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(p => p.Revisits).WithMany().HasForeignKey(p => p.RevisitsId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Wordings).WithOne().HasForeignKey(w => w.ProposalId);
        GoWith.Proposal(builder);
        builder.HasMany(p => p.Voices).WithOne().HasForeignKey(v => v.ProposalId);
        builder.HasMany(p => p.Advice).WithOne(a => a.Proposal).HasForeignKey(a => a.ProposalId);
        builder.HasMany(p => p.Votes).WithOne(v => v.Proposal).HasForeignKey(v => v.ProposalId);
        builder.HasIndex(p => new { p.PartnershipId, p.State });
        builder.Property(p => p.FormKey).HasMaxLength(32);
        builder.HasIndex(p => p.FormKey).IsUnique();
    }
}

internal sealed class ProposalWordingMapping : IEntityTypeConfiguration<ProposalWording>
{
    public void Configure(EntityTypeBuilder<ProposalWording> builder)
    {
        builder.ToTable("ProposalWordings");
        builder.Property(w => w.Title).HasMaxLength(Proposal.TitleLength);
        builder.Property(w => w.Text).HasMaxLength(Proposal.TextLength);
        builder.Property(w => w.Options).HasConversion(TextLines.Converter, TextLines.Comparer).HasMaxLength(TextLines.Length);
        builder.Property(w => w.Who).HasMaxLength(120);
        builder.HasIndex(w => new { w.ProposalId, w.Number }).IsUnique();
    }
}

internal sealed class ProposalVoiceMapping : IEntityTypeConfiguration<ProposalVoice>
{
    public void Configure(EntityTypeBuilder<ProposalVoice> builder)
    {
        builder.ToTable("ProposalVoices");
        builder.HasKey(v => new { v.ProposalId, v.OrganisationId });
        builder.HasOne(v => v.Organisation).WithMany().HasForeignKey(v => v.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProposalAdviceMapping : IEntityTypeConfiguration<ProposalAdvice>
{
    public void Configure(EntityTypeBuilder<ProposalAdvice> builder)
    {
        builder.ToTable("ProposalAdvice");
        builder.Property(a => a.Who).HasMaxLength(120);
        builder.Property(a => a.Text).HasMaxLength(ProposalAdvice.TextLength);
        builder.Property(a => a.FormKey).HasMaxLength(32);
        builder.HasIndex(a => a.FormKey).IsUnique();
        builder.HasOne(a => a.Organisation).WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
