using System.Globalization;

namespace Colead.Parts.Decisions;

/// <summary>Addresses of this part.</summary>
public static class DecisionsLinks
{
    public static string All(long partnership) => $"/partnerships/{partnership}/decisions";
    /// <param name="thread">The thread it belongs to.</param>
    /// <param name="revisits">The decision it looks at again.</param>
    /// <param name="meeting">The meeting it is made in.</param>
    public static string New(long partnership, long? thread = null, long? revisits = null, long? meeting = null)
    {
        var query = string.Join('&', new[] { ("thread", thread), ("revisits", revisits),
            ("meeting", meeting) }.Where(of => of.Item2 is not null)
            .Select(of => string.Create(CultureInfo.InvariantCulture, $"{of.Item1}={of.Item2}")));
        return $"/partnerships/{partnership}/decisions/new" + (query.Length == 0 ? "" : "?" + query);
    }

    public static string Proposal(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}";
    public static string Events(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/events";
    public static string Wording(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/wording";
    public static string Rules(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/rules";
    public static string Versions(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/versions";
    public static string OpenVoting(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/open";
    public static string CloseVoting(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/close";
    public static string Vote(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/vote";
    public static string EnterVote(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/enter";
    public static string Slips(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/slips";
    /// <summary>Where the code of a drawn slip is typed: for everybody, on any device.</summary>
    public static string BySlip() => "/slip";
    public static string Paper(long partnership, long proposal) => $"/partnerships/{partnership}/decisions/{proposal}/paper";
}
