using System.Globalization;
using System.Text;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Scoring;

namespace Colead.Tests;

/// <summary>Sets of the shapes that break arithmetic: nobody differs, one organisation, three people, no roster, many
/// partnerships.</summary>
public class AnalyseOddSetsTests
{
    private const int Items = 30;

    [Fact]
    public async Task Unprotected_ThreePeopleAllOfOneOrganisation_HasIntervalsOfNoWidthAndNoGroups()
    {
        using var json = await Analyse(Rows(3, _ => "A", (_, _) => null), rosterOf: rows => rows);
        var round = Round(json, "1");
        var mean = round.GetProperty("means")[0];
        Assert.Equal(0, mean.GetProperty("fpc").GetDouble());
        Assert.Equal(mean.GetProperty("mod_lo").GetDouble(), mean.GetProperty("mod_hi").GetDouble());
        Assert.False(round.GetProperty("icc").GetProperty("d1").GetProperty("computable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, round.GetProperty("eb").GetProperty("d1").ValueKind);
        Assert.Equal(0, round.GetProperty("gap_unit_vs_rest").GetArrayLength());
        Assert.Equal("A", round.GetProperty("response").GetProperty("organisation").GetProperty("strata").GetString());
    }

    [Fact]
    public async Task Unprotected_EveryoneAlike_HasNoTestsAndNoAlpha()
    {
        using var json = await Analyse(Rows(20, i => i % 2 == 0 ? "A" : "B", (_, _) => "4"));
        var round = Round(json, "1");
        Assert.Equal(0, round.GetProperty("means")[0].GetProperty("sd").GetDouble());
        Assert.Equal(1, round.GetProperty("agreement")[0].GetProperty("rwgj_uniform_available").GetDouble());
        Assert.Equal(JsonValueKind.Null, round.GetProperty("reliability").GetProperty("d1").GetProperty("alpha").ValueKind);
        Assert.False(round.GetProperty("reliability").GetProperty("d1").TryGetProperty("omega", out _));
        var gap = round.GetProperty("gap_unit_vs_rest")[0];
        Assert.Equal(0, gap.GetProperty("diff").GetDouble());
        foreach (var absent in new[] { "t", "p", "hedges_g", "p_bh" }) Assert.Equal(JsonValueKind.Null, gap.GetProperty(absent).ValueKind);
        Assert.Equal(JsonValueKind.Null, round.GetProperty("icc").GetProperty("d1").GetProperty("icc1_n0").ValueKind);
    }

    [Fact]
    public async Task Unprotected_NobodyAnswersAnything_IsAllNull()
    {
        using var json = await Analyse(Rows(12, i => i % 2 == 0 ? "A" : "B", (i, _) => i % 3 == 0 ? "DK" : ""));
        var round = Round(json, "1");
        Assert.Equal(12, round.GetProperty("n").GetInt32());
        Assert.Equal(0, round.GetProperty("means")[0].GetProperty("n").GetInt32());
        Assert.Equal(JsonValueKind.Null, round.GetProperty("means")[0].GetProperty("mean").ValueKind);
        Assert.Equal(0.64, round.GetProperty("s02_pooled_within_org").GetProperty("d1").GetProperty("s02").GetDouble(), 1e-12);
        Assert.Equal(4, round.GetProperty("items")[0].GetProperty("n_dk").GetInt32());
    }

    [Fact]
    public async Task Unprotected_CeilingAndASplitOrganisation_HasNegativeRwg()
    {
        using var json = await Analyse(Rows(80, i => i < 20 ? "split" : i % 2 == 0 ? "A" : "B", (i, _) => i < 20 && i % 2 == 0 ? "1"
            : "5"));
        var agreement = Round(json, "1").GetProperty("agreement").EnumerateArray()
            .First(a => a.GetProperty("group").GetString() == "split");
        Assert.True(agreement.GetProperty("rwg_items_raw").GetProperty("d1_1").GetDouble() < -1);
        Assert.Equal(0, agreement.GetProperty("rwgj_uniform_available").GetDouble());
    }

    [Fact]
    public async Task Unprotected_NoRoster_HasNoCorrectionBoundsOrRates()
    {
        using var json = await Analyse(Rows(40, i => "O" + i % 4, (_, _) => null), rosterOf: null);
        var round = Round(json, "1");
        Assert.Equal(JsonValueKind.Null, round.GetProperty("response").ValueKind);
        foreach (var absent in new[] { "invited", "fpc", "bound_lo" })
            Assert.Equal(JsonValueKind.Null, round.GetProperty("means")[0].GetProperty(absent).ValueKind);
        Assert.NotEqual(JsonValueKind.Null, round.GetProperty("means")[0].GetProperty("mod_lo").ValueKind);
        Assert.Equal(JsonValueKind.Null, round.GetProperty("aggregates").GetProperty("d1").GetProperty("poststratified_by_level")
            .ValueKind);
    }

    [Fact]
    public async Task Unprotected_ThreeRounds_HasEachTransition()
    {
        using var json = await Analyse(Rows(240, i => "O" + i % 8, (_, _) => null, rounds: 3));
        Assert.Equal([1, 2, 3], json.RootElement.GetProperty("rounds").EnumerateArray().Select(r => r.GetInt32()));
        var change = json.RootElement.GetProperty("change");
        Assert.Equal(["1->2", "2->3"], change.EnumerateObject().Select(c => c.Name));
        Assert.Equal(7 * 9, change.GetProperty("2->3").GetProperty("tests").GetArrayLength());
        Assert.Equal(3, change.GetProperty("2->3").GetProperty("tests")[0].GetProperty("to").GetInt32());
        Assert.Equal(8, change.GetProperty("2->3").GetProperty("shrunk").GetProperty("d7").GetProperty("blup").GetArrayLength());
    }

    [Fact]
    public async Task Unprotected_GroupedByPartnership_StandsPartnershipsBesideEachOther()
    {
        var rows = Rows(600, i => $"P{i % 6}-O{i % 18}", (_, _) => null, partnershipOf: i => "P" + i % 6);
        using var json = await Analyse(rows, group: "partnership");
        var round = Round(json, "1");
        Assert.Equal(6, round.GetProperty("icc").GetProperty("d1").GetProperty("k").GetInt32());
        Assert.Equal(6, round.GetProperty("eb").GetProperty("d1").GetProperty("rows").GetArrayLength());
        Assert.Equal(600 - 18, round.GetProperty("s02_pooled_within_org").GetProperty("d1").GetProperty("df").GetInt32());
        Assert.Contains("partnership", round.GetProperty("means").EnumerateArray().Select(m => m.GetProperty("group_type").GetString()));
        Assert.True(round.GetProperty("response").TryGetProperty("partnership", out _));
    }

    [Fact]
    public async Task Protected_ManyPartnerships_ArePublishedApart()
    {
        var rows = Rows(300, i => $"O{i % 4}", (_, _) => null, rounds: 2, partnershipOf: i => "P" + i % 3);
        using var folder = new TemporaryFolder();
        var run = await CommandRun.OfAsync("analyse", folder.Write("many.csv", Header + "\n" + string.Join('\n', rows) + "\n"), "--json");
        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        var partnerships = json.RootElement.GetProperty("partnerships");
        Assert.Equal(["P0", "P1", "P2"], partnerships.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["1", "2"], partnerships.GetProperty("P1").EnumerateObject().Select(r => r.Name));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(80)]
    public async Task Protected_EveryoneAlike_IsShownOrWithheldWithoutFault(int people)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("alike.csv", Header + "\n" + string.Join('\n', Rows(people, i => "O" + i % 2, (_, _) => "5")) + "\n");
        var run = await CommandRun.OfAsync("analyse", path);
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("withheld to protect people", run.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// Whatever stands beside another, the mean of organisations is that of organisations: of eighteen here, and not of the six
    /// partnerships.
    /// </summary>
    [Fact]
    public async Task Unprotected_ByPartnership_WeighsOrganisationsEquallyAllTheSame()
    {
        var rows = Rows(600, i => $"P{i % 6}-O{i % 18}", (i, _) => i % 18 < 3 ? "1" : null, partnershipOf: i => "P" + i % 6);
        using var byPartnership = await Analyse(rows, group: "partnership");
        using var byOrganisation = await Analyse(rows);
        Assert.Equal(Aggregates(byOrganisation), Aggregates(byPartnership));

        static string Aggregates(JsonDocument json) => Round(json, "1").GetProperty("aggregates").GetRawText();
    }

    private static string Header => "partnership,respondent,organisation,sector,level,round,"
        + string.Join(',', Enumerable.Range(0, Items).Select(Name));

    private static JsonElement Round(JsonDocument json, string number) => json.RootElement.GetProperty("rounds_detail").GetProperty(number);

    private static async Task<JsonDocument> Analyse(List<string> rows, Func<List<string>, IEnumerable<string>>? rosterOf,
        string group = "organisation")
    {
        using var folder = new TemporaryFolder();
        List<string> arguments = ["analyse", folder.Write("odd.csv", Header + "\n" + string.Join('\n', rows) + "\n"), "--json",
            "--unprotected", "--group", group];
        if (rosterOf is not null)
        {
            var roster = new StringBuilder("partnership,organisation,sector,level,round,invited\n");
            foreach (var stratum in rosterOf(rows).Select(r => r.Split(',')).GroupBy(f => string.Join(',', f[0], f[2], f[3], f[4], f[5])))
                roster.Append(CultureInfo.InvariantCulture, $"{stratum.Key},{stratum.Count()}\n");
            arguments.AddRange(["--roster", folder.Write("odd_roster.csv", roster.ToString())]);
        }

        var run = await CommandRun.OfAsync([.. arguments]);
        Assert.True(run.Code == 0, run.Error);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
        return JsonDocument.Parse(run.Output);
    }

    private static Task<JsonDocument> Analyse(List<string> rows, string group = "organisation") => Analyse(rows, r => r.Concat(r), group);

    /// <param name="answer">An answer, or null for a random one.</param>
    private static List<string> Rows(
        int count, Func<int, string> organisation, Func<int, int, string?> answer, int rounds = 1, Func<int, string>? partnershipOf = null)
    {
        var random = new SeededRandom(5);
        return [.. Enumerable.Range(0, count).Select(i => string.Join(
            ',',
            [
                partnershipOf?.Invoke(i) ?? "P1", $"r{i}", organisation(i), "public", Field.Levels[i % 6], (i / 8 % rounds + 1)
                    .ToString(CultureInfo.InvariantCulture),
                .. Enumerable.Range(0, Items).Select(j => answer(i, j) ?? (1 + random.Next(5)).ToString(CultureInfo.InvariantCulture)),
            ]))];
    }

    private static string Name(int item) => item < 20
        ? string.Create(CultureInfo.InvariantCulture, $"d{item / 4 + 1}_{item % 4 + 1}")
        : string.Create(CultureInfo.InvariantCulture, $"d{(item - 20) / 5 + 6}_{(item - 20) % 5 + 1}");
}
