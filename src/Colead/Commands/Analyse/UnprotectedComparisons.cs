using System.Text.Json;
using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;

namespace Colead.Commands.Analyse;

/// <summary>The comparisons of <see cref="UnprotectedMeasures"/>: between units, between levels, between rounds.</summary>
internal static class UnprotectedComparisons
{
    public static void WritePooling(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartObject("eb");
        for (var m = 0; m < round.Measures.Count; m++)
        {
            var fit = PartialPooling.Fit(round.Units.MomentsOf(round.Summary, m));
            if (!fit.IsDefined)
            {
                json.WriteNull(round.Measures[m]);
                continue;
            }

            json.WriteStartObject(round.Measures[m]);
            json.WriteFigure("mu", fit.Mu);
            json.WriteFigure("tau2", fit.Tau2);
            json.WriteFigure("sigma2", fit.Sigma2);
            json.WriteFigure("var_mu", fit.VarianceOfMu);
            json.WriteStartArray("rows");
            for (var u = 0; u < round.Units.Count; u++)
            {
                var unit = fit.Groups[u];
                if (unit.Count == 0) continue;
                json.WriteStartObject();
                json.WriteString("group", round.Units.Names[u]);
                json.WriteNumber("n", unit.Count);
                json.WriteFigure("mean", unit.Mean);
                json.WriteFigure("B", unit.Reliability);
                json.WriteFigure("eb_mean", unit.ShrunkenMean);
                json.WriteFigure("eb_sd", unit.ShrunkenMeanSd);
                json.WriteFigure("gap", unit.Gap);
                json.WriteFigure("gap_sd", unit.GapSd);
                json.WriteFigure("gap_lo", unit.GapInterval?.Low);
                json.WriteFigure("gap_hi", unit.GapInterval?.High);
                json.WriteFigure("p_gap_positive", unit.ProbabilityPositive);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Every unit against all others: dimensions as one family, the overall score outside it. None for a single unit.</summary>
    public static void WriteUnitsAgainstRest(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartArray("gap_unit_vs_rest");
        var units = round.UnitGroups;
        if (units.Count > 1)
        {
            var dimensions = Gaps.AgainstRest([.. units.Select(u => u.Answers.Scores)]);
            var overall = Gaps.AgainstRest([.. units.Select(u => (IReadOnlyList<ScoreSums>)[u.Answers.Overall])]);
            for (var u = 0; u < units.Count; u++)
            {
                for (var m = 0; m <= round.Dimensions; m++)
                {
                    var isOverall = m == round.Dimensions;
                    var gap = isOverall ? overall[u] : dimensions[u * round.Dimensions + m];
                    json.WriteStartObject();
                    json.WriteString("group", units[u].Name);
                    json.WriteString("measure", round.Measures[m]);
                    WriteTest(json, gap.Difference);
                    json.WriteFigure("p_bh", isOverall ? null : gap.AdjustedP.OrNull);
                    json.WriteEndObject();
                }
            }
        }

        json.WriteEndArray();
    }

    public static void WriteLevels(Utf8JsonWriter json, UnprotectedRound round)
    {
        var levels = round.LevelsInOrder;
        json.WriteStartArray("gap_level_vs_level");
        foreach (var gap in Gaps.Pairs([.. levels.Select(l => l.Answers.Scores.Select(s => s.ToMoments()).ToArray())]))
        {
            json.WriteStartObject();
            json.WriteString("level1", levels[gap.Group].Name);
            json.WriteString("level2", levels[gap.Other].Name);
            json.WriteString("measure", round.Measures[gap.Measure]);
            WriteTest(json, gap.Difference);
            json.WriteFigure("p_bh", gap.AdjustedP);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>From one round to the next, of everyone and of the units that answered in both.</summary>
    public static void WriteChange(Utf8JsonWriter json, UnprotectedRound earlier, UnprotectedRound later)
    {
        var units = earlier.Units;
        int[] both = [.. Enumerable.Range(0, units.Count).Where(u => Answered(earlier, u) && Answered(later, u))];
        json.WriteStartObject(FormattableString.Invariant($"{earlier.Number}->{later.Number}"));
        json.WriteStartArray("tests");
        WriteFamily(json, earlier, later, ["all"], [Moments(earlier.Overall)], [Moments(later.Overall)]);
        WriteFamily(
            json, earlier, later,
            [.. both.Select(u => units.Names[u])],
            [.. both.Select(u => Moments(Find(earlier, u)))],
            [.. both.Select(u => Moments(Find(later, u)))]);
        json.WriteEndArray();

        json.WriteStartObject("shrunk");
        for (var m = 0; m < earlier.Dimensions; m++)
            WriteShrunken(json, earlier.Measures[m], units, Change.Shrink(units.MomentsOf(earlier.Summary, m),
                units.MomentsOf(later.Summary, m)));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteShrunken(Utf8JsonWriter json, string measure, Units units, ShrunkenChange shrunken)
    {
        if (!shrunken.Fit.IsDefined)
        {
            json.WriteNull(measure);
            return;
        }

        json.WriteStartObject(measure);
        json.WriteFigure("s2_within", shrunken.WithinVariance);
        json.WriteFigure("tau2", shrunken.Fit.Tau2);
        json.WriteFigure("mu", shrunken.Fit.Mu);
        json.WriteFigure("se_mu", shrunken.Fit.MuStandardError);
        json.WriteFigure("I2", shrunken.Fit.I2);
        json.WriteNames("groups", [.. shrunken.Groups.Select(g => units.Names[g.Group])]);
        json.WriteNumbers("change", [.. shrunken.Groups.Select(g => g.Change)]);
        json.WriteNumbers("v", [.. shrunken.Groups.Select(g => g.Variance)]);
        json.WriteNumbers("blup", [.. shrunken.Groups.Select(g => g.Shrunken.Value)]);
        json.WriteNumbers("blup_se", [.. shrunken.Groups.Select(g => g.Shrunken.StandardError)]);
        json.WriteEndObject();
    }

    private static void WriteFamily(
        Utf8JsonWriter json, UnprotectedRound earlier, UnprotectedRound later, string[] names, Moments[][] before, Moments[][] after)
    {
        foreach (var change in Change.Family(before, after))
        {
            json.WriteStartObject();
            json.WriteNumber("from", earlier.Number);
            json.WriteNumber("to", later.Number);
            json.WriteString("group", names[change.Group]);
            json.WriteString("measure", earlier.Measures[change.Measure]);
            WriteTest(json, change.Difference);
            json.WriteFigure("p_bh", change.AdjustedP);
            json.WriteEndObject();
        }
    }

    private static bool Answered(UnprotectedRound round, int unit) => round.UnitGroups.Exists(g => g.Name == round.Units.Names[unit]);

    private static StratumSummary Find(UnprotectedRound round, int unit) =>
        round.UnitGroups.Find(g => g.Name == round.Units.Names[unit])!.Answers;

    private static Moments[] Moments(StratumSummary answers) => [.. answers.Scores.Select(s => s.ToMoments())];

    private static void WriteTest(Utf8JsonWriter json, MeanDifference difference)
    {
        json.WriteNumber("n1", difference.First.Count);
        json.WriteNumber("n2", difference.Second.Count);
        json.WriteFigure("mean1", difference.First.MeanFigure);
        json.WriteFigure("mean2", difference.Second.MeanFigure);
        json.WriteFigure("diff", difference.Value);
        json.WriteFigure("se", difference.StandardError);
        json.WriteFigure("df", difference.DegreesOfFreedom);
        json.WriteFigure("t", difference.T);
        json.WriteFigure("p", difference.P);
        json.WriteFigure("lo", difference.Interval()?.Low);
        json.WriteFigure("hi", difference.Interval()?.High);
        json.WriteFigure("hedges_g", difference.HedgesG);
        json.WriteFigure("g_se", difference.HedgesGStandardError);
    }
}
