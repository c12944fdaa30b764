using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

[For(Role.Member)]
public sealed class NewProposalModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals,
    TimeProvider clock) : RulesFields(clock)
{
    private readonly TimeProvider clock = clock;

    /// <summary>The thread it belongs to.</summary>
    [BindProperty(SupportsGet = true, Name = "thread")]
    public long? ThreadId { get; set; }

    /// <summary>The meeting it is made in.</summary>
    [BindProperty(SupportsGet = true, Name = "meeting")]
    public long? MeetingId { get; set; }

    /// <summary>The decision it looks at again.</summary>
    [BindProperty(SupportsGet = true, Name = "revisits")]
    public long? RevisitsId { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Key { get; set; }

    public Standing Standing { get; private set; } = null!;
    public string? Thread { get; private set; }
    public Proposal? Revisited { get; private set; }

    public override bool RulesShown => !ModelState.IsValid && ModelState.Any(entry => entry.Value!.Errors.Count > 0
        && entry.Key is not (nameof(Title) or nameof(Text) or nameof(Options) or nameof(Method)));

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return NotFound();
        Key = FormKey.New();
        ReviewOn = clock.Today().AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Revisited is { } before) (Title, Text, Method, Options) =
            ($"Review: {before.Title}"[..Math.Min(Proposal.TitleLength, before.Title.Length + 8)], before.Text, before.Method,
            WordingFields.Write(before.Options));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return NotFound();
        var wording = WordingFields.Read(ModelState, Title, Text, Options, HasOptions);
        if (ReadRules() is not { } rules) return Page();
        var id = await proposals.ProposeAsync(Standing, wording, rules, new(ThreadId ?? Revisited?.ThreadId, MeetingId, RevisitsId),
            FormKey.Of(Key));
        this.Say("Your proposal is there for everyone to advise on.");
        return Redirect(DecisionsLinks.Proposal(Standing.PartnershipId, id));
    }

    /// <summary>False where the thread or the decision is not of this partnership. A meeting is a part above this one: only its number is
    /// kept.</summary>
    private async Task<bool> LoadAsync()
    {
        Standing = await access.RequiredAsync();
        Organisations = await OrganisationsAsync(access, Standing);
        if (ThreadId is { } thread)
        {
            Thread = await db.Set<GoldenThread>().Where(t => t.Id == thread && t.PartnershipId == Standing.PartnershipId)
                .Select(t => t.Title).FirstOrDefaultAsync();
            if (Thread is null) return false;
        }
        if (RevisitsId is not { } revisits) return true;
        Revisited = await proposals.Of(Standing).AsNoTracking()
            .FirstOrDefaultAsync(p => p.Id == revisits && p.State == ProposalState.Decided);
        return Revisited is not null;
    }
}
