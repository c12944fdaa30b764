namespace Colead.Analysis.Tests;

public class SeededRandomTests
{
    [Fact]
    public void NextBits_SeedZero_GivesTheReferenceImplementationsNumbers()
    {
        var random = new SeededRandom(0);
        Assert.Equal(0x99EC5F36CB75F2B4UL, random.NextBits());
        Assert.Equal(0xBF6E1F784956452AUL, random.NextBits());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void Next_ManyDraws_HitsEveryValueAboutEquallyOften(int below)
    {
        var random = new SeededRandom(1);
        var counts = new int[below];
        for (var i = 0; i < 60_000; i++) counts[random.Next(below)]++;
        var chiSquare = counts.Sum(c => Math.Pow(c - 60_000.0 / below, 2) / (60_000.0 / below));
        Assert.True(chiSquare < 35, $"chi-square {chiSquare}");
    }

    [Fact]
    public void Shuffle_AnySeed_KeepsEveryValue()
    {
        int[] values = [.. Enumerable.Range(0, 100)];
        new SeededRandom(3).Shuffle(values.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 100), values);
        Assert.Equal(Enumerable.Range(0, 100), values.Order());
    }
}
