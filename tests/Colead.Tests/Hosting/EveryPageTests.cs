using Colead.Tests.Support;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Hosting;

/// <summary>
/// Every page that anybody reaches and every form on it, of every part, found by the program's own links; with two partnerships that must
/// never touch.
/// </summary>
public class EveryPageTests(Wholes wholes) : IClassFixture<Wholes>
{
    /// <summary>Read as all others, but to nobody who is here in the state in which all are: each has tests of its own.</summary>
    private static readonly string[] Empty =
    [
        "a/{secret}/review", "a/{secret}/thanks", "a/{secret}/{number:int}", "account/recovery-codes", "error/{code:int}",
            "open/{openLink}/review", "open/{openLink}/thanks", "open/{openLink}/{number:int}",
        "partnerships/{partnershipId:long}/meetings/next-item", "partnerships/{partnershipId:long}/rounds/{roundId:long}/slips",
            "sign-in/code",
    ];

    /// <summary>
    /// Forms of one's own account, in which no row of a partnership is named, and which end what the test stands on; and an invitation,
    /// which is good for whoever has it.
    /// </summary>
    private static readonly string[] Apart = ["sign-out", "account", "sign-in", "enter", "reset", "invitation"];

    /// <summary>Not offered in the state in which all are: no mail, nothing left to publish, nothing to return to.</summary>
    private static readonly string[] NotOffered =
    [
        "a/{secret} CODE", "a/{secret}/review ", "forgotten ", "mail ", "open/{openLink} CODE", "open/{openLink}/review ",
            "reminders/{secret} START", "set-up/{secret} ", "slip VOTE",
        .. new[]
        {
            "meetings/{meetingId:long} INVITE", "money/switch ON", "organisations/{organisationId:long} RETURN",
                "outcomes/{outcomeId:long} TAKEBACK", "rounds/{roundId:long}/invitations AUTOMATIC",
            "rounds/{roundId:long}/invitations JOINERS", "rounds/{roundId:long}/invitations REMIND",
                "rounds/{roundId:long}/invitations SEND", "rounds/{roundId:long}/invitations TEST",
            "rounds/{roundId:long}/publish ", "rounds/{roundId:long}/publish FINISH",
        }.Select(f => "partnerships/{partnershipId:long}/" + f),
    ];

