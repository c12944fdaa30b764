namespace Colead.Parts.Rounds;

/// <summary>Addresses of this part.</summary>
public static class InventoryLinks
{
    public static string Rounds(long partnership) => $"/partnerships/{partnership}/rounds";
    public static string NewRound(long partnership) => $"/partnerships/{partnership}/rounds/new";
    public static string Round(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}";
    public static string Contact(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/contact";
    public static string Questionnaire(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/questionnaire";
    public static string Who(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/who";
    public static string Ways(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/ways";
    public static string Shown(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/shown";
    public static string Dates(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/dates";
    public static string Open(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/open";
    /// <summary>A respondent's link.</summary>
    public static string Answer(string secret) => $"/a/{secret}";
    /// <summary>Where whoever has a link says that they want no more reminders.</summary>
    public static string NoReminders(string secret) => $"/a/{secret}/no-reminders";
    /// <summary>Where a link is typed from a letter.</summary>
    public static string AnswerTyped() => "/answer";
    public static string AnswerOpen(string openLink) => $"/open/{Uri.EscapeDataString(openLink)}";
    public static string Comments(long partnership, long round, int? page = null) => $"/partnerships/{partnership}/rounds/{round}/comments" + (page is null ? "" : $"?number={page}");
    public static string Publish(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/publish";
    public static string BringAnswers(long partnership) => $"/partnerships/{partnership}/rounds/import";
    public static string MatchAnswers(long partnership, long upload) => $"/partnerships/{partnership}/rounds/import/{upload}";
    public static string ConfirmAnswers(long partnership, long upload) => $"/partnerships/{partnership}/rounds/import/{upload}/confirm";
    public static string Invitations(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/invitations";
    public static string Invitation(long partnership, long round, long invitation) => $"/partnerships/{partnership}/rounds/{round}/invitations/{invitation}";
    public static string Slips(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/slips";
    public static string Poster(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/poster";
    public static string Progress(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/progress";
    public static string Preview(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/preview";
    public static string Extend(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/extend";
    public static string CloseEarly(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/close";
    public static string Cancel(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/cancel";
    public static string Instruments(long partnership) => $"/partnerships/{partnership}/instruments";
    /// <summary>Of a shipped instrument's id or an own one's number.</summary>
    public static string Instrument(long partnership, string key) => $"/partnerships/{partnership}/instruments/{key}";
    public static string InstrumentFile(long partnership, string key) => $"/partnerships/{partnership}/instruments/{key}/file";
    public static string InstrumentSchema(long partnership) => $"/partnerships/{partnership}/instruments/schema";
    public static string InstrumentAbout(long partnership, long instrument) => $"/partnerships/{partnership}/instruments/{instrument}/about";
    public static string InstrumentScale(long partnership, long instrument) => $"/partnerships/{partnership}/instruments/{instrument}/scale";
    public static string InstrumentDimension(long partnership, long instrument, string dimension) => $"/partnerships/{partnership}/instruments/{instrument}/dimensions/{dimension}";
}
