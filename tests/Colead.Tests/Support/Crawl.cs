using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Support;

/// <summary>Every page and file of a partnership that somebody can get, by the program's own list of addresses.</summary>
internal static partial class Crawl
{
    /// <summary>What is there, by role and address; without what is random or tells the time.</summary>
    public static async Task<SortedDictionary<string, string>> AllAsync(TestApp app, TestPartnership partnership, long round,
        IReadOnlyList<long> invitations, params IReadOnlyList<Role> roles)
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

    /// <summary>What somebody reads who follows every link from there on; of addresses that differ in their numbers only, a few.</summary>
    public static async Task<Dictionary<string, Answer>> WalkAsync(Visitor visitor, IEnumerable<string> from, int ofAKind = 7)
    {
        var read = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var first = from.ToHashSet(StringComparer.Ordinal);
        var ahead = new Queue<string>(first);
        while (ahead.TryDequeue(out var path))
        {
            var kind = KindOf(path);
            var met = kinds.GetValueOrDefault(kind);
            if (path.Length == 0 || (met >= ofAKind && !first.Contains(path)) || read.ContainsKey(path)) continue;
            kinds[kind] = met + 1;
            if (path.EndsWith("/events", StringComparison.Ordinal))
            {
                using var stream = await visitor.OpenAsync(path); // goes on and on
                read[path] = new((int)stream.StatusCode, path, null, Nothing, "", stream.Headers);
                continue;
            }
            var answer = read[path] = await visitor.GetAsync(path);
            if (answer.Status == 302 && answer.Location is { } location) ahead.Enqueue(Here(path, location));
            foreach (var link in answer.Document.QuerySelectorAll("a[href]"))
                if (Here(path, link.GetAttribute("href")!) is { Length: > 0 } next) ahead.Enqueue(next);
        }
        return read;
    }

    /// <summary>An address without its numbers, and without what its query says.</summary>
    public static string KindOf(string path)
    {
        var parts = path.Split('?', 2);
        IEnumerable<string> asked = parts.Length == 1 ? [] : parts[1].Split('&').Select(p => p.Split('=')[0])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return Number().Replace(parts[0], "#") + "?" + string.Join('&', asked);
    }

    /// <summary>Where the program answers: for each address the most exact of its own patterns.</summary>
    public static Func<string, RouteEndpoint?> Routes(TestApp app)
    {
        var all = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(e =>
                (Endpoint: e,
                Address: new Regex("^/" + string.Join("", e.RoutePattern.PathSegments.Select((s, i) => SegmentOf(s, i == 0))) + "$",
                RegexOptions.None, TimeSpan.FromSeconds(5)), e.RoutePattern.Parameters.Count)).OrderBy(e => e.Count).ToList();
        return path => all.Find(e => e.Address.IsMatch(path.Split('?')[0])).Endpoint;
    }

    private static readonly AngleSharp.Html.Dom.IHtmlDocument Nothing = new AngleSharp.Html.Parser.HtmlParser().ParseDocument("");

    private static string SegmentOf(RoutePatternPathSegment segment, bool first)
    {
        var slash = first ? "" : "/";
        if (segment.Parts is [RoutePatternParameterPart { IsOptional: true } optional]) return $"({slash}{ValueOf(optional)})?";
        return slash + string.Concat(segment.Parts.Select(p => p is RoutePatternParameterPart parameter ? ValueOf(parameter)
            : Regex.Escape(((RoutePatternLiteralPart)p).Content)));
    }

    private static string ValueOf(RoutePatternParameterPart part) => part.ParameterPolicies.Any(p => p.Content is "long" or "int")
        ? @"\d+" : "[^/]+";

    private static string Here(string page, string link) => new Uri(new Uri("http://here" + page), link) is { Host: "here" } address
        ? address.PathAndQuery : "";

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Number();

    private static IEnumerable<string> Paths(TestApp app, long partnership, long round, IReadOnlyList<long> invitations)
    {
        foreach (var pattern in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).Distinct(StringComparer.Ordinal))
        {
            if (!pattern.StartsWith("partnerships/{partnershipId:long}", StringComparison.Ordinal)) continue;
            var path = "/" + pattern.Replace("{partnershipId:long}", Say(partnership), StringComparison.Ordinal)
                .Replace("{roundId:long}", Say(round), StringComparison.Ordinal).Replace("{key}", "inventory-12", StringComparison.Ordinal);
            foreach (var one in path.Contains("{invitationId:long}", StringComparison.Ordinal)
                ? invitations.Select(i => path.Replace("{invitationId:long}", Say(i), StringComparison.Ordinal)) : [path])
                foreach (var format in one.Contains("{format", StringComparison.Ordinal) ? new[] { "csv", "json" } : [""])
                    yield return Left().Replace(Format().Replace(one, format), "1");
        }
    }

    private static string Say(long id) => id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"CfDJ8[\w-]+|\b[0-9a-f]{32}\b|127\.0\.0\.1:\d+|\b\d{1,2}:\d{2}(:\d{2})?|nonce-?=?""?[\w+/=-]+",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Masked();

    [GeneratedRegex(@"\{format:regex\(.*?\)\}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Format();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Left();
}
