namespace Colead.Parts.Meetings;

/// <summary>Addresses of this part.</summary>
public static class MeetingsLinks
{
    public static string Meetings(long partnership) => $"/partnerships/{partnership}/meetings";
    public static string Plan(long partnership) => $"/partnerships/{partnership}/meetings/new";
    public static string Settings(long partnership) => $"/partnerships/{partnership}/meetings/settings";
    public static string Calendar(long partnership) => $"/partnerships/{partnership}/meetings/calendar";
    /// <summary>Puts something of a thread on the agenda of the next meeting.</summary>
    public static string NextItem(long partnership, long? thread = null) => $"/partnerships/{partnership}/meetings/next-item"
        + (thread is null ? "" : $"?thread={thread}");
    public static string Meeting(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}";
    public static string Events(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/events";
    public static string Change(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/change";
    public static string Cancel(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/cancel";
    public static string NewItem(long partnership, long meeting, long? thread = null) =>
        $"/partnerships/{partnership}/meetings/{meeting}/items/new" + (thread is null ? "" : $"?thread={thread}");
    public static string Item(long partnership, long meeting, long item) => $"/partnerships/{partnership}/meetings/{meeting}/items/{item}";
    public static string Note(long partnership, long meeting, long note) => $"/partnerships/{partnership}/meetings/{meeting}/notes/{note}";
    public static string Attendance(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/attendance";
    public static string Promise(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/promise";
    public static string End(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/end";
    public static string Minutes(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/minutes";
    public static string InvitationFile(long partnership, long meeting) => $"/partnerships/{partnership}/meetings/{meeting}/invitation.ics";
    /// <summary>What a calendar program subscribes to.</summary>
    public static string Feed(string secret) => $"/calendar/{secret}.ics";
}
