using System.Globalization;

namespace Colead.Composition;

/// <summary>Where faults in security are reported (RFC 9116), where the operator has said it.</summary>
public static class SecurityText
{
    public static void MapSecurityText(this IEndpointRouteBuilder routes) =>
        routes.MapGet(".well-known/security.txt", (ColeadSettings settings, TimeProvider clock) =>
    {
        if (string.IsNullOrWhiteSpace(settings.SecurityContact)) return Results.NotFound();
        var contact = settings.SecurityContact.Contains(':', StringComparison.Ordinal) ? settings.SecurityContact : "mailto:"
            + settings.SecurityContact;
        var until = new DateTime(clock.GetUtcNow().Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Results.Text(string.Create(CultureInfo.InvariantCulture,
            $"Contact: {contact}\nExpires: {until:yyyy-MM-ddTHH:mm:ssZ}\nPreferred-Languages: en, cy\n"), "text/plain");
    }).AllowAnonymous();
}
