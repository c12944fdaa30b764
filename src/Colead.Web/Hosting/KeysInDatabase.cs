using System.Xml.Linq;
using Colead.Data;
using Colead.Data.Protection;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Colead.Web.Hosting;

/// <summary>Keeps the keys that protect cookies and links in the database.</summary>
public sealed class KeysInDatabase(DatabaseEngine engine) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. engine.ProtectionKeys().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = engine.Open();
        db.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
