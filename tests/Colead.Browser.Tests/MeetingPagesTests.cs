using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Parts.Voice;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>Meetings as people have them open: several at once, on phones and desks, with script and without.</summary>
public class MeetingPagesTests(Chromium chromium)
{
    [Fact]
    public async Task Pages_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var p = await app.PartnershipAsync();
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.EnterAsync(app, p.Account(Role.Coordinator));
        await window.VisitAsync("meetings-none", MeetingsLinks.Meetings(p.Id));
        await window.VisitAsync("voice-none", VoiceLinks.Voice(p.Id));
        var before = TestMeetings.New(app, p, TimeSpan.FromDays(-7), p.Organisations[1].Id);
        before.Items.AddRange([TestMeetings.Item("Ferries", 1, p.Organisations[1].Id),
            TestMeetings.Item("Left over", 2, p.Organisations[0].Id)]);
        before.Items[0].Notes.AddRange([TestMeetings.Note("Later boats.", p.Organisations[1].Id),
            TestMeetings.Note("A slip.", p.Organisations[0].Id)]);
        before.Items[0].Notes[1].Correct("Put right.", p.Organisations[0].Id, "Sam Rivers", app.Clock.GetUtcNow().UtcDateTime);
        before.Attendance.Add(new() { OrganisationId = p.Organisations[0].Id, State = AttendanceState.Present, Names = "Ana Reed" });
        var now = await MeetingAsync(app, p);
        await app.SaveAsync(db => db.Set<Meeting>().Add(before));
        await app.DbAsync(async db =>
        {
            var meeting = await db.Set<Meeting>().Include(m => m.Items).SingleAsync(m => m.Id == before.Id);
            meeting.End("Sam Rivers", app.Clock.GetUtcNow().UtcDateTime, new HashSet<long> { before.Items[0].Id });
            return await db.SaveChangesAsync();
        });
        foreach (var (name, path) in new[]
        {
            ("meetings", MeetingsLinks.Meetings(p.Id)), ("meeting-plan", MeetingsLinks.Plan(p.Id)),
                ("meeting-now", MeetingsLinks.Meeting(p.Id, now.Id)), ("meeting-ended", MeetingsLinks.Meeting(p.Id, before.Id)),
            ("meeting-item", MeetingsLinks.Item(p.Id, now.Id, now.Items[0].Id)),
                ("meeting-attendance", MeetingsLinks.Attendance(p.Id, now.Id)),
                ("meeting-note", MeetingsLinks.Note(p.Id, before.Id, before.Items[0].Notes[0].Id)),
            ("meeting-end", MeetingsLinks.End(p.Id, now.Id)), ("meeting-minutes", MeetingsLinks.Minutes(p.Id, before.Id)),
                ("meeting-change", MeetingsLinks.Change(p.Id, now.Id)), ("meeting-cancel", MeetingsLinks.Cancel(p.Id, now.Id)),
            ("meeting-calendar", MeetingsLinks.Calendar(p.Id)), ("meeting-settings", MeetingsLinks.Settings(p.Id)),
                ("voice", VoiceLinks.Voice(p.Id)),
        })
            await window.VisitAsync(name, path);
        await window.Page.GotoAsync(MeetingsLinks.Meeting(p.Id, now.Id));
        await window.Page.Locator("form[data-live-send]").First.GetByRole(AriaRole.Button).ClickAsync(); // with nothing in it
        await window.Page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("meeting-problem");
    }

    /// <summary>Two type at once: each sees the other's note, and neither loses a letter of their own.</summary>
    [Fact]
    public async Task Minutes_TypedByTwo_AppearAtOnce_AndLeaveTypingAlone()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var p = await app.PartnershipAsync();
        var meeting = await MeetingAsync(app, p);
        await using var one = await chromium.OpenAsync(app);
        await using var two = await chromium.OpenAsync(app, 320);
        await one.EnterAsync(app, p.Account(Role.Coordinator));
        await two.EnterAsync(app, p.Account(Role.Member));
        foreach (var window in new[] { one, two }) await window.Page.GotoAsync(MeetingsLinks.Meeting(p.Id, meeting.Id));
        var (mine, theirs) = (one.Page.Locator("form[data-live-send]").First, two.Page.Locator("form[data-live-send]").First);
        await theirs.Locator("textarea").FillAsync("Half a sen");
        await theirs.Locator("textarea").FocusAsync();
        for (var i = 1; i <= 3; i++)
        {
            await mine.Locator("textarea").FillAsync($"Note {i}");
            await mine.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(mine.Locator("textarea")).ToHaveValueAsync("");
        }
        await Assertions.Expect(two.Page.Locator(".note")).ToHaveCountAsync(3);
        await two.Page.Keyboard.TypeAsync("tence");
        Assert.Equal("Half a sentence", await theirs.Locator("textarea").InputValueAsync());
        await theirs.GetByRole(AriaRole.Button).ClickAsync();
        foreach (var window in new[] { one, two }) await Assertions.Expect(window.Page.Locator(".note")).ToHaveCountAsync(4);
        await Assertions.Expect(one.Page.Locator(".note").Last).ToContainTextAsync("Half a sentence");
        Assert.Equal(["Note 1", "Note 2", "Note 3", "Half a sentence"],
            await app.DbAsync(db => db.Set<MeetingNote>().OrderBy(n => n.Id).Select(n => n.Text).ToListAsync()));
        await one.IsSoundAsync("meeting-live");
    }

    [Fact]
    public async Task Note_WithoutScript_IsAddedAllTheSame()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var p = await app.PartnershipAsync();
        var meeting = await MeetingAsync(app, p);
        await using var window = await chromium.OpenAsync(app, 320, script: false);
        await window.EnterAsync(app, p.Account(Role.Member));
        await window.Page.GotoAsync(MeetingsLinks.Meeting(p.Id, meeting.Id));
        await window.Page.Locator("textarea").First.FillAsync("Without script.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Add the note" }).First.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".note")).ToContainTextAsync("Without script.");
    }

    private static async Task<Meeting> MeetingAsync(TestApp app, TestPartnership p)
    {
        var meeting = TestMeetings.New(app, p, chair: p.Organisations[0].Id);
        meeting.Items.AddRange([TestMeetings.Item("Ferries", 1, p.Organisations[1].Id), TestMeetings.Item("Budget", 2)]);
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        return meeting;
    }
}
