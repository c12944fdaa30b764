using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>What is being decided, and what was.</summary>
[For(Role.Viewer)]
public sealed class DecisionsModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, TimeProvider clock) : PageModel
{
    private const int Most = 500;

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Voting { get; private set; } = [];
    public IReadOnlyList<Row> Advice { get; private set; } = [];
    public IReadOnlyList<Row> Past { get; private set; } = [];
    public DateOnly Today { get; private set; }

    /// <summary>Of the open ones, in words.</summary>
    public string Headline => (Voting.Count, Advice.Count) switch
    {
        (0, 0) => "Nothing is waiting to be decided",
        (0, 1) => "One proposal is open for advice",
        (0, var advice) => $"{advice} proposals are open for advice",
        (1, _) => "One proposal is being voted on",
        (var voting, _) => $"{voting} proposals are being voted on",
    };

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        Today = clock.Today();
        var mine = Standing.OrganisationId;
        var rows = await proposals.Of(Standing).AsNoTracking().OrderByDescending(p => p.ClosedAt ?? p.ProposedAt)
            .ThenByDescending(p => p.Id).Take(Most).Select(p => new Row(
            p.Id, p.Title, p.State, p.Outcome, p.OutcomeWords, p.ProposedBy, p.Organisation!.Name, p.OpensAt, p.ClosesAt, p.ClosedAt,
                p.ReviewOn,
            p.Voices.Count, p.Secret ? null : p.Votes.Count, p.Advice.Count,
            !p.OnPaper && p.Voices.Any(v => v.OrganisationId == mine && !v.BySlip) && !p.Votes.Any(v => v.OrganisationId == mine),
            db.Set<Proposal>().Any(later => later.RevisitsId == p.Id))).ToListAsync();
        Voting = [.. rows.Where(r => r.State == ProposalState.Voting).OrderBy(r => r.ClosesAt ?? DateTime.MaxValue)];
        Advice = [.. rows.Where(r => r.State == ProposalState.Advice)];
        Past = [.. rows.Where(r => r.State is ProposalState.Decided or ProposalState.Withdrawn)];
    }

    /// <param name="WaitsForUs">Whether the reader's organisation has a voice on screen and, where everyone may know, has not used
    /// it.</param>
    public sealed record Row(
        long Id, string Title, ProposalState State, DecisionOutcome? Outcome, string OutcomeWords, string ProposedBy, string? Organisation,
            DateTime? OpensAt, DateTime? ClosesAt,
        DateTime? ClosedAt, DateOnly? ReviewOn, int Voices, int? Voted, int Advice, bool WaitsForUs, bool Revisited);
}
