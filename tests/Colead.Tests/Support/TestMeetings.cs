using Colead.Kit.Forms;
using Colead.Parts.Meetings;

namespace Colead.Tests.Support;

/// <summary>Meetings straight into the database, for tests that begin after planning one.</summary>
public static class TestMeetings
{
    public static Meeting New(TestApp app, TestPartnership partnership, TimeSpan? from = null, long? chair = null) => new()
    {
        PartnershipId = partnership.Id,
        Title = "Board",
        Place = "Town Hall",
        StartsAt = app.Clock.GetUtcNow().UtcDateTime + (from ?? TimeSpan.Zero),
        EndsAt = app.Clock.GetUtcNow().UtcDateTime + (from ?? TimeSpan.Zero) + TimeSpan.FromMinutes(90),
        ChairOrganisationId = chair,
        ChairName = "",
        CalendarUid = FormKey.New(),
        MadeBy = "Sam Rivers",
        MadeAt = app.Clock.GetUtcNow().UtcDateTime,
        CalendarChangedAt = app.Clock.GetUtcNow().UtcDateTime,
        FormKey = FormKey.New(),
    };

    public static AgendaItem Item(string title, int position = 1, long? putOnBy = null, DateTime? at = null) => new()
    {
        Position = position,
        Title = title,
        About = "",
        OwnerName = "",
        Minutes = 10,
        PutOnBy = "Sam Rivers",
        PutOnAt = at ?? new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc),
        PutOnByOrganisationId = putOnBy,
        FormKey = FormKey.New(),
    };

    public static MeetingNote Note(string text, long? spoke = null, DateTime? at = null) => new()
    {
        Text = text,
        SpokeOrganisationId = spoke,
        Who = "Sam Rivers",
        At = at ?? new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc),
        FormKey = FormKey.New(),
    };
}
