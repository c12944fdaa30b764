using Colead.Kit.Forms;
using Colead.Parts.Decisions;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Parts.Vision;
using Colead.Parts.Voice;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Voice;

public class VoiceTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Page_WithNothingToCount_SaysSoPlainly(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (p, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await p.AsAsync(role);
            var page = await visitor.GetAsync(VoiceLinks.Voice(p.Id));
            Assert.Equal((200, "Nothing to count yet"), (page.Status, page.Heading));
            Assert.Equal(3, page.Document.QuerySelectorAll("#contract .chip").Count(chip => chip.TextContent == "Can’t be said"));
            Assert.DoesNotContain("0.0", page.Text, StringComparison.Ordinal);
            Assert.Equal(404, (await visitor.GetAsync(VoiceLinks.Voice(other.Id))).Status);
        }
    }

    /// <summary>Counted by hand: three meetings, one still to come, one cancelled.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Page_CountsWhatHappened_AndNothingElse(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (council, play) = (p.Organisations[0].Id, p.Organisations[1].Id);
        var meeting = Held(app, p, -30, chair: play);
        var first = TestMeetings.Item("A", 1, council);
        first.Notes.AddRange([TestMeetings.Note("x", council), TestMeetings.Note("again", council), TestMeetings.Note("y", play),
            TestMeetings.Note("nobody")]);
        var second = TestMeetings.Item("B", 2, play);
        second.Notes.Add(TestMeetings.Note("z", council));
        var taken = TestMeetings.Note("slip", p.Organisations[2].Id);
        taken.Correct("", null, "Sam", app.Clock.GetUtcNow().UtcDateTime);
        second.Notes.Add(taken);
        var off = TestMeetings.Item("Taken off", 3, play);
        off.State = ItemState.Withdrawn;
        meeting.Items.AddRange([first, second, off, TestMeetings.Item("Nobody's", 4)]);
        meeting.Attendance.AddRange([new() { OrganisationId = council, State = AttendanceState.Present, Names = "" },
            new() { OrganisationId = play, State = AttendanceState.Apologies, Names = "" }]);
        meeting.End("Sam", app.Clock.GetUtcNow().UtcDateTime, new HashSet<long>());
        var coming = TestMeetings.New(app, p, TimeSpan.FromDays(3), play);
        coming.Items.Add(TestMeetings.Item("To come", 1, play));
        var old = Held(app, p, -500, chair: council);
        old.Items.Add(TestMeetings.Item("Long ago", 1, council));
        old.Items[0].Notes.Add(TestMeetings.Note("x", p.Organisations[2].Id));
        old.End("Sam", app.Clock.GetUtcNow().UtcDateTime, new HashSet<long>());
        await app.SaveAsync(db => db.Set<Meeting>().AddRange(meeting, coming, old));
        var next = Held(app, p, -10);
        next.Items.Add(new()
        {
            Position = 1, Title = "Carried", About = "", OwnerName = "", Minutes = 5, PutOnBy = "Sam", PutOnAt = next.StartsAt,
                PutOnByOrganisationId = council, CarriedFromId = first.Id, FormKey = Colead.Kit.Forms.FormKey.New(),
        });
        next.End("Sam", app.Clock.GetUtcNow().UtcDateTime, new HashSet<long>());
        await app.SaveAsync(db =>
        {
            db.Set<Meeting>().Add(next);
            db.Set<Proposal>().AddRange(Proposal(app, p, council, -20, DecisionOutcome.Passed),
                Proposal(app, p, council, -20, DecisionOutcome.NotPassed), Proposal(app, p, play, -5, null));
        });
        using var viewer = await p.AsAsync(Role.Viewer);
        var page = await viewer.GetAsync(VoiceLinks.Voice(p.Id));
        Assert.Equal("3 organisations, 1.9 effective voices", page.Heading); // heard 2, 1, 0
        // agenda, chaired, present, heard, proposed, passed
        Assert.Equal(["1", "0", "1", "2", "2", "1"], Counts(page, p.Organisations[0].Name));
        Assert.Equal(["1", "1", "0", "1", "1", "0"], Counts(page, p.Organisations[1].Name));
        Assert.Equal(["0", "0", "0", "0", "0", "0"], Counts(page, p.Organisations[2].Name));
        Assert.Contains("Counted from 2 meetings and 3 proposals", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 organisation had none", page.Text, StringComparison.Ordinal);
        Assert.Equal("Public 1 (33 %) 50 % 0 % 100 % 67 % 67 % 100 %", Row(page, "Public"));
        var always = await viewer.GetAsync(VoiceLinks.Voice(p.Id, always: true));
        Assert.Equal(["2", "1", "1", "2", "2", "1"], Counts(always, p.Organisations[0].Name));
        Assert.Equal(["0", "0", "0", "1", "0", "0"], Counts(always, p.Organisations[2].Name));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Signs_AreSeen_WithTheirEvidence(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (council, play) = (p.Organisations[0].Id, p.Organisations[1].Id);
        var meetings = Enumerable.Range(1, 3).Select(i =>
        {
            var meeting = Held(app, p, -10 * i);
            meeting.Items.AddRange([TestMeetings.Item("A", 1, council), TestMeetings.Item("B", 2, i == 1 ? play : council)]);
            meeting.End("Sam", app.Clock.GetUtcNow().UtcDateTime, new HashSet<long>());
            return meeting;
        }).ToList();
        var proposals = Enumerable.Range(1, 3).Select(i => Proposal(app, p, council, -i, DecisionOutcome.Passed))
            .Append(Proposal(app, p, play, -5, null)).ToList();
        await app.SaveAsync(db =>
        {
            db.Set<Meeting>().AddRange(meetings);
            db.Set<Proposal>().AddRange(proposals);
            for (var i = 0; i < 3; i++) db.Set<SharedAim>().Add(Aim(app, p, council, i));
        });
        using var viewer = await p.AsAsync(Role.Viewer);
        var page = await viewer.GetAsync(VoiceLinks.Voice(p.Id));
        var contract = page.Document.QuerySelector("#contract")!;
        var text = string.Join(' ', contract.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(3, contract.QuerySelectorAll(".chip").Count(chip => chip.TextContent == "Seen"));
        Assert.Contains("In 3 ways this partnership behaves like a contract", text, StringComparison.Ordinal);
        Assert.Contains($"{p.Organisations[0].Name} put on 5 of the 6 items", text, StringComparison.Ordinal);
        Assert.Contains("3 proposals were decided in the last year, and none was a voluntary partner’s", text, StringComparison.Ordinal);
        Assert.Contains($"All 3 accepted wordings of the shared aims were {p.Organisations[0].Name}’s", text, StringComparison.Ordinal);
        var links = contract.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).ToList();
        foreach (var meeting in meetings) Assert.Contains(MeetingsLinks.Meeting(p.Id, meeting.Id), links);
        foreach (var proposal in proposals) Assert.Contains(DecisionsLinks.Proposal(p.Id, proposal.Id), links);
        foreach (var link in links) Assert.Equal(200, (await viewer.GetAsync(link!)).Status);
        await app.SaveAsync(db => db.Set<Proposal>().Add(Proposal(app, p, play, -1, DecisionOutcome.NotPassed)));
        Assert.Contains("No: 1 of the 4 proposals decided in the last year was a voluntary partner’s",
            (await viewer.GetAsync(VoiceLinks.Voice(p.Id))).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task FewerThanThreePartners_GetNoMeasure(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        await app.DbAsync(db => db.Set<OrganisationTerm>().Where(t => t.OrganisationId == p.Organisations[2].Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.JoinedOn, new DateOnly(2020, 1, 1))
            .SetProperty(t => t.LeftOn, new DateOnly(2020, 2, 1))));
        var meeting = Held(app, p, -3);
        meeting.Items.Add(TestMeetings.Item("A", 1, p.Organisations[0].Id));
        meeting.End("Sam", app.Clock.GetUtcNow().UtcDateTime, new HashSet<long>());
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        var page = await coordinator.GetAsync(VoiceLinks.Voice(p.Id));
        Assert.Equal("Too few partners to say how evenly voice is shared", page.Heading);
        Assert.DoesNotContain("effective voices 1", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, page.Document.QuerySelectorAll(".voices tbody tr").Length); // who left before the time is not of it
        Assert.Equal(["1", "0", "0", "0", "0", "0"], Counts(page, p.Organisations[0].Name));
    }

    private static Meeting Held(TestApp app, TestPartnership p, int days, long? chair = null) =>
        TestMeetings.New(app, p, TimeSpan.FromDays(days), chair);

    private static Proposal Proposal(TestApp app, TestPartnership p, long by, int days, DecisionOutcome? outcome) => new()
    {
        PartnershipId = p.Id,
        FormKey = FormKey.New(),
        Title = "Later buses",
        Text = "Ask for later buses.",
        ProposedBy = "Sam",
        OrganisationId = by,
        ProposedAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(days - 1),
        Method = DecisionMethod.YesNo,
        State = outcome is null ? ProposalState.Advice : ProposalState.Decided,
        Outcome = outcome,
        ClosedAt = outcome is null ? null : app.Clock.GetUtcNow().UtcDateTime.AddDays(days),
        Wordings = { new() { Number = 1, Title = "Later buses", Text = "Ask for later buses.", Who = "Sam", At = app.Clock.GetUtcNow()
            .UtcDateTime.AddDays(days - 1) } },
    };

    private static SharedAim Aim(TestApp app, TestPartnership p, long by, int i)
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var aim = new SharedAim { PartnershipId = p.Id, Name = $"Aim {i}", ProposedAt = now };
        var wording = new AimWording { Name = $"Aim {i}", Text = "Text", Why = "", Who = "Sam", OrganisationId = by, At = now,
            BasedOn = 0 };
        aim.Wordings.Add(wording);
        aim.Accept(wording, "Sam", null, now);
        return aim;
    }

    private static List<string> Counts(Answer page, string organisation) =>
        [.. page.Document.QuerySelectorAll(".voices tbody tr")
            .Single(row => row.QuerySelector("th")!.TextContent.Contains(organisation, StringComparison.Ordinal))
            .QuerySelectorAll("td.number").Select(cell => cell.TextContent.Trim())];

    private static string Row(Answer page, string name) =>
        string.Join(' ', page.Document.QuerySelectorAll("tbody tr").First(row => row.QuerySelector("th")!.TextContent.Trim() == name)
            .TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
