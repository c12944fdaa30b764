using Colead.Analysis.Comparison;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Comparison;

public class BenjaminiHochbergTests
{
    internal static readonly double[] Published =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1];

    [Fact]
    public void Adjust_TheArticlesExample_RejectsFour()
    {
        var adjusted = BenjaminiHochberg.Adjust(Array.ConvertAll(Published, Figure.Of));
        var expected = OracleFiles.Published("benjamini_hochberg_1995").GetProperty("computed").GetProperty("adj");
        for (var i = 0; i < Published.Length; i++)
            OracleFiles.AssertNumber(expected[i].GetDouble(), adjusted[i].Value, 1e-9, $"p {i}");
        Assert.Equal(4, adjusted.Count(p => p.Value <= BenjaminiHochberg.Rate));
    }

    [Fact]
    public void Adjust_TestsNotDone_AreNoMembers()
    {
        var none = Figure.Absent(Absence.TooFewAnswers);
        var adjusted = BenjaminiHochberg.Adjust([none, Figure.Of(0.02), none, Figure.Of(0.04)]);
        Assert.Equal([null, 0.04, null, 0.04], adjusted.Select(p => p.OrNull));
        Assert.Equal(Absence.TooFewAnswers, adjusted[0].Why);
        Assert.Empty(BenjaminiHochberg.Adjust([]));
    }

    [Fact]
    public void Adjust_AnyFamily_IsMonotoneAndAtLeastP()
    {
        var families = Gen.Choose(0, 1000).Select(x => x / 1000.0).ArrayOf().ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 9), Prop.ForAll(families, p =>
        {
            var adjusted = BenjaminiHochberg.Adjust(Array.ConvertAll(p, Figure.Of));
            var order = Enumerable.Range(0, p.Length).OrderBy(i => p[i]).ToArray();
            for (var i = 0; i < p.Length; i++)
            {
                Assert.InRange(adjusted[i].Value, p[i], 1);
                if (i > 0) Assert.True(adjusted[order[i - 1]].Value <= adjusted[order[i]].Value);
                if (i > 0 && p[order[i]] == p[order[i - 1]]) Assert.Equal(adjusted[order[i - 1]], adjusted[order[i]]);
                Assert.True(adjusted[i].Value <= Math.Min(1, p[i] * p.Length) + 1e-15); // never beyond Bonferroni
            }

            var turned = BenjaminiHochberg.Adjust([.. p.Reverse().Select(Figure.Of)]);
            Assert.Equal(adjusted, turned.Reverse());
        }));
    }
}
