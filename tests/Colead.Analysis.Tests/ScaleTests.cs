using Colead.Analysis.Instruments;

namespace Colead.Analysis.Tests;

public class ScaleTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(7, 2)]
    [InlineData(12, 4)]
    public void EndOptions_AnyScale_AreTwoFifthsRoundedDownAtLeastOne(int options, int ends) =>
        Assert.Equal(ends, new Scale(1, options).EndOptions);

    [Fact]
    public void Scale_ThirteenOptions_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Scale(0, 12));
}
