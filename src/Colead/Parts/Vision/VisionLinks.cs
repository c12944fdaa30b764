namespace Colead.Parts.Vision;

/// <summary>Addresses of this part.</summary>
public static class VisionLinks
{
    public static string Picture(long partnership) => $"/partnerships/{partnership}/vision";
    public static string NewAim(long partnership) => $"/partnerships/{partnership}/vision/aims/new";
    public static string Aim(long partnership, long aim) => $"/partnerships/{partnership}/vision/aims/{aim}";
    public static string Propose(long partnership, long aim) => $"/partnerships/{partnership}/vision/aims/{aim}/propose";
    public static string Wording(long partnership, long aim, long wording) =>
        $"/partnerships/{partnership}/vision/aims/{aim}/wordings/{wording}";
    public static string OwnAims(long partnership, long organisation) => $"/partnerships/{partnership}/vision/organisations/{organisation}";
    public static string WriteOwnAim(long partnership) => $"/partnerships/{partnership}/vision/own/new";
    public static string OwnAim(long partnership, long ownAim) => $"/partnerships/{partnership}/vision/own/{ownAim}";
    public static string EditOwnAim(long partnership, long ownAim) => $"/partnerships/{partnership}/vision/own/{ownAim}/edit";
    /// <summary>Where a lead says how the shared aims fit an own aim, or the organisation's work as a whole.</summary>
    public static string Fit(long partnership, long? ownAim = null) => $"/partnerships/{partnership}/vision/fit"
        + (ownAim is null ? "" : $"/{ownAim}");
}
