namespace Colead.Parts.Invitations;

/// <summary>Addresses of this part, as respondents have them.</summary>
public static class AnswerLinks
{
    /// <summary>A respondent's link.</summary>
    public static string Answer(string secret) => $"/a/{secret}";
    /// <summary>Where whoever has a link says that they want no more reminders.</summary>
    public static string NoReminders(string secret) => $"/a/{secret}/no-reminders";
    /// <summary>Where a link is typed from a letter.</summary>
    public static string AnswerTyped() => "/answer";
    public static string AnswerOpen(string openLink) => $"/open/{Uri.EscapeDataString(openLink)}";
}
