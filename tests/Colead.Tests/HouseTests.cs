using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Colead.Analysis;

namespace Colead.Tests;

/// <summary>The rules of the house that no compiler keeps.</summary>
public partial class HouseTests
{
    /// <summary>Files, networks, databases, web, processes, the clock and hidden randomness.</summary>
    private static readonly string[] ForbiddenToAnalysis =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.Path", "System.IO.DriveInfo", "System.IO.Pipes", "System.Net", "System.Data",
            "System.Web",
        "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Microsoft.Data", "Npgsql", "CsvHelper",
            "Colead.Storage", "colead",
        "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.TimeProvider", "System.Random",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Reflection.Emit",
    ];

    private static readonly string[] ForbiddenMembers =
        ["DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow",
            "Guid.NewGuid", "Environment.get_TickCount", "Environment.get_TickCount64"];

    /// <summary>The page in docs/methods that explains each statistic; a small family shares one.</summary>
    private static readonly Dictionary<string, string> PageOf = new(StringComparer.Ordinal)
    {
        ["AgreementReference"] = "within-group-agreement", ["AgreementTest"] = "within-group-agreement",
            ["SpreadOfAnswers"] = "within-group-agreement",
        ["DrawnInGaps"] = "partial-pooling", ["GroupDeviations"] = "partial-pooling", ["NestedGroups"] = "mean-difference",
            ["TestedDifference"] = "findings",
        ["TestFamilies"] = "findings", ["FamilyVerdict"] = "findings", ["HighestAndLowest"] = "findings", ["ScoreProducts"] = "summaries",
        ["RandomAgreement"] = "within-group-agreement", ["WithinGroupAgreement"] = "within-group-agreement",
        ["Polarisation"] = "polarisation",
        ["BenjaminiHochberg"] = "mean-difference", ["Gaps"] = "mean-difference", ["CertaintyWords"] = "mean-difference",
        ["Change"] = "change-between-rounds", ["Composition"] = "change-between-rounds", ["RandomEffects"] = "change-between-rounds",
        ["CurrentAndDesired"] = "current-and-desired", ["PairedRatings"] = "current-and-desired",
        ["OneWaySums"] = "partial-pooling", ["PartialPooling"] = "partial-pooling",
        ["Benchmark"] = "benchmarks", ["NetworkRollUp"] = "benchmarks", ["Quantile"] = "benchmarks",
        ["Adjacency"] = "relationship-networks", ["RelationshipNetwork"] = "relationship-networks", ["NetworkMeasures"] =
            "relationship-networks",
        ["NetworkRules"] = "relationship-networks",
        ["BestPartition"] = "communities", ["Leiden"] = "communities", ["Louvain"] = "communities", ["Modularity"] = "communities",
        ["Components"] = "paths-and-components", ["ShortestPaths"] = "paths-and-components",
        ["Coreness"] = "core-and-periphery", ["CorePeriphery"] = "core-and-periphery",
        ["CutStructure"] = "cut-points-and-fragility", ["Fragility"] = "cut-points-and-fragility",
        ["DegreeCentralisation"] = "network-centralisation",
        ["Density"] = "network-density-and-reciprocity", ["Reciprocity"] = "network-density-and-reciprocity",
        ["ExternalInternal"] = "e-i-index",
        ["ProtectedRatings"] = "trust-and-value", ["Ratings"] = "trust-and-value", ["RaterAndRated"] = "kind-raters",
        ["Triads"] = "structural-holes",
        ["Covariance"] = "reliability", ["CronbachAlpha"] = "reliability", ["McDonaldOmega"] = "reliability", ["OneFactorModel"] =
            "reliability",
        ["IntraclassCorrelation"] = "intraclass-correlation",
        ["CrossProducts"] = "summaries", ["RoundSummary"] = "summaries", ["Moments"] = "summaries", ["ScoreSums"] = "summaries",
        ["GroupMean"] = "group-mean", ["PooledVariance"] = "group-mean",
        ["Headlines"] = "headlines", ["ItemResult"] = "item-results", ["PersonScores"] = "person-scores",
        ["ContractSigns"] = "contract-signs",
        ["ConsentCount"] = "voting", ["YesNoCount"] = "voting", ["ScoreCount"] = "voting", ["DotCount"] = "voting", ["RankedCount"] =
            "voting", ["ChooseOneCount"] = "voting",
        ["Representativeness"] = "representativeness", ["Trend"] = "trend", ["VoiceShare"] = "voice-share",
    };

    [Fact]
    public void Analysis_References_AreNumbersAndTheFrameworkAlone()
    {
        using var file = new PEReader(File.OpenRead(typeof(Figure).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var assemblies = metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name));
        Assert.All(assemblies, name => Assert.Matches("^(System(\\..+)?|MathNet\\.Numerics)$", name));

        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}").ToList();
        Assert.Contains("System.Double", types); // the list is not simply empty
        foreach (var forbidden in ForbiddenToAnalysis)
            Assert.DoesNotContain(types, t => t == forbidden || t.StartsWith(forbidden + ".", StringComparison.Ordinal)
                || (forbidden.EndsWith("File", StringComparison.Ordinal) && t.StartsWith(forbidden, StringComparison.Ordinal)));

        var members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => $"{metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)m.Parent).Name)}.{metadata.GetString(m.Name)}")
            .ToList();
        Assert.Empty(members.Intersect(ForbiddenMembers, StringComparer.Ordinal));
    }

    [Fact]
    public void PublicStatistics_All_HaveAPage()
    {
        string[] subjects = ["Agreement", "Comparison", "Decisions", "Matching", "Networks", "Reliability", "Scoring", "Voice"];
        var statistics = typeof(Figure).Assembly.GetExportedTypes()
            .Where(t => subjects.Contains(t.Namespace?.Split('.')[^1], StringComparer.Ordinal) && !t.IsEnum && !t.IsNested)
            .Where(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Any(m => !m.IsSpecialName))
            .Select(t => t.Name)
            .ToList();
        Assert.All(statistics, name => Assert.True(PageOf.ContainsKey(name),
            $"{name} has no page: write one in docs/methods and name it in {nameof(PageOf)}."));
        foreach (var (name, page) in PageOf)
            Assert.True(File.Exists(Repository.PathOf($"docs/methods/{page}.md")), $"{name}: there is no docs/methods/{page}.md.");
    }

    [Fact]
    public void MethodPages_Each_SaysAllThatAPageMust()
    {
        var pages = Repository.Files().Where(f => f.StartsWith("docs/methods/", StringComparison.Ordinal)
            && f.EndsWith(".md", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            var text = File.ReadAllText(Repository.PathOf(page));
            foreach (var part in new[] { "```example name=", "ource" }) Assert.True(text.Contains(part, StringComparison.Ordinal),
                $"{page} lacks {part}");
        }
    }

    [Fact]
    public void Files_All_NameNoMachineAndNoRegistry()
    {
        // Put together here, so that this file is not a find of its own.
        string[] forbidden = ["/" + "work/", "/" + "tmp/wt", ".." + "/shared", "/" + "home/", "/" + "root/", "nuget" + ".org", "npmjs"
            + ".org", "npmjs" + ".com"];
        var finds = new List<string>();
        foreach (var file in Repository.Files().Where(IsText))
        {
            var lines = File.ReadAllLines(Repository.PathOf(file));
            for (var i = 0; i < lines.Length; i++)
                finds.AddRange(forbidden.Where(f => lines[i].Contains(f, StringComparison.OrdinalIgnoreCase))
                    .Select(f => $"{file}:{i + 1} has {f}"));
        }

        Assert.Empty(finds);
    }

    [Fact]
    public void SourceFiles_All_AreFreeOfUnfinishedMarksAndEmptyCatches()
    {
        foreach (var file in Repository.Files().Where(f => f.EndsWith(".cs", StringComparison.Ordinal)
            && !f.EndsWith("/HouseTests.cs", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(Repository.PathOf(file));
            Assert.False(UnfinishedMark().IsMatch(text), $"{file} has an unfinished mark");
            Assert.False(EmptyCatch().IsMatch(text), $"{file} swallows a fault");
            Assert.False(SkippedTest().IsMatch(text), $"{file} skips a test");
        }
    }

    /// <summary>Whatever travels with the program is named with its licence, and nothing that does not.</summary>
    [Fact]
    public void Notice_ListsEveryLibraryThatIsShipped()
    {
        string[] tools = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.EntityFrameworkCore.Analyzers",
            "esbuild", "sass", "typescript"];
        var shipped = Repository.Files().Where(f => f.StartsWith("src/", StringComparison.Ordinal)
            && f.EndsWith("/packages.lock.json", StringComparison.Ordinal))
            .SelectMany(f => JsonDocument.Parse(File.ReadAllText(Repository.PathOf(f))).RootElement.GetProperty("dependencies")
                .EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
            .Where(p => p.Value.GetProperty("type").GetString() != "Project").Select(p => p.Name);
        var front =
            JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/Colead/Assets/package.json")))
                .RootElement.GetProperty("dependencies").EnumerateObject().Select(p => p.Name);
        var rows = File.ReadAllLines(Repository.PathOf("NOTICE.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| package", StringComparison.Ordinal));
        Assert.Equal(shipped.Concat(front).Except(tools).Distinct().Order(StringComparer.Ordinal),
            rows.Select(l => l.Split('|', ',')[1].Trim()).Order(StringComparer.Ordinal));
    }

    /// <summary>Changing any style sheet or script makes the pages' files anew.</summary>
    [Fact]
    public void Assets_EverySource_IsAskedForWhenTheyAreBuilt()
    {
        using var evaluated = Process.Start(new ProcessStartInfo("dotnet",
            ["msbuild", Repository.PathOf("src/Colead/Colead.csproj"), "-getItem:AssetSource"]) { RedirectStandardOutput = true,
            UseShellExecute = false })!;
        var known = evaluated.StandardOutput.ReadToEnd().Replace("\\\\", "/", StringComparison.Ordinal);
        evaluated.WaitForExit();
        var sources = Repository.Files().Where(f => f.StartsWith("src/Colead/Assets/", StringComparison.Ordinal)
            && Path.GetExtension(f) is ".scss" or ".ts").ToList();
        Assert.Contains(sources, f => f.Contains("/parts/", StringComparison.Ordinal));
        Assert.All(sources.Where(f => f.StartsWith("src/Colead/Assets/", StringComparison.Ordinal)),
            f => Assert.Contains(f["src/Colead/".Length..], known, StringComparison.Ordinal));
    }

    [Fact]
    public void Guide_ExitCodes_AreThoseOfTheProgram()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs/guide/command-line.md"));
        foreach (var code in typeof(Colead.Commands.ExitCodes).GetFields().Where(f => f.FieldType == typeof(int))
            .Select(f => f.GetValue(null)))
            Assert.Contains($"| {code} |", guide, StringComparison.Ordinal);
    }

    private static bool IsText(string file) => Path.GetExtension(file) is not (".png" or ".jpg" or ".ico" or ".woff2" or ".gz" or ".zip");

    [GeneratedRegex(@"//\s*(TODO|FIXME|XXX|HACK)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"catch(\s*\([^)]*\))?\s*\{\s*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\[(Fact|Theory)\([^)]*Skip\s*=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SkippedTest();
}
