using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions;

/// <summary>The vote that closes first, for the overview.</summary>
internal sealed class VotesUnderWay(ColeadDb db) : IUnderWay
{
    public int Place => 10;

    public async Task<UnderWayLine?> OfAsync(Standing standing)
    {
        var open = await db.Set<Proposal>().Where(x => x.PartnershipId == standing.PartnershipId && x.State == ProposalState.Voting)
            .OrderBy(x => x.ClosesAt).ThenBy(x => x.Id).Select(x => new { x.Id, x.Title, x.ClosesAt }).ToListAsync();
        return open.Count == 0 ? null : new(open.Count == 1 ? "A vote is open" : $"{open.Count} votes are open", open[0].Title,
            DecisionsLinks.Proposal(standing.PartnershipId, open[0].Id), open[0].ClosesAt is { } closes ? $"until {Dates.Say(closes)}"
                : "");
    }
}
