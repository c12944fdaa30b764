using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Actions.Planning;

/// <summary>Changes an action. Another day, another owner or another task is a change of course, and asks for a reason.</summary>
[For(Role.Lead)]
public sealed class EditActionModel(PartnershipAccess access, ActionOperations book, OutcomeOperations outcomes) : ActionFields(book,
    outcomes)
{
    [BindProperty]
    public string? Reason { get; set; }

    public PlannedAction Action { get; private set; } = null!;
    public string Back => ActionsLinks.Action(Standing.PartnershipId, Action.Id);

    public async Task<IActionResult> OnGetAsync(long actionId)
    {
        if (!await LoadAsync(actionId)) return NotFound();
        Show(ActionOperations.TextOf(Action));
        Version = Action.Version;
        NewKey();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long actionId)
    {
        if (!await LoadAsync(actionId)) return NotFound();
        var text = ReadText(Action.PersonId);
        var before = ActionOperations.TextOf(Action);
        var course = (text.Title, text.OrganisationId, text.PersonId, text.DueOn) != (before.Title, before.OrganisationId, before.PersonId,
            before.DueOn);
        var reason = Typed.Lines(ModelState, nameof(Reason), Reason, ActionNote.TextLength - 700, course
            ? "Say in a sentence why it changes" : null);
        if (!ModelState.IsValid) return Page();
        if (course) reason += WhatItWas(before, text);
        if (!await Book.SaveAsync(Standing, Action, Version, text, course ? reason : null, Key))
        {
            Book.Forget();
            if (!await LoadAsync(actionId)) return NotFound();
            return ShowBoth(Action.Version, Back, Differences(ActionOperations.TextOf(Action), text));
        }
        this.Say("Saved.");
        return Redirect(Back);
    }

    /// <summary>So that the note tells on its own what was promised before.</summary>
    private string WhatItWas(ActionText before, ActionText now) => string.Concat(
        now.DueOn != before.DueOn ? $"\nDue {Dates.Say(now.DueOn)} instead of {Dates.Say(before.DueOn)}." : "",
        now.OrganisationId != before.OrganisationId ? $"\nUntil now with {Action.Organisation!.Name}." : "",
        now.PersonId != before.PersonId && Action.Person is { } person ? $"\nUntil now {person.Name} saw to it." : "",
        now.Title != before.Title ? $"\nUntil now called “{before.Title}”." : "");

    private async Task<bool> LoadAsync(long actionId)
    {
        Standing = await access.RequiredAsync();
        Action = (await Book.FindAsync(Standing, actionId))!;
        if (Action is null || !Action.IsUnderWay || !Standing.Manages(Action.OrganisationId)) return false;
        await OfferAsync(Action);
        return true;
    }
}