    /// <summary>So many of the forms are good as they are filled, and do something: else the test would show nothing.</summary>
    private const int MostAreTaken = 80;

    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever sends somebody a link", "every page, read twice as everybody", "to have something written by reading",
        "no row has changed")]
    public async Task Reading_EveryPageAsEverybodyTwice_WritesNothing(Engine engine)
    {
        var whole = await wholes.OnAsync(engine);
        var wrong = await whole.ChangesAsync();
        var routes = Crawl.Routes(whole.App);
        var shown = whole.Pages.Values.SelectMany(p => p).Where(p => p.Value.Status == 200)
            .Select(p => routes(p.Key)?.RoutePattern.RawText).ToHashSet();
        Assert.Equal(Empty, All(whole).Select(e => e.RoutePattern.RawText!).Distinct(StringComparer.Ordinal).Except(shown)
            .Order(StringComparer.Ordinal));
        // All read once more what they reach; those who reach least, and whoever is of another partnership, also what others do.
        var addresses = whole.Pages.Values.SelectMany(p => p.Keys).Distinct(StringComparer.Ordinal).GroupBy(Crawl.KindOf)
            .Select(g => g.First()).ToList();
        foreach (var (letter, visitor) in whole.Visitors)
        {
            foreach (var address in whole.Pages[letter].Keys.Union("LVAF".Contains(letter) ? addresses : []))
            {
                using var answer = await visitor.OpenAsync(address);
                if ((int)answer.StatusCode >= 500) wrong.Add($"{letter} reads {address}: {answer.StatusCode}");
            }
        }
        // The operator and whoever is of the other partnership may read its name.
        wrong.AddRange(whole.Pages.Where(p => p.Key is not ('X' or 'F'))
            .SelectMany(p => p.Value.Where(a => a.Value.Status >= 500 || a.Value.Body.Contains(Whole.Mark, StringComparison.Ordinal))
            .Select(a => $"{p.Key} reads {a.Key}: {a.Value.Status}")));
        wrong.AddRange(await whole.ChangesAsync());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>
    /// Every form as its page offers it, filled so that it is good, and then with numbers of another partnership in every place, with
    /// fields that nobody asked for, and from people to whom
    /// it is not offered: nothing of the other partnership is read, changed or linked, and nobody does what they are not offered.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Anybody with an account, and a stranger",
        "every form, filled with another partnership's numbers, with fields nobody asked for, and where it is not offered",
        "to read, change or link what is another's", "nothing of another partnership's")]
    public async Task Forms_WithForeignNumbersInside_FromAnybody_TouchNothingOfOthers(Engine engine)
    {
        var whole = await wholes.OnAsync(engine);
        var routes = Crawl.Routes(whole.App);
        var wrong = new List<string>();
        var (taken, met) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var letter in "CLMONVRSXA")
        {
            var mine = new HashSet<string>(StringComparer.Ordinal);
            foreach (var page in whole.Pages[letter].Values.Where(p => p.Status == 200
                && !Apart.Contains(p.Path.Split('/', '?')[1], StringComparer.Ordinal)).ToList())
            {
                foreach (var form in Form.Of(page))
                {
                    var name = NameOf(routes, form);
                    var numbers = form.Fields.SelectMany(f => new[] { f.Name, f.Value }).SelectMany(Whole.OursIn).ToHashSet();
                    if (Apart.Contains(name.Split('/', ' ')[0], StringComparer.Ordinal)
                        || (met.Contains(name) && (taken.Contains(name) || !mine.Add(name))
                        && (letter != 'L' || numbers.Count == 0 || !mine.Add(name))))
                        continue;
                    var first = met.Add(name);
                    if ((await SendAsync([letter], form, "as it is")).Count > 0) taken.Add(name);
                    await SendAsync([letter], form with { Fields = [.. form.Fields, .. Unasked(whole, form)] }, "with fields unasked for");
                    foreach (var number in numbers.DistinctBy(n => n / 100_000))
                        await SendAsync([letter], form.With(text => whole.Swap(text, number)), $"with another's {number}");
                    if (numbers.Count != 1) await SendAsync([letter], form.With(text => whole.Swap(text)), "with all numbers another's");
                    if (!first) continue;
                    var others = new List<char>();
                    foreach (var other in "OLVFA".Where(v => v != letter))
                        if (await whole.PageAsync(other, page.Path) is not { Status: 200 } there
                            || !Form.Of(there).Any(f => NameOf(routes, f) == name))
                            others.Add(other);
                    var done = await SendAsync(others, form, "which is not offered to them");
                    if (done.Count > 0)
                        wrong.Add($"One of {string.Concat(others)} sends {form.Target} of {page.Path}, which is not offered to them: {string.Join("\n  ", done.Take(3))}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(NotOffered.Order(StringComparer.Ordinal),
            (await AllPostsAsync(whole)).Except(met).Where(n => !Apart.Contains(n.Split('/', ' ')[0], StringComparer.Ordinal))
            .Order(StringComparer.Ordinal));
        Assert.True(taken.Count >= MostAreTaken, $"{taken.Count} of {met.Count}, but for\n{string.Join('\n', met.Except(taken))}");

        async Task<List<string>> SendAsync(IEnumerable<char> letters, Form form, string how)
        {
            foreach (var letter in letters)
            {
                var answer = await form.SendAsync(whole.Visitors[letter], whole.Tokens[whole.Visitors[letter]]);
                if (answer.Status >= 500) wrong.Add($"{letter} sends {form.Target} of {form.Page} {how}: {answer.Status}");
                if (letter is not ('X' or 'F') && answer.Body.Contains(Whole.Mark, StringComparison.Ordinal))
                    wrong.Add($"{letter} sends {form.Target} of {form.Page} {how} and reads what is another's");
            }
            var changes = await whole.ChangesAsync();
            if (changes.Count == 0) return changes;
            wrong.AddRange(Whole.OfTheirs(changes).Take(3)
                .Select(c => $"{string.Concat(letters)} sends {form.Target} of {form.Page} {how}: {c}"));
            await whole.RestoreAsync(changes);
            return changes;
        }
    }

    /// <summary>
    /// Everything that any row refers to, and everything that an address says, as another's; and what would make somebody more than they
    /// are.
    /// </summary>
    private static IEnumerable<(string Name, string Value)> Unasked(Whole whole, Form form) =>
        whole.Foreign.Select(f => (f.Name, $"{f.Number}")).Concat([("IsOperator", "true"), ("Role", "Coordinator")])
            .Where(f => !form.Fields.Any(asked => string.Equals(asked.Name, f.Item1, StringComparison.OrdinalIgnoreCase)));

    private static string NameOf(Func<string, RouteEndpoint?> routes, Form form)
    {
        var handler = form.Target.Split('?', '&').FirstOrDefault(p => p.StartsWith("handler=", StringComparison.Ordinal));
        return $"{routes(form.Target)?.RoutePattern.RawText} {handler?["handler=".Length..].ToUpperInvariant()}";
    }

    private static async Task<IEnumerable<string>> AllPostsAsync(Whole whole)
    {
        var loader = whole.App.Services.GetRequiredService<PageLoader>();
        var posts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in All(whole))
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;
            foreach (var handler in (await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods.Where(h => h.HttpMethod == "Post"))
                posts.Add($"{endpoint.RoutePattern.RawText} {handler.Name?.ToUpperInvariant()}");
        }
        return posts;
    }

    private static IEnumerable<RouteEndpoint> All(Whole whole) => whole.App.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}
