using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Outbox;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>
/// Letters of open rounds, by e-mail: invitations, and reminders that go to everyone, because whom they went to would tell who had not
/// answered. A letter with a link is made when it is sent, and stored nowhere.
/// </summary>
public sealed class RoundLetters(ColeadDb db, KeyFolder keys, InstrumentOperations instruments, Outbox outbox, TimeProvider clock)
{
    /// <summary>Reminders lie at least so far apart.</summary>
    public static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(3);
    /// <summary>Where a round reminds by itself.</summary>
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);
    /// <summary>Reminders a round sends.</summary>
    public const int MostReminders = 3;

    private const string TestMark = "Test: ";

    public bool IsSetUp => outbox.IsSetUp;

    public async Task<LetterForm> FormAsync(Round round)
    {
        var partnership = await db.Set<Partnership>().Where(p => p.Id == round.PartnershipId).Select(p => p.Name).SingleAsync();
        return LetterForm.Of(round, partnership, await instruments.ReadAsync(round.InstrumentHash), outbox.Absolute);
    }

    /// <summary>
    /// Invitations whose link may be sent: to the address for which they were made, and no other. Whoever changes an address in the list
    /// would else be sent somebody's own link, counting and all.
    /// </summary>
    public static IQueryable<Invitation> MaySend(IQueryable<Invitation> invitations) =>
        invitations.Where(i => !i.Withdrawn && !i.Replaced && i.Person!.Email != null && i.Person.EmailKey == i.AddressKey);

    /// <summary>Invitations that were not e-mailed and are not about to be.</summary>
    public IQueryable<Invitation> Unposted(IQueryable<Invitation> invitations) => MaySend(invitations)
        .Where(i => !db.Set<RoundMessage>().Any(m => m.InvitationId == i.Id && m.RoundId == i.RoundId
            && m.Kind == RoundMessageKind.Invitation));

    /// <summary>Posts invitations, inside the transaction that is open, to all of these with an address who had none yet. Returns how
    /// many.</summary>
    public async Task<int> PostAsync(Round round, IQueryable<Invitation> invitations) => MayPost(round)
        ? await PostAsync(round, RoundMessageKind.Invitation, Unposted(invitations)) : 0;

    /// <summary>Posts the same invitation once more to the same address, inside the transaction that is open.</summary>
    public async Task<bool> PostAgainAsync(Round round, Invitation invitation) =>
        MayPost(round) && await PostAsync(round, RoundMessageKind.Invitation,
            MaySend(db.Set<Invitation>().Where(i => i.Id == invitation.Id))) > 0;

    /// <summary>Tells a former address that the invitation went to another; inside whatever the caller saves.</summary>
    public async Task TellFormerAsync(Round round, string name, string address)
    {
        if (!outbox.IsSetUp) return;
        var form = await FormAsync(round);
        outbox.Post(address, form.MovedSubject, form.MovedBody(name));
    }

    /// <summary>Reminds everyone with an address, answered or not, who did not stop it. False when it is too early or was often enough, or
    /// the round is not open.</summary>
    public async Task<bool> RemindAsync(Round round, Action record, TimeSpan? apart = null)
    {
        if (!MayPost(round)) return false;
        var now = clock.Now();
        var latest = now - (apart ?? BetweenReminders);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var claimed = await db.Set<Round>().Where(r => r.Id == round.Id && r.State == RoundState.Open && !r.ClosingBegun
            && r.Reminders < MostReminders && r.OpenedAt <= latest && (r.RemindedAt == null || r.RemindedAt <= latest))
            // of two who press at once one goes on
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemindedAt, now).SetProperty(r => r.Reminders, r => r.Reminders + 1));
        if (claimed == 0) return false;
        await PostAsync(round, RoundMessageKind.Reminder,
            MaySend(db.Set<Invitation>().Where(i => i.RoundId == round.Id && !i.NoReminders)));
        record();
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Reminds in every open round that does so by itself and whose week is over.</summary>
    public async Task RemindDueAsync()
    {
        var latest = clock.Now() - Week;
        var due = await db.Set<Round>().AsNoTracking().Where(r => r.State == RoundState.Open && r.RemindsByItself && r.OpenedAt <= latest
            && (r.RemindedAt == null || r.RemindedAt <= latest)).ToListAsync();
        foreach (var round in due) await RemindAsync(round, () => { }, Week);
    }

    /// <summary>What an invitation looks like, to oneself.</summary>
    public async Task<bool> TestAsync(Round round, string name, string email)
    {
        if (!outbox.IsSetUp) return false;
        var form = await FormAsync(round);
        outbox.Post(email, TestMark + form.Subject(RoundMessageKind.Invitation), form.Body(RoundMessageKind.Invitation, name,
            outbox.Absolute(AnswerLinks.Answer("each-person-has-their-own"))));
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>The last test message to an address since the round opened.</summary>
    public Task<OutboxMessage?> LastTestAsync(Round round, string email) => db.Outbox.AsNoTracking()
        .Where(m => m.To == email && m.Subject.StartsWith(TestMark) && m.CreatedAt >= round.OpenedAt).OrderByDescending(m => m.Id)
            .FirstOrDefaultAsync();

    /// <summary>The letter itself, at the moment when it is sent; null where it is to go no more, because the round is over or the
    /// invitation was taken back.</summary>
    /// <exception cref="KeyGoneException">The round's key is not there just now.</exception>
    public async Task<ComposedLetter?> ComposeAsync(long messageId)
    {
        var found = await (from m in db.Set<RoundMessage>().AsNoTracking()
                           where m.MessageId == messageId
                           join i in db.Set<Invitation>().AsNoTracking() on m.InvitationId equals i.Id
                           select new { m.Kind, i.Id, i.Generation, i.Withdrawn, i.Replaced, i.Person!.Name, i.Round })
                               .FirstOrDefaultAsync();
        if (found is null || found.Withdrawn || found.Replaced || found.Round!.State != RoundState.Open) return null;
        var links = new LinkMaker(keys.Read(KeyUse.Round, found.Round.Key ?? ""));
        var secret = links.Secret(found.Id, found.Generation).ToString();
        var stop = found.Kind == RoundMessageKind.Reminder ? outbox.Absolute(AnswerLinks.NoReminders(secret)) : null;
        return new((await FormAsync(found.Round)).Body(found.Kind, found.Name, outbox.Absolute(AnswerLinks.Answer(secret)), stop), stop);
    }

    private bool MayPost(Round round) => outbox.IsSetUp && round.Ways.Contains(RoundWay.Mail);

    private async Task<int> PostAsync(Round round, RoundMessageKind kind, IQueryable<Invitation> invitations)
    {
        var form = await FormAsync(round);
        var people = await invitations.OrderBy(i => i.Id).Select(i => new { i.Id, i.Person!.Email }).ToListAsync();
        await NewLetters.PostAsync(db, round.Id, kind, people.Select(p => new NewLetter(p.Id, p.Email!, form.Subject(kind))), clock.Now());
        return people.Count;
    }
}
