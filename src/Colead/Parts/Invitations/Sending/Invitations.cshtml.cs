using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Accounts;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations.Sending;

/// <summary>How people hear of an open round, and what went wrong. Whether anyone answered is shown nowhere here.</summary>
[For(Role.Lead)]
public sealed class InvitationsModel(ColeadDb db, PartnershipAccess access, OpenRoundOperations opens, RoundLetters letters,
    InvitationOperations invitations, Outbox outbox, CurrentAccount current, TimeProvider clock) : PageModel
{
    private const int PageSize = 100;

    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public OpenRound Open { get; private set; } = null!;
    public bool MailIsSetUp => letters.IsSetUp;
    public bool SendsMail => MailIsSetUp && Open.Round.Ways.Contains(RoundWay.Mail);
    public bool Merges => Open.Round.Ways.Contains(RoundWay.Merge) && Open.Standing.IsCoordinator;
    /// <summary>Envelopes of slips that this person may print.</summary>
    public IReadOnlyList<Envelope> Envelopes { get; private set; } = [];
    public int Invited { get; private set; }
    public int WithoutAddress { get; private set; }
    public int Unposted { get; private set; }
    public int Sent { get; private set; }
    public int Waiting { get; private set; }
    /// <summary>How the last test message of this person went.</summary>
    public string? Test { get; private set; }
    public IReadOnlyList<Row> Failed { get; private set; } = [];
    public IReadOnlyList<Row> People { get; private set; } = [];
    public bool HasMore { get; private set; }
    public IReadOnlyList<string> Joiners { get; private set; } = [];
    /// <summary>They have no address, and the round has no slips.</summary>
    public IReadOnlyList<string> JoinersWithoutAWay { get; private set; } = [];
    public bool HasSlips => Open.Round.Ways.Contains(RoundWay.Paper);
    public bool OnPaperAlone => Open.Round.Ways is [RoundWay.Paper];
    /// <summary>When reminders may next go out; null: now.</summary>
    public DateTime? RemindAgainAt { get; private set; }
    public bool RemindedEnough { get; private set; }

    public async Task<IActionResult> OnGetAsync(long roundId) => await FindAsync(roundId) ? await ShowAsync() : NotFound();

    public Task<IActionResult> OnPostSendAsync(long roundId) => DoAsync(roundId, async () =>
        $"{Dates.Count(await opens.PostAsync(Open), "invitation is", "invitations are")} on the way.");

    public Task<IActionResult> OnPostJoinersAsync(long roundId) => DoAsync(roundId, async () =>
        $"{Dates.Count(await opens.InviteJoinersAsync(Open), "person is", "people are")} invited now. Their answers enter the averages, but do not help a group to be shown.");

    /// <summary>Names, addresses and links for the coordinator's own mail merge. Each download stands in the trail.</summary>
    public async Task<IActionResult> OnPostMergeAsync(long roundId)
    {
        ModelState.Clear();
        if (!await FindAsync(roundId) || !Merges) return NotFound();
        var links = invitations.Links(Open.Round);
        var people = await RoundLetters.MaySend(Open.Invitations).OrderBy(i => i.Person!.NameKey).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.Generation, i.Person!.Name, i.Person.Email }).ToListAsync();
        access.Record(Open.Standing, "downloaded links for a mail merge", $"{Open.Round.Name}: {people.Count}");
        await db.SaveChangesAsync();
        var rows = people.Select(p => string.Join(',', new[] { p.Name, p.Email!, outbox.Absolute(AnswerLinks.Answer(links.Secret(p.Id,
            p.Generation).ToString())) }.Select(Cell)));
        return File(System.Text.Encoding.UTF8.GetPreamble().Concat(System.Text.Encoding.UTF8.GetBytes("name,email,link\r\n"
            + string.Concat(rows.Select(row => row + "\r\n")))).ToArray(), "text/csv; charset=utf-8", "links.csv");

        // A spreadsheet would take a cell that begins so for a formula.
        static string Cell(string text) => '"' + (text.Length > 0 && "=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" : "")
            + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    public Task<IActionResult> OnPostTestAsync(long roundId) => DoAsync(roundId, async () =>
    {
        var account = (await current.ReadAsync())!;
        if (!await letters.TestAsync(Open.Round, account.Name, account.Email!)) return "This installation sends no mail.";
        return $"A test message to {account.Email} is on its way.";
    });

    public Task<IActionResult> OnPostRemindAsync(long roundId) => DoAsync(roundId, async () =>
    {
        await opens.FollowRosterAsync(Open.Round); // who left meanwhile gets none
        return await letters.RemindAsync(Open.Round, () => access.Record(Open.Standing, "sent reminders", Open.Round.Name))
            ? "Reminders are on their way to everyone who has an address and did not stop them."
            : "None were sent now: a round sends at most three, three days apart.";
    }, coordinatorOnly: true);

    public Task<IActionResult> OnPostAutomaticAsync(long roundId) => DoAsync(roundId, async () =>
    {
        Open.Round.RemindsByItself = !Open.Round.RemindsByItself;
        access.Record(Open.Standing, Open.Round.RemindsByItself ? "let reminders go out by themselves"
            : "stopped reminders that go out by themselves", Open.Round.Name);
        await db.SaveChangesAsync();
        return Open.Round.RemindsByItself ? "Every week everyone is reminded, three times at most."
            : "Reminders go out only when you say so.";
    }, coordinatorOnly: true);

    private async Task<IActionResult> DoAsync(long roundId, Func<Task<string>> act, bool coordinatorOnly = false)
    {
        ModelState.Clear();
        if (!await FindAsync(roundId) || (coordinatorOnly && !Open.Standing.IsCoordinator)) return NotFound();
        this.Say(await act());
        return Redirect(InvitationsLinks.Invitations(Open.Standing.PartnershipId, roundId));
    }

    private async Task<bool> FindAsync(long roundId) => (Open = (await opens.FindAsync(roundId))!) is not null;

    private Task<List<string>> NamesAsync(IReadOnlyList<Invitee> people)
    {
        var ids = people.Select(p => p.PersonId).ToList();
        return db.Set<Person>().Where(p => ids.Contains(p.Id)).OrderBy(p => p.NameKey).Select(p => p.Name).ToListAsync();
    }

    private async Task<PageResult> ShowAsync()
    {
        ModelState.Clear();
        var asked = Open.Invitations.Where(i => !i.Withdrawn);
        var own = Open.Standing.IsCoordinator ? null : Open.Standing.OrganisationId;
        // Who draws a slip is invited too; and nobody is twice, whatever links they had.
        Invited = await db.Set<Invited>().Where(i => i.RoundId == Open.Round.Id && (own == null || i.OrganisationId == own))
            .SumAsync(i => i.People)
            - await db.Set<Invitation>().CountAsync(i => i.RoundId == Open.Round.Id && i.Replaced
                && (own == null || i.OrganisationId == own));
        WithoutAddress = await asked.CountAsync(i => i.Person!.Email == null);
        Unposted = await letters.Unposted(Open.Invitations).CountAsync();
        var posted = Posted(asked);
        Sent = await posted.CountAsync(p => p.Message.SentAt != null);
        var test = MailIsSetUp ? await letters.LastTestAsync(Open.Round, (await current.ReadAsync())!.Email!) : null;
        Test = test is null ? null : StateOf(test.To, test);
        Waiting = await posted.CountAsync(p => p.Message.SentAt == null && p.Message.GivenUpAt == null);
        var failed = await posted.Where(p => p.Message.GivenUpAt != null).OrderBy(p => p.Invitation.Person!.NameKey).Take(PageSize)
            .Select(p => p.Invitation.Id).ToListAsync();
        Failed = await RowsAsync(Open.Invitations.Where(i => failed.Contains(i.Id)));
        var key = ShortText.Key(Find ?? "");
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var people = await RowsAsync(Open.Invitations.Where(i => key.Length == 0 || i.Person!.NameKey.Contains(key)
            || (i.Person.EmailKey != null && i.Person.EmailKey.Contains(key))), (PageNumber - 1) * PageSize);
        (People, HasMore) = ([.. people.Take(PageSize)], people.Count > PageSize);
        var (joiners, withoutAWay) = await opens.JoinersAsync(Open);
        (Joiners, JoinersWithoutAWay) = (await NamesAsync(joiners), await NamesAsync(withoutAWay));
        var slips = await db.Set<Invitation>().Where(i => i.RoundId == Open.Round.Id && i.PersonId == null && !i.Withdrawn)
            .GroupBy(i => new { i.OrganisationId, i.Sector }).Select(g => new { g.Key.OrganisationId, g.Key.Sector, Slips = g.Count() })
            .ToListAsync();
        var names = Open.Round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Name);
        Envelopes = [.. slips.Where(e => e.OrganisationId is { } id ? Open.Standing.Manages(id) : Open.Standing.IsCoordinator)
            .Select(e => new Envelope(e.OrganisationId, e.Sector, e.OrganisationId is { } id ? names[id] : e.Sector is { } sector
                ? $"{Words.Say(sector)}: organisations with few" : "Everyone else", e.Slips))
                .OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase)];
        var again = (Open.Round.RemindedAt ?? Open.Round.OpenedAt!.Value) + RoundLetters.BetweenReminders;
        RemindAgainAt = again > clock.Now() ? again : null;
        RemindedEnough = Open.Round.Reminders >= RoundLetters.MostReminders;
        return Page();
    }

    private IQueryable<Posting> Posted(IQueryable<Invitation> invitations) =>
        from i in invitations
        join m in db.Set<RoundMessage>().Where(m => m.Kind == RoundMessageKind.Invitation) on i.Id equals m.InvitationId
        join o in db.Outbox on m.MessageId equals o.Id
        select new Posting { Invitation = i, Message = o };

    private async Task<List<Row>> RowsAsync(IQueryable<Invitation> invitations, int from = 0)
    {
        var page = await invitations.OrderBy(i => i.Person!.NameKey).ThenBy(i => i.Id).Skip(from).Take(PageSize + 1)
            .Select(i => new { i.Id, i.Person!.Name, i.Person.Email, i.Withdrawn, Moved = i.Person.EmailKey != i.AddressKey })
                .ToListAsync();
        var ids = page.Select(p => p.Id).ToList();
        var sent = (await Posted(db.Set<Invitation>().Where(i => ids.Contains(i.Id))).Select(p => new { p.Invitation.Id, p.Message })
            .ToListAsync()).ToLookup(p => p.Id, p => p.Message);
        return [.. page.Select(p => new Row(p.Id, p.Name, p.Email,
            p.Withdrawn ? "Withdrawn"
            : p.Moved ? "The address has changed since it was made: send it again, with a new link"
            : StateOf(p.Email, sent[p.Id].MaxBy(m => m.Id))))];
    }

    private string StateOf(string? email, Colead.Storage.Outbox.OutboxMessage? letter) =>
        letter is null ? email is null ? "Draws a slip" : Open.Round.Ways.Contains(RoundWay.Mail) ? "Not written to yet"
            : "Gets the link from you"
        : letter.GivenUpAt is not null ? "Could not be delivered: " + letter.Problem
        : letter.SentAt is { } sentAt ? "Written to on " + Dates.Say(sentAt)
        : letter.Problem is not null ? "Will be tried again: " + letter.Problem
        : "About to be written to";

    public sealed record Envelope(long? OrganisationId, Sector? Sector, string Name, int Slips);

    public sealed record Row(long Id, string Name, string? Email, string State);

    private sealed class Posting
    {
        public required Invitation Invitation { get; init; }
        public required Colead.Storage.Outbox.OutboxMessage Message { get; init; }
    }
}
