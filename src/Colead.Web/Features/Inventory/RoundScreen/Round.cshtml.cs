using Colead.Data.Inventory;
using Colead.Web.Features.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>Where a round stands, and what to do next.</summary>
public sealed class RoundModel(PartnershipAccess access, Rounds rounds) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Round Round { get; private set; } = null!;
    public IReadOnlyList<Missing> Missing { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        Standing = await access.RequiredAsync();
        if (await rounds.Of(Standing).Include(r => r.Organisations).FirstOrDefaultAsync(r => r.Id == roundId) is not { } round) return NotFound();
        Round = round;
        if (round.State == RoundState.Draft) Missing = await rounds.MissingAsync(round);
        return Page();
    }
}
