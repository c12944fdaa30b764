using System.Reflection;
using System.Text.RegularExpressions;
using Colead.Composition;
using Colead.Parts;
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
        ["partnerships/{partnershipId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/edit"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/organisations"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/organisations/new"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/organisations/{organisationId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/organisations/{organisationId:long}/edit"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/organisations/{organisationId:long}/list"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/people"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/people/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/people/{personId:long}"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/people/roster.{format:regex(^(csv|xlsx)$)}"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/import"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/import/{uploadId:long}"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/team"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/team/trail"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/invitations"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/invitations/{invitationId:long}"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/slips"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/poster"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/progress"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/rounds/import"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/import/{uploadId:long}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/import/{uploadId:long}/confirm"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/new"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/contact"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/questionnaire"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/who"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/ways"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/shown"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/dates"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/comments"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/publish"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/open"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/findings"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/levels"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/sectors"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/organisations"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/sectors-and-levels"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/statements"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/change"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/comments"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/open-link"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/about"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads/findings.{format:regex(^(csv|xlsx|json)$)}"] =
            RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads/dictionary.csv"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/findings/downloads/publication.schema.json"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/extend"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/close"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/cancel"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/rounds/{roundId:long}/preview/{number:int?}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/decisions"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/decisions/new"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/events"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/versions"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/wording"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/rules"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/open"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/close"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/vote"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/enter"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/paper"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/decisions/{proposalId:long}/slips"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments/{key}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments/{key}/file"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments/schema"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments/{instrumentId:long}/about"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments/{instrumentId:long}/scale"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/instruments/{instrumentId:long}/dimensions/{dimension}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/threads"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/threads/new"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/edit"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/talk"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/talk/{noteId:long}"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/threads/{threadId:long}/share"] = RolePolicies.Coordinator,
        ["thread/{secret}"] = Anyone,
        ["partnerships/{partnershipId:long}/agreement"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/agreement/draft"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/agreement/sections/{key}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/agreement/versions/{number:int}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/agreement/versions/{number:int}/changes"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/agreement/duties"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/agreement/duties/edit/{dutyId:long?}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/agreement/data-sharing"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/agreement/data-sharing/edit/{sharingId:long?}"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/vision"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/vision/aims/new"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/vision/aims/{aimId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/vision/aims/{aimId:long}/propose"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/vision/aims/{aimId:long}/wordings/{wordingId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/vision/organisations/{organisationId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/vision/own/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/vision/own/{ownAimId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/vision/own/{ownAimId:long}/edit"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/vision/fit/{ownAimId:long?}"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/actions"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/actions/map"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/actions/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/actions/{actionId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/actions/{actionId:long}/edit"] = RolePolicies.Lead,
        ["reminders/{secret}"] = Anyone,
        ["slip"] = Anyone, // a slip's code is typed there, on anybody's device
        ["partnerships/{partnershipId:long}/money"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/money/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/money/journal"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/money/journal/{entryId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/money/switch"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/outcomes"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/outcomes/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/edit"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/edit"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/story"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/import"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/outcomes/{outcomeId:long}/indicators/{indicatorId:long}/readings/{readingId:long}"] =
            RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/meetings/new"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/meetings/settings"] = RolePolicies.Coordinator,
        ["partnerships/{partnershipId:long}/meetings/calendar"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/meetings/next-item"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/events"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/change"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/cancel"] = RolePolicies.Lead,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/items/new"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/items/{itemId:long}"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/notes/{noteId:long}"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/attendance"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/promise"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/end"] = RolePolicies.Member,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/minutes"] = RolePolicies.Viewer,
        ["partnerships/{partnershipId:long}/meetings/{meetingId:long}/invitation.ics"] = RolePolicies.Viewer,
        [".well-known/security.txt"] = Anyone,
        ["calendar/{secret}.ics"] = Anyone,
        ["partnerships/{partnershipId:long}/voice"] = RolePolicies.Viewer,
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
        var links = typeof(PartnershipsLinks).Assembly.GetTypes()
            .Where(type => type is { IsPublic: true } && type.Name.EndsWith("Links", StringComparison.Ordinal) && type.IsAbstract
            && type.IsSealed)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Select(method => (string)method.Invoke(null,
                [.. method.GetParameters().Select(p => (object?)(p.ParameterType == typeof(string) ? p.Name == "format" ? "csv"
                : p.Name == "link" ? "/a/x" : p.HasDefaultValue ? null : "x" : p.HasDefaultValue ? null : 1L))])!);
        foreach (var link in links)
        {
            var answer = await visitor.GetAsync(link);
            Assert.True(answer.Status is 200 || answer.Heading == "We do not know this link" || answer.Location == "/answer"
                || answer.Location?.Contains("/sign-in", StringComparison.Ordinal) == true, $"{link} gave {answer.Status}");
        }
    }

    /// <summary>The order is that of the list; what the compiled program uses is read, so no alias and no full name escapes.</summary>
    [Fact]
    public void Parts_UseThoseBeforeThem_AndNobodyNamesAPartButPartsAfterIt()
    {
        var order = AllParts.InOrder.Select(part => NameOf(part.GetType())!).ToList();
        Assert.Equal(order.Distinct(StringComparer.Ordinal), order);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (user, used) in Compiled.Uses(typeof(Part).Assembly))
        {
            if (NameOf(used) is not { } usedPart || NameOf(user) == usedPart) continue;
            var by = NameOf(user);
            if (user == typeof(AllParts) || user.Namespace!.StartsWith("Colead.Commands", StringComparison.Ordinal)
                || user.Namespace == "Colead") continue;
            if (by is null || !order.Contains(by)
                || order.IndexOf(by) < order.IndexOf(usedPart)) wrong.Add($"{user.Namespace}.{user.Name} uses {usedPart}: {used.Name}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The part of a type, by its folder.</summary>
    private static string? NameOf(Type type) => type.Namespace is { } space && space.StartsWith("Colead.Parts.", StringComparison.Ordinal)
        ? space.Split('.')[2] : null;

    /// <summary>Folder and namespace are one, and no folder is one screen's alone by name.</summary>
    [Fact]
    public void Namespaces_AreFolders()
    {
        foreach (var (folder, root) in new[] { ("Colead", "Colead"), ("Colead.Analysis", "Colead.Analysis") })
        {
            foreach (var file in Files(Path.Combine(Sources, folder)).Where(file => file.EndsWith(".cs", StringComparison.Ordinal)))
            {
                var within = Path.GetRelativePath(Path.Combine(Sources, folder), Path.GetDirectoryName(file)!);
                var space = Regex.Match(File.ReadAllText(file), @"^namespace (?<space>[\w.]+)", RegexOptions.Multiline,
                    TimeSpan.FromSeconds(5)).Groups["space"].Value;
                if (space.Length > 0) Assert.Equal(within == "." ? root : root + "." + within.Replace('/', '.'), space);
                Assert.False(within.Contains("Screen", StringComparison.Ordinal), within);
            }
        }
    }

    [Fact]
    public void Storage_KnowsNeitherAnalysisNorTheProgram() =>
        Assert.DoesNotContain("Colead.Analysis", string.Concat(Files(Path.Combine(Sources, "Colead.Storage")).Select(File.ReadAllText)),
            StringComparison.Ordinal);

    [Fact]
    public void Engines_AreKnown_OnlyInTheirFolders()
    {
        var elsewhere = Files(Sources).Where(file => !file.Contains("/Sqlite/", StringComparison.Ordinal)
            && !file.Contains("/Postgres/", StringComparison.Ordinal) && !file.EndsWith("/DatabaseEngine.cs", StringComparison.Ordinal));
        Assert.All(elsewhere,
            file => Assert.False(Regex.IsMatch(File.ReadAllText(file),
            @"Npgsql|Microsoft\.Data\.Sqlite|IsSqlite|IsNpgsql|UseSqlite|ProviderName", RegexOptions.None, TimeSpan.FromSeconds(5)), file));
    }

    /// <summary>What people answered is read by the code that closes a round; who answered, by the weekly count and by answering itself: no
    /// page, export or report can reach either.</summary>
    [Fact]
    public void SealedAnswers_AreReached_ByClosingAndCountingAlone()
    {
        Assert.Equal(["Parts/Publishing/ClosingOperations.cs"], Naming(@"\banswers\.ReadAsync\("));
        Assert.Empty(Naming(@"AnswerContent\.Open"));
        Assert.Equal(["Parts/Answering/AnswerOperations.cs", "Parts/Invitations/InvitationsPart.cs",
            "Parts/Invitations/ResponseProgress.cs", "Parts/Publishing/ClosingOperations.cs"],
            Naming(@"SealedAnswers|AnsweredTag").Except(DemonstrationFiles));
        Assert.DoesNotContain(typeof(Colead.Storage.ColeadDb)
            .Assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>(), friend =>
            friend.AssemblyName == "colead");
    }

    /// <summary>The demonstration makes its own answers.</summary>
    private static readonly string[] DemonstrationFiles = ["Parts/Demo/DemonstrationRounds.cs"];

    private static IEnumerable<string> Naming(string pattern) => Files(Path.Combine(Sources, "Colead"))
        .Where(file => Regex.IsMatch(File.ReadAllText(file), pattern, RegexOptions.None, TimeSpan.FromSeconds(5)))
        .Select(file => Path.GetRelativePath(Path.Combine(Sources, "Colead"), file)).Order(StringComparer.Ordinal);

    /// <summary>Secret ballots are put in, opened and converted by two classes of the data; no page, export or report can read
    /// them.</summary>
    [Fact]
    public void SealedBallots_AreReached_ByTheirBoxAlone()
    {
        Assert.DoesNotContain(Files(Path.Combine(Sources, "Colead")), file => File.ReadAllText(file).Contains("SealedBallot",
            StringComparison.Ordinal));
        Assert.False(typeof(Colead.Storage.ColeadDb).Assembly.GetType("Colead.Storage.Sealing.SealedBallot")!.IsPublic);
    }

    [Fact]
    public void LockFiles_NameNoHost() =>
        Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Path.Combine(Sources, "Colead/Assets/package-lock.json")),
            StringComparison.Ordinal);

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
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            && !file.Contains("/node_modules/", StringComparison.Ordinal));
}
