using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.OwnAims;

/// <summary>One own aim, and how the shared aims fit it.</summary>
[For(Role.Viewer)]
public sealed class OwnAimModel(PartnershipAccess access, AimOperations aims, ThreadOperations threads) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public OwnAim Aim { get; private set; } = null!;
    public bool Speaks => Standing.IsLead && Standing.OrganisationId == Aim.OrganisationId;
    public int SharedAims { get; private set; }
    public IReadOnlyList<FitRow> Fits { get; private set; } = [];

    public string Headline
    {
        get
        {
            var (supports, conflicts) = (Fits.Count(fit => fit.Word == FitWord.Supports), Fits.Count(fit => fit.Word == FitWord.Conflicts));
            return SharedAims == 0 ? "There is no shared aim yet to set it against"
                : Fits.Count == 0 ? "Nobody has said yet how the shared aims fit it"
                : (supports, conflicts) switch
                {
                    ( > 0, 0) => supports == 1 ? "One shared aim supports it" : "Shared aims support it",
                    ( > 0, _) => "Supported by some shared aims, and against others",
                    (0, > 0) => "Shared aims conflict with it, and none supports it",
                    _ => "No shared aim supports it",
                };
        }
    }

    /// <summary>Whether the reader may start a thread with it; one that an organisation keeps to itself starts none, because everyone would
    /// read it.</summary>
    public bool MayTakeUp => Standing.TakesPart && Aim.EndedAt is null && Aim.Visibility != AimVisibility.Itself && Aim.ThreadId is null;

    public async Task<IActionResult> OnPostTakeUpAsync(long ownAimId)
    {
        if (!await FindAsync(ownAimId)) return NotFound();
        if (Aim.ThreadId is { } already) return Redirect(ThreadsLinks.Thread(Standing.PartnershipId, already));
        if (!MayTakeUp) return NotFound();
        return Redirect(ThreadsLinks.Talk(Standing.PartnershipId, await aims.TakeUpAsync(Standing, Aim, threads)));
    }

    public async Task<IActionResult> OnGetAsync(long ownAimId)
    {
        if (!await FindAsync(ownAimId)) return NotFound();
        SharedAims = await aims.Current(Standing).CountAsync();
        Fits = await aims.Fits(Standing).Where(f => f.OwnAimId == ownAimId && f.SharedAim!.EndedAt == null).OrderBy(f => f.SharedAimId)
            .Select(f => new FitRow(f.SharedAimId, f.SharedAim!.Name, f.Word, f.Why, f.Number < f.SharedAim!.Number)).ToListAsync();
        return Page();
    }

    private async Task<bool> FindAsync(long ownAimId)
    {
        Standing = await access.RequiredAsync();
        Aim = (await aims.Own(Standing).AsNoTracking().Include(a => a.Organisation).FirstOrDefaultAsync(a => a.Id == ownAimId))!;
        return Aim is not null;
    }

    public sealed record FitRow(long SharedAimId, string Name, FitWord Word, string Why, bool OfEarlier);
}
