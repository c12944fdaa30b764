using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Agreements;
using Colead.Parts.Budget;
using Colead.Parts.Meetings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Parts.Vision;
using Colead.Storage;
using Colead.Tests.Actions;
using Colead.Tests.Decisions;
using Colead.Tests.Outcomes;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Hosting;

/// <summary>A partnership with one of everything that agreeing and acting makes; what belongs to an organisation is the first one's, what
/// somebody wrote is its member's.</summary>
public sealed class AgreeingPartnership : IDisposable
{
    private readonly Dictionary<string, long> ids = new(StringComparer.Ordinal);

    /// <summary>By letter: C coordinator, L lead of the first organisation, O of another, M member of the first organisation, who wrote
    /// what is there, N member of none, V viewer.</summary>
    public Dictionary<char, Visitor> Visitors { get; } = [];
    public TestPartnership House { get; private init; } = null!;
    public long Id { get; private set; }
    public string Today { get; private set; } = "";
    /// <summary>The number of what is named, as an address or a field takes it.</summary>
    public string this[string name] => ids[name].ToString(CultureInfo.InvariantCulture);

    public static async Task<AgreeingPartnership> MakeAsync(TestApp app)
    {
        var p = await app.PartnershipAsync();
        var made = new AgreeingPartnership { Id = p.Id, House = p };
        var (ours, theirs) = (p.Organisations[0].Id, p.Organisations[1].Id);
        await app.SaveAsync(db => { db.Set<Partnership>().Find(p.Id)!.Kind = PartnershipKind.Statutory; db.Set<Ledger>()
            .Add(new Ledger { PartnershipId = p.Id, IsOn = true }); });
        await app.MoreOrganisationsAsync(p, 3); // enough for a secret vote
        made.Visitors['N'] = await p.AsAsync(Role.Member);
        await p.GrantAsync(Role.Member, ours);
        made.Visitors['M'] = await p.AsAsync(Role.Member);
        foreach (var (letter, role) in new[] { ('C', Role.Coordinator), ('L', Role.Lead), ('V', Role.Viewer) }) made.Visitors[letter] =
            await p.AsAsync(role);
        made.Visitors['O'] = await app.LeadOfAsync(p, theirs);
        (made.ids["ours"], made.ids["theirs"]) = (ours, theirs);
        await made.FillAsync(app, p, ours);
        return made;
    }

    public void Dispose()
    {
        foreach (var visitor in Visitors.Values) visitor.Dispose();
    }

    private async Task FillAsync(TestApp app, TestPartnership p, long ours)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        T Of<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
        var (coordinator, lead, member) = (p.As(Role.Coordinator), p.As(Role.Lead, ours), p.As(Role.Member, ours));
        var today = app.Clock.Today();
        Today = Typed.Write(today);

        ids["thread"] = await Of<ThreadOperations>().StartAsync(member, new(FormKey.New(), "No bus after five", "", null,
            new(ThreadSource.Problem)));
        var thread = await db.Set<GoldenThread>().FirstAsync(t => t.Id == ids["thread"]);
        await Of<ThreadOperations>().SayAsync(member, thread, "On Fridays.", FormKey.New());
        ids["said"] = await db.Set<ThreadNote>().Where(n => n.ThreadId == thread.Id).Select(n => n.Id).SingleAsync();
        await Of<ThreadOperations>().ShareAsync(coordinator, thread, "Buses", "The funder", FormKey.New());
        ids["link"] = await db.Set<ThreadLink>().Where(l => l.ThreadId == thread.Id).Select(l => l.Id).SingleAsync();

        var aim = await Of<AimOperations>().ProposeAimAsync(coordinator, new("Getting about", "Everyone gets home.", ""));
        await Of<AimOperations>().AcceptAsync(coordinator, aim.Wordings[0], "", 0);
        ids["aim"] = aim.Id;
        ids["wording"] = (await Of<AimOperations>().ProposeAsync(member, aim, new("Getting home", "Everyone gets home at night.", ""),
            1))!.Id;
        ids["own"] = (await Of<AimOperations>().WriteAsync(lead, new("Full boats", "", AimVisibility.Partnership))).Id;
        ids["private"] = (await Of<AimOperations>().WriteAsync(lead, new("Sell the boat", "", AimVisibility.Itself))).Id;

