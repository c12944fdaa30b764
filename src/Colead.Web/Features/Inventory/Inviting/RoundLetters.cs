using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Mail;
using Colead.Web.Features.Mail;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory.Inviting;

/// <summary>Letters of open rounds, by e-mail: invitations to those with an address, reminders to those who have not answered. Who was reminded is shown nowhere.</summary>
public sealed class RoundLetters(ColeadDb db, Instruments instruments, Outbox outbox, ServerKeys keys, TimeProvider clock)
{
    /// <summary>Reminders lie at least so far apart.</summary>
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(3);
    /// <summary>Where a round reminds by itself.</summary>
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private const string TestMark = "Test: ";

    public bool IsSetUp => outbox.IsSetUp;

    public async Task<LetterForm> FormAsync(Round round)
    {
        var partnership = await db.Partnerships.Where(p => p.Id == round.PartnershipId).Select(p => p.Name).SingleAsync();
        return LetterForm.Of(round, partnership, await instruments.ReadAsync(round.InstrumentHash), outbox.Absolute);
    }

    public async Task<LetterMaker> MakerAsync() => new(await keys.ReadAsync(Invitations.LinksKey), outbox);

    /// <summary>Whether an invitation was e-mailed already, or is about to be.</summary>
    public IQueryable<Invitation> Unposted(IQueryable<Invitation> invitations) => invitations
        .Where(i => !i.Withdrawn && i.Person!.Email != null && !db.RoundMessages.Any(m => m.InvitationId == i.Id && m.RoundId == i.RoundId && m.Kind == RoundMessageKind.Invitation));

    /// <summary>Posts invitations, inside the transaction that is open, to all of these with an address who had none yet. Returns how many.</summary>
    public async Task<int> PostAsync(Round round, IQueryable<Invitation> invitations)
    {
        if (!outbox.IsSetUp) return 0;
        return await PostAsync(round, RoundMessageKind.Invitation, Unposted(invitations));
    }

    /// <summary>Reminds everyone with an address who has not answered. False when it is too early, or the round is not open.</summary>
    public async Task<bool> RemindAsync(Round round, Action record, TimeSpan? apart = null)
    {
        if (!outbox.IsSetUp) return false;
        await MakerAsync(); // the key is there before the transaction
        var now = clock.Now();
        var latest = now - (apart ?? BetweenReminders);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var claimed = await db.Rounds.Where(r => r.Id == round.Id && r.State == RoundState.Open && r.OpenedAt <= latest && (r.RemindedAt == null || r.RemindedAt <= latest))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemindedAt, now)); // of two who press at once one goes on
        if (claimed == 0) return false;
        await PostAsync(round, RoundMessageKind.Reminder, db.Invitations.Where(i => i.RoundId == round.Id && !i.Withdrawn && !i.Answered && i.Person!.Email != null));
        record();
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Reminds in every open round that does so by itself and whose week is over.</summary>
    public async Task RemindDueAsync()
    {
        var latest = clock.Now() - Week;
        var due = await db.Rounds.AsNoTracking().Where(r => r.State == RoundState.Open && r.RemindsByItself && r.OpenedAt <= latest && (r.RemindedAt == null || r.RemindedAt <= latest)).ToListAsync();
        foreach (var round in due) await RemindAsync(round, () => { }, Week);
    }

    /// <summary>What an invitation looks like, to oneself.</summary>
    public async Task<bool> TestAsync(Round round, string name, string email)
    {
        if (!outbox.IsSetUp) return false;
        var form = await FormAsync(round);
        outbox.Post(email, TestMark + form.Subject(RoundMessageKind.Invitation), form.Body(RoundMessageKind.Invitation, name, outbox.Absolute(InventoryLinks.Answer("each-person-has-their-own"))));
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>The last test message to an address since the round opened.</summary>
    public Task<OutboxMessage?> LastTestAsync(Round round, string email) => db.Outbox.AsNoTracking()
        .Where(m => m.To == email && m.Subject.StartsWith(TestMark) && m.CreatedAt >= round.OpenedAt).OrderByDescending(m => m.Id).FirstOrDefaultAsync();

    private async Task<int> PostAsync(Round round, RoundMessageKind kind, IQueryable<Invitation> invitations)
    {
        var form = await FormAsync(round);
        var maker = await MakerAsync();
        var people = await invitations.OrderBy(i => i.Id).Select(i => new { i.Id, i.Generation, i.Person!.Name, i.Person.Email }).ToListAsync();
        await NewLetters.PostAsync(db, round.Id, kind, people.Select(p => new NewLetter(p.Id, p.Email!, form.Subject(kind), form.Body(kind, p.Name, maker.Address(p.Id, p.Generation)))), clock.Now());
        return people.Count;
    }
}

/// <summary>Makes people's own links from the server's key.</summary>
public sealed class LetterMaker(byte[] key, Outbox outbox)
{
    public string Code(long invitationId, int generation) => LinkSecret.Of(key, invitationId, generation).ToString();

    public byte[] Hash(long invitationId, int generation) => LinkSecret.Of(key, invitationId, generation).Hash();

    public string Address(long invitationId, int generation) => outbox.Absolute(InventoryLinks.Answer(Code(invitationId, generation)));
}
