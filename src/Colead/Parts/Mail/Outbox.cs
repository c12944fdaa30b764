using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Storage;
using Colead.Storage.Outbox;

namespace Colead.Parts.Mail;

/// <summary>Where letters are put. They leave with the transaction that the caller saves: what is not saved is not sent.</summary>
public sealed class Outbox(ColeadDb db, ColeadSettings settings, TimeProvider clock)
{
    public bool IsSetUp => settings.Mail.IsSetUp;

    /// <param name="stopAt">Where one click stops letters of this kind.</param>
    /// <param name="calendar">A calendar file, which mail programs offer to put into the reader's calendar.</param>
    public void Post(string to, string subject, string body, long? partnershipId = null, string? stopAt = null, string? calendar = null)
    {
        var now = clock.Now();
        db.Outbox.Add(new OutboxMessage
        {
            To = to,
            Subject = subject[..Math.Min(subject.Length, OutboxMessage.SubjectLength)],
            Body = body,
            PartnershipId = partnershipId,
            CreatedAt = now,
            DueAt = now,
            StopAt = stopAt,
            Calendar = calendar,
        });
    }

    /// <summary>A page's address as people reach it. Never taken from the request: a forged Host header must not get into a
    /// letter.</summary>
    public string Absolute(string path) => (settings.Address ?? "http://localhost").TrimEnd('/') + path;
}
