namespace Colead.Parts.Actions;

/// <summary>Addresses of this part.</summary>
public static class ActionsLinks
{
    /// <summary>All actions; or those of one organisation, or of one state: open, late, blocked, done, dropped.</summary>
    public static string All(long partnership, long? organisation = null, string? show = null) =>
        $"/partnerships/{partnership}/actions" + (organisation, show) switch { (null, null) => "", (null, _) => $"?show={show}",
            (_, null) => $"?organisation={organisation}", _ => $"?organisation={organisation}&show={show}" };
    public static string Map(long partnership) => $"/partnerships/{partnership}/actions/map";
    /// <summary>A form for a new action, of a thread or an outcome if one is given.</summary>
    public static string New(long partnership, long? thread = null, long? outcome = null) =>
        $"/partnerships/{partnership}/actions/new" + (thread, outcome) switch { (null, null) => "", (null, _) => $"?outcome={outcome}",
            (_, null) => $"?thread={thread}", _ => $"?thread={thread}&outcome={outcome}" };
    public static string Action(long partnership, long action) => $"/partnerships/{partnership}/actions/{action}";
    public static string Edit(long partnership, long action) => $"{Action(partnership, action)}/edit";
    /// <summary>Where reminders are stopped, without signing in.</summary>
    public static string Stop(string secret) => "/reminders/" + secret;
}
