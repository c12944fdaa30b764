using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Meetings;

public enum AttendanceState
{
    Present,
    Apologies,
    Absent,
}

/// <summary>Whether an organisation was at a meeting. Without one nobody has said.</summary>
public sealed class MeetingAttendance : Versioned
{
    public const int NamesLength = 400;

    public long MeetingId { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required AttendanceState State { get; set; }
    /// <summary>Who came for it, or sent apologies, parted by commas; may be empty.</summary>
    public required string Names { get; set; }
}

internal sealed class MeetingAttendanceMapping : IEntityTypeConfiguration<MeetingAttendance>
{
    public void Configure(EntityTypeBuilder<MeetingAttendance> builder)
    {
        builder.ToTable("MeetingAttendance");
        builder.HasKey(a => new { a.MeetingId, a.OrganisationId });
        builder.Property(a => a.Names).HasMaxLength(MeetingAttendance.NamesLength);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Organisation).WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
