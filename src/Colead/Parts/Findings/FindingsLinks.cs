namespace Colead.Parts.Findings;

/// <summary>Addresses of this part.</summary>
public static class FindingsLinks
{
    public static string All(long partnership) => $"/partnerships/{partnership}/findings";
    public static string Home(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}/findings";
    public static string Levels(long partnership, long round) => Home(partnership, round) + "/levels";
    public static string Sectors(long partnership, long round) => Home(partnership, round) + "/sectors";
    public static string Organisations(long partnership, long round) => Home(partnership, round) + "/organisations";
    public static string SectorLevels(long partnership, long round) => Home(partnership, round) + "/sectors-and-levels";
    public static string Statements(long partnership, long round) => Home(partnership, round) + "/statements";
    public static string Change(long partnership, long round) => Home(partnership, round) + "/change";
    public static string Comments(long partnership, long round) => Home(partnership, round) + "/comments";
    public static string OpenLink(long partnership, long round) => Home(partnership, round) + "/open-link";
    public static string About(long partnership, long round) => Home(partnership, round) + "/about";
    public static string Downloads(long partnership, long round) => Home(partnership, round) + "/downloads";
    public static string File(long partnership, long round, string format) => $"{Downloads(partnership, round)}/findings.{format}";
    public static string Schema(long partnership, long round) => Downloads(partnership, round) + "/publication.schema.json";
    public static string Dictionary(long partnership, long round) => Downloads(partnership, round) + "/dictionary.csv";
}
