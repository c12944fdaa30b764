using Colead.Parts.Invitations;
using Colead.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Answering.Links;

/// <summary>Whoever has a link may stop reminders, answered or not: so nothing of it tells which. Mail programs post here by one click (RFC
/// 8058).</summary>
[AllowAnonymous]
public sealed class NoRemindersModel(AnswerOperations answers, ColeadDb db) : RespondentPage(answers)
{
    protected override bool NeedsDraft => false;

    public bool Done { get; private set; }

    public IActionResult OnGet() => IsTheirs ? Page() : Redirect(Arrival.Spoken(Visit.Base));

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsTheirs) return Redirect(Arrival.Spoken(Visit.Base));
        var invitation = Visit.Standing!.Invitation!.Id;
        await db.Set<Invitation>().Where(i => i.Id == invitation).ExecuteUpdateAsync(set => set.SetProperty(i => i.NoReminders, true));
        Done = true;
        return Page();
    }

    private bool IsTheirs => Visit is { Standing.Invitation: not null,
        Situation: Situation.Ready or Situation.Begun or Situation.BegunElsewhere or Situation.Used or Situation.TryLater };
}
