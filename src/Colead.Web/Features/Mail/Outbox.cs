using Colead.Data;
using Colead.Data.Mail;
using Colead.Web.Hosting;
using Colead.Web.Shared;

namespace Colead.Web.Features.Mail;

/// <summary>Where letters are put. They leave with the transaction that the caller saves: what is not saved is not sent.</summary>
public sealed class Outbox(ColeadDb db, ColeadSettings settings, TimeProvider clock)
{
    public bool IsSetUp => settings.Mail.IsSetUp;

    /// <param name="stopAt">Where one click stops letters of this kind.</param>
    public void Post(string to, string subject, string body, long? partnershipId = null, string? stopAt = null)
    {
        var now = clock.Now();
        db.Outbox.Add(new OutboxMessage
        {
            To = to,
            Subject = subject.Length > OutboxMessage.SubjectLength ? subject[..OutboxMessage.SubjectLength] : subject,
            Body = body,
            PartnershipId = partnershipId,
            CreatedAt = now,
            DueAt = now,
            StopAt = stopAt,
        });
    }

    /// <summary>A page's address as people reach it. Never taken from the request: a forged Host header must not get into a letter.</summary>
    public string Absolute(string path) => (settings.Address ?? "http://localhost").TrimEnd('/') + path;
}
