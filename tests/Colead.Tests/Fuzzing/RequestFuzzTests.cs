using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Tests.Hosting;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Fuzzing;

/// <summary>Requests as nobody's browser sends them, to every endpoint of the program: none is answered as a fault of the program, and the
/// log stays short.</summary>
public class RequestFuzzTests
{
    private const int Always = 4_000, Deep = 100_000;
    private static readonly Regex Parameter = new(@"\{(?<name>\w+)[^}]*(\([^)]*\)[^}]*)*\}", RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["threadId"] = "thread", ["meetingId"] = "meeting", ["outcomeId"] = "outcome", ["indicatorId"] = "indicator", ["actionId"] =
            "action", ["aimId"] = "aim", ["wordingId"] = "wording", ["ownAimId"] = "own",
        ["organisationId"] = "ours", ["dutyId"] = "duty", ["sharingId"] = "sharing", ["noteId"] = "said", ["proposalId"] = "advice",
            ["readingId"] = "reading", ["entryId"] = "promise",
    };

    private static readonly string[] Values =
    [
        "", "0", "-1", "99999999999999999999", "-9223372036854775809", "1e309", "NaN", "%00", "a%00b", "%", "%zz", "%c0%80", "%ed%a0%80",
            "%f0%9f%8c%8a", "%ff%fe", "%EF%BF%BF", "%EF%BF%BE", "%0d%0aX:%20y", "2026-02-30", "9999-12-31", "0001-01-01", "24%3A61", "true",
        "on", "null", "%27%20OR%201%3D1--", "%3Cscript%3E", "%7B%22a%22%3A%5B%5B%5B%5D%5D%5D%7D", "..%2f..%2f", "xn--", "a%40b.c", "en",
            "cy", "zz-ZZ",
    ];

    private static readonly string[] ContentTypes =
    [
        "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=utf-16",
            "application/x-www-form-urlencoded; charset=utf-32", "application/x-www-form-urlencoded; charset=nonsense",
        "application/x-www-form-urlencoded; charset=", "application/x-www-form-urlencoded; charset=\"",
            "application/x-www-form-urlencoded;;;", "application/x-www-form-urlencoded; charset=utf-8; charset=utf-16",
            "APPLICATION/X-WWW-FORM-URLENCODED",
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=b; boundary=c", "multipart/form-data; boundary=\"b", "multipart/mixed; boundary=b",
            "multipart/form-data; boundary=b; charset=utf-7",
        "text/plain", "application/json", "application/json; charset=utf-7", "application/xml", "*/*", "a/b/c", "/", ";", "nonsense",
            "image/png", "application/x-www-form-urlencoded, text/plain", "\u00e9/\u00e9",
    ];

    private sealed record Target(string Route, string Path, string Cookies, string Token, IReadOnlyList<string> Fields);

