namespace Colead.Parts.Agreements;

/// <summary>Addresses of this part.</summary>
public static class AgreementsLinks
{
    public static string Agreement(long partnership) => $"/partnerships/{partnership}/agreement";
    public static string Draft(long partnership) => $"/partnerships/{partnership}/agreement/draft";
    public static string Section(long partnership, string key) => $"/partnerships/{partnership}/agreement/sections/{key}";
    public static string Version(long partnership, long number) => $"/partnerships/{partnership}/agreement/versions/{number}";
    public static string Changes(long partnership, long number) => $"/partnerships/{partnership}/agreement/versions/{number}/changes";
    public static string Duties(long partnership) => $"/partnerships/{partnership}/agreement/duties";
    public static string EditDuty(long partnership, long? duty = null) => $"/partnerships/{partnership}/agreement/duties/edit"
        + (duty is null ? "" : $"/{duty}");
    public static string DataSharing(long partnership) => $"/partnerships/{partnership}/agreement/data-sharing";
    public static string EditDataSharing(long partnership, long? sharing = null) =>
        $"/partnerships/{partnership}/agreement/data-sharing/edit" + (sharing is null ? "" : $"/{sharing}");
}
