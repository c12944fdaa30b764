using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Meetings;

/// <summary>How far a meeting got with something.</summary>
public enum ItemState
{
    Waiting,
    Taken,

    /// <summary>May be carried over to the next meeting.</summary>
    NotReached,

    /// <summary>Taken off the agenda.</summary>
    Withdrawn,
}

/// <summary>One thing on a meeting's agenda.</summary>
public sealed class AgendaItem : Versioned
{
    public const int TitleLength = 200;
    public const int AboutLength = 1000;
    public const int MostMinutes = 600;

    public long Id { get; init; }
    public long MeetingId { get; init; }
    public Meeting? Meeting { get; init; }
    /// <summary>Order on the agenda; of two alike the older stands first.</summary>
    public required int Position { get; set; }
    public required string Title { get; set; }
    /// <summary>What is wanted of the meeting; may be empty.</summary>
    public required string About { get; set; }
    /// <summary>Who brings it in; may be empty.</summary>
    public required string OwnerName { get; set; }
    public long? OwnerOrganisationId { get; set; }
    public Organisation? OwnerOrganisation { get; init; }
    /// <summary>Planned for it.</summary>
    public required int Minutes { get; set; }
    public ItemState State { get; set; }
    public long? ThreadId { get; set; }
    public GoldenThread? Thread { get; init; }
    /// <summary>Who put it on the agenda; absent: nobody in particular, such as the coordinator for everyone.</summary>
    public long? PutOnByOrganisationId { get; set; }
    public Organisation? PutOnByOrganisation { get; init; }
    public long? PutOnByAccountId { get; init; }
    /// <summary>The name at that time.</summary>
    public required string PutOnBy { get; init; }
    public required DateTime PutOnAt { get; init; }
    /// <summary>The item of an earlier meeting that was not reached there. It is carried over once.</summary>
    public long? CarriedFromId { get; init; }
    public AgendaItem? CarriedFrom { get; init; }
    /// <summary>Of the form that put it on: sent twice it puts it on once.</summary>
    public required string FormKey { get; init; }
    public List<MeetingNote> Notes { get; } = [];
}

internal sealed class AgendaItemMapping : IEntityTypeConfiguration<AgendaItem>
{
    public void Configure(EntityTypeBuilder<AgendaItem> builder)
    {
        builder.ToTable("AgendaItems");
        builder.Property(i => i.Title).HasMaxLength(AgendaItem.TitleLength);
        builder.Property(i => i.About).HasMaxLength(AgendaItem.AboutLength);
        builder.Property(i => i.OwnerName).HasMaxLength(Person.NameLength);
        builder.Property(i => i.PutOnBy).HasMaxLength(Person.NameLength);
        builder.Property(i => i.FormKey).HasMaxLength(Meeting.UidLength);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne(i => i.OwnerOrganisation).WithMany().HasForeignKey(i => i.OwnerOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(i => i.PutOnByOrganisation).WithMany().HasForeignKey(i => i.PutOnByOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(i => i.Thread).WithMany().HasForeignKey(i => i.ThreadId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(i => i.CarriedFrom).WithMany().HasForeignKey(i => i.CarriedFromId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(i => i.Notes).WithOne(n => n.Item).HasForeignKey(n => n.ItemId);
        builder.HasIndex(i => i.CarriedFromId).IsUnique();
        builder.HasIndex(i => i.FormKey).IsUnique();
    }
}
