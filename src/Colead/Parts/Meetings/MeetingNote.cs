using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Meetings;

/// <summary>A short note of the minutes, under an item of the agenda. What it said before stays readable.</summary>
public sealed class MeetingNote : Versioned
{
    public const int TextLength = 2000;

    public long Id { get; init; }
    public long ItemId { get; init; }
    public AgendaItem? Item { get; init; }
    /// <summary>May be empty where it only says who spoke, and once taken out.</summary>
    public required string Text { get; set; }
    /// <summary>Minuted as speaking to the item.</summary>
    public long? SpokeOrganisationId { get; set; }
    public Organisation? SpokeOrganisation { get; init; }
    public long? AccountId { get; init; }
    /// <summary>The name at that time.</summary>
    public required string Who { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Who corrected it last, and when.</summary>
    public string? ChangedBy { get; private set; }
    public DateTime? ChangedAt { get; private set; }
    public bool TakenOut { get; private set; }
    public required string FormKey { get; init; }
    public List<FormerNote> Former { get; } = [];

    /// <summary>Corrects it; what it said goes to its history. A note with nothing left is taken out.</summary>
    public void Correct(string text, long? spokeOrganisationId, string by, DateTime now)
    {
        if (text == Text && spokeOrganisationId == SpokeOrganisationId) return;
        Former.Add(new() { Text = Text, SpokeOrganisationId = SpokeOrganisationId, Who = ChangedBy ?? Who, At = ChangedAt ?? At });
        (Text, SpokeOrganisationId, ChangedBy, ChangedAt) = (text, spokeOrganisationId, by, now);
        TakenOut = text.Length == 0 && spokeOrganisationId is null;
    }
}

/// <summary>What a note said before it was corrected.</summary>
public sealed class FormerNote
{
    public long Id { get; init; }
    public long NoteId { get; init; }
    public required string Text { get; init; }
    public long? SpokeOrganisationId { get; init; }
    public Organisation? SpokeOrganisation { get; init; }
    /// <summary>Who had written that.</summary>
    public required string Who { get; init; }
    public required DateTime At { get; init; }
}

internal sealed class MeetingNoteMapping : IEntityTypeConfiguration<MeetingNote>
{
    public void Configure(EntityTypeBuilder<MeetingNote> builder)
    {
        builder.ToTable("MeetingNotes");
        builder.Property(n => n.Text).HasMaxLength(MeetingNote.TextLength);
        builder.Property(n => n.Who).HasMaxLength(Person.NameLength);
        builder.Property(n => n.ChangedBy).HasMaxLength(Person.NameLength);
        builder.Property(n => n.FormKey).HasMaxLength(Meeting.UidLength);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.HasOne(n => n.SpokeOrganisation).WithMany().HasForeignKey(n => n.SpokeOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(n => n.Former).WithOne().HasForeignKey(f => f.NoteId);
        builder.HasIndex(n => n.FormKey).IsUnique();
    }
}

internal sealed class FormerNoteMapping : IEntityTypeConfiguration<FormerNote>
{
    public void Configure(EntityTypeBuilder<FormerNote> builder)
    {
        builder.ToTable("FormerNotes");
        builder.Property(f => f.Text).HasMaxLength(MeetingNote.TextLength);
        builder.Property(f => f.Who).HasMaxLength(Person.NameLength);
        builder.HasOne(f => f.SpokeOrganisation).WithMany().HasForeignKey(f => f.SpokeOrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
