using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Colead.Data.Inventory;

/// <summary>Answers of a closed round, as publishing reads them.</summary>
public sealed record SealedRow(long? OrganisationId, Sector? Sector, Level? Level, byte[] Answers);

/// <summary>Summaries of a closed round, as publishing reads them.</summary>
public sealed record SealedSummary(byte[] Answers, byte[]? OpenLink);

/// <summary>
/// The only door to answers and summaries of closed rounds. Publishing code alone goes through it (a test names who may); pages, exports and reports read publications.
/// </summary>
public sealed class SealedAnswers(ColeadDb db)
{
    /// <summary>The rows of one round, in their random order, without loading them all at once.</summary>
    public IAsyncEnumerable<SealedRow> Rows(long roundId, bool byOpenLink) => db.Set<ClosedResponse>().AsNoTracking()
        .Where(r => r.RoundId == roundId && r.ByOpenLink == byOpenLink).Select(r => new SealedRow(r.OrganisationId, r.Sector, r.Level, r.Answers)).AsAsyncEnumerable();

    /// <summary>How many rows that is.</summary>
    public Task<int> CountAsync(long roundId, bool byOpenLink) => db.Set<ClosedResponse>().CountAsync(r => r.RoundId == roundId && r.ByOpenLink == byOpenLink);

    public Task<SealedSummary?> SummaryAsync(long roundId) => db.Set<StoredSummary>().AsNoTracking()
        .Where(s => s.RoundId == roundId).Select(s => new SealedSummary(s.Answers, s.OpenLink)).FirstOrDefaultAsync();

    /// <summary>Keeps the summaries of a round; saved with whatever the caller saves.</summary>
    public void Keep(long roundId, SealedSummary summary) => db.Add(new StoredSummary { RoundId = roundId, Answers = summary.Answers, OpenLink = summary.OpenLink });
}
