using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Rounds.Planning;

/// <summary>How people get their links. Fixed at opening: the weakest way decides what all can be promised.</summary>
[For(Role.Coordinator)]
public sealed class WaysModel(PartnershipAccess access, RoundOperations rounds, AskedPeople asked, Outbox outbox) : DraftPage(access,
    rounds)
{
    [BindProperty]
    public bool Mail { get; set; }

    [BindProperty]
    public bool Paper { get; set; }

    [BindProperty]
    public bool Merge { get; set; }

    public bool MailIsSetUp => outbox.IsSetUp;
    public int WithAddress { get; private set; }
    public int WithoutAddress { get; private set; }

    public async Task OnGetAsync()
    {
        (Mail, Paper, Merge) = (Round.Ways.Contains(RoundWay.Mail), Round.Ways.Contains(RoundWay.Paper),
            Round.Ways.Contains(RoundWay.Merge));
        await CountAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Mail && !Paper && !Merge) ModelState.AddModelError(nameof(Mail), "Choose at least one way");
        if (!ModelState.IsValid)
        {
            await CountAsync();
            return Page();
        }
        Round.Ways = [.. new[] { (Mail, RoundWay.Mail), (Paper, RoundWay.Paper), (Merge, RoundWay.Merge) }.Where(way => way.Item1)
            .Select(way => way.Item2)];
        return await SaveAsync("how people get their links");
    }

    private async Task CountAsync()
    {
        var people = await asked.InviteesAsync(Round);
        WithAddress = people.Count(p => p.HasAddress);
        WithoutAddress = people.Count - WithAddress;
    }
}
