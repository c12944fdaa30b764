using System.Text.RegularExpressions;
using Colead.Kit.Texts;
using Colead.Parts.Agreements;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Storage.Audit;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Hosting;

/// <summary>
/// Every screen of agreeing and acting, and every form that is sent to it: who reads it, who sends it, and that it leaves an entry in the
/// audit trail. A screen or a form that is not in the list fails the first test; nobody else than is named here gets anything but "there is
/// no page here".
/// </summary>
public class WhoMayTests
{
    private const string All = "CLOMNV", Members = "CLOMN", Leads = "CLO", Owners = "CL";
    /// <summary>Parts that came before agreeing and acting have tests of their own.</summary>
    private static readonly Regex Earlier =
        new(@"^partnerships/\{partnershipId:long\}(/(edit|organisations|people|import|team|rounds|findings|instruments)\b.*)?$",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    /// <summary>A form: its handler, who may send it, and fields with which it is good.</summary>
    private sealed record Write(string Handler, string Who, params string[] Fields)
    {
        /// <summary>A secret is shown where a redirect would lose it.</summary>
        public int Status { get; init; } = 302;
        /// <summary>Why the trail says nothing.</summary>
        public string? Untold { get; init; }
        public Dictionary<string, string> By(char letter, AgreeingPartnership p) =>
            Fields.Select(f => f.Replace("{own}", p[letter == 'O' ? "theirs" : "ours"], StringComparison.Ordinal).Split('=', 2))
                .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
    }

    private sealed record Screen(string Route, string Path, string Who, params Write[] Writes);

    private static Screen[] Screens(AgreeingPartnership p)
    {
        var (thread, meeting, outcome) = ($"threads/{p["thread"]}", $"meetings/{p["meeting"]}", $"outcomes/{p["outcome"]}");
        var indicator = $"{outcome}/indicators/{p["indicator"]}";
        const string Voting = "decisions/{proposalId:long}", Meeting = "meetings/{meetingId:long}", Outcome = "outcomes/{outcomeId:long}",
            Indicator = Outcome + "/indicators/{indicatorId:long}";
        var section = AgreementSections.For(PartnershipKind.Statutory)[0].Key;
        return
        [
            new("threads", "threads", All),
            new("threads/new", "threads/new", Members, new Write("", Members, "Title=Late trains")),
            new("threads/{threadId:long}", thread, All),
            new("threads/{threadId:long}/edit", $"{thread}/edit", "CM", new("", "CM", "Title=No bus after six"),
                new("end", "CM", "ended=true")),
            new("threads/{threadId:long}/talk", $"{thread}/talk", All, new("", Members, "Text=We see it too."),
                new("takeBack", "CM", $"note={p["said"]}")),
            new("threads/{threadId:long}/talk/{noteId:long}", $"{thread}/talk/{p["said"]}", "M", new Write("", "M", "Text=On Saturdays.")),
            new("threads/{threadId:long}/share", $"{thread}/share", "C",
                new Write("", "C", "For=The council", "Title=Buses") { Status = 200 }, new("revoke", "C", $"link={p["link"]}")),

            new("vision", "vision", All),
            new("vision/aims/new", "vision/aims/new", Members, new Write("", Members, "Name=Eating", "Text=Nobody eats alone.")),
            new("vision/aims/{aimId:long}", $"vision/aims/{p["aim"]}", All, new Write("end", "C", "Why=Reached.")),
            new("vision/aims/{aimId:long}/propose", $"vision/aims/{p["aim"]}/propose", Members,
                new Write("", Members, "Name=Home", "Text=Everyone gets home safely.")),
            new("vision/aims/{aimId:long}/wordings/{wordingId:long}", $"vision/aims/{p["aim"]}/wordings/{p["wording"]}", All,
                new("accept", "C"), new("decline", "C", "Reason=Too long."), new("takeBack", "M")),
            new("vision/organisations/{organisationId:long}", $"vision/organisations/{p["ours"]}", All),
            new("vision/own/new", "vision/own/new", "LO", new Write("", "LO", "Name=More boats", "Visibility=Partnership")),
            new("vision/own/{ownAimId:long}", $"vision/own/{p["own"]}", All, new Write("takeUp", Members)),
            // it is its organisation's alone
            new("vision/own/{ownAimId:long}", $"vision/own/{p["private"]}", "LM", new Write("takeUp", "")),
            new("vision/own/{ownAimId:long}/edit", $"vision/own/{p["own"]}/edit", "L", new("", "L", "Name=Fuller boats"), new("end", "L")),
            new("vision/fit/{ownAimId:long?}", "vision/fit", "LO", new Write("", "LO", "Lines[0].Word=Supports", "Lines[0].Why=It helps")),
            new("vision/fit/{ownAimId:long?}", $"vision/fit/{p["own"]}", "L", new Write("", "L", "Lines[0].Word=Neutral")),

            new("agreement", "agreement", All, new Write("review", "C", "ReviewOn=2027-06-01")),
            new("agreement/draft", "agreement/draft", All, new Write("", "C", "ReviewOn=")),
            new("agreement/sections/{key}", $"agreement/sections/{section}", "C", new Write("", "C", "Text=Otherwise.")),
            new("agreement/versions/{number:int}", "agreement/versions/1", All, new("sign", "LO", "Entitled=true"),
                new("paper", "C", $"Organisation={p["theirs"]}", "SignedBy=The chair", $"SignedOn={p.Today}"),
                    new("takeBack", "C", $"signature={p["signature"]}")),
            new("agreement/versions/{number:int}/changes", "agreement/versions/1/changes", All),
            new("agreement/duties", "agreement/duties", All),
            new("agreement/duties/edit/{dutyId:long?}", $"agreement/duties/edit/{p["duty"]}", "C", new("", "C", "Name=Fire safety"),
                new("end", "C")),
            // nothing is there to end
            new("agreement/duties/edit/{dutyId:long?}", "agreement/duties/edit", "C",
                new("", "C", "Kind=Other", "Name=Water", "Text=By law.", $"Partner[{p["ours"]}]=true"), new("end", "")),
            new("agreement/data-sharing", "agreement/data-sharing", All),
            new("agreement/data-sharing/edit/{sharingId:long?}", $"agreement/data-sharing/edit/{p["sharing"]}", "C",
                new("", "C", "Data=First names"), new("end", "C")),
            new("agreement/data-sharing/edit/{sharingId:long?}", "agreement/data-sharing/edit", "C",
                new("", "C", "Purpose=Visits", "Data=Names", "Basis=Consent", $"Partner[{p["ours"]}]=true", "OtherParties=A firm",
                "ReviewOn=2027-06-01"), new("end", "")),

            new("outcomes", "outcomes", All),
            new("outcomes/new", "outcomes/new", Leads, new Write("", Leads, "Title=Everyone gets home", "Responsibility=Joint")),
            new(Outcome, outcome, All, new("agree", "L"), new("takeBack", "L") { Untold = "Nothing was agreed yet." },
                new("contribute", "LO", "Contribution=A van."), new("review", Owners, "ReviewOn=2027-06-01"),
                new("hold", Owners, $"reviewId={p["review"]}", "Note=It goes well."), new("drop", Owners, $"reviewId={p["review"]}"),
                    new("end", Owners, "Note=We got there."), new("goOn", Owners) { Untold = "It goes on already." }),
            new(Outcome, $"outcomes/{p["over"]}", All, new("agree", "L"), new("takeBack", "L") { Untold = "Nothing was agreed yet." },
                new("contribute", "LO", "Contribution=A van."), new("review", Owners, "ReviewOn=2027-06-01"),
                new("hold", ""), new("drop", ""), new("end", Owners, "Note=Again.") { Status = 409, Untold = "It is over already." },
                    new("goOn", Owners)),
            new(Outcome + "/edit", $"{outcome}/edit", Owners, new Write("", Owners, "Title=Everyone gets home by ten")),
            new(Outcome + "/indicators/new", $"{outcome}/indicators/new", Owners,
                new Write("", Owners, "Name=Last buses", "Direction=Up", "ShowsChange=true")),
            new(Indicator, indicator, All, new Write("read", Members, "On=2026-02-01", "Value=41")),
            new(Indicator + "/edit", $"{indicator}/edit", Owners, new("", Owners, "Name=Can name two"), new("remove", Owners)),
            new(Indicator + "/story", $"{indicator}/story", Owners, new Write("", Owners, "Story=Slowly.", "Confidence=Medium")),
            new(Indicator + "/import", $"{indicator}/import", Members,
                new Write("", Members) { Status = 400, Untold = "No file is brought." }),
            new(Indicator + "/readings/{readingId:long}", $"{indicator}/readings/{p["reading"]}", Members, new("", Members, "Value=35"),
                new("takeOut", Members)),

            new("actions", "actions", All),
            new("actions/map", "actions/map", All),
            new("actions/new", "actions/new", Leads, new Write("", Leads, "Title=Ask the firm", "Organisation={own}", "DueOn=2027-06-01",
                "Nature=Transactional")),
            new("actions/{actionId:long}", $"actions/{p["action"]}", All, new Write("", "CLM", "Kind=Blocked", "Text=No camera.")),
            new("actions/{actionId:long}/edit", $"actions/{p["action"]}/edit", Owners,
                new Write("", Owners, "Title=Film it", "Reason=Clearer.")),

            new("money", "money", All),
            new("money/new", "money/new", Leads, new Write("", Leads, "Kind=Contribution", "Unit=Cash", "Amount=5", "Organisation={own}",
                "Text=For buses")),
            new("money/journal", "money/journal", All),
            new("money/journal/{entryId:long}", $"money/journal/{p["promise"]}", All, new("undo", Owners, "Reason=Wrong."),
                new("release", Owners, "Reason=Not needed.")),
            new("money/switch", "money/switch", "C", new("on", "C") { Untold = "It is on already." }, new("off", "C")),

            new("decisions", "decisions", All),
            new("decisions/new", "decisions/new", Members, new Write("", Members, "Title=One van", "Text=We share it.", "Method=YesNo")),
            new(Voting, $"decisions/{p["advice"]}", All, new("advise", Members, "Text=Ask the drivers."), new("withdraw", "CM")),
            new(Voting + "/events", $"decisions/{p["advice"]}/events", All),
            new(Voting + "/versions", $"decisions/{p["advice"]}/versions", All),
            new(Voting + "/wording", $"decisions/{p["advice"]}/wording", "CM", new Write("", "CM", "Text=We buy two vans.")),
            new(Voting + "/rules", $"decisions/{p["advice"]}/rules", "CM", new Write("", "CM", "Method=Consent")),
            new(Voting + "/open", $"decisions/{p["advice"]}/open", "CM", new Write("", "CM")),
            new(Voting + "/close", $"decisions/{p["voting"]}/close", "CM", new("", "CM"),
                new("later", "CM", "ClosesOn=2027-06-01", "ClosesTime=17:00")),
            new(Voting + "/vote", $"decisions/{p["voting"]}/vote", "LO", new Write("", "LO", "Choice=1")),
            new(Voting + "/vote", $"decisions/{p["secret"]}/vote", "LO", new Write("", "LO", "Choice=1") { Untold = "A secret vote." }),
            new(Voting + "/enter", $"decisions/{p["voting"]}/enter", "C",
                new Write("", "C", $"Organisation={p["theirs"]}", "Way=Paper", "Choice=1")),
            new(Voting + "/enter", $"decisions/{p["secret"]}/enter", "", new Write("", "")),
            new(Voting + "/paper", $"decisions/{p["secret"]}/paper", "", new Write("", "")), // it is held on screen
            new(Voting + "/vote", $"decisions/{p["paper"]}/vote", "", new Write("", "")),
            new(Voting + "/paper", $"decisions/{p["paper"]}/paper", "C",
                new Write("", "C", $"Ticked={p["theirs"]}", "Totals[0]=1", "Totals[1]=0", "Totals[2]=0")),
            new(Voting + "/slips", $"decisions/{p["slips"]}/slips", "C", new Write("", "C") { Status = 200 }),

            new("meetings", "meetings", All),
            new("meetings/new", "meetings/new", Leads, new Write("", Leads, "Title=Board")),
            new("meetings/settings", "meetings/settings", "C", new Write("", "C", "TitlesShown=true")),
            new("meetings/calendar", "meetings/calendar", All, new("make", All) { Status = 200 },
                new("revoke", All) { Untold = "There is none to revoke." }),
            new("meetings/next-item", "meetings/next-item", Members),
            new(Meeting, meeting, All, new("note", Members, $"item={p["item"]}", "text=We go on."),
                new("move", Members, $"item={p["second item"]}", $"above={p["item"]}"), new("carry", Members),
                new("invite", Leads) { Untold = "No mail is set up." }),
            new(Meeting + "/events", $"{meeting}/events", All),
            new(Meeting + "/change", $"{meeting}/change", Leads, new Write("", Leads, "Place=Upstairs")),
            new(Meeting + "/cancel", $"{meeting}/cancel", Leads, new Write("", Leads)),
            new(Meeting + "/items/new", $"{meeting}/items/new", Members, new Write("", Members, "Title=Trains")),
            new(Meeting + "/items/{itemId:long}", $"{meeting}/items/{p["item"]}", Members,
                new Write("", Members, "Title=Buses and trains")),
            new(Meeting + "/notes/{noteId:long}", $"{meeting}/notes/{p["note"]}", "CLM", new Write("", "CLM", "Text=Said otherwise.")),
            new(Meeting + "/attendance", $"{meeting}/attendance", Members, new Write("", Members, "Rows[0].State=Present")),
            new(Meeting + "/promise", $"{meeting}/promise", Leads,
                new Write("", Leads, "Title=Ask the firm", "Organisation={own}", "DueOn=2027-06-01")),
            new(Meeting + "/end", $"{meeting}/end", Owners, new Write("", Owners)),
            new(Meeting + "/minutes", $"{meeting}/minutes", All),
            new(Meeting + "/invitation.ics", $"{meeting}/invitation.ics", All),

            new("voice", "voice", All),
        ];
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_AndForms_AreForThoseNamedHere_AndForNobodyElse(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var p = await AgreeingPartnership.MakeAsync(app);
        using var elsewhere = await AgreeingPartnership.MakeAsync(app);
        using var noRole = await app.SignedInAsync(await app.AccountAsync(isOperator: true));
        using var nobody = app.Visitor();
        var screens = Screens(p);
        await NoneIsMissingAsync(app, screens);
        var strangers = elsewhere.Visitors.Where(v => v.Key is 'C' or 'M').ToList();
        var token = await TokensAsync([.. p.Visitors.Values, .. strangers.Select(s => s.Value), noRole]);
        var before = await TrailAsync(app, p.Id);
        var wrong = new List<string>();
        void Expect(string what, int expected, int status)
        {
            if (status != expected) wrong.Add($"{what}: {status}, not {expected}");
        }

        foreach (var screen in screens)
        {
            var here = $"/partnerships/{p.Id}/{screen.Path}";
            var moved = $"/partnerships/{elsewhere.Id}/{screen.Path}"; // our thing, under their own partnership
            foreach (var (letter, visitor) in p.Visitors) Expect($"{letter} reads {here}", screen.Who.Contains(letter) ? 200 : 404,
                await ReadAsync(visitor, here));
            foreach (var (letter, stranger) in strangers)
            {
                Expect($"stranger {letter} reads {here}", 404, await ReadAsync(stranger, here));
                if (Things.IsMatch(screen.Path)) Expect($"stranger {letter} reads {moved}", 404, await ReadAsync(stranger, moved));
            }
            Expect($"somebody without a role reads {here}", 404, await ReadAsync(noRole, here));
            Assert.Contains("/sign-in", (await nobody.GetAsync(here)).Location, StringComparison.Ordinal);
            foreach (var write in screen.Writes)
            {
                var handler = write.Handler.Length == 0 ? "" : "?handler=" + write.Handler;
                Dictionary<string, string> Fields(Visitor visitor) =>
                    new(write.By('L', p)) { ["__RequestVerificationToken"] = token[visitor], ["Version"] = "0", ["Seen"] = "0" };
                foreach (var (letter,
                    visitor) in p.Visitors.Where(v => !write.Who.Contains(v.Key))) Expect($"{letter} sends {here}{handler}", 404,
                    (await visitor.SendAsync(here + handler, Fields(visitor))).Status);
                foreach (var (letter, stranger) in strangers)
                {
                    Expect($"stranger {letter} sends {here}{handler}", 404, (await stranger.SendAsync(here + handler, Fields(stranger)))
                        .Status);
                    if (Things.IsMatch(screen.Path)) Expect($"stranger {letter} sends {moved}{handler}", 404,
                        (await stranger.SendAsync(moved + handler, Fields(stranger))).Status);
                }
                Expect($"somebody without a role sends {here}{handler}", 404, (await noRole.SendAsync(here + handler, Fields(noRole)))
                    .Status);
                Assert.Contains("/sign-in", (await nobody.SendAsync(here + handler, write.By('L', p))).Location, StringComparison.Ordinal);
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before.Count, (await TrailAsync(app, p.Id)).Count); // and nothing was done
    }

    /// <summary>From the day on which their organisation left, a lead does nothing more and reads nothing of agreeing and acting; when it
    /// comes back, as before.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_WhoseOrganisationLeft_ReadsAndSendsNothing(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var p = await AgreeingPartnership.MakeAsync(app);
        var ours = long.Parse(p["ours"], System.Globalization.CultureInfo.InvariantCulture);
        var lead = p.Visitors['L'];
        var address = new Uri((await lead.PostAsync(MeetingsLinks.Calendar(p.Id), [], "make")).ValueOf("calendar-address")!).AbsolutePath;
        await OurselvesAsync(organisation => organisation.Leave(app.Clock.Today()));
        var token = await TokensAsync([lead]);
        var before = await TrailAsync(app, p.Id);
        var wrong = new List<string>();
        foreach (var screen in Screens(p))
        {
            var here = $"/partnerships/{p.Id}/{screen.Path}";
            if (await ReadAsync(lead, here) is not 404 and var read) wrong.Add($"reads {here}: {read}");
            foreach (var write in screen.Writes)
            {
                var sent = await lead.SendAsync(here + (write.Handler.Length == 0 ? "" : "?handler=" + write.Handler),
                    new(write.By('L', p)) { ["__RequestVerificationToken"] = token[lead], ["Version"] = "0", ["Seen"] = "0" });
                if (sent.Status != 404) wrong.Add($"sends {here} {write.Handler}: {sent.Status}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before.Count, (await TrailAsync(app, p.Id)).Count);
        using var calendar = app.Visitor();
        Assert.Equal(404, (await calendar.GetAsync(address)).Status);

        await OurselvesAsync(organisation => organisation.Join(app.Clock.Today()));
        Assert.Equal(200, (await lead.GetAsync($"/partnerships/{p.Id}/threads")).Status);
        Assert.Equal(200, (await calendar.GetAsync(address)).Status);

        Task OurselvesAsync(Action<Organisation> act) => app.DbAsync(async db =>
        {
            act(await db.Set<Organisation>().Include(o => o.Terms).Include(o => o.Memberships).SingleAsync(o => o.Id == ours));
            await db.SaveChangesAsync();
            return true;
        });
    }

    /// <summary>On a copy of the same partnership each time: whoever may send a form can, and the trail says so with name, time and
    /// words.</summary>
    [Fact]
    public async Task Forms_OfEveryoneWhoMay_AreTaken_AndLeaveAnEntryInTheTrail()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        using var p = await AgreeingPartnership.MakeAsync(app);
        var live = Path.Combine(app.Settings.DataFolder, "colead.db");
        await using var copy = new SqliteConnection($"Data Source={live}.copy");
        await using var database = new SqliteConnection($"Data Source={live}");
        await copy.OpenAsync(TestContext.Current.CancellationToken);
        await database.OpenAsync(TestContext.Current.CancellationToken);
        database.BackupDatabase(copy);
        var wrong = new List<string>();
        foreach (var screen in Screens(p))
        {
            foreach (var write in screen.Writes)
            {
                foreach (var letter in write.Who)
                {
                    copy.BackupDatabase(database);
                    var visitor = p.Visitors[letter];
                    var path = $"/partnerships/{p.Id}/{screen.Path}";
                    var what = $"{letter} sends {path} {write.Handler}";
                    var before = await TrailAsync(app, p.Id);
                    var page = await visitor.GetAsync(path);
                    var offered = page.Document.QuerySelectorAll("main form").Any(f => write.Handler.Length == 0
                        ? !(f.GetAttribute("action") ?? "").Contains("handler=", StringComparison.Ordinal)
                            : (f.GetAttribute("action") + f.OuterHtml).Contains("handler=" + write.Handler, StringComparison.Ordinal));
                    var answer = offered ? await visitor.SubmitAsync(page, write.By(letter, p), write.Handler.Length == 0 ? null
                        : write.Handler)
                        : await visitor.ForgeAsync("/account", $"{path}?handler={write.Handler}", write.By(letter, p));
                    if (answer.Status != write.Status) wrong.Add($"{what}: {answer.Status}, not {write.Status}: {answer.Document.QuerySelector(".govuk-error-summary")?.TextContent.Trim()}");
                    var told = (await TrailAsync(app, p.Id)).Skip(before.Count).ToList();
                    if (write.Untold is null && told.Count == 0) wrong.Add($"{what}: left no trail");
                    if (write.Untold is not null && told.Count > 0) wrong.Add($"{what}: told {told[0].Act}");
                    wrong.AddRange(told.Where(e => e.AccountId is null || e.Who.Length == 0 || e.Act.Length == 0 || e.Detail.Length == 0)
                        .Select(e => $"{what}: says neither who nor what: {e.Act}"));
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static readonly Regex Things = new(@"(?<!versions)/\d+", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>Every endpoint of these parts, and every form that its page takes, has a line.</summary>
    private static async Task NoneIsMissingAsync(TestApp app, Screen[] screens)
    {
        const string Prefix = "partnerships/{partnershipId:long}/";
        var loader = app.Services.GetRequiredService<PageLoader>();
        var there = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>())
        {
            var route = endpoint.RoutePattern.RawText!;
            var handlers = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                ? (await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods : [];
            // what begins with On and is no handler says so
            Assert.All(handlers, h => Assert.True(h.HttpMethod is "Get" or "Post", $"{route} answers {h.HttpMethod}"));
            if (!route.StartsWith(Prefix[..^1], StringComparison.Ordinal) || Earlier.IsMatch(route)) continue;
            there.Add(route[Prefix.Length..]);
            foreach (var handler in handlers.Where(h =>
                h.HttpMethod == "Post")) there.Add($"{route[Prefix.Length..]} Post {handler.Name?.ToUpperInvariant()}");
        }
        var listed = screens.SelectMany(s => s.Writes.Select(w => $"{s.Route} Post {w.Handler.ToUpperInvariant()}").Prepend(s.Route))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(there.Except(listed)); // a new screen or form: say here who may
        Assert.Empty(listed.Except(there));
    }

    /// <summary>As soon as the answer's head is there: a stream goes on and on. A redirect within the partnership is reading,
    /// too.</summary>
    private static async Task<int> ReadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.OpenAsync(path);
        return (int)answer.StatusCode is 302 && path.EndsWith("/next-item", StringComparison.Ordinal) ? 200 : (int)answer.StatusCode;
    }

    private static async Task<Dictionary<Visitor, string>> TokensAsync(IEnumerable<Visitor> visitors)
    {
        var tokens = new Dictionary<Visitor, string>();
        foreach (var visitor in visitors) tokens[visitor] = (await visitor.GetAsync("/account"))
            .Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return tokens;
    }

    private static Task<List<AuditEntry>> TrailAsync(TestApp app, long partnership) =>
        app.DbAsync(db => db.AuditEntries.AsNoTracking().Where(e => e.PartnershipId == partnership).OrderBy(e => e.Id).ToListAsync());
}