    [Theory, ClassData(typeof(Engines))]
    public async Task Everything_MadeUp_IsAnsweredInOrder(Engine engine)
    {
        var log = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(log));
        using var agreeing = await AgreeingPartnership.MakeAsync(app);
        var round = await TestRound.MakeAsync(app, r => (r.OpenLink, r.Levels, r.ClosesAt) = ("estuary-fuzz", [Level.Board],
            app.Clock.GetUtcNow().UtcDateTime.AddDays(14)));
        var link = await round.InviteAsync();
        using var nobody = app.Visitor();
        using var coordinator = await round.Partnership.AsAsync(Role.Coordinator);
        var targets = new List<Target>();
        foreach (var route in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText!).Distinct(StringComparer.Ordinal))
        {
            var isOfRound = !route.StartsWith("partnerships/", StringComparison.Ordinal)
                || route.Contains("/rounds", StringComparison.Ordinal) || route.Contains("/instruments", StringComparison.Ordinal);
            var path = "/" + Parameter.Replace(route, match => match.Groups["name"].Value switch
            {
                "partnershipId" => Id(isOfRound ? round.Partnership.Id : agreeing.Id),
                "roundId" => Id(round.Id),
                "secret" => link[(link.LastIndexOf('/') + 1)..],
                "openLink" => "estuary-fuzz",
                "format" => "csv",
                var name => Names.TryGetValue(name, out var key) ? agreeing[key] : "1",
            });
            foreach (var visitor in new[] { isOfRound ? coordinator : agreeing.Visitors['C'], nobody }) targets.Add(await AimAsync(route,
                path, visitor));
        }
        Assert.True(targets.Count > 250, "Hardly an endpoint was found.");

        var wrong = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(Fuzz.Seeds(Always, Deep), TestContext.Current.CancellationToken, async (seed, _) =>
        {
            var random = new Random(seed);
            var target = targets[seed % targets.Count];
            var (bytes, ends) = Make(random, target);
            var status = await RawRequest.SendAsync(app.Address, bytes, ends);
            statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500) wrong.Enqueue($"COLEAD_FUZZ={seed}: {status} of {target.Route}\n{Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 1500)))}");
        });
        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong.Take(10)) + $"\n{wrong.Count} in all\n"
            + string.Join('\n', log.Messages.Where(m => m.StartsWith("Error", StringComparison.Ordinal)).Take(5)));
        var said = log.Messages.Where(m => m.StartsWith("Warning", StringComparison.Ordinal)
            || m.StartsWith("Error", StringComparison.Ordinal) || m.StartsWith("Critical", StringComparison.Ordinal)).ToList();
        Assert.True(said.Count <= 20, $"{said.Count} lines:\n" + string.Join('\n', said.Take(20)));
        // the cases are not all turned away at one door
        Assert.True(statuses.Keys.Intersect([200, 302, 400, 404, 405, 413, 415]).Count() == 7,
            string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}")));
        Assert.Equal(200, (await nobody.GetAsync("/sign-in")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A stranger", "malformed requests by the thousand", "to flood the log and fail the program", "400, and a few lines")]
    public async Task Malformed_ByTheThousand_IsAFewLinesInTheLog(Engine engine)
    {
        var log = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(log));
        var request =
            Encoding.ASCII.GetBytes("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        Assert.Equal(400, await RawRequest.SendAsync(app.Address, request));
        var line = Assert.Single(log.Messages);
        Assert.StartsWith("Warning: Requests that could not be read were refused. (1 since", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        for (var i = 0; i < 1_000; i++) Assert.Equal(400, await RawRequest.SendAsync(app.Address, request));
        Assert.InRange(log.Messages.Count, 1, 5);
    }

    [Theory]
    [InlineData("multipart/form-data", "abc", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", 400)]
    [InlineData("multipart/form-data; boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "x", 400)]
    [InlineData("application/json", "{}", 415)]
    [InlineData("nonsense", "a=b", 415)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "a=+AGE-", 400)]
    [InlineData("application/x-www-form-urlencoded; charset=x-none", "a=b", 400)]
    public async Task Post_OfNoForm_IsRefused_AtPagesAndAtRespondents(string type, string body, int status)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        foreach (var path in new[] { "/sign-in", "/answer" }.Append(await round.InviteAsync()))
        {
            var request =
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
            var got = await RawRequest.SendAsync(app.Address, Encoding.ASCII.GetBytes(request));
            Assert.True(got == status || (got is 200 or 302 or 400 && type.Contains("charset", StringComparison.Ordinal)),
                $"{path}: {got}");
        }
    }

    /// <summary>Found by made-up requests: a bracket that is never closed, a verb that no page knows, two numbers that are no letters, half
    /// of a pair.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Post_WhatWasOnceAFault_IsAnsweredInOrder(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var person = await partnership.PersonAsync("Ana Reed", null, 0);
        foreach (var path in new[] { "/sign-in", $"/partnerships/{partnership.Id}/people/{person}",
            $"/partnerships/{partnership.Id}/edit" })
        {
            Assert.InRange((await visitor.ForgeAsync("/account", path, new() { ["a[b"] = "x", ["]["] = "y" })).Status, 200, 499);
            Assert.Equal(200, (await visitor.GetAsync(path + "?a[b=1")).Status);
            foreach (var verb in new[] { "PUT", "DELETE", "PATCH", "FOO", "TRACE" })
                Assert.InRange(await RawRequest.SendAsync(app.Address,
                    Encoding.ASCII.GetBytes($"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {visitor.CookiesFor(path)}\r\nContent-Length: 0\r\n\r\n")), 400, 405);
        }
        Assert.Equal(400, (await visitor.ForgeAsync("/sign-in", "/sign-in",
            new() { ["Email"] = "a\uFFFE@example.org", ["Password"] = "\uFFFE\uFFFF" })).Status);
        Assert.Equal(200, (await visitor.GetAsync($"/partnerships/{partnership.Id}/people?Find=%EF%BF%BE")).Status);
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>What its forms ask for, so that made-up words come to where they are read.</summary>
    private static async Task<Target> AimAsync(string route, string path, Visitor visitor)
    {
        using var head = await visitor.OpenAsync(path);
        string[] fields = [];
        var token = (await visitor.GetAsync("/sign-in"))
            .Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
        if (head.IsSuccessStatusCode && head.Content.Headers.ContentType?.MediaType == "text/html")
        {
            var document = (await visitor.GetAsync(path)).Document;
            fields = [.. document.QuerySelectorAll("main [name]").Select(e => e.GetAttribute("name")!)
                .Concat(document.QuerySelectorAll("main form[action*='handler=']")
                .Select(f => "?" + f.GetAttribute("action")!.Split('?')[^1])).Distinct(StringComparer.Ordinal).Take(60)];
            token = document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? token;
        }
        token ??= (await visitor.GetAsync("/account"))
            .Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
        return new(route, path, visitor.CookiesFor(path), token ?? "", fields);
    }

    private static (byte[] Bytes, bool Ends) Make(Random random, Target target)
    {
        var verb = random.Next(12) switch { < 7 => "POST", 7 or 8 => "GET", 9 => "HEAD",
            _ => random.One(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get"]) };
        var path = target.Path;
        if (random.Next(6) == 0) path = Regex.Replace(path, @"\d+", _ => random.Next(2) == 0 ? random.One(Values) : "1", RegexOptions.None,
            TimeSpan.FromSeconds(5));
        if (random.Next(12) == 0) path += random.One(["/", "/..", "/%2e%2e%2f", "//", "/%ff", "/é", "/" + new string('a', 4_000), ";a=b",
            "%00"]);
        var handlers = target.Fields.Where(field => field[0] == '?').ToList();
        path += random.Next(8) switch
        {
            0 => "?handler=" + random.One(Values),
            1 => "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 12))
                .Select(_ => $"{random.One(["lang", "Find", "page_number", "Who", "handler", "returnUrl", "Organisation", "%00", "", "v"])}={random.One(Values)}")),
            2 => "?" + new string('a', 3_000),
            _ => handlers.Count > 0 && random.Next(2) == 0 ? random.One(handlers) : "",
        };
        var (type, body) = Body(random, target);
        var head = new StringBuilder($"{verb} {path} HTTP/1.1\r\nHost: {(random.Next(30) == 0 ? random.One(["", "a b", "[::1", "x:99999", new string('h', 300)]) : "localhost")}\r\nConnection: close\r\n");
        head.Append("Cookie: ")
            .Append(random.Next(8) == 0 ? random.One(["colead-form=x", "colead-notice=%00", "colead-answers=CfDJ8", "=", ";;;", "colead="
            + new string('c', 3_000), "a=\u00e9"]) : target.Cookies).Append("\r\n");
        if (type is not null) head.Append("Content-Type: ").Append(type).Append("\r\n");
        if (random.Next(10) == 0) head.Append(random.One(["Content-Encoding: gzip", "Expect: 100-continue", "Range: bytes=5-1",
            "If-Modified-Since: never", "Accept-Language: \u00ff", "Accept-Encoding: ;q=x", "Sec-Fetch-Site: cross-site",
            "X-Forwarded-For: x",
            "Origin: null", "X-HTTP-Method-Override: DELETE", "Content-Type: text/plain", "Upgrade: websocket", "Last-Event-ID: -1",
                "Accept: \u0001"])).Append("\r\n");
        var ends = false;
        byte[] sent = body;
        switch (random.Next(10))
        {
            case 0: head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + random.Next(1, 5_000)}\r\n"); ends =
                true; break;
            case 1: head.Append("Transfer-Encoding: chunked\r\n"); sent =
                [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]; break;
            case 2: head.Append("Transfer-Encoding: chunked\r\n"); sent =
                [.. Encoding.ASCII.GetBytes(random.One(["zz\r\n", "ffffffffffffffff\r\n", "5\r\nab", "-1\r\n"])), .. body]; ends =
                true; break;
            case 3: head.Append(random.One(["Content-Length: -1\r\n", "Content-Length: x\r\n", "Content-Length: 99999999999999999999\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n", ""])); ends = true; break;
            default: head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"); break;
        }
        return ([.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. sent], ends);
    }

    private static (string? Type, byte[] Body) Body(Random random, Target target)
    {
        var fields = new List<(string Name, string Value)> { ("__RequestVerificationToken", random.Next(10) == 0 ? random.One(Values)
            : Uri.EscapeDataString(target.Token)) };
        fields.AddRange(target.Fields.Where(field => field[0] != '?' && field != "__RequestVerificationToken" && random.Next(3) > 0)
            .Select(field => (Uri.EscapeDataString(field), random.One(Values))));
        for (var n = random.Next(4); n > 0; n--) fields.Add((random.One(Values), random.One(Values)));
        if (random.Next(8) == 0) fields.Add(random.One(fields)); // twice
        if (random.Next(12) == 0) fields.Add(("Text", new string('x', random.One([10_001, 65_537, 300_000]))));
        if (random.Next(20) == 0) fields.AddRange(Enumerable.Range(0, 10_000)
            .Select(i => ("f" + i.ToString(CultureInfo.InvariantCulture), "")));
        var plain = Encoding.Latin1.GetBytes(string.Join('&', fields.Select(field => $"{field.Name}={field.Value}")));
        switch (random.Next(10))
        {
            case < 4: return ("application/x-www-form-urlencoded", plain);
            case 4: return (random.One(ContentTypes), plain);
            case 5: return (random.One(ContentTypes), Parts(random, fields, "b"));
            case 6: return (null, random.Next(2) == 0 ? [] : plain);
            case 7: return ("application/x-www-form-urlencoded; charset="
                + random.One(["utf-16", "utf-16be", "utf-32", "iso-8859-1", "us-ascii"]),
                [.. Enumerable.Range(0, 200).Select(_ => (byte)random.Next(256))]);
            case 8:
                var boundary = new string('b', random.One([1, 30, 70, 129, 3_000]));
                return ("multipart/form-data; boundary=" + boundary, Parts(random, fields, boundary));
            default: return ("multipart/form-data; boundary=b",
                random.Spoil(Parts(random, fields.Take(20).ToList(), "b"),
                ["--b", "--b--", "\r\n", "\r\n\r\n", ":", "\"", ";", "\0", "name=", "filename*=utf-8''%ff"]));
        }
    }

    private static byte[] Parts(Random random, IReadOnlyList<(string Name, string Value)> fields, string boundary)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            body.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"")
                .Append(Uri.UnescapeDataString(name).Replace('"', '\'')).Append('"');
            if (name is "List" or "File" or "Upload" || random.Next(15) == 0) body.Append(random.One(["; filename=\"a.csv\"",
                "; filename=\"\"", "; filename=\"../../a\0.xlsx\"", "; filename*=utf-7''%ff", "; filename=\"" + new string('n', 2_000)
                + "\""]));
            if (random.Next(8) == 0) body.Append("\r\nContent-Type: ")
                .Append(random.One(["text/plain; charset=utf-7", "text/plain; charset=utf-16", "text/plain; charset=x", "nonsense", ""]));
            body.Append("\r\n\r\n").Append(Uri.UnescapeDataString(value)).Append("\r\n");
        }
        if (random.Next(4) > 0) body.Append("--").Append(boundary).Append("--\r\n");
        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
