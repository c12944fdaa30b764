using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

/// <summary>A coordinator enters the vote of an organisation that is absent or voted on paper. Everyone sees who entered it.</summary>
[For(Role.Coordinator)]
public sealed class EnterVoteModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals,
    BallotOperations ballots) : BallotPage(access, proposals)
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

    /// <summary>What this form has seen: each organisation that had voted, with its version, as <see cref="SeenNow"/> writes it.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];
    public string SeenNow { get; private set; } = "";

    public void OnGet() => Form = BallotForm.Empty(Proposal);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!long.TryParse(Organisation, NumberStyles.None, CultureInfo.InvariantCulture, out var organisation)
            || Organisations.All(choice => choice.Value != Organisation))
            ModelState.AddModelError(nameof(Organisation), "Choose whose vote it is");
        if (Way is not (VoteWay.Absent or VoteWay.Paper)
            && ModelState[nameof(Way)]?.Errors.Count is null or 0) ModelState.AddModelError(nameof(Way), "Say how it came in");
        if (Filled() is not { } filled || !ModelState.IsValid) return Page();
        switch (await ballots.VoteAsync(Standing, Proposal, organisation, filled, Way!.Value, SeenOf(organisation)))
        {
            case Cast.Taken:
                return Done("The vote is entered. It is shown with your name beside it.");
            case Cast.Meanwhile:
                await PrepareAsync();
                ModelState.AddModelError(nameof(Organisation),
                    "They voted while you had this open. Enter it again if it is to replace their vote");
                return this.Differs();
            default:
                return await TooLateAsync();
        }
    }

    /// <summary>What the form had seen of this organisation's vote.</summary>
    private int SeenOf(long organisation)
    {
        var one = (Seen ?? "").Split(' ').Select(pair => pair.Split(':'))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0] == organisation.ToString(CultureInfo.InvariantCulture));
        return one is not null && int.TryParse(one[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    protected override Task<bool> MayAsync() => Task.FromResult(Standing.IsCoordinator && !Proposal.Secret);

    protected override async Task PrepareAsync()
    {
        var voices = await db.Set<ProposalVoice>().Where(v => v.ProposalId == Proposal.Id).OrderBy(v => v.Organisation!.NameKey)
            .Select(v => new { v.OrganisationId, v.Organisation!.Name, Vote = db.Set<ProposalVote>()
                .FirstOrDefault(vote => vote.ProposalId == v.ProposalId && vote.OrganisationId == v.OrganisationId) }).AsNoTracking()
                .ToListAsync();
        SeenNow = string.Join(' ', voices.Where(v => v.Vote is not null)
            .Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.OrganisationId}:{BallotOperations.SeenOf(v.Vote)}")));
        Organisations = [.. voices.Select(v => new Choice(v.OrganisationId.ToString(CultureInfo.InvariantCulture), v.Name
            + (v.Vote is not null ? " (has voted: this would replace it)" : "")))];
    }
}
