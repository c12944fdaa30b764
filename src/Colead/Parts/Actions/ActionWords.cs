using Colead.Kit.Forms;
using Colead.Kit.Texts;

namespace Colead.Parts.Actions;

/// <summary>This part's choices, and how its states are said and drawn.</summary>
public static class ActionWords
{
    public static IReadOnlyList<Choice> Natures { get; } =
    [
        new(nameof(ActionNature.Transactional), "Does what we do", "Keeps something going, or does more of it: transactional"),
        new(nameof(ActionNature.Transformational), "Changes how we do it", "Changes how the system works: transformational"),
    ];

    public static string Say(ActionNature nature) => nature == ActionNature.Transformational ? "Changes how we do it" : "Does what we do";

    public static string Say(ActionState state, bool late) => state switch
    {
        ActionState.Done => "Done",
        ActionState.Dropped => "Dropped",
        ActionState.Blocked => late ? "Blocked, and late" : "Blocked",
        _ => late ? "Late" : "Under way",
    };

    /// <summary>A sign for each state that is told apart without colour.</summary>
    public static string Sign(ActionState state, bool late) => state switch
    {
        ActionState.Done => "✓",
        ActionState.Dropped => "✕",
        ActionState.Blocked => "▲",
        _ => late ? "◆" : "●",
    };

    public static string Class(ActionState state, bool late) => state switch
    {
        ActionState.Done => "mark done",
        ActionState.Dropped => "mark dropped",
        ActionState.Blocked => "mark blocked",
        _ => late ? "mark late" : "mark",
    };

    public static string Say(ActionNoteKind kind) => kind switch
    {
        ActionNoteKind.Blocked => "Blocked",
        ActionNoteKind.Freed => "Under way again",
        ActionNoteKind.Changed => "Changed course",
        ActionNoteKind.Dropped => "Dropped",
        ActionNoteKind.Done => "Done",
        ActionNoteKind.Reopened => "Taken up again",
        _ => "Progress",
    };

    /// <summary>The balance of a plan in words: how much of it changes how the system works, and whose.</summary>
    public static string Balance(IReadOnlyList<OrganisationBalance> organisations)
    {
        var (changing, doing) = (organisations.Sum(o => o.Transformational), organisations.Sum(o => o.Transactional));
        if (changing + doing == 0) return "There is nothing to balance yet.";
        var whole = changing == 0
            ? $"{(doing == 1 ? "The one action does" : $"All {doing} actions do")} what you do already. Is there one that would change how the system works?"
            : doing == 0
                ? $"{(changing == 1 ? "The one action changes" : $"All {changing} actions change")} how you do things. Who keeps today going meanwhile?"
                : $"{changing} of {changing + doing} actions {(changing == 1 ? "changes" : "change")} how you do things; {doing} {(doing == 1 ? "does" : "do")} more of what you do.";
        var only = organisations.Where(o => o is { Transformational: 0, Transactional: > 0 }).Select(o => o.Name).ToList();
        return only.Count > 0 && changing > 0
            ? $"{whole} {Joined.And(only)} {(only.Count == 1 ? "has" : "have")} none of the changing ones." : whole;
    }

    public static string Headline(int underWay, int late) => (underWay, late) switch
    {
        (0, _) => "No action is under way",
        (_, 0) => $"{Dates.Count(underWay, "action is", "actions are")} under way, none of them late",
        _ => $"{Dates.Count(underWay, "action is", "actions are")} under way, {late} of them late",
    };
}

/// <summary>How many actions of each kind an organisation has, leaving out those dropped.</summary>
public sealed record OrganisationBalance(long Id, string Name, int Transformational, int Transactional, int CoProduced, int UnderWay,
    int Late, int Done);
