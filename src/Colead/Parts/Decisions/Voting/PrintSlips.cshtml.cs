using Colead.Composition;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

/// <summary>The slips of a secret vote: the same whenever they are printed, and each printing is in the trail. Which slip is whose is
/// decided by drawing, and known to nobody.</summary>
[For(Role.Coordinator)]
public sealed class PrintSlipsModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, BallotBox box,
    ColeadSettings settings) : ProposalPage(access, proposals)
{
    private readonly PartnershipAccess access = access;
    private SecretVote? vote;

    public IReadOnlyList<string> Organisations { get; private set; } = [];
    /// <summary>Codes, once they are asked for.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];
    public string Address => settings.Address?.TrimEnd('/') + DecisionsLinks.BySlip();
    public bool NoKey => box.KeyOf(vote!) is null;

    protected override ProposalState When => ProposalState.Voting;

    public void OnGet()
    {
        // What slips mean is read before they are printed.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (box.KeyOf(vote!) is not { } key) return Page();
        Codes = [.. BallotBox.CodesOf(key, vote!).Select(code => string.Join(' ', code.Chunk(4).Select(four => new string(four))))];
        access.Record(Standing, "printed slips", $"{Proposal.Title}: {Codes.Count}");
        await db.SaveChangesAsync();
        return Page();
    }

    protected override async Task<bool> MayAsync()
    {
        vote = await db.SecretVotes.AsNoTracking().FirstOrDefaultAsync(v => v.ProposalId == Proposal.Id);
        return Standing.IsCoordinator && vote is { Slips: > 0 };
    }

    protected override async Task PrepareAsync() =>
        Organisations = await db.Set<ProposalVoice>().Where(v => v.ProposalId == Proposal.Id && v.BySlip)
            .OrderBy(v => v.Organisation!.NameKey).Select(v => v.Organisation!.Name).ToListAsync();
}
