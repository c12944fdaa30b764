using System.Globalization;
using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Agreement;

public class AgreementReferenceTests
{
    /// <summary>n, J and inter-item r with the 95th percentile found in R; five options.</summary>
    private static readonly (int N, int Items, double R, double P95)[] Expected =
        [.. File.ReadLines(OracleFiles.PathOf("expected/rwg_null_critical.csv")).Skip(1).Select(l => l.Split(',')).Select(c => (
            int.Parse(c[0], CultureInfo.InvariantCulture), int.Parse(c[1], CultureInfo.InvariantCulture),
            double.Parse(c[2], CultureInfo.InvariantCulture), double.Parse(c[4], CultureInfo.InvariantCulture)))];

    [Fact]
    public void Quantiles_SettingsOfTheExpectedFile_AgreeWithinSimulationError()
    {
        foreach (var group in Expected.Where(e => e.N <= 25).GroupBy(e => (e.N, e.R)))
        {
            var simulated = RandomAgreement.Quantiles(group.Key.N, [5], 5, group.Key.R, 4_000, seed: 5)[0];
            // Both sides are simulated and the values at n = 3 and 5 are coarse steps.
            foreach (var e in group) Assert.True(Math.Abs(e.P95 - simulated[e.Items - 1]) < 0.035, $"{e}: {simulated[e.Items - 1]}");
        }
    }

    [Fact]
    public void Quantiles_SameSeed_AreTheSame() => Assert.Equal(
        RandomAgreement.Quantiles(6, [2, 12], 3, 0.3, 200, 11),
        RandomAgreement.Quantiles(6, [2, 12], 3, 0.3, 200, 11));

    [Fact]
    public void Critical_FivePointFourAndFiveItems_LiesBetweenTheExpectedOnesForRNoughtAndAHalf()
    {
        foreach (var pair in Expected.GroupBy(e => (e.N, e.Items)))
        {
            var critical = AgreementReference.Critical(Scale.FivePoint, pair.Key.Items, pair.Key.N).Value;
            Assert.InRange(critical, pair.Min(e => e.P95) - 0.015, pair.Max(e => e.P95) + 0.015);
        }
    }

    [Fact]
    public void Critical_SimulatedAfresh_IsTheTable()
    {
        int[] options = [5, 8, 12];
        foreach (var n in new[] { 10, 25 })
        {
            var simulated = RandomAgreement.Quantiles(n, options, 12, AgreementReference.Correlation, 2_000, seed: 77);
            for (var o = 0; o < options.Length; o++)
                for (var items = 1; items <= 12; items++)
                    Assert.Equal(simulated[o][items - 1], AgreementReference.Critical(new Scale(1, options[o]), items, n).Value, 0.05);
        }
    }

    [Fact]
    public void Critical_WholeTable_FallsWithPeopleAndStaysInBounds()
    {
        for (var options = 2; options <= 12; options++)
            for (var items = 1; items <= 12; items++)
            {
                var before = 1.0;
                foreach (var n in new[] { 3, 5, 8, 10, 15, 25, 40, 60, 100, 200 })
                {
                    var critical = AgreementReference.Critical(new Scale(1, options), items, n).Value;
                    Assert.InRange(critical, 0, before);
                    before = critical;
                }
            }
    }

    [Theory]
    [InlineData(11, 10)]
    [InlineData(199, 150)]
    [InlineData(1_000_000, 200)]
    public void Critical_BetweenRows_TakesTheNextLowerNumberOfPeople(int answers, int row) => Assert.Equal(
        AgreementReference.Critical(Scale.TwelvePoint, 4, row), AgreementReference.Critical(Scale.TwelvePoint, 4, answers));

    [Fact]
    public void Critical_OutsideTheTable_IsAbsent()
    {
        Assert.Equal(Absence.TooFewAnswers, AgreementReference.Critical(Scale.FivePoint, 4, 2).Why);
        Assert.Equal(Absence.NotComparable, AgreementReference.Critical(Scale.FivePoint, 13, 50).Why);
    }

    [Theory]
    [InlineData(AgreementWord.NotShown, 0, 0, 9, 0, 0)]
    [InlineData(AgreementWord.BroadAgreement, 0, 0, 10, 0, 0)]
    [InlineData(AgreementWord.BroadAgreement, 0, 3, 8, 3, 0)]
    [InlineData(AgreementWord.ViewsVary, 3, 3, 3, 3, 3)]
    [InlineData(AgreementWord.ViewsVary, 6, 0, 0, 0, 6)]
    public void Word_FourLikeItems_FollowsTheRule(AgreementWord word, params int[] counts)
    {
        var item = new ItemCounts([.. counts.Select(c => (long)c)], 0, 0);
        var agreement = WithinGroupAgreement.Of([item, item, item, item], Scale.FivePoint, SkewedNulls.FivePoint);
        Assert.Equal(word, AgreementReference.Word(agreement, Scale.FivePoint));
    }

    [Fact]
    public void Word_AboveSeventyButWithinChance_IsViewsVary()
    {
        // Twelve items and ten people: chance alone passes .70, so .70 is not enough.
        var critical = AgreementReference.Critical(Scale.FivePoint, 12, 10).Value;
        Assert.True(critical > AgreementReference.BroadAgreementFrom);
        var between = (critical + AgreementReference.BroadAgreementFrom) / 2;
        var none = Figure.Absent(Absence.NotComputed);
        DimensionAgreement With(double value) => new(12, 10, [], none, Figure.Of(value), none, none, none, none);
        Assert.Equal(AgreementWord.ViewsVary, AgreementReference.Word(With(between), Scale.FivePoint));
        Assert.Equal(AgreementWord.BroadAgreement, AgreementReference.Word(With(critical + 0.01), Scale.FivePoint));
    }
}
