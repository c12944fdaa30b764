using Colead.Analysis.Disclosure;
using Colead.Web.Features.Inventory.Inviting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Inventory;

/// <summary>How many have answered, as far as that may be told; the same for coordinators and leads.</summary>
public sealed class ProgressModel(OpenRounds opens, ResponseProgress response) : PageModel
{
    public OpenRound Open { get; private set; } = null!;
    public Progress Progress { get; private set; } = null!;
    public DateTime CountedAt { get; private set; }

    /// <summary>Of a hundred who were invited.</summary>
    public int Percent => Progress.Invited == 0 ? 0 : (int)Math.Round(100.0 * Progress.Answered / Progress.Invited, MidpointRounding.AwayFromZero);

    public IReadOnlyList<(string Title, IReadOnlyList<GroupProgress> Groups)> Views => [("Sectors", Progress.Sectors), ("Levels", Progress.Levels), ("Organisations", Progress.Organisations)];

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (await opens.FindAsync(roundId) is not { } open) return NotFound();
        Open = open;
        (Progress, CountedAt) = await response.ReadAsync(open.Round);
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
