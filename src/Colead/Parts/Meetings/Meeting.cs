using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Meetings;

public enum MeetingState
{
    /// <summary>To come, or going on: agenda and minutes are open.</summary>
    Planned,

    /// <summary>Over: minutes are only corrected, for everyone to see.</summary>
    Ended,

    Cancelled,
}

/// <summary>One meeting of a partnership: its agenda, who was there, its minutes.</summary>
public sealed class Meeting : Versioned
{
    public const int TitleLength = 200;
    public const int PlaceLength = 300;
    public const int UidLength = 60;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Title { get; set; }
    /// <summary>A room, or the address of a call.</summary>
    public required string Place { get; set; }
    public required DateTime StartsAt { get; set; }
    public required DateTime EndsAt { get; set; }
    public MeetingState State { get; private set; }
    /// <summary>Whose turn it is to chair, or who did.</summary>
    public long? ChairOrganisationId { get; set; }
    public Organisation? ChairOrganisation { get; init; }
    /// <summary>Empty where only the organisation is known.</summary>
    public required string ChairName { get; set; }
    /// <summary>By which calendars know it again, whatever changes.</summary>
    public required string CalendarUid { get; init; }
    /// <summary>Counted up when what stands in calendars changes.</summary>
    public int CalendarSequence { get; private set; }
    /// <summary>The last of them that invitations were sent for; absent: none.</summary>
    public int? InvitedSequence { get; set; }
    public long? MadeByAccountId { get; init; }
    /// <summary>The name at that time.</summary>
    public required string MadeBy { get; init; }
    public required DateTime MadeAt { get; init; }
    /// <summary>When what calendars show was last changed.</summary>
    public required DateTime CalendarChangedAt { get; set; }
    public DateTime? EndedAt { get; private set; }
    public string? EndedBy { get; private set; }
    public DateTime? CancelledAt { get; private set; }
    /// <summary>Of the form that made it: sent twice it makes one.</summary>
    public required string FormKey { get; init; }
    public List<AgendaItem> Items { get; } = [];
    public List<MeetingAttendance> Attendance { get; } = [];

    /// <summary>Sets what stands in calendars; whoever was invited must hear of a change.</summary>
    public void Plan(string title, string place, DateTime startsAt, DateTime endsAt, DateTime now)
    {
        if ((Title, Place, StartsAt, EndsAt) == (title, place, startsAt, endsAt)) return;
        (Title, Place, StartsAt, EndsAt) = (title, place, startsAt, endsAt);
        Changed(now);
    }

    public void Cancel(DateTime now)
    {
        (State, CancelledAt) = (MeetingState.Cancelled, now);
        Changed(now);
    }

    /// <summary>Ends it. Items that nobody noted anything under were not reached, unless somebody said otherwise.</summary>
    public void End(string by, DateTime now, IReadOnlySet<long> itemsWithNotes)
    {
        (State, EndedAt, EndedBy) = (MeetingState.Ended, now, by);
        foreach (var item in Items.Where(item => item.State == ItemState.Waiting)) item.State = itemsWithNotes.Contains(item.Id)
            ? ItemState.Taken : ItemState.NotReached;
    }

    private void Changed(DateTime now) => (CalendarSequence, CalendarChangedAt) = (CalendarSequence + 1, now);
}

internal sealed class MeetingMapping : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("Meetings");
        builder.Property(m => m.Title).HasMaxLength(Meeting.TitleLength);
        builder.Property(m => m.Place).HasMaxLength(Meeting.PlaceLength);
        builder.Property(m => m.ChairName).HasMaxLength(Person.NameLength);
        builder.Property(m => m.CalendarUid).HasMaxLength(Meeting.UidLength);
        builder.Property(m => m.MadeBy).HasMaxLength(Person.NameLength);
        builder.Property(m => m.EndedBy).HasMaxLength(Person.NameLength);
        builder.Property(m => m.FormKey).HasMaxLength(Meeting.UidLength);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.HasOne(m => m.Partnership).WithMany().HasForeignKey(m => m.PartnershipId);
        builder.HasOne(m => m.ChairOrganisation).WithMany().HasForeignKey(m => m.ChairOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(m => m.Items).WithOne(i => i.Meeting).HasForeignKey(i => i.MeetingId);
        builder.HasMany(m => m.Attendance).WithOne().HasForeignKey(a => a.MeetingId);
        builder.HasIndex(m => new { m.PartnershipId, m.StartsAt });
        builder.HasIndex(m => m.FormKey).IsUnique();
    }
}
