namespace Colead.Web.Features.Inventory;

/// <summary>Addresses of this part.</summary>
public static class InventoryLinks
{
    public static string Rounds(long partnership) => $"/partnerships/{partnership}/rounds";
    public static string NewRound(long partnership) => $"/partnerships/{partnership}/rounds/new";
    public static string Round(long partnership, long round) => $"/partnerships/{partnership}/rounds/{round}";
}
