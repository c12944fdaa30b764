using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Findings.Overview;

/// <summary>Rounds with findings, newest first.</summary>
[For(Role.Viewer, LeaversToo = true)]
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
