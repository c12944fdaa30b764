namespace Colead.Web.Features.Inventory;

/// <summary>Addresses of this part.</summary>
public static class InventoryLinks
{
}
