using System.Globalization;
using System.Net.Sockets;
using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Outbox;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Colead.Parts.Mail;

/// <summary>
/// Sends what waits in the outbox, one letter after the other over one connection. Claiming a letter moves its due time on, so that a crash
/// in the middle makes it due again later and a second server leaves it alone meanwhile; sent twice after a crash, it carries the same
/// Message-ID.
/// </summary>
public sealed class MailSender(IServiceScopeFactory scopes, ColeadSettings settings, TimeProvider clock, ILogger<MailSender> log)
    : BackgroundService
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
        using var client = new SmtpClient();
        var tried = 0;
        while (true)
        {
            var now = clock.Now();
            var id = await db.Outbox.Where(m => m.SentAt == null && m.GivenUpAt == null && m.DueAt <= now).OrderBy(m => m.Id)
                .Select(m => (long?)m.Id).FirstOrDefaultAsync(cancellation);
            if (id is null)
            {
                if (client.IsConnected) await client.DisconnectAsync(quit: true, CancellationToken.None);
                return tried;
            }
            var claimed = await db.Outbox.Where(m => m.Id == id && m.SentAt == null && m.DueAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now + Claim).SetProperty(m => m.Attempts, m => m.Attempts + 1),
                    cancellation);
            if (claimed == 0) continue;
            tried++;
            var message = await db.Outbox.SingleAsync(m => m.Id == id, cancellation);
            await SendAsync(client, db, scope.ServiceProvider, message, cancellation);
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

    private async Task SendAsync(SmtpClient client, ColeadDb db, IServiceProvider services, OutboxMessage message,
        CancellationToken cancellation)
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
        await SendAsync(client, message, letter, cancellation);
    }

    private async Task SendAsync(SmtpClient client, OutboxMessage message, ComposedLetter composed, CancellationToken cancellation)
    {
        try
        {
            if (!client.IsConnected) await ConnectAsync(client, cancellation);
            await client.SendAsync(LetterOf(message, composed), cancellation);
            message.Sent(clock.Now());
        }
        catch (SmtpCommandException error)
        {
            // Who sends is the same for all letters.
            message.Failed(clock.Now(), error.ErrorCode == SmtpErrorCode.SenderNotAccepted
                ? OutboxMessage.NoServer + "used: " + error.Message : error.Message,
                forGood: error.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed);
        }
        catch (Exception error) when (error is SocketException or IOException or ProtocolException or System.Security.Authentication.AuthenticationException)
        {
            message.Failed(clock.Now(), OutboxMessage.NoServer + "reached: " + error.Message, forGood: false);
        }
        catch (Exception error) when (error is SslHandshakeException or AuthenticationException or NotSupportedException or ParseException)
        {
            // an address that is none, or a server that does not let us in
            message.Failed(clock.Now(), error is ParseException ? error.Message : OutboxMessage.NoServer + "used: " + error.Message,
                forGood: error is ParseException);
        }
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancellation)
    {
        var mail = settings.Mail;
        await client.ConnectAsync(mail.Host!, mail.Port,
            !mail.Tls ? SecureSocketOptions.None : mail.Port == MailSettings.TlsFromTheStart ? SecureSocketOptions.SslOnConnect
            : SecureSocketOptions.StartTls, cancellation);
        if (!string.IsNullOrEmpty(mail.User)) await client.AuthenticateAsync(mail.User, mail.Password ?? "", cancellation);
    }

    private MimeMessage LetterOf(OutboxMessage message, ComposedLetter composed)
    {
        var from = MailboxAddress.Parse(settings.Mail.From);
        var letter = new MimeMessage
        {
            Subject = message.Subject,
            Date = clock.GetUtcNow(),
            MessageId = string.Create(CultureInfo.InvariantCulture, $"colead-{message.CreatedAt.Ticks:x}-{message.Id:x}@{from.Domain}"),
        };
        letter.From.Add(from);
        letter.To.Add(MailboxAddress.Parse(message.To));
        if (settings.Mail.ReplyTo is { Length: > 0 } reply) letter.ReplyTo.Add(MailboxAddress.Parse(reply));
        letter.Headers.Add("Auto-Submitted", "auto-generated"); // no holiday note answers it (RFC 3834)
        if (composed.StopAt is { } stop)
        {
            letter.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop}>");
            // mail programs show a button of their own (RFC 8058)
            if (stop.StartsWith("https://", StringComparison.Ordinal)) letter.Headers.Add(HeaderId.ListUnsubscribePost,
                "List-Unsubscribe=One-Click");
        }
        var body = new BodyBuilder { TextBody = composed.Body };
        if (message.Calendar is { } calendar)
        {
            using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(calendar));
            body.Attachments.Add("meeting.ics", content, new ContentType("text", "calendar") { Charset = "utf-8" });
        }
        letter.Body = body.ToMessageBody();
        return letter;
    }
}

internal static partial class MailLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Mail waits: the database did not answer")]
    public static partial void DatabaseTrouble(ILogger log, Exception error);
}
