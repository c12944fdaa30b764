using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Parts.Rounds.Planning;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Running;

[For(Role.Coordinator)]
public sealed class CloseEarlyModel(PartnershipAccess access, RoundOperations rounds, RoundEnds ends) : RoundPage(access, rounds)
{
    private readonly RoundOperations rounds = rounds;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            return await ends.CloseAsync(Round, Standing) ? Done("The round is closed.") : StatusCode(StatusCodes.Status409Conflict);
        }
        catch (ClosingRefusedException refused)
        {
            ModelState.AddModelError("", refused.Obstacle == ClosingObstacle.NoRoom
                ? "It cannot be closed just now: the computer that runs Colead has too little room. Nothing is lost. The operator is told; try again later"
                : "It cannot be closed: the key to its answers is not here. The operator is told. If the database was restored from a backup, this round can only be cancelled");
            var page = Page();
            page.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return page;
        }
    }

    protected override Task<Round?> FindAsync(long roundId) => rounds.Of(Standing).AsNoTracking()
        .FirstOrDefaultAsync(r => r.Id == roundId && r.State == RoundState.Open);
}
