using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Findings;

/// <summary>Rounds with findings, newest first.</summary>
public sealed class FindingsAllModel(PartnershipAccess access, PublishedRounds rounds) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<RoundFindings> Rounds { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        Rounds = await rounds.AllAsync();
    }

    public static DateOnly DayOf(RoundFindings round) => Dates.DayOf(round.SealedAt);
}
