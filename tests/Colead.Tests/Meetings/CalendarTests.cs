using System.Globalization;
using System.Text;
using Colead.Composition;
using Colead.Parts.Meetings;
using Colead.Parts.Meetings.Calendaring;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Meetings;

public class CalendarTests(House house)
{
    private static readonly DateTime Summer = new(2026, 7, 1, 9, 0, 0, DateTimeKind.Utc); // 10:00 on clocks here

    [Fact]
    public void File_KeepsTheStandard()
    {
        var text = ICalendar.Write("Estuary; Alliance, all",
            [Event("Board, with a long name: " + string.Concat(Enumerable.Repeat("ŵylan — ", 20)) + "\\end",
            place: "Hall; room 2\nupstairs")]);
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains(lines, line => Encoding.UTF8.GetByteCount(line) > 72); // folded where it must be, not sooner
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Contains("X-WR-CALNAME:Estuary\\; Alliance\\, all", unfolded);
        Assert.Contains("LOCATION:Hall\\; room 2\\nupstairs", unfolded);
        Assert.Contains(unfolded, line => line.StartsWith("SUMMARY:Board\\, with a long name: ŵylan — ", StringComparison.Ordinal)
            && line.EndsWith("\\\\end", StringComparison.Ordinal));
        Assert.Contains("DTSTART:20260701T090000Z", unfolded);
        Assert.Contains("DTEND:20260701T103000Z", unfolded);
        Assert.Contains("UID:abc@colead", unfolded);
        foreach (var once in new[] { "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "END:VEVENT", "SEQUENCE:3",
            "STATUS:CONFIRMED" }) Assert.Single(unfolded, once);
        Assert.Single(unfolded, line => line.StartsWith("DTSTAMP:", StringComparison.Ordinal));
        Assert.DoesNotContain(unfolded, line => line.StartsWith("METHOD", StringComparison.Ordinal));
    }

