using Colead.Analysis.Instruments;
using Colead.Analysis.Networks;

namespace Colead.Analysis.Tests.Networks;

/// <summary>Kind raters and well-rated partners told apart.</summary>
public class RaterAndRatedTests
{
    private const int Raters = 6;
    private const int Rated = 8;

    /// <summary>Where everyone rates everyone, restricted maximum likelihood is the analysis of variance, and its effects are shrunk by a
    /// closed form.</summary>
    [Theory]
    [InlineData(1UL, 3)]
    [InlineData(2UL, 0)] // raters who do not differ: their variance ends at zero or a little above
    public void Fit_EveryoneRatesEveryone_IsTheAnalysisOfVariance(ulong seed, int kindness)
    {
        var y = Table(seed, kindness);
        var fit = RaterAndRated.Of(Ratings.Trust(Network(y)), out _)!;
        var all = y.Cast<double>().Average();
        var byRater = Enumerable.Range(0, Raters).Select(i => Enumerable.Range(0, Rated).Average(j => y[i, j])).ToArray();
        var byRated = Enumerable.Range(0, Rated).Select(j => Enumerable.Range(0, Raters).Average(i => y[i, j])).ToArray();
        var rest = Enumerable.Range(0, Raters)
            .Sum(i => Enumerable.Range(0, Rated).Sum(j => Math.Pow(y[i, j] - byRater[i] - byRated[j] + all, 2)));
        var raters = Rated * byRater.Sum(m => Math.Pow(m - all, 2));
        var residual = rest / ((Raters - 1) * (Rated - 1));
        var rater = (raters / (Raters - 1) - residual) / Rated;
        if (rater < 0) (rater, residual) = (0, (rest + raters) / (Raters * (Rated - 1)));
        var rated = (Raters * byRated.Sum(m => Math.Pow(m - all, 2)) / (Rated - 1) - residual) / Raters;
        Assert.Equal(all, fit.Mean, 1e-7);
        Assert.Equal(rater, fit.RaterVariance, 1e-6);
        Assert.Equal(rated, fit.RatedVariance, 1e-6);
        Assert.Equal(residual, fit.ResidualVariance, 1e-6);
        for (var j = 0; j < Rated; j++) Assert.Equal((byRated[j] - all) * rated / (rated + residual / Raters), fit.Effect(Raters + j)
            .Value, 1e-6);
        Assert.Equal(Absence.NoAnswers, fit.Effect(0).Why); // nobody rated a rater
    }

    [Fact]
    public void Fit_FewRatingsOrAllAlike_SaysWhy()
    {
        Assert.Null(RaterAndRated.Of(Ratings.Trust(Network(Table(3, 1), raters: 3)), out var why)); // 24 ratings
        Assert.Equal(Absence.TooFewAnswers, why);
        var alike = new double[Raters, Rated];
        for (var i = 0; i < alike.Length; i++) alike[i / Rated, i % Rated] = 4;
        Assert.Null(RaterAndRated.Of(Ratings.Trust(Network(alike)), out why));
        Assert.Equal(Absence.EveryoneAnsweredAlike, why);
    }

    /// <summary>Whole scores of 1 to 10: what the rated is worth, the rater's kindness, and chance.</summary>
    private static double[,] Table(ulong seed, int kindness)
    {
        var random = new SeededRandom(seed);
        var table = new double[Raters, Rated];
        for (var i = 0; i < Raters; i++)
            for (var j = 0; j < Rated; j++) table[i, j] = 1 + (i * kindness / Raters) + (j % 4) + random.Next(3);
        return table;
    }

    /// <summary>Raters first, then those whom they rate.</summary>
    private static RelationshipNetwork Network(double[,] scores, int raters = Raters) => RelationshipNetwork.Build(
        [.. Enumerable.Range(0, Raters + Rated).Select(v => new Partner("P" + v, "public", Responded: true))],
        [.. from i in Enumerable.Range(0, raters) from j in Enumerable.Range(0, Rated) select new Relationship("P" + i, "P" + (Raters + j),
            Trust: [(int)scores[i, j], (int)scores[i, j], null])],
        new Scale(1, 10));
}
