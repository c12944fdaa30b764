namespace Colead.Parts.Outcomes;

/// <summary>Addresses of this part.</summary>
public static class OutcomesLinks
{
    public static string All(long partnership) => $"/partnerships/{partnership}/outcomes";
    /// <summary>A form for a new outcome, of a thread if one is given.</summary>
    public static string New(long partnership, long? thread = null) => $"/partnerships/{partnership}/outcomes/new"
        + (thread is null ? "" : $"?thread={thread}");
    public static string Outcome(long partnership, long outcome) => $"/partnerships/{partnership}/outcomes/{outcome}";
    public static string Edit(long partnership, long outcome) => $"{Outcome(partnership, outcome)}/edit";
    public static string NewIndicator(long partnership, long outcome) => $"{Outcome(partnership, outcome)}/indicators/new";
    public static string Indicator(long partnership, long outcome, long indicator) =>
        $"{Outcome(partnership, outcome)}/indicators/{indicator}";
    public static string EditIndicator(long partnership, long outcome, long indicator) =>
        $"{Indicator(partnership, outcome, indicator)}/edit";
    public static string Story(long partnership, long outcome, long indicator) => $"{Indicator(partnership, outcome, indicator)}/story";
    public static string Import(long partnership, long outcome, long indicator) => $"{Indicator(partnership, outcome, indicator)}/import";
    public static string Reading(long partnership, long outcome, long indicator, long reading) =>
        $"{Indicator(partnership, outcome, indicator)}/readings/{reading}";
}
