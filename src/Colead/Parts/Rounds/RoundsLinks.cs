namespace Colead.Parts.Rounds;

/// <summary>Addresses of this part.</summary>
public static class RoundsLinks
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
    public static string Comments(long partnership, long round,
        int? page = null) => $"/partnerships/{partnership}/rounds/{round}/comments" + (page is null ? "" : $"?number={page}");
    public static string Publish(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/publish";
    public static string Preview(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/preview";
    public static string Extend(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/extend";
    public static string CloseEarly(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/close";
    public static string Cancel(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/cancel";
}