    [Fact]
    public void File_OfHostileText_StaysOneEvent()
    {
        var unfolded = ICalendar.Write("x", [Event("A\r\nEND:VEVENT\r\nBEGIN:VEVENT\u0007", place: "\0")])
            .Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Single(unfolded, "END:VEVENT");
        Assert.Contains("SUMMARY:A\\nEND:VEVENT\\nBEGIN:VEVENT", unfolded);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Invitation_AfterAChangeAndACancellation_HasTheSameUidAndAHigherSequence(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        var made = await lead.PostAsync(MeetingsLinks.Plan(p.Id),
            new() { ["Title"] = "Board", ["Day"] = "2027-07-01", ["From"] = "10:00", ["To"] = "11:30" });
        var id = long.Parse(made.Location!.Split('/')[^1], CultureInfo.InvariantCulture);
        async Task<string[]> ReadAsync() => Encoding.UTF8.GetString(await lead.BytesAsync(MeetingsLinks.InvitationFile(p.Id, id)))
            .Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        var first = await ReadAsync();
        Assert.Contains("DTSTART:20270701T090000Z", first); // summer time
        Assert.Contains("SEQUENCE:0", first);
        await lead.PostAsync(MeetingsLinks.Change(p.Id, id), new() { ["ChairName"] = "Ana" });
        Assert.Contains("SEQUENCE:0", await ReadAsync()); // nothing that stands in calendars
        await lead.PostAsync(MeetingsLinks.Change(p.Id, id), new() { ["From"] = "10:15" });
        var moved = await ReadAsync();
        Assert.Contains("DTSTART:20270701T091500Z", moved);
        Assert.Contains("SEQUENCE:1", moved);
        Assert.Equal(first.Single(IsUid), moved.Single(IsUid));
        Assert.Equal(302, (await lead.PostAsync(MeetingsLinks.Cancel(p.Id, id), [])).Status);
        var cancelled = await ReadAsync();
        Assert.Contains("STATUS:CANCELLED", cancelled);
        Assert.Contains("SEQUENCE:2", cancelled);
        Assert.Equal(first.Single(IsUid), cancelled.Single(IsUid));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Feed_OpensByItsSecretAlone_UntilRevokedOrTheRoleEnds(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (p, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        await app.SaveAsync(db => db.Set<Meeting>().AddRange(TestMeetings.New(app, p, TimeSpan.FromDays(3)),
            TestMeetings.New(app, other, TimeSpan.FromDays(4))));
        using var viewer = await p.AsAsync(Role.Viewer);
        using var calendar = app.Visitor();
        async Task<string> MakeAsync() => new Uri((await viewer.PostAsync(MeetingsLinks.Calendar(p.Id), [], "make"))
            .ValueOf("calendar-address")!).AbsolutePath;
        var address = await MakeAsync();
        Assert.Equal(1, (await calendar.GetAsync(address)).Body.Split("BEGIN:VEVENT").Length - 1);
        Assert.DoesNotContain(address, (await viewer.GetAsync(MeetingsLinks.Calendar(p.Id))).Body, StringComparison.Ordinal); // shown once
        var secret = address.Split('/')[^1].Replace(".ics", "", StringComparison.Ordinal);
        Assert.Equal(32, (await app.DbAsync(db => db.Set<CalendarLink>().SingleAsync(l => l.PartnershipId == p.Id))).SecretHash.Length);
        var renewed = await MakeAsync();
        Assert.Equal(404, (await calendar.GetAsync(address)).Status);
        Assert.Equal(200, (await calendar.GetAsync(renewed)).Status);
        await viewer.PostAsync(MeetingsLinks.Calendar(p.Id), [], "revoke");
        Assert.Equal("We do not know this link", (await calendar.GetAsync(renewed)).Heading);
        var third = await MakeAsync();
        await app.DbAsync(db => db.Set<RoleGrant>().Where(g => g.PartnershipId == p.Id && g.AccountId == p.Account(Role.Viewer).Id)
            .ExecuteDeleteAsync());
        Assert.Equal(404, (await calendar.GetAsync(third)).Status);
        Assert.NotEmpty(secret);
        var acts = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == p.Id).Select(e => e.Act + e.Detail).ToListAsync());
        Assert.Contains(acts, act => act.StartsWith("revoked a calendar address", StringComparison.Ordinal));
        Assert.DoesNotContain(acts, act => act.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>Whoever takes part hears once, again after a change, and of a cancellation; viewers do not.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Invitations_GoOutOnceForEachChange(Engine engine)
    {
        // letters stay in the outbox
        await using var app =
            await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = 1 });
        var p = await app.PartnershipAsync();
        var meeting = TestMeetings.New(app, p, TimeSpan.FromDays(3));
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        using var lead = await p.AsAsync(Role.Lead);
        using var member = await p.AsAsync(Role.Member);
        var path = MeetingsLinks.Meeting(p.Id, meeting.Id);
        Assert.Equal(404, (await member.ForgeAsync("/account", path + "?handler=invite", [])).Status);
        var page = await lead.GetAsync(path);
        await Task.WhenAll(lead.SubmitAsync(page, [], "invite"), lead.SubmitAsync(page, [], "invite"));
        Assert.Equal(3, await CountAsync(app, p, ""));
        Assert.DoesNotContain("Send the invitations", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        await lead.PostAsync(MeetingsLinks.Change(p.Id, meeting.Id), new() { ["Place"] = "Library" });
        Assert.Equal(302, (await lead.SubmitAsync(await lead.GetAsync(path), [], "invite")).Status);
        Assert.Equal(3, await CountAsync(app, p, "Changed: "));
        Assert.Equal(302, (await lead.PostAsync(MeetingsLinks.Cancel(p.Id, meeting.Id), [])).Status);
        Assert.Equal(3, await CountAsync(app, p, "Cancelled: "));
        var files = await app.DbAsync(db => db.Outbox.Where(m => m.PartnershipId == p.Id).OrderBy(m => m.Id).Select(m => m.Calendar!)
            .ToListAsync());
        Assert.Equal(["0 CONFIRMED", "1 CONFIRMED", "2 CANCELLED"],
            files.Select(file => $"{Line(file, "SEQUENCE:")} {Line(file, "STATUS:")}").Distinct());
        Assert.Single(files.Select(file => Line(file, "UID:")).Distinct());
        Assert.Equal(9, await CountAsync(app, p, ""));
    }

    /// <summary>As it reaches a mail program.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Invitation_ComesWithItsCalendarFile(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app =
            await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = server.Port,
            Tls = false });
        var p = await app.PartnershipAsync();
        var meeting = TestMeetings.New(app, p, TimeSpan.FromDays(3));
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        using var lead = await p.AsAsync(Role.Lead);
        Assert.Equal(302, (await lead.PostAsync(MeetingsLinks.Meeting(p.Id, meeting.Id), [], "invite")).Status);
        await app.UntilAsync(db => db.Outbox.AllAsync(m => m.PartnershipId != p.Id || (m.SentAt != null && m.Calendar == null)));
        var letter = server.Letters[0];
        var part = letter[letter.IndexOf("text/calendar", StringComparison.Ordinal)..];
        Assert.Contains("name=meeting.ics", part.Split("\n\n", 2)[0], StringComparison.Ordinal); // the head's parameters come in any order
        var coded = part[part.IndexOf("\n\n", StringComparison.Ordinal)..].Split("\n--", 2)[0].Replace("\n", "", StringComparison.Ordinal);
        var file = part.Contains("base64", StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(coded))
            : part;
        Assert.Contains("BEGIN:VEVENT", file, StringComparison.Ordinal);
    }

    private static string Line(string file, string name) => file.Split("\r\n")
        .First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];

    private static Task<int> CountAsync(TestApp app, TestPartnership p, string subject) =>
        app.DbAsync(db => db.Outbox.CountAsync(m => m.PartnershipId == p.Id && m.Subject.StartsWith(subject)));

    private static bool IsUid(string line) => line.StartsWith("UID:", StringComparison.Ordinal);

    private static CalendarEvent Event(string title, string place) =>
        new("abc", 3, title, place, Summer, Summer.AddMinutes(90), Summer.AddDays(-1), false, "", "https://example.org/m");
}
