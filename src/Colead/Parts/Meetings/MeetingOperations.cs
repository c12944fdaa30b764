using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Mail;
using Colead.Parts.Meetings.Calendaring;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>When and where, in whose chair: what a meeting is planned with.</summary>
public sealed record MeetingPlan(string Title, string Place, DateTime StartsAt, DateTime EndsAt, long? ChairOrganisationId,
    string ChairName);

/// <summary>Planning, changing, cancelling and ending meetings, and inviting to them.</summary>
public sealed class MeetingOperations(ColeadDb db, PartnershipAccess access, LiveChanges live, Outbox outbox, CalendarOperations calendars,
    TimeProvider clock)
{
    public bool SendsMail => outbox.IsSetUp;

    public IQueryable<Meeting> Of(Standing standing) => db.Set<Meeting>().Where(m => m.PartnershipId == standing.PartnershipId);

    /// <summary>Who ends a meeting and corrects its minutes: the coordinator, and who speaks for the organisation in the chair.</summary>
    public static bool Runs(Standing standing, long? chairOrganisationId) => standing.IsCoordinator
        || (standing.IsLead && standing.OrganisationId == chairOrganisationId);

    /// <summary>Organisations of the partnership today, and those of them a form may name.</summary>
    public Task<List<NamedOrganisation>> OrganisationsAsync(Standing standing) => access.Organisations(standing).AsNoTracking()
        .Where(o => o.Terms.Any(t => t.LeftOn == null))
        .OrderBy(o => o.NameKey).Select(o => new NamedOrganisation(o.Id, o.Name)).ToListAsync();

    /// <summary>Plans a meeting; the id also where the same form made it a moment before.</summary>
    public async Task<long> CreateAsync(Standing standing, MeetingPlan plan, string formKey)
    {
        if (await MadeByAsync(standing, formKey) is { } made) return made;
        var now = clock.Now();
        var meeting = new Meeting
        {
            PartnershipId = standing.PartnershipId,
            Title = plan.Title,
            Place = plan.Place,
            StartsAt = plan.StartsAt,
            EndsAt = plan.EndsAt,
            ChairOrganisationId = plan.ChairOrganisationId,
            ChairName = plan.ChairName,
            CalendarUid = FormKey.New(),
            MadeByAccountId = standing.AccountId,
            MadeBy = standing.AccountName,
            MadeAt = now,
            CalendarChangedAt = now,
            FormKey = formKey,
        };
        db.Set<Meeting>().Add(meeting);
        access.Record(standing, "planned a meeting", $"{plan.Title}, {Dates.Say(plan.StartsAt)}");
        try
        {
            await db.SaveChangesAsync();
            return meeting.Id;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return (await MadeByAsync(standing, formKey))!.Value; // in the very moment between
        }
    }

    /// <summary>Changes a meeting; false when someone else did since <paramref name="version"/>.</summary>
    public async Task<bool> ChangeAsync(Standing standing, Meeting meeting, MeetingPlan plan, int version)
    {
        meeting.Plan(plan.Title, plan.Place, plan.StartsAt, plan.EndsAt, clock.Now());
        (meeting.ChairOrganisationId, meeting.ChairName) = (plan.ChairOrganisationId, plan.ChairName);
        return await SaveAsync(standing, meeting, version, "changed a meeting");
    }

    /// <summary>Cancels it, and tells those who were invited. False when someone else changed it in the same moment.</summary>
    public async Task<bool> CancelAsync(Standing standing, Meeting meeting)
    {
        meeting.Cancel(clock.Now());
        if (meeting.InvitedSequence is not null) await PostAsync(standing, meeting);
        return await SaveAsync(standing, meeting, meeting.Version, "cancelled a meeting");
    }

    /// <summary>Ends it: from now on the minutes are only corrected. False when someone else changed it in the same moment.</summary>
    public async Task<bool> EndAsync(Standing standing, Meeting meeting)
    {
        await db.Entry(meeting).Collection(m => m.Items).LoadAsync();
        var noted = await db.Set<MeetingNote>().Where(n => n.Item!.MeetingId == meeting.Id && !n.TakenOut).Select(n => n.ItemId).Distinct()
            .ToListAsync();
        meeting.End(standing.AccountName, clock.Now(), noted.ToHashSet());
        return await SaveAsync(standing, meeting, meeting.Version, "ended a meeting");
    }

    /// <summary>
    /// Invites everyone who takes part, by e-mail; of two who press at once one sends, and nobody hears the same twice. How many, or null
    /// where there was nothing to send.
    /// </summary>
    public async Task<int?> InviteAsync(Standing standing, Meeting meeting)
    {
        if (!outbox.IsSetUp || meeting.State != MeetingState.Planned) return null;
        var sequence = meeting.CalendarSequence;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var claimed = await db.Set<Meeting>().Where(m => m.Id == meeting.Id && m.CalendarSequence == sequence
            && (m.InvitedSequence == null || m.InvitedSequence < sequence))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.InvitedSequence, sequence));
        if (claimed == 0) return null;
        var count = await PostAsync(standing, meeting);
        access.Record(standing, "invited to a meeting", $"{meeting.Title}, {Dates.Count(count, "person", "people")}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await live.AnnounceAsync(MeetingsPart.Topic(meeting.Id));
        return count;
    }

    /// <summary>Whether titles stand beside names in this partnership's meetings.</summary>
    public Task<bool> TitlesShownAsync(Standing standing) => db.Set<MeetingSettings>()
        .AnyAsync(s => s.PartnershipId == standing.PartnershipId && s.TitlesShown);

    public async Task ShowTitlesAsync(Standing standing, bool shown)
    {
        var settings = await db.Set<MeetingSettings>().FindAsync(standing.PartnershipId);
        if (settings is null) db.Set<MeetingSettings>().Add(settings = new() { PartnershipId = standing.PartnershipId });
        if (settings.TitlesShown == shown) return;
        settings.TitlesShown = shown;
        access.Record(standing, "changed how meetings are kept", shown ? "titles are shown" : "titles are hidden");
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear(); // someone pressed in the same moment; one tick box has no difference to show, so the later wins
            await ShowTitlesAsync(standing, shown);
        }
    }

    private Task<long?> MadeByAsync(Standing standing, string formKey) => Of(standing).Where(m => m.FormKey == formKey)
        .Select(m => (long?)m.Id).FirstOrDefaultAsync();

    private async Task<int> PostAsync(Standing standing, Meeting meeting)
    {
        if (!outbox.IsSetUp) return 0;
        var people = await db.RolesNow().Where(g => g.PartnershipId == standing.PartnershipId && g.Role != Role.Viewer).OrderBy(g => g.Id)
            .Select(g => g.Account!.Email!).ToListAsync();
        var again = meeting.InvitedSequence is not null;
        var what = meeting.State == MeetingState.Cancelled ? "is cancelled" : again ? "has changed" : "is planned";
        var letter = string.Create(CultureInfo.InvariantCulture, $"""
            Hello,

            {standing.AccountName} writes for {standing.PartnershipName}: the meeting "{meeting.Title}" {what}.

            When:  {Dates.Say(meeting.StartsAt)} to {MeetingWords.Time(meeting.EndsAt)}
            Where: {(meeting.Place.Length == 0 ? "not said yet" : meeting.Place)}

            The agenda, where you can put something on it:
            {outbox.Absolute(MeetingsLinks.Meeting(standing.PartnershipId, meeting.Id))}

            For your calendar, open the file that comes with this letter, or:
            {outbox.Absolute(MeetingsLinks.InvitationFile(standing.PartnershipId, meeting.Id))}

            """);
        var subject =
            $"{(meeting.State == MeetingState.Cancelled ? "Cancelled: " : again ? "Changed: " : "")}{meeting.Title}, {Dates.Say(meeting.StartsAt)}";
        var calendar = calendars.File(meeting, standing.PartnershipName);
        foreach (var address in people) outbox.Post(address, subject, letter, standing.PartnershipId, calendar: calendar);
        return people.Count;
    }

    private async Task<bool> SaveAsync(Standing standing, Meeting meeting, int version, string act)
    {
        var token = db.Entry(meeting).Property(m => m.Version);
        token.IsModified = true;
        token.OriginalValue = version;
        access.Record(standing, act, $"{meeting.Title}, {Dates.Say(meeting.StartsAt)}");
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        await live.AnnounceAsync(MeetingsPart.Topic(meeting.Id));
        return true;
    }
}

/// <summary>An organisation, to choose.</summary>
public sealed record NamedOrganisation(long Id, string Name);
