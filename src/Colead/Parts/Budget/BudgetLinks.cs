namespace Colead.Parts.Budget;

/// <summary>Addresses of this part.</summary>
public static class BudgetLinks
{
    public static string Money(long partnership) => $"/partnerships/{partnership}/money";
    public static string New(long partnership) => $"{Money(partnership)}/new";
    public static string Journal(long partnership, int? page = null) => $"{Money(partnership)}/journal"
        + (page is null ? "" : $"?number={page}");
    public static string Entry(long partnership, long entry) => $"{Money(partnership)}/journal/{entry}";
    public static string Switch(long partnership) => $"{Money(partnership)}/switch";
}
