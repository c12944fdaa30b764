using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Tests.Disclosure;

public class RepublicationTests
{
    [Theory]
    [InlineData(9, 10, false)]
    [InlineData(9, 14, true)]
    [InlineData(12, 11, false)]
    [InlineData(12, 12, true)]
    [InlineData(15, 10, true)]
    public void Obstacles_OneCellGrowsOrShrinks_AllowedByNobodyOrKAtATime(int before, int after, bool allowed) =>
        Assert.Equal(allowed, Republication.Obstacles([State(("all", 0, before))], State(("all", 0, after)), 5).Count == 0);

    [Fact]
    public void Obstacles_FiveInAllButOneInAnOrganisation_NamesTheOrganisation() =>
        Assert.Contains(
            Republication.Obstacles([State(("all", 0, 14), ("one", 0, 7))], new(new Dictionary<string, IReadOnlyCollection<string>>
            {
                ["all"] = People(0, 19),
                ["one"] = [.. People(0, 7), "p014"],
            }), 5),
            o => o.Cell == "one");

    [Fact]
    public void Obstacles_EarlierStateButOne_IsCounted() =>
        Assert.NotEmpty(Republication.Obstacles([State(("all", 0, 10)), State(("all", 0, 20))], State(("all", 0, 11)), 5));

    private static Snapshot State(params (string Name, int From, int To)[] cells) =>
        new(cells.ToDictionary(c => c.Name, c => People(c.From, c.To), StringComparer.Ordinal));

    private static IReadOnlyCollection<string> People(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => $"p{i:000}")];
}
