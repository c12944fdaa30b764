using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Colead.Composition;

/// <summary>Style sheets, scripts and fonts: their address carries a hash of their content, so browsers keep them for a year and never show
/// an old one.</summary>
public static class Assets
{
    private static readonly ConcurrentDictionary<string, string> Addresses = new(StringComparer.Ordinal);

    /// <summary>The address of a file in wwwroot/dist.</summary>
    public static string Address(string file) => Addresses.GetOrAdd(file, static name =>
    {
        var content = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wwwroot", "dist", name));
        return $"/dist/{name}?v={Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}";
    });

    internal static void KeepLong(StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl = context.Context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable" : "public, max-age=86400";
}
