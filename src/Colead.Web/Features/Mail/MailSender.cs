using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using Colead.Data;
using Colead.Data.Keys;
using Colead.Data.Mail;
using Colead.Web.Hosting;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Mail;

/// <summary>
/// Sends what waits in the outbox, one letter after the other. Claiming a letter moves its due time on, so that a crash in the middle makes it due again later
/// and a second server leaves it alone meanwhile.
/// </summary>
public sealed class MailSender(IServiceScopeFactory scopes, ColeadSettings settings, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!settings.Mail.IsSetUp) continue;
            try
            {
                await SendDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException)
            {
                MailLog.DatabaseTrouble(log, error); // nothing is lost: what was not marked sent is tried again
            }
        }
    }

    /// <summary>Sends every letter that is due now. Returns how many were tried.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var tried = 0;
        while (true)
        {
            var now = clock.Now();
            var id = await db.Outbox.Where(m => m.SentAt == null && m.GivenUpAt == null && m.DueAt <= now).OrderBy(m => m.Id).Select(m => (long?)m.Id).FirstOrDefaultAsync(cancellation);
            if (id is null) return tried;
            var claimed = await db.Outbox.Where(m => m.Id == id && m.SentAt == null && m.DueAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now + Claim).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation);
            if (claimed == 0) continue;
            tried++;
            var message = await db.Outbox.SingleAsync(m => m.Id == id, cancellation);
            await SendAsync(db, scope.ServiceProvider, message, cancellation);
            try
            {
                await db.SaveChangesAsync(CancellationToken.None); // once the server has it, remember it even while stopping
            }
            catch (DbUpdateConcurrencyException)
            {
                // It took so long that another server took the letter over, and finished it.
            }
            db.ChangeTracker.Clear();
        }
    }

    private async Task SendAsync(ColeadDb db, IServiceProvider services, OutboxMessage message, CancellationToken cancellation)
    {
        var letter = new ComposedLetter(message.Body, message.StopAt);
        if (message.Composed)
        {
            try
            {
                if (await services.GetRequiredService<ComposeLetter>()(message.Id) is { } composed) letter = composed;
                else
                {
                    db.Outbox.Remove(message); // what it was about is over
                    return;
                }
            }
            catch (KeyGoneException)
            {
                message.Failed(clock.Now(), "The key from which its link is made is not there", forGood: false);
                return;
            }
        }
        await SendAsync(message, letter, cancellation);
    }

    private async Task SendAsync(OutboxMessage message, ComposedLetter composed, CancellationToken cancellation)
    {
        var mail = settings.Mail;
        using var letter = new MailMessage(mail.From, message.To, message.Subject, composed.Body) { BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8 };
        if (composed.StopAt is { } stop)
        {
            letter.Headers.Add("List-Unsubscribe", $"<{stop}>");
            if (stop.StartsWith("https://", StringComparison.Ordinal)) letter.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // mail programs show a button of their own (RFC 8058)
        }
        if (message.Calendar is { } calendar) letter.Attachments.Add(Attachment.CreateAttachmentFromString(calendar, new ContentType("text/calendar; charset=utf-8") { Name = "meeting.ics" }));
        using var client = new SmtpClient(mail.Host, mail.Port) { EnableSsl = mail.Tls };
        if (!string.IsNullOrEmpty(mail.User)) client.Credentials = new NetworkCredential(mail.User, mail.Password);
        try
        {
            await client.SendMailAsync(letter, cancellation);
            message.Sent(clock.Now());
        }
        catch (SmtpException error)
        {
            var reason = error.InnerException is SocketException or IOException ? "The mail server could not be reached: " + error.InnerException.Message : error.Message;
            message.Failed(clock.Now(), reason, forGood: error.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed);
        }
    }
}

internal static partial class MailLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Mail waits: the database did not answer")]
    public static partial void DatabaseTrouble(ILogger log, Exception error);
}
