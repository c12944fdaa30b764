using System.Reflection;
using System.Text.RegularExpressions;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Hosting;

/// <summary>The rules of the house that the compiler does not keep.</summary>
public class HouseRulesTests(House house)
{
    private const string Anyone = "anyone";

    /// <summary>Every address of the program and who may come. A new page is added here on purpose, or this fails.</summary>
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        [""] = Anyone,
        ["error/{code:int}"] = Anyone,
        ["sign-in"] = Anyone,
        ["sign-in/code"] = Anyone,
        ["enter/{secret}"] = Anyone,
        ["forgotten"] = Anyone,
        ["reset"] = Anyone,
        ["set-up/{secret}"] = Anyone,
        ["invitation/{secret}"] = Anyone,
        ["a/{secret}"] = Anyone,
        ["a/{secret}/{number:int}"] = Anyone,
        ["a/{secret}/review"] = Anyone,
        ["a/{secret}/thanks"] = Anyone,
        ["a/{secret}/no-reminders"] = Anyone,
        ["open/{openLink}"] = Anyone,
        ["open/{openLink}/{number:int}"] = Anyone,
        ["open/{openLink}/review"] = Anyone,
        ["open/{openLink}/thanks"] = Anyone,
        ["answer"] = Anyone,
        ["sign-out"] = "signed in",
        ["account"] = "signed in",
        ["account/password"] = "signed in",
        ["account/passkeys"] = "signed in",
        ["account/authenticator"] = "signed in",
        ["account/recovery-codes"] = "signed in",
        ["account/signed-in"] = "signed in",
        ["mail"] = "operator",
        ["partnerships"] = "signed in",
        ["partnerships/new"] = "operator",
        ["partnerships/{partnershipId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/edit"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/organisations"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/organisations/new"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/organisations/{organisationId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/organisations/{organisationId:long}/edit"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/organisations/{organisationId:long}/list"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/people"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/people/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/people/{personId:long}"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/people/roster.{format:regex(^(csv|xlsx)$)}"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/import"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/import/{uploadId:long}"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/team"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/team/trail"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/invitations"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/invitations/{invitationId:long}"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/slips"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/poster"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/progress"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/rounds/import"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/import/{uploadId:long}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/import/{uploadId:long}/confirm"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/new"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/contact"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/questionnaire"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/who"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/ways"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/shown"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/dates"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/comments"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/publish"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/open"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/findings"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/levels"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/sectors"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/organisations"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/sectors-and-levels"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/statements"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/change"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/comments"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/open-link"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/about"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads/findings.{format:regex(^(csv|xlsx|json)$)}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads/dictionary.csv"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads/publication.schema.json"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/extend"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/close"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/cancel"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/preview/{number:int?}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/decisions"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/decisions/new"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/events"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/versions"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/wording"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/rules"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/open"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/close"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/vote"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/enter"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/paper"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/slips"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments/{key}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments/{key}/file"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments/schema"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments/{instrumentId:long}/about"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments/{instrumentId:long}/scale"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/instruments/{instrumentId:long}/dimensions/{dimension}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/threads"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/threads/new"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/edit"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/talk"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/talk/{noteId:long}"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/share"] = PartnershipsFeature.CoordinatorPolicy,
        ["thread/{secret}"] = Anyone,
        ["partnerships/{partnershipId:long}/agreement"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/agreement/draft"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/agreement/sections/{key}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/agreement/versions/{number:int}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/agreement/versions/{number:int}/changes"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/agreement/duties"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/agreement/duties/edit/{dutyId:long?}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/agreement/data-sharing"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/agreement/data-sharing/edit/{sharingId:long?}"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/vision"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/vision/aims/new"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/vision/aims/{aimId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/vision/aims/{aimId:long}/propose"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/vision/aims/{aimId:long}/wordings/{wordingId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/vision/organisations/{organisationId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/vision/own/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/vision/own/{ownAimId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/vision/own/{ownAimId:long}/edit"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/vision/fit/{ownAimId:long?}"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/actions"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/actions/map"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/actions/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/actions/{actionId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/actions/{actionId:long}/edit"] = PartnershipsFeature.LeadPolicy,
        ["reminders/{secret}"] = Anyone,
        ["slip"] = Anyone, // a slip's code is typed there, on anybody's device
        ["partnerships/{partnershipId:long}/money"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/money/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/money/journal"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/money/journal/{entryId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/money/switch"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/outcomes"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/outcomes/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/edit"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/edit"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/story"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/import"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/readings/{readingId:long}"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/meetings/new"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/meetings/settings"] = PartnershipsFeature.CoordinatorPolicy,
        ["partnerships/{partnershipId:long}/meetings/calendar"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/meetings/next-item"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/events"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/change"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/cancel"] = PartnershipsFeature.LeadPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/items/new"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/items/{itemId:long}"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/notes/{noteId:long}"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/attendance"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/promise"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/end"] = PartnershipsFeature.MemberPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/minutes"] = PartnershipsFeature.ViewerPolicy,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/invitation.ics"] = PartnershipsFeature.ViewerPolicy,
        [".well-known/security.txt"] = Anyone,
        ["calendar/{secret}.ics"] = Anyone,
        ["partnerships/{partnershipId:long}/voice"] = PartnershipsFeature.ViewerPolicy,
    };

    [Fact]
    public async Task Endpoints_All_StateTheirPolicy()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var actual = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .ToDictionary(endpoint => endpoint.RoutePattern.RawText!, PolicyOf, StringComparer.Ordinal);
        Assert.Equal(Expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), actual.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static string PolicyOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return Anyone;
        return string.Join(" + ", endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy));
    }

    [Fact]
    public async Task Links_All_LeadToAPage()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var visitor = app.Visitor();
        var links = typeof(PartnershipsLinks).Assembly.GetTypes().Where(type => type is { IsPublic: true } && type.Name.EndsWith("Links", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Select(method => (string)method.Invoke(null, [.. method.GetParameters().Select(p => (object?)(p.ParameterType == typeof(string) ? p.Name == "format" ? "csv" : p.Name == "link" ? "/a/x" : p.HasDefaultValue ? null : "x" : p.HasDefaultValue ? null : 1L))])!);
        foreach (var link in links)
        {
            var answer = await visitor.GetAsync(link);
            Assert.True(answer.Status is 200 || answer.Heading == "We do not know this link" || answer.Location == "/answer" || answer.Location?.Contains("/sign-in", StringComparison.Ordinal) == true, $"{link} gave {answer.Status}");
        }
    }

    [Fact]
    public void Parts_DependOneWay()
    {
        string[] order = ["Errors", "Mail", "Accounts", "Partnerships", "Inventory", "Findings", "Agreements", "Threads", "Vision", "Outcomes", "Actions", "Budget", "Decisions", "Meetings", "Voice", "ThreadPages", "Demo"];
        foreach (var layer in new[] { "Colead.Web/Features", "Colead.Data" })
        {
            for (var i = 0; i < order.Length; i++)
            {
                var folder = Path.Combine(Sources, layer, order[i]);
                if (!Directory.Exists(folder)) continue;
                var above = order[(i + 1)..];
                foreach (var file in Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories))
                {
                    var text = File.ReadAllText(file);
                    Assert.DoesNotContain(above, part => Regex.IsMatch(text, $@"\b(using|@using) Colead\.(Web\.Features|Data)\.{part}\b", RegexOptions.None, TimeSpan.FromSeconds(5)));
                }
            }
        }
        Assert.DoesNotContain("Colead.Analysis", string.Concat(Files(Path.Combine(Sources, "Colead.Data")).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_AreKnown_OnlyInTheirFolders()
    {
        var elsewhere = Files(Sources).Where(file => !file.Contains("/Sqlite/", StringComparison.Ordinal) && !file.Contains("/Postgres/", StringComparison.Ordinal) && !file.EndsWith("/DatabaseEngine.cs", StringComparison.Ordinal));
        Assert.All(elsewhere, file => Assert.False(Regex.IsMatch(File.ReadAllText(file), @"Npgsql|Microsoft\.Data\.Sqlite|IsSqlite|IsNpgsql|UseSqlite|ProviderName", RegexOptions.None, TimeSpan.FromSeconds(5)), file));
    }

    /// <summary>What people answered is read by the code that closes a round; who answered, by the weekly count and by answering itself: no page, export or report can reach either.</summary>
    [Fact]
    public void SealedAnswers_AreReached_ByClosingAndCountingAlone()
    {
        Assert.Equal(["Features/Inventory/Closing.cs"], Naming(@"\banswers\.ReadAsync\("));
        Assert.Empty(Naming(@"AnswerContent\.Open"));
        Assert.Equal(["Features/Inventory/Answering/Answers.cs", "Features/Inventory/Closing.cs", "Features/Inventory/InventoryFeature.cs", "Features/Inventory/Inviting/ResponseProgress.cs"],
            Naming(@"SealedAnswers|AnsweredTag").Except(DemonstrationFiles));
        Assert.DoesNotContain(typeof(Colead.Data.ColeadDb).Assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>(), friend => friend.AssemblyName == "colead");
    }

    /// <summary>The demonstration makes its own answers.</summary>
    private static readonly string[] DemonstrationFiles = ["Features/Demo/DemonstrationRounds.cs"];

    private static IEnumerable<string> Naming(string pattern) => Files(Path.Combine(Sources, "Colead.Web")).Where(file => Regex.IsMatch(File.ReadAllText(file), pattern, RegexOptions.None, TimeSpan.FromSeconds(5)))
        .Select(file => Path.GetRelativePath(Path.Combine(Sources, "Colead.Web"), file)).Order(StringComparer.Ordinal);

    /// <summary>Secret ballots are put in, opened and converted by two classes of the data; no page, export or report can read them.</summary>
    [Fact]
    public void SealedBallots_AreReached_ByTheirBoxAlone()
    {
        Assert.DoesNotContain(Files(Path.Combine(Sources, "Colead.Web")), file => File.ReadAllText(file).Contains("SealedBallot", StringComparison.Ordinal));
        Assert.False(typeof(Colead.Data.ColeadDb).Assembly.GetType("Colead.Data.Decisions.SealedBallot")!.IsPublic);
    }

    [Fact]
    public void LockFiles_NameNoHost() =>
        Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Path.Combine(Sources, "Colead.Web/Assets/package-lock.json")), StringComparison.Ordinal);

    private static string Sources
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Colead.slnx"))) folder = folder.Parent!;
            return Path.Combine(folder.FullName, "src");
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/node_modules/", StringComparison.Ordinal));
}
