using Colead.Data.Inventory;
using Colead.Web.Features.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

public sealed class CloseEarlyModel(PartnershipAccess access, Rounds rounds) : RoundPage(access, rounds)
{
    private readonly Rounds rounds = rounds;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync() => await rounds.CloseAsync(Round, Standing) ? Done("The round is closed.") : StatusCode(StatusCodes.Status409Conflict);

    protected override Task<Round?> FindAsync(long roundId) => rounds.Of(Standing).AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId && r.State == RoundState.Open);
}
