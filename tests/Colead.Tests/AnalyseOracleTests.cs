using System.Text.Json;

namespace Colead.Tests;

/// <summary>
/// `colead analyse --json --unprotected` against expected values from R: every key of the expected file is walked and must
/// be there with an equal value, lists in the same order, but for the variants of other packages named below.
/// </summary>
public class AnalyseOracleTests
{
    private static readonly string Oracle = Path.Combine(AppContext.BaseDirectory, "Oracle");

    [Theory]
    [InlineData("s02_small12", 6200)]
    [InlineData("s03_five_orgs", 10900)]
    [InlineData("s04_two_rounds", 27800)]
    [InlineData("s07_missing", 10200)]
    public async Task Unprotected_OracleSet_HasEveryRequiredValue(string set, int atLeast)
    {
        var run = await CommandRun.OfAsync(
            "analyse", Path.Combine(Oracle, "surveys", set + ".csv"), "--roster", Path.Combine(Oracle, "rosters", set + "_roster.csv"),
                "--json", "--unprotected");
        Assert.Equal(0, run.Code);
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Oracle, "expected", set + ".json"),
            TestContext.Current.CancellationToken));
        using var actual = JsonDocument.Parse(run.Output);
        Assert.Equal("unprotected", actual.RootElement.EnumerateObject().First().Name);
        var comparison = new Comparison();
        comparison.Compare("", "", expected.RootElement, actual.RootElement);
        Assert.True(comparison.Differences.Count == 0, string.Join('\n', comparison.Differences.Take(40)));
        Assert.True(comparison.Compared >= atLeast, $"Only {comparison.Compared} values were compared.");
    }

    [Fact]
    public void Comparison_OtherValues_AreSeen()
    {
        using var one = JsonDocument.Parse("""{"mean": 2.5, "group": "a", "p": 0.01, "x": null, "list": [1, 2]}""");
        using var other = JsonDocument.Parse("""{"mean": 2.50000001, "group": "b", "p": 0.0100000000001, "x": 0, "list": [1]}""");
        var comparison = new Comparison();
        comparison.Compare("", "", one.RootElement, other.RootElement);
        Assert.Equal(4, comparison.Differences.Count);
    }

    private sealed class Comparison
    {
        private static readonly string[] Quantiles =
            ["t_lo", "t_hi", "mod_lo", "mod_hi", "p", "lo", "hi", "alpha_lo", "alpha_hi", "gap_lo", "gap_hi", "p_gap_positive", "p_bh"];

        public List<string> Differences { get; } = [];

        public int Compared { get; private set; }

        public void Compare(string path, string key, JsonElement expected, JsonElement actual)
        {
            switch (expected.ValueKind)
            {
                case JsonValueKind.Object when actual.ValueKind == JsonValueKind.Object:
                    foreach (var member in expected.EnumerateObject().Where(m => IsRequired(m.Name)))
                    {
                        if (actual.TryGetProperty(member.Name, out var value)) Compare($"{path}.{member.Name}", member.Name, member.Value,
                            value);
                        else Differences.Add($"{path}.{member.Name} is missing");
                    }

                    break;
                case JsonValueKind.Array when actual.ValueKind == JsonValueKind.Array
                    && actual.GetArrayLength() == expected.GetArrayLength():
                    for (var i = 0; i < expected.GetArrayLength(); i++) Compare($"{path}[{i}]", key, expected[i], actual[i]);
                    break;
                case JsonValueKind.Number when actual.ValueKind == JsonValueKind.Number:
                    Compared++;
                    double e = expected.GetDouble(), a = actual.GetDouble();
                    if (Math.Abs(e - a) > Tolerance(key) * Math.Max(Math.Abs(e),
                        1e-3)) Differences.Add(FormattableString.Invariant($"{path}: {e} expected, {a} found"));
                    break;
                default:
                    Compared++;
                    if (expected.ToString() != actual.ToString() || expected.ValueKind != actual.ValueKind)
                        Differences.Add($"{path}: {expected.ValueKind} {expected} expected, {actual.ValueKind} {actual} found");
                    break;
            }
        }

        private static double Tolerance(string key) =>
            key.StartsWith("omega", StringComparison.Ordinal) ? 1e-5 : Quantiles.Contains(key) ? 1e-7 : 1e-9;

        private static bool IsRequired(string key) => !(
            key.EndsWith("_reml", StringComparison.Ordinal)
            || key.EndsWith("_fpc", StringComparison.Ordinal)
            || key.StartsWith("icc1_multilevel", StringComparison.Ordinal)
            || key.StartsWith("icc2_multilevel", StringComparison.Ordinal)
            || key is "rwgj_lindell_listwise" or "omega_std_minres" or "alpha_std" or "alpha_psych_pairwise" or "icc1_lo" or "icc1_hi" or "awg" or "cv_adj");
    }
}
