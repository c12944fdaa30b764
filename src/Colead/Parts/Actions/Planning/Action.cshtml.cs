using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Actions.Planning;

/// <summary>One action: whose it is, how it goes, and where those who see to it say so.</summary>
[For(Role.Viewer)]
public sealed class ActionModel(PartnershipAccess access, ActionOperations book, TimeProvider clock) : EditPage
{
    [BindProperty]
    public ActionNoteKind? Kind { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public Standing Standing { get; private set; } = null!;
    public PlannedAction Action { get; private set; } = null!;
    public bool Late { get; private set; }
    public bool MayReport => ActionOperations.MayReport(Standing, Action);
    public bool MayEdit => Action.IsUnderWay && Standing.Manages(Action.OrganisationId);

    public IReadOnlyList<Choice> Kinds =>
    [
        .. new Choice[]
        {
            Action.IsUnderWay ? new(nameof(ActionNoteKind.Progress), "It goes on", "Say what has happened")
                : new(nameof(ActionNoteKind.Progress), "It stays as it is", "Say what came of it"),
            new(nameof(ActionNoteKind.Freed), "It is free again", "Nothing stands in the way any more"),
            new(nameof(ActionNoteKind.Blocked), "It is blocked", "Say by what, so that somebody can help"),
            new(nameof(ActionNoteKind.Done), "It is done"),
            new(nameof(ActionNoteKind.Dropped), "We drop it", "Say why; that is worth knowing"),
            new(nameof(ActionNoteKind.Reopened), "It goes on after all"),
        }.Where(choice => Action.Takes(Enum.Parse<ActionNoteKind>(choice.Value))),
    ];

    public async Task<IActionResult> OnGetAsync(long actionId)
    {
        if (!await LoadAsync(actionId)) return NotFound();
        (Version, Kind) = (Action.Version, ActionNoteKind.Progress);
        NewKey();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long actionId)
    {
        if (!await LoadAsync(actionId) || !MayReport) return NotFound();
        var again = Action.Notes.Exists(n => n.FormKey == FormKey);
        if (Kind is null or ActionNoteKind.Changed) ModelState.AddModelError(nameof(Kind), "Choose how it goes");
        var text = Typed.Lines(ModelState, nameof(Text), Text, ActionNote.TextLength,
            Kind is ActionNoteKind.Done or ActionNoteKind.Freed or ActionNoteKind.Reopened ? null : Kind switch
        {
            ActionNoteKind.Blocked => "Say what stands in the way",
            ActionNoteKind.Dropped => "Say why it is dropped",
            _ => "Say what has happened",
        });
        if (!ModelState.IsValid) return Page();
        if (!again && await book.NoteAsync(Standing, Action, Kind!.Value, text, Version, Key) == NoteResult.Clashed)
        {
            var typed = Kind.Value;
            book.Forget();
            if (!await LoadAsync(actionId)) return NotFound();
            var last = Action.Notes.MaxBy(n => n.Id);
            return ShowBoth(Action.Version, ActionsLinks.Action(Standing.PartnershipId, actionId),
                ("Where it stands", ActionWords.Say(Action.State, Late), ActionWords.Say(typed)),
                (last is null ? "Note" : $"Note by {last.Who}", last?.Text, text));
        }
        this.Say("Kept.");
        return Redirect(ActionsLinks.Action(Standing.PartnershipId, actionId));
    }

    private async Task<bool> LoadAsync(long actionId)
    {
        Standing = await access.RequiredAsync();
        Action = (await book.FindAsync(Standing, actionId))!;
        Late = Action?.IsLate(clock.Today()) == true;
        return Action is not null;
    }
}
