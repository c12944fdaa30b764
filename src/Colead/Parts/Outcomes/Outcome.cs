using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Outcomes;

/// <summary>What the partnership wants to be different, for whom, by when, and who answers for it.</summary>
public sealed class Outcome : Versioned
{
    public const int TitleLength = 200;
    public const int ShortLength = 300;
    public const int TextLength = 1000;
    public const int KeyLength = 40;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public long? ThreadId { get; set; }
    public GoldenThread? Thread { get; init; }
    public required string Title { get; set; }
    /// <summary>Whose life or work changes.</summary>
    public string Who { get; set; } = "";
    public string Where { get; set; } = "";
    /// <summary>What is different for them when it is reached.</summary>
    public string WhatChanges { get; set; } = "";
    /// <summary>What it is worth to people beyond those organisations.</summary>
    public string PublicValue { get; set; } = "";
    public Responsibility Responsibility { get; set; }
    /// <summary>Money, people, rooms: what it takes.</summary>
    public string Resources { get; set; } = "";
    public DateOnly? DueOn { get; set; }
    public DateTime? EndedAt { get; private set; }
    /// <summary>How it went, once it is over.</summary>
    public string EndedNote { get; private set; } = "";
    /// <summary>The organisation whose lead set it; absent where a coordinator did.</summary>
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>One form makes one outcome, however often it is sent.</summary>
    public required string FormKey { get; init; }
    public List<OutcomePartner> Partners { get; } = [];
    public List<OutcomeReview> Reviews { get; } = [];
    public List<Indicator> Indicators { get; } = [];

    /// <summary>Names the organisations that answer for it. What others said they bring stays.</summary>
    public void OwnedBy(IReadOnlyCollection<long> organisations)
    {
        foreach (var partner in Partners) partner.OwnedIf(organisations.Contains(partner.OrganisationId));
        foreach (var id in organisations.Where(id =>
            Partners.TrueForAll(p => p.OrganisationId != id))) Partners.Add(new OutcomePartner { OrganisationId = id, IsOwner = true });
        Partners.RemoveAll(p => !p.IsOwner && p.Contribution.Length == 0);
    }

    public bool IsAgreed => Partners.Exists(p => p.AgreedAt is not null);

    /// <summary>What was agreed is no longer what stands there: owners are asked again, and whoever reads the page of before agrees to
    /// nothing.</summary>
    public void AskAgain()
    {
        Version++;
        foreach (var partner in Partners) partner.TakeBack();
    }

    public void End(DateTime now, string note) => (EndedAt, EndedNote) = (now, note);

    public void GoOn() => (EndedAt, EndedNote) = (null, "");
}

/// <summary>One organisation's part in an outcome: whether it answers for it and agreed to, and what it brings, in its own
/// sentence.</summary>
public sealed class OutcomePartner : Versioned
{
    public long Id { get; init; }
    public long OutcomeId { get; init; }
    public Outcome? Outcome { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public bool IsOwner { get; set; }
    public DateTime? AgreedAt { get; private set; }
    /// <summary>Who pressed, by the name of that time.</summary>
    public string? AgreedBy { get; private set; }
    /// <summary>What this organisation does towards it, apart from what all reach together.</summary>
    public string Contribution { get; set; } = "";

    public void Agree(DateTime now, string who)
    {
        if (AgreedAt is null) (AgreedAt, AgreedBy) = (now, who);
    }

    public void TakeBack()
    {
        (AgreedAt, AgreedBy) = (null, null);
        Version++; // also where nothing was agreed yet: whoever agrees in this moment agrees to what no longer stands
    }

    internal void OwnedIf(bool owner)
    {
        if (!owner) TakeBack();
        IsOwner = owner;
    }
}

/// <summary>A day on which the partnership looks whether it is on the way.</summary>
public sealed class OutcomeReview
{
    public long Id { get; init; }
    public long OutcomeId { get; init; }
    public required DateOnly On { get; init; }
    public DateTime? HeldAt { get; private set; }
    public string HeldBy { get; private set; } = "";
    public string Note { get; private set; } = "";

    public void Held(DateTime now, string who, string note) => (HeldAt, HeldBy, Note) = (now, who, note);
}

internal sealed class OutcomeMapping : IEntityTypeConfiguration<Outcome>
{
    public void Configure(EntityTypeBuilder<Outcome> builder)
    {
        builder.ToTable("Outcomes");
        builder.Property(o => o.Title).HasMaxLength(Outcome.TitleLength);
        builder.Property(o => o.Who).HasMaxLength(Outcome.ShortLength);
        builder.Property(o => o.Where).HasMaxLength(Outcome.ShortLength);
        builder.Property(o => o.WhatChanges).HasMaxLength(Outcome.TextLength);
        builder.Property(o => o.PublicValue).HasMaxLength(Outcome.TextLength);
        builder.Property(o => o.Resources).HasMaxLength(Outcome.TextLength);
        builder.Property(o => o.EndedNote).HasMaxLength(Outcome.TextLength);
        builder.Property(o => o.CreatedBy).HasMaxLength(120);
        builder.Property(o => o.FormKey).HasMaxLength(Outcome.KeyLength);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasOne(o => o.Partnership).WithMany().HasForeignKey(o => o.PartnershipId);
        builder.HasOne(o => o.Thread).WithMany().HasForeignKey(o => o.ThreadId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(o => o.Organisation).WithMany().HasForeignKey(o => o.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Partners).WithOne(p => p.Outcome).HasForeignKey(p => p.OutcomeId);
        builder.HasMany(o => o.Reviews).WithOne().HasForeignKey(r => r.OutcomeId);
        builder.HasMany(o => o.Indicators).WithOne(i => i.Outcome).HasForeignKey(i => i.OutcomeId);
        builder.HasIndex(o => new { o.PartnershipId, o.FormKey }).IsUnique();
    }
}

internal sealed class OutcomePartnerMapping : IEntityTypeConfiguration<OutcomePartner>
{
    public void Configure(EntityTypeBuilder<OutcomePartner> builder)
    {
        builder.ToTable("OutcomePartners");
        builder.Property(p => p.AgreedBy).HasMaxLength(120);
        builder.Property(p => p.Contribution).HasMaxLength(Outcome.TextLength);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasOne(p => p.Organisation).WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => new { p.OutcomeId, p.OrganisationId }).IsUnique();
    }
}

internal sealed class OutcomeReviewMapping : IEntityTypeConfiguration<OutcomeReview>
{
    public void Configure(EntityTypeBuilder<OutcomeReview> builder)
    {
        builder.ToTable("OutcomeReviews");
        builder.Property(r => r.HeldBy).HasMaxLength(120);
        builder.Property(r => r.Note).HasMaxLength(Outcome.TextLength);
        builder.HasIndex(r => new { r.OutcomeId, r.On }).IsUnique();
    }
}
