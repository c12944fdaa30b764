using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Actions;

/// <summary>Something one organisation promised to do by a day.</summary>
public sealed class PlannedAction : Versioned
{
    public const int TitleLength = 200;
    public const int AboutLength = 2000;
    public const int WithLength = 300;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Title { get; set; }
    public string About { get; set; } = "";
    /// <summary>Whose it is.</summary>
    public required long OrganisationId { get; set; }
    public Organisation? Organisation { get; init; }
    /// <summary>Someone of the roster who sees to it; absent while nobody is named.</summary>
    public long? PersonId { get; set; }
    public Person? Person { get; init; }
    public required DateOnly DueOn { get; set; }
    public long? ThreadId { get; set; }
    public GoldenThread? Thread { get; init; }
    public long? OutcomeId { get; set; }
    public Outcome? Outcome { get; init; }
    /// <summary>The decision or the meeting it was born in. Those parts stand above this one, so these are ids alone; they check them
    /// before they set them.</summary>
    public long? DecisionId { get; init; }
    public long? MeetingId { get; init; }
    public ActionState State { get; private set; }
    public ActionNature Nature { get; set; }
    /// <summary>With whom it is made together, such as the people it is for; empty where it is not.</summary>
    public string CoProducedWith { get; set; } = "";
    public required string CreatedBy { get; init; }
    public required DateTime CreatedAt { get; init; }
    /// <summary>When it was done or dropped.</summary>
    public DateTime? EndedAt { get; private set; }
    /// <summary>One form makes one action, however often it is sent.</summary>
    public required string FormKey { get; init; }
    public List<ActionNote> Notes { get; } = [];

    public bool IsUnderWay => State is ActionState.Open or ActionState.Blocked;
    public bool IsLate(DateOnly today) => IsUnderWay && DueOn < today;

    /// <summary>Whether such a note makes sense where the action stands.</summary>
    public bool Takes(ActionNoteKind kind) => kind switch
    {
        ActionNoteKind.Blocked => State == ActionState.Open,
        ActionNoteKind.Freed => State == ActionState.Blocked,
        ActionNoteKind.Done or ActionNoteKind.Dropped or ActionNoteKind.Changed => IsUnderWay,
        ActionNoteKind.Reopened => !IsUnderWay,
        _ => true,
    };

    /// <summary>Adds a note, and moves where the action stands as the note says.</summary>
    public void Add(ActionNote note)
    {
        if (!Takes(note.Kind)) throw new InvalidOperationException($"An action that is {State} takes no note that it is {note.Kind}.");
        Notes.Add(note);
        State = note.Kind switch
        {
            ActionNoteKind.Blocked => ActionState.Blocked,
            ActionNoteKind.Freed or ActionNoteKind.Reopened => ActionState.Open,
            ActionNoteKind.Done => ActionState.Done,
            ActionNoteKind.Dropped => ActionState.Dropped,
            _ => State,
        };
        EndedAt = IsUnderWay ? null : EndedAt ?? note.At;
    }
}

/// <summary>How an action goes, in somebody's words.</summary>
public sealed class ActionNote
{
    public const int TextLength = 2000;

    public long Id { get; init; }
    public long ActionId { get; init; }
    public required ActionNoteKind Kind { get; init; }
    public required string Text { get; init; }
    public required string Who { get; init; }
    public long? AccountId { get; init; }
    public required DateTime At { get; init; }
    public required string FormKey { get; init; }
}

/// <summary>When an address last had a digest of what is due, and whether it wants none. One for an address, whatever partnerships its
/// owner is in.</summary>
public sealed class ActionReminder
{
    public required string EmailKey { get; init; }
    public DateTime? LastSentAt { get; set; }
    public DateTime? StoppedAt { get; set; }
}

internal sealed class PlannedActionMapping : IEntityTypeConfiguration<PlannedAction>
{
    public void Configure(EntityTypeBuilder<PlannedAction> builder)
    {
        builder.ToTable("Actions");
        builder.Property(a => a.Title).HasMaxLength(PlannedAction.TitleLength);
        builder.Property(a => a.About).HasMaxLength(PlannedAction.AboutLength);
        builder.Property(a => a.CoProducedWith).HasMaxLength(PlannedAction.WithLength);
        builder.Property(a => a.CreatedBy).HasMaxLength(120);
        builder.Property(a => a.FormKey).HasMaxLength(Outcome.KeyLength);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.IsUnderWay);
        builder.HasOne(a => a.Partnership).WithMany().HasForeignKey(a => a.PartnershipId);
        builder.HasOne(a => a.Organisation).WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(a => a.Person).WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(a => a.Thread).WithMany().HasForeignKey(a => a.ThreadId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(a => a.Outcome).WithMany().HasForeignKey(a => a.OutcomeId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(a => a.Notes).WithOne().HasForeignKey(n => n.ActionId);
        builder.HasIndex(a => new { a.PartnershipId, a.FormKey }).IsUnique();
        builder.HasIndex(a => a.DecisionId);
        builder.HasIndex(a => a.MeetingId);
        builder.HasIndex(a => new { a.State, a.DueOn });
    }
}

internal sealed class ActionNoteMapping : IEntityTypeConfiguration<ActionNote>
{
    public void Configure(EntityTypeBuilder<ActionNote> builder)
    {
        builder.ToTable("ActionNotes");
        builder.Property(n => n.Text).HasMaxLength(ActionNote.TextLength);
        builder.Property(n => n.Who).HasMaxLength(120);
        builder.Property(n => n.FormKey).HasMaxLength(Outcome.KeyLength);
        builder.HasIndex(n => new { n.ActionId, n.FormKey }).IsUnique();
    }
}

internal sealed class ActionReminderMapping : IEntityTypeConfiguration<ActionReminder>
{
    public void Configure(EntityTypeBuilder<ActionReminder> builder)
    {
        builder.ToTable("ActionReminders");
        builder.HasKey(r => r.EmailKey);
        builder.Property(r => r.EmailKey).HasMaxLength(EmailAddress.Length);
    }
}
