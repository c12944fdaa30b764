namespace Colead.Parts.Invitations;

/// <summary>Addresses of this part.</summary>
public static class InvitationsLinks
{
    public static string Invitations(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/invitations";
    public static string Invitation(long partnership, long round,
        long invitation) => $"/partnerships/{partnership}/rounds/{round}/invitations/{invitation}";
    public static string Slips(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/slips";
    public static string Poster(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/poster";
    public static string Progress(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/progress";
}