        (ids["outcome"], ids["indicator"]) = await OutcomesTests.OutcomeAsync(app, p);
        ids["reading"] = await OutcomesTests.ReadingAsync(app, ids["indicator"], new(2026, 3, 1), 34);
        await Of<OutcomeOperations>().AddReviewAsync(coordinator, await Of<OutcomeOperations>().Whole(coordinator)
            .FirstAsync(o => o.Id == ids["outcome"]), today.AddDays(90));
        ids["review"] = await db.Set<OutcomeReview>().Where(r => r.OutcomeId == ids["outcome"]).Select(r => r.Id).SingleAsync();
        (ids["over"], _) = await OutcomesTests.OutcomeAsync(app, p);
        db.ChangeTracker.Clear();
        await Of<OutcomeOperations>().EndAsync(coordinator, await Of<OutcomeOperations>().Whole(coordinator)
            .FirstAsync(o => o.Id == ids["over"]), "Done.", 0);
        ids["action"] = await ActionsTests.ActionAsync(app, p, 0, "Film", today.AddDays(30),
            a => a.Add(new ActionNote { Kind = ActionNoteKind.Progress, Text = "Begun.", Who = "x", At = app.Clock.Now(),
            FormKey = "begun" }));
        ids["promise"] = (await Of<LedgerOperations>().PostAsync(coordinator, new(EntryKind.Commitment, BudgetUnit.Cash, 5_000, ours, null,
            null, today, "Van", null), FormKey.New())).EntryId!.Value;

        ids["advice"] = (await app.ProposalAsync(p, open: false)).Id;
        ids["voting"] = (await app.ProposalAsync(p)).Id;
        ids["secret"] = (await app.ProposalAsync(p, secret: true)).Id;
        ids["paper"] = (await app.ProposalAsync(p, secret: true, rules: r => r with { OnPaper = true })).Id;
        ids["slips"] = (await app.ProposalAsync(p, secret: true,
            rules: r => r with { Slips = [p.Organisations[1].Id, p.Organisations[2].Id] })).Id;

        db.ChangeTracker.Clear();
        AgreementOperations document = Of<AgreementOperations>();
        var section = (await document.DraftAsync(coordinator)).Asked[0];
        await document.WriteAsync(coordinator, section.Prompt, "As we are.", section.Seen);
        await document.PutForwardAsync(coordinator, (await document.DraftAsync(coordinator)).Mark, null);
        await document.SignOnPaperAsync(coordinator, (await document.NewestAsync(coordinator))!, await db.Set<Organisation>()
            .FirstAsync(o => o.Id == p.Organisations[2].Id), "The director", today);
        ids["signature"] = await db.Set<AgreementSignature>().Where(s => s.AgreementVersion!.Agreement!.PartnershipId == p.Id)
            .Select(s => s.Id).SingleAsync();
        await document.WriteAsync(coordinator, section.Prompt, "As we shall be.", (await document.DraftAsync(coordinator)).Asked[0].Seen);
        db.ChangeTracker.Clear();
        var duty = new StatutoryDuty { PartnershipId = p.Id, Kind = DutyKind.Other, Name = "Safety", Text = "By law.",
            CreatedAt = app.Clock.Now() };
        await Of<RecordOperations>().SaveAsync(coordinator, duty, [ours], 0);
        var sharing = new DataSharing { PartnershipId = p.Id, Purpose = "Calls", Data = "Names", Basis = LawfulBasis.Consent,
            BasisNote = "", OtherParties = "The bus firm", ReviewOn = today.AddDays(90), CreatedAt = app.Clock.Now() };
        await Of<RecordOperations>().SaveAsync(coordinator, sharing, [ours], 0);
        (ids["duty"], ids["sharing"]) = (duty.Id, sharing.Id);

        var earlier = TestMeetings.New(app, p, TimeSpan.FromDays(-9), chair: ours);
        earlier.Items.Add(TestMeetings.Item("Left over"));
        var meeting = TestMeetings.New(app, p, TimeSpan.FromDays(3), chair: ours);
        meeting.Items.AddRange([TestMeetings.Item("Buses"), TestMeetings.Item("Boats", 2)]);
        await app.SaveAsync(change => change.Set<Meeting>().AddRange(earlier, meeting));
        await Of<MeetingOperations>().EndAsync(coordinator, await db.Set<Meeting>().Include(m => m.Items)
            .FirstAsync(m => m.Id == earlier.Id));
        db.ChangeTracker.Clear();
        await Of<MinutesOperations>().AddAsync(member, await db.Set<AgendaItem>().Include(i => i.Meeting)
            .FirstAsync(i => i.Id == meeting.Items[0].Id), "Said.", null, FormKey.New());
        (ids["meeting"], ids["item"], ids["second item"]) = (meeting.Id, meeting.Items[0].Id, meeting.Items[1].Id);
        ids["note"] = await db.Set<MeetingNote>().Where(n => n.ItemId == meeting.Items[0].Id).Select(n => n.Id).SingleAsync();
    }
}
