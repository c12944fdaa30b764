using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Scoring;

/// <summary>Scores, means, intervals, headlines and items against the values computed with R.</summary>
public class ScoringOracleTests
{
    private const double Closed = 1e-9;
    private const double Quantile = 1e-7;

    public static TheoryData<string, string> Rounds => new()
    {
        { "s02_small12", "1" },
        { "s03_five_orgs", "1" },
        { "s04_two_rounds", "1" },
        { "s04_two_rounds", "2" },
        { "s07_missing", "1" },
    };

    [Theory]
    [MemberData(nameof(Rounds))]
    public void PersonScores_EveryRespondent_EqualTheOracle(string set, string round)
    {
        var answers = OracleFiles.Survey(set, round);
        var survey = File.ReadAllLines(OracleFiles.PathOf($"surveys/{set}.csv")).Skip(1).Select(l => l.Split(','))
            .Where(r => r[5] == round).Select(r => r[1]).ToList();
        var expected = File.ReadAllLines(OracleFiles.PathOf($"expected/{set}_respondent_scores.csv")).Skip(1).Select(l => l.Split(','))
            .Where(r => r[2] == round).ToDictionary(r => r[1], StringComparer.Ordinal);
        var scorer = new PersonScores(answers.Instrument);
        Assert.Equal(expected.Count, answers.Rows);
        for (var r = 0; r < answers.Rows; r++)
        {
            scorer.Score(answers.Row(r));
            var row = expected[survey[r]];
            for (var m = 0; m < 8; m++)
            {
                double? value = row[3 + m].Length == 0 ? null : double.Parse(row[3 + m], CultureInfo.InvariantCulture);
                OracleFiles.AssertFigure(value, m < 7 ? scorer.Score(m) : scorer.Overall, 1e-14, $"{survey[r]} {m}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void PooledVariance_WithinOrganisations_EqualsTheOracle(string set, string round)
    {
        var summary = RoundSummary.Of(OracleFiles.Survey(set, round));
        foreach (var expected in Details(set, round).GetProperty("s02_pooled_within_org").EnumerateObject())
        {
            var prior = Prior(summary, Measure(expected.Name));
            OracleFiles.AssertNumber(expected.Value.Number("s02")!.Value, prior.Value, Closed, expected.Name);
            Assert.Equal(expected.Value.GetProperty("df").GetInt64(), prior.DegreesOfFreedom);
        }
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void GroupMean_EveryGroupAndMeasure_EqualsTheOracle(string set, string round)
    {
        var summary = RoundSummary.Of(OracleFiles.Survey(set, round));
        var roster = Roster(set, round, summary.Structure);
        var rows = 0;
        foreach (var row in Details(set, round).GetProperty("means").EnumerateArray())
        {
            rows++;
            var group = row.GetProperty("group").GetString()!;
            var belongs = View(summary.Structure, row.GetProperty("group_type").GetString()!, group);
            var measure = Measure(row.GetProperty("measure").GetString()!);
            var mean = GroupMean.Of(
                summary.Merge(belongs).Measure(measure).ToMoments(), Counted.DimensionScores, roster.InvitedWhere(belongs),
                Prior(summary, measure), summary.Instrument.Scale);
            var what = $"{set} {group} {measure}";
            Assert.Equal(row.GetProperty("n").GetInt64(), mean.Mean.Count);
            Assert.Equal(row.GetProperty("invited").GetInt64(), mean.Invited);
            Assert.False(mean.RosterWasShort);
            OracleFiles.AssertFigure(row.Number("mean"), mean.Mean.Value, Closed, what);
            OracleFiles.AssertFigure(row.Number("sd"), mean.StandardDeviation, Closed, what);
            OracleFiles.AssertFigure(row.Number("fpc"), mean.FinitePopulationCorrection, Closed, what);
            Same(row, "se_t", mean.Student?.StandardError, Closed, what);
            Same(row, "t_lo", mean.Student?.Interval.Low, Quantile, what);
            Same(row, "t_hi", mean.Student?.Interval.High, Quantile, what);
            Same(row, "s2_mod", mean.Moderated?.Variance, Closed, what);
            Same(row, "df_mod", mean.Moderated?.DegreesOfFreedom, Closed, what);
            Same(row, "se_mod", mean.Moderated?.StandardError, Closed, what);
            Same(row, "mod_lo", mean.Moderated?.Interval.Low, Quantile, what);
            Same(row, "mod_hi", mean.Moderated?.Interval.High, Quantile, what);
            Same(row, "bound_lo", mean.Bounds?.Low, Closed, what);
            Same(row, "bound_hi", mean.Bounds?.High, Closed, what);
            Assert.Equal(mean.Mean.Count > 0 && mean.Mean.Count == mean.Invited, mean.EveryoneAnswered);
            Assert.Equal(mean.EveryoneAnswered || mean.Mean.Count == 0, mean.ShownInterval is null);
        }

        Assert.True(rows > 100);
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void Headlines_EveryMeasure_EqualTheOracle(string set, string round)
    {
        var summary = RoundSummary.Of(OracleFiles.Survey(set, round));
        var roster = Roster(set, round, summary.Structure);
        var scale = summary.Instrument.Scale;
        foreach (var expected in Details(set, round).GetProperty("aggregates").EnumerateObject())
        {
            var measure = Measure(expected.Name);
            var invited = Enumerable.Range(0, summary.Structure.Levels.Count).Select(l => (long)roster.InvitedWhere(s => s.Level == l))
                .ToList();
            var levels = summary.ByLevel().Select(l => l.Measure(measure).ToMoments()).ToList();
            var headlines = Headlines.Of(
                summary.All().Measure(measure).ToMoments(), summary.OrganisationMoments(measure), levels, invited,
                Counted.DimensionScores, Prior(summary, measure), scale);
            OracleFiles.AssertFigure(expected.Value.Number("respondent_weighted"), headlines.People.Mean.Value, Closed, expected.Name);
            OracleFiles.AssertFigure(expected.Value.Number("organisation_equal"), headlines.Organisations.Mean.Value, Closed,
                expected.Name);
            OracleFiles.AssertFigure(expected.Value.Number("poststratified_by_level"), headlines.Levels.Mean.Value, Closed, expected.Name);
            OracleFiles.AssertFigure(expected.Value.Number("poststratified_se"), headlines.Levels.StandardError, Closed, expected.Name);
            Assert.Equal<IEnumerable<string?>>(
                [.. expected.Value.GetProperty("levels_without_data").EnumerateArray().Select(l => l.GetString())],
                [.. headlines.LevelsWithoutData.Select(l => summary.Structure.Levels[l])]);
            Assert.Equal(HeadlineKind.PostStratifiedByLevel, headlines.Default);
            Assert.Same(headlines.Levels, headlines.Shown);
        }
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void ItemResult_EveryItem_EqualsTheOracle(string set, string round)
    {
        var summary = RoundSummary.Of(OracleFiles.Survey(set, round)).All();
        var index = 0;
        foreach (var expected in Details(set, round).GetProperty("items").EnumerateArray())
        {
            var counts = summary.Items[index];
            Assert.Equal(OracleFiles.Instrument.Items[index++].Id, expected.GetProperty("item").GetString());
            var item = ItemResult.Of(counts, Scale.FivePoint);
            Assert.Equal(expected.GetProperty("n").GetInt64(), item.Mean.Count);
            Assert.Equal(expected.GetProperty("n_skipped").GetInt64(), item.Skipped);
            Assert.Equal(expected.GetProperty("n_dk").GetInt64(), item.DontKnowCount);
            Assert.Equal(expected.GetProperty("counts").EnumerateArray().Select(c => c.GetInt64()), counts.Options.ToArray());
            OracleFiles.AssertFigure(expected.Number("mean"), item.Mean.Value, Closed, "mean");
            OracleFiles.AssertFigure(expected.Number("sd"), item.StandardDeviation, Closed, "sd");
            OracleFiles.AssertFigure(expected.Number("pct_favourable"), item.Favourable.Select(f => 100 * f), Closed, "favourable");
        }

        Assert.Equal(30, index);
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void CompleteCases_EveryDimension_CountTheOraclesRows(string set, string round)
    {
        var summary = RoundSummary.Of(OracleFiles.Survey(set, round));
        foreach (var expected in Details(set, round).GetProperty("reliability").EnumerateObject())
        {
            var complete = summary.CrossProducts[Measure(expected.Name)].Complete();
            Assert.Equal<IEnumerable<string?>>(
                [.. expected.Value.GetProperty("items_used").EnumerateArray().Select(i => i.GetString())],
                [.. complete.Items.Select(i => $"{expected.Name}_{i + 1}")]);
            Assert.Equal(expected.Value.GetProperty("n_listwise").GetInt64(), complete.Count);
        }
    }

    private static JsonElement Details(string set, string round) =>
        OracleFiles.Expected(set).GetProperty("rounds_detail").GetProperty(round);

    private static int Measure(string key) => key == "overall" ? 7 : key[1] - '1';

    private static PooledVariance Prior(RoundSummary summary, int measure) =>
        PooledVariance.WithinGroups(summary.OrganisationMoments(measure), summary.Instrument.Scale);

    private static void Same(JsonElement row, string key, double? actual, double tolerance, string what)
    {
        var expected = row.Number(key);
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value) OracleFiles.AssertNumber(value, actual!.Value, tolerance, $"{what} {key}");
    }

    private static Func<Stratum, bool> View(Structure structure, string kind, string group) => kind switch
    {
        "overall" => _ => true,
        "sector" => s => structure.Organisations[s.Organisation].Sector == group,
        "level" => s => structure.Levels[s.Level] == group,
        "organisation" => s => structure.Organisations[s.Organisation].Name == group,
        "organisation_x_level" => s => $"{structure.Organisations[s.Organisation].Name}|{structure.Levels[s.Level]}" == group,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such view."),
    };

    private static Roster Roster(string set, string round, Structure structure)
    {
        var organisations = structure.Organisations.Select((o, i) => (o.Name, i))
            .ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        var levels = structure.Levels.Select((l, i) => (l, i)).ToDictionary(l => l.l, l => l.i, StringComparer.Ordinal);
        return new Roster(structure, File.ReadAllLines(OracleFiles.PathOf($"rosters/{set}_roster.csv")).Skip(1).Select(l => l.Split(','))
            .Where(r => r[4] == round)
            .ToDictionary(r => new Stratum(organisations[r[1]], levels[r[3]]), r => int.Parse(r[5], CultureInfo.InvariantCulture)));
    }
}
