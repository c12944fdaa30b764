using Colead.Parts.Partnerships.Lists;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Rounds;

/// <summary>Lists are used when a round opens.</summary>
public sealed class LastOpening(ColeadDb db) : IListUse
{
    public Task<DateTime?> LastAsync(long partnershipId) => db.Set<Round>()
        .Where(r => r.PartnershipId == partnershipId && r.OpenedAt != null && r.CancelledAt == null).MaxAsync(r => r.OpenedAt);
}
