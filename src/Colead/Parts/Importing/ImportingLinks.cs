namespace Colead.Parts.Importing;

/// <summary>Addresses of this part.</summary>
public static class ImportingLinks
{
    public static string BringAnswers(long partnership) => $"/partnerships/{partnership}/rounds/import";
    public static string MatchAnswers(long partnership, long upload) => $"/partnerships/{partnership}/rounds/import/{upload}";
    public static string ConfirmAnswers(long partnership, long upload) => $"/partnerships/{partnership}/rounds/import/{upload}/confirm";
}
