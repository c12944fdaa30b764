using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Parts.Rounds.Planning;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Running;

/// <summary>Ends a round before it closes. Of an open one its name is typed first, because answers are destroyed.</summary>
[For(Role.Coordinator)]
public sealed class CancelModel(PartnershipAccess access, RoundOperations rounds, RoundEnds ends) : RoundPage(access, rounds)
{
    private readonly RoundOperations rounds = rounds;

    [BindProperty]
    public string? Typed { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Round.State == RoundState.Open
            && ShortText.Key(Typed ?? "") != ShortText.Key(Round.Name)) ModelState.AddModelError(nameof(Typed),
            "Type the name exactly as it stands here");
        if (!ModelState.IsValid) return Page();
        return await ends.CancelAsync(Standing, Round) ? Done("The round is cancelled.") : StatusCode(StatusCodes.Status409Conflict);
    }

    protected override Task<Round?> FindAsync(long roundId) =>
        rounds.Of(Standing).AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId
            && (r.State == RoundState.Draft || r.State == RoundState.Open));
}
