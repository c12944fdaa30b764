namespace Colead.Analysis.Tests;

/// <summary>Against 40-digit arithmetic (mpmath's incomplete beta and error functions).</summary>
public class DistributionsTests
{
    private const double Tolerance = 2e-12;

    [Theory]
    [InlineData(-1.96, 0.024997895148220434)]
    [InlineData(0.3, 0.61791142218895264)]
    [InlineData(-8, 6.2209605742717841e-16)]
    [InlineData(-30, 4.9067139271481871e-198)]
    [InlineData(5, 0.99999971334842812)]
    [InlineData(2, 0.97724986805182079)]
    public void NormalCdf_ToTheTails_IsRight(double z, double expected) => Close(expected, Distributions.NormalCdf(z));

    [Theory]
    [InlineData(0.975, 1.9599639845400539)]
    [InlineData(0.5000001, 2.5066282733116483e-7)]
    [InlineData(1e-10, -6.3613409024040562)]
    [InlineData(1e-300, -37.047096299361199)]
    [InlineData(0.999, 3.0902323061678133)]
    public void NormalQuantile_ToTheTails_IsRight(double p, double expected) =>
        // Near a half p itself has only 1e-16 of absolute precision.
        Assert.Equal(expected, Distributions.NormalQuantile(p), Math.Max(1e-15, Math.Abs(expected) * Tolerance));

    [Theory]
    [InlineData(0.1, 3, 0.46332617440040291)]
    [InlineData(2.5, 7.3, 0.019825117332800235)]
    [InlineData(40, 1, 0.0079560899120258133)]
    [InlineData(1e-05, 12, 0.49999609273694784)]
    [InlineData(5.5, 1000, 2.4115319931537612e-8)]
    [InlineData(30, 1000000.0, 6.0100471168317189e-198)]
    [InlineData(1.96, 123456.7, 0.024999018171855507)]
    [InlineData(12, 40, 3.9120856521279863e-15)]
    [InlineData(0.001, 0.5, 0.49973032383424382)]
    [InlineData(1.2, 44000000.0, 0.11506967345225807)]
    public void StudentTUpperTail_AnyDegrees_IsRight(double t, double df, double expected)
    {
        Close(expected, Distributions.StudentTUpperTail(t, df));
        Close(expected, Distributions.StudentTCdf(-t, df));
        Close(2 * expected, Distributions.StudentTTwoSided(-t, df));
    }

    [Theory]
    [InlineData(0.975, 1, 12.706204736174693)]
    [InlineData(0.975, 2, 4.3026527297494618)]
    [InlineData(0.975, 4, 2.7764451051977935)]
    [InlineData(0.975, 5, 2.5705818356363148)]
    [InlineData(0.975, 44, 2.0153675744437634)]
    [InlineData(0.975, 1003, 1.9623319684173264)]
    [InlineData(0.975, 999999, 1.9599663568164789)]
    [InlineData(0.999999, 3, 103.29946777942897)]
    [InlineData(0.51, 2.5, 0.027643841331840103)]
    [InlineData(0.9, 0.7, 5.0099479596464059)]
    [InlineData(0.975, 3.4174903, 2.9734224356136183)]
    public void StudentTQuantile_AnyDegrees_IsRight(double p, double df, double expected)
    {
        var tolerance = df < 100_000 ? Tolerance : 1e-10;
        Close(expected, Distributions.StudentTQuantile(p, df), tolerance);
        Close(expected, Distributions.StudentTQuantile(p, df), tolerance); // the remembered one
        Assert.Equal(-expected, Distributions.StudentTQuantile(1 - p, df), expected * 1e-10);
    }

    [Theory]
    [InlineData(2.81378098925508, 4, 36, 0.96050059600719434, 0.039499403992805662)]
    [InlineData(0.5, 3, 7, 0.30596361243118628, 0.69403638756881372)]
    [InlineData(1.03, 24999, 975000, 0.99948342023828841, 0.0005165797617115905)]
    [InlineData(60, 1, 30, 0.99999998785400682, 1.2145993178668221e-8)]
    [InlineData(9, 66, 22, 0.99999975995336813, 2.4004663186992533e-7)]
    [InlineData(0.9, 40000, 120000, 9.5550523461535373e-38, 1.0)]
    public void F_AnyDegrees_BothTailsAreRight(double f, double df1, double df2, double below, double above)
    {
        // With 160,000 degrees of freedom the exponent itself carries 1e-11.
        Close(below, Distributions.FCdf(f, df1, df2), 1e-10);
        Close(above, Distributions.FUpperTail(f, df1, df2), 1e-10);
    }

    [Theory]
    [InlineData(0.975, 22, 66, 1.88844735725193)]
    [InlineData(0.025, 22, 66, 0.46895381845484627)]
    [InlineData(0.95, 1, 10, 4.964602743730712)]
    [InlineData(0.975, 999999, 2999997, 1.0032044359799636)]
    [InlineData(0.025, 1, 2, 0.0012507817385866168)]
    [InlineData(0.999, 3, 4.5, 41.826300016856325)]
    public void FQuantile_AnyDegrees_IsRight(double p, double df1, double df2, double expected) =>
        Close(expected, Distributions.FQuantile(p, df1, df2));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_NoProbability_IsRefused(double p)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.NormalQuantile(p));
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.StudentTQuantile(p, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Distributions.FQuantile(p, 3, 3));
    }

    private static void Close(double expected, double actual, double tolerance = Tolerance) =>
        Assert.Equal(expected, actual, Math.Abs(expected) * tolerance);
}
