using Colead.Analysis.Disclosure;
using Colead.Data.Partnerships;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Invitations.Sending;

/// <summary>How many have answered, as far as that may be told; the same for coordinators and leads.</summary>
[For(Role.Lead)]
public sealed class ProgressModel(OpenRoundOperations opens, ResponseProgress response) : PageModel
{
    public OpenRound Open { get; private set; } = null!;
    /// <summary>Null before the first week is over.</summary>
    public Progress? Progress { get; private set; }
    public DateTime? CountedAt { get; private set; }
    public DateTime NextAt => ResponseProgress.NextAfter(Open.Round, CountedAt);

    public IReadOnlyList<GroupProgress> Organisations => Progress?.Organisations ?? [];

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (await opens.FindAsync(roundId) is not { } open) return NotFound();
        Open = open;
        if (await response.ReadAsync(open.Round) is { } counted) (Progress, CountedAt) = counted;
        return Page();
    }

    public static string Say(RateBand band) => band switch
    {
        RateBand.UnderOneFifth => "under a fifth",
        RateBand.FromOneFifth => "one to two fifths",
        RateBand.FromTwoFifths => "two to three fifths",
        RateBand.FromThreeFifths => "three to four fifths",
        RateBand.FromFourFifths => "four fifths or more",
        _ => throw new ArgumentOutOfRangeException(nameof(band)),
    };
}
