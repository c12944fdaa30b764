using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Data.Partnerships;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Web.Tests.Support;

/// <summary>Every page and file of a partnership that somebody can get, by the program's own list of addresses.</summary>
internal static partial class Crawl
{
    /// <summary>What is there, by role and address; without what is random or tells the time.</summary>
    public static async Task<SortedDictionary<string, string>> AllAsync(TestApp app, TestPartnership partnership, long round, IReadOnlyList<long> invitations, params IReadOnlyList<Role> roles)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            using var visitor = await partnership.In(app).AsAsync(role);
            foreach (var path in Paths(app, partnership.Id, round, invitations))
            {
                if (path.EndsWith("/events", StringComparison.Ordinal)) continue; // goes on and on
                var answer = await visitor.GetAsync(path);
                if (answer.Status == 200) found[$"{role} {path}"] = Masked().Replace(answer.Body, "~");
            }
        }
        return found;
    }

    private static IEnumerable<string> Paths(TestApp app, long partnership, long round, IReadOnlyList<long> invitations)
    {
        foreach (var pattern in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).Distinct(StringComparer.Ordinal))
        {
            if (!pattern.StartsWith("partnerships/{partnershipId:long}", StringComparison.Ordinal)) continue;
            var path = "/" + pattern.Replace("{partnershipId:long}", Say(partnership), StringComparison.Ordinal).Replace("{roundId:long}", Say(round), StringComparison.Ordinal).Replace("{key}", "inventory-12", StringComparison.Ordinal);
            foreach (var one in path.Contains("{invitationId:long}", StringComparison.Ordinal) ? invitations.Select(i => path.Replace("{invitationId:long}", Say(i), StringComparison.Ordinal)) : [path])
                foreach (var format in one.Contains("{format", StringComparison.Ordinal) ? new[] { "csv", "json" } : [""])
                    yield return Left().Replace(Format().Replace(one, format), "1");
        }
    }

    private static string Say(long id) => id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"CfDJ8[\w-]+|\b[0-9a-f]{32}\b|127\.0\.0\.1:\d+|\b\d{1,2}:\d{2}(:\d{2})?|nonce-?=?""?[\w+/=-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Masked();

    [GeneratedRegex(@"\{format:regex\(.*?\)\}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Format();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Left();
}
