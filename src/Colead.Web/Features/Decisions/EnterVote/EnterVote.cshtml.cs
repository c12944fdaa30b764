using System.Globalization;
using Colead.Data;
using Colead.Data.Decisions;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared.TagHelpers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Decisions;

/// <summary>A coordinator enters the vote of an organisation that is absent or voted on paper. Everyone sees who entered it.</summary>
public sealed class EnterVoteModel(ColeadDb db, PartnershipAccess access, Proposals proposals, Ballots ballots) : BallotPage(access, proposals)
{
    public static IReadOnlyList<Choice> Ways { get; } =
    [
        new(nameof(VoteWay.Absent), "They told us", "By letter, mail or telephone: nobody of theirs could be there"),
        new(nameof(VoteWay.Paper), "On paper", "They filled in a ballot paper"),
    ];

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public VoteWay? Way { get; set; }

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public void OnGet() => Form = BallotForm.Empty(Proposal);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!long.TryParse(Organisation, NumberStyles.None, CultureInfo.InvariantCulture, out var organisation) || Organisations.All(choice => choice.Value != Organisation))
            ModelState.AddModelError(nameof(Organisation), "Choose whose vote it is");
        if (Way is not (VoteWay.Absent or VoteWay.Paper) && ModelState[nameof(Way)]?.Errors.Count is null or 0) ModelState.AddModelError(nameof(Way), "Say how it came in");
        if (Filled() is not { } filled || !ModelState.IsValid) return Page();
        return await ballots.VoteAsync(Standing, Proposal, organisation, filled, Way!.Value) == Cast.Taken
            ? Done("The vote is entered. It is shown with your name beside it.")
            : TooLate();
    }

    protected override Task<bool> MayAsync() => Task.FromResult(Standing.IsCoordinator && !Proposal.Secret);

    protected override async Task PrepareAsync()
    {
        var voices = await db.ProposalVoices.Where(v => v.ProposalId == Proposal.Id).OrderBy(v => v.Organisation!.NameKey)
            .Select(v => new { v.OrganisationId, v.Organisation!.Name, Voted = db.ProposalVotes.Any(vote => vote.ProposalId == v.ProposalId && vote.OrganisationId == v.OrganisationId) }).ToListAsync();
        Organisations = [.. voices.Select(v => new Choice(v.OrganisationId.ToString(CultureInfo.InvariantCulture), v.Name + (v.Voted ? " (has voted: this would replace it)" : "")))];
    }
}
