using System.Globalization;
using System.Text.Json;
using Colead.Commands;

namespace Colead.Tests;

/// <summary><c>colead network</c> from files to output.</summary>
public sealed class NetworkCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Measures of other packages, for orientation only.</summary>
    private static readonly HashSet<string> NotRequired = ["betweenness_directed"];

    /// <summary>Found by search: compared by what they reach.</summary>
    private static readonly HashSet<string> Searched = ["louvain", "leiden", "leiden_best_partition_Q", "leiden_best"];

    public static TheoryData<string> Names => ["n02_star12", "n05_partnership15", "n06_disconnected40"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NetworkJsonUnprotected_OracleNetwork_HoldsEveryExpectedValue(string name)
    {
        var (code, output, error) = await Run("network", Nodes(name), Edges(name), "--json", "--unprotected");
        Assert.Equal((0, ""), (code, error));
        using var actual = JsonDocument.Parse(output);
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Oracle($"expected/{name}.json"),
            TestContext.Current.CancellationToken));
        Assert.Equal("unprotected", actual.RootElement.EnumerateObject().First().Name);
        var compared = Compare(expected.RootElement, actual.RootElement, "");
        Assert.True(compared > 300, $"{compared} values");

        foreach (var search in new[] { "louvain", "leiden" })
        {
            var best = expected.RootElement.GetProperty(search).GetProperty("best_Q").GetDouble();
            var reached = actual.RootElement.GetProperty(search).GetProperty("best_Q").GetDouble();
            Assert.True(reached >= Math.Min(0.98 * best, best - 0.02) - 1e-12, $"{search} {reached} of {best}");
        }
    }

    [Fact]
    public async Task NetworkJson_ByDefault_KeepsRatingsBack()
    {
        var (code, output, _) = await Run("network", Nodes("n05_partnership15"), Edges("n05_partnership15"), "--json");
        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal("protected", root.EnumerateObject().First().Name);
        Assert.All(root.GetProperty("arc_scores").EnumerateArray(), arc =>
        {
            Assert.Equal(JsonValueKind.String, arc.GetProperty("from").ValueKind);
            Assert.Equal(JsonValueKind.Null, arc.GetProperty("trust").ValueKind);
            Assert.Equal(JsonValueKind.Null, arc.GetProperty("value").ValueKind);
        });
        foreach (var node in root.GetProperty("nodes").EnumerateArray())
        {
            foreach (var key in new[] { "trust_received_n", "trust_received_sd", "trust_given", "value_given", "trust_target_blup",
                "self_trust", "self_minus_others", "self_gap_lo" })
                Assert.Equal(JsonValueKind.Null, node.GetProperty(key).ValueKind);
            if (node.GetProperty("in_degree").GetInt32() < 5) Assert.Equal(JsonValueKind.Null, node.GetProperty("trust_received")
                .ValueKind);
        }

        Assert.Equal(1.9, root.GetProperty("nodes")[0].GetProperty("trust_received").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("dyad_trust_mean").ValueKind);
        Assert.Equal(2.2, root.GetProperty("network_trust").GetDouble());
    }

    [Fact]
    public async Task Network_ByDefault_PrintsFindingsInPlainWords()
    {
        var (code, output, error) = await Run("network", Nodes("n05_partnership15"), Edges("n05_partnership15"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("15 partners, of whom 12 answered (80 %)", output, StringComparison.Ordinal);
        Assert.Contains("If N0002 left, 1 partner would be cut off from the rest (N0003)", output, StringComparison.Ordinal);
        Assert.Contains("57 % of relationships cross sectors; if sectors were of no account it would be 71 %.", output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("core", output, StringComparison.Ordinal); // its fit is under 0.5
        Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_WelshOrGermanCulture_ChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        var plain = (await Run("network", Nodes("n05_partnership15"), Edges("n05_partnership15"), "--json")).Output;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(plain, (await Run("network", Nodes("n05_partnership15"), Edges("n05_partnership15"), "--json")).Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(6, "partial", true)]
    [InlineData(3, "density among respondents", false)]
    public async Task NetworkJson_FewRespondents_HidesPlacesOfSinglePartners(int respondents, string shown, bool network)
    {
        var nodes = Write("few_nodes.csv", "id,responded\n"
            + string.Concat(Enumerable.Range(0, 10).Select(i => $"P{i},{(i < respondents ? 1 : 0)}\n")));
        var edges = Write("few_edges.csv", "from,to\nP0,P1\nP1,P2\nP2,P9\n");
        var (code, output, _) = await Run("network", nodes, edges, "--json");
        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(shown, document.RootElement.GetProperty("shown").GetString());
        Assert.Equal(network, document.RootElement.GetProperty("density_all").ValueKind == JsonValueKind.Number);
        Assert.Equal(JsonValueKind.Number, document.RootElement.GetProperty("density_respondents").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("nodes")[1].GetProperty("betweenness").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("cut_points").ValueKind);
        Assert.DoesNotContain("P1 ", (await Run("network", nodes, edges)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,sector\nA,public\n", "from,to\n", "nodes.csv, line 1, column responded: This column is missing.")]
    [InlineData("id,responded\nA,1\nB,perhaps\n", "from,to\n",
        "nodes.csv, line 3, column responded: \"perhaps\" is neither 1 (responded) nor 0.")]
    [InlineData("id,responded\nA,1\nA,1\n", "from,to\n", "nodes.csv, line 3, column id: 'A' is listed twice.")]
    [InlineData("id,responded\nA,1\nB,1\n", "from,to\nA,B\nA,C\n", "edges.csv, line 3, column to: 'C' is not among the partners.")]
    [InlineData("id,responded\nA,1\nB,1\n", "from,to\nA,A\n", "edges.csv, line 2, column to: 'A' reports a relationship with itself.")]
    [InlineData("id,responded\nA,1\nB,1\n", "from,to\nA,B\n\nA,B\n", "edges.csv, line 4, column to: 'A' to 'B' is reported twice.")]
    [InlineData("id,responded\nA,1\nB,0\n", "from,to\nB,A\n",
        "edges.csv, line 2, column from: 'B' is marked as not having responded, yet reports a relationship.")]
    [InlineData("id,responded\nA,1\nB,1\n", "from,to,trust_openness\nA,B,7\n",
        "edges.csv, line 2, column trust_openness: \"7\" is no whole number from 1 to 4.")]
    [InlineData("id,responded\nA,1\nB,1\n", "from,to,frequency\nA,B,often\n",
        "edges.csv, line 2, column frequency: \"often\" is no number of 0 or more.")]
    [InlineData("id,responded,self_trust\nA,1,9\n", "from,to\n", "nodes.csv, line 2, column self_trust: \"9\" is no number from 1 to 4.")]
    [InlineData("id,responded\nA,1\nB,1\n", "from,to\nA\n", "edges.csv, line 2: This row has 1 fields; the first line names 2 columns.")]
    [InlineData("id,responded\n", "from,to\n", "nodes.csv, line 2: There is no partner in this file.")]
    public async Task Network_BadFile_NamesFileLineAndColumn(string nodes, string edges, string expected)
    {
        var (code, output, error) = await Run("network", Write("nodes.csv", nodes), Write("edges.csv", edges));
        Assert.Equal((ExitCodes.BadData, ""), (code, output));
        Assert.Equal(expected, error.Trim().Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Network_NoSuchFile_SaysSo()
    {
        var (code, output, error) = await Run("network", Path.Combine(folder.Path, "nodes.csv"), Edges("n02_star12"));
        Assert.Equal((ExitCodes.NoInput, ""), (code, output));
        Assert.Contains("There is no file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_CalledWrongly_SaysSoWith64()
    {
        Assert.Equal(ExitCodes.Usage, (await Run("network", Nodes("n02_star12"))).Code);
        var (code, output, error) = await Run("network", Nodes("n02_star12"), Edges("n02_star12"), "--unprotected");
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("--unprotected goes with --json.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("N0001", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_OnePartnerOrNoTies_Answers()
    {
        foreach (var nodes in new[] { "id,responded\nA,1\n", "id,responded\nA,1\nB,1\nC,1\nD,1\n" })
        {
            var (nodeFile, edgeFile) = (Write("nodes.csv", nodes), Write("edges.csv", "from,to\n"));
            Assert.Equal(0, (await Run("network", nodeFile, edgeFile)).Code);
            var (code, output, _) = await Run("network", nodeFile, edgeFile, "--json", "--unprotected");
            Assert.Equal(0, code);
            using var document = JsonDocument.Parse(output);
            Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("reciprocity_arc").ValueKind);
            Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("core_periphery").ValueKind);
        }
    }

    /// <summary>Every number, text and null of <paramref name="expected"/> is in <paramref name="actual"/>; returns how many.</summary>
    private static int Compare(JsonElement expected, JsonElement actual, string path)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return expected.EnumerateObject().Where(p => !NotRequired.Contains(p.Name) && !Searched.Contains(p.Name)).Sum(p =>
                {
                    Assert.True(actual.TryGetProperty(p.Name, out var value), $"{path}/{p.Name} is missing");
                    return Compare(p.Value, value, $"{path}/{p.Name}");
                });
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                return expected.EnumerateArray().Zip(actual.EnumerateArray())
                    .Select((pair, i) => Compare(pair.First, pair.Second, $"{path}/{i}")).Sum();
            case JsonValueKind.Number:
                Assert.True(actual.ValueKind == JsonValueKind.Number, $"{path}: expected {expected}, got {actual.ValueKind}");
                var (x, y) = (expected.GetDouble(), actual.GetDouble());
                var tolerance = Math.Max(1e-3, Math.Abs(x)) * (path.Contains("self_gap", StringComparison.Ordinal) ? 1e-7 : 1e-9);
                // searched for, by either program
                if (path.Contains("_srm/", StringComparison.Ordinal) || path.Contains("_blup", StringComparison.Ordinal)) tolerance = 1e-6;
                Assert.True(Math.Abs(x - y) <= tolerance, string.Create(CultureInfo.InvariantCulture,
                    $"{path}: expected {x:R}, got {y:R}"));
                return 1;
            default:
                Assert.True(expected.ToString() == actual.ToString() && expected.ValueKind == actual.ValueKind,
                    $"{path}: expected {expected}, got {actual}");
                return 1;
        }
    }

    private static string Oracle(string file) => Path.Combine(AppContext.BaseDirectory, "Oracle", file);

    private static string Nodes(string name) => Oracle($"networks/{name}_nodes.csv");

    private static string Edges(string name) => Oracle($"networks/{name}_edges.csv");

    private string Write(string name, string content) => folder.Write(name, content);

    private static Task<CommandRun> Run(params string[] arguments) => CommandRun.OfAsync(arguments);
}
