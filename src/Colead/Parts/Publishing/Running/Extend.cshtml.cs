using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Parts.Rounds.Planning;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Running;

[For(Role.Coordinator)]
public sealed class ExtendModel(PartnershipAccess access, RoundOperations rounds, TimeProvider clock) : RoundPage(access, rounds)
{
    private readonly RoundOperations rounds = rounds;

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    public void OnGet() => (ClosesOn, ClosesTime) = DateAndTime.Write(Round.ClosesAt!.Value.AddDays(7));

    public async Task<IActionResult> OnPostAsync()
    {
        var closes = DateAndTime.Read(ModelState, nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        if (closes <= Round.ClosesAt) ModelState.AddModelError(nameof(ClosesOn),
            "Choose a later time than now. To end it sooner, close it now");
        if (!ModelState.IsValid) return Page();
        return await rounds.ExtendAsync(Standing, Round, closes!.Value) ? Done("People have more time.")
            : StatusCode(StatusCodes.Status409Conflict);
    }

    protected override Task<Round?> FindAsync(long roundId) => rounds.Of(Standing).AsNoTracking()
        .FirstOrDefaultAsync(r => r.Id == roundId && r.State == RoundState.Open);
}
