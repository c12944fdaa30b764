using System.Globalization;

namespace Colead.Parts.Threads;

/// <summary>Addresses of this part.</summary>
public static class ThreadsLinks
{
    public static string All(long partnership) => $"/partnerships/{partnership}/threads";
    public static string New(long partnership, long? round = null, string? kind = null, string? measure = null, string? first = null,
        string? second = null, long? aim = null)
    {
        (string Name, string? Value)[] given = [("round", round?.ToString(CultureInfo.InvariantCulture)), ("kind", kind),
            ("measure", measure), ("first", first), ("second", second), ("aim", aim?.ToString(CultureInfo.InvariantCulture))];
        var query = string.Join('&', given.Where(g => g.Value is not null).Select(g => $"{g.Name}={Uri.EscapeDataString(g.Value!)}"));
        return $"/partnerships/{partnership}/threads/new" + (query.Length == 0 ? "" : "?" + query);
    }

    /// <summary>The whole thread on one page, made above all parts.</summary>
    public static string Thread(long partnership, long thread) => $"/partnerships/{partnership}/threads/{thread}";
    public static string Edit(long partnership, long thread) => $"/partnerships/{partnership}/threads/{thread}/edit";
    public static string Talk(long partnership, long thread) => $"/partnerships/{partnership}/threads/{thread}/talk";
    public static string EditNote(long partnership, long thread, long note) => $"/partnerships/{partnership}/threads/{thread}/talk/{note}";
    public static string Share(long partnership, long thread) => $"/partnerships/{partnership}/threads/{thread}/share";
    public static string Shared(string secret) => "/thread/" + secret;
}
