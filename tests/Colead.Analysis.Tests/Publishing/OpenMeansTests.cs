using Colead.Analysis.Matching;
using Colead.Analysis.Publishing;

namespace Colead.Analysis.Tests.Publishing;

public class OpenMeansTests
{
    [Fact]
    public void Read_Publications_GivesTheOpenTierAndNothingElse()
    {
        var (round, _) = RoundMaker.Partnership(31);
        var publication = Publisher.Publish(round);
        var read = OpenMeans.Read("Harbour Vale", PublicationJson.Write(publication));
        Assert.Equal("Harbour Vale", read.Name);
        Assert.Equal(publication.Open.All.Dimensions.Select(c => (double?)c.Mean), read.Means.Select(m => m.Mean.OrNull));
        Assert.Equal(publication.Open.All.Dimensions.Select(c => (double?)c.Low), read.Means.Select(m => m.Interval?.Low));
        Assert.All(read.Means, m => Assert.InRange(m.Count, 10, 200));
    }

    [Fact]
    public void Read_PartnershipOfNine_HasNoMeans()
    {
        var (round, _) = RoundMaker.Partnership(32, organisations: 1, perOrganisation: 9);
        Assert.All(OpenMeans.Read("Small", PublicationJson.Write(Publisher.Publish(round))).Means, m => Assert.False(m.Mean.IsDefined));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"format\":1,\"open\":{\"all\":{}}}")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":4,\"open\":{\"all\":{\"dimensions\":[]}}}")]
    [InlineData("{\"format\":1,")]
    [InlineData("")]
    public void Read_SomethingElse_IsRefused(string json) =>
        Assert.Throws<FormatException>(() => OpenMeans.Read("x", System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void RollUp_ManyPublications_BenchmarksTheMedianOfPartnerships()
    {
        var read = Enumerable.Range(0, 12)
            .Select(i => OpenMeans.Read($"P{i}", PublicationJson.Write(Publisher.Publish(RoundMaker.Partnership((ulong)(40 + i),
            organisations: 4, perOrganisation: 20).Round)))).ToList();
        var rollUp = NetworkRollUp.Of(read);
        var sorted = read.Select(p => p.Means[0].Mean.Value).Order().ToArray();
        Assert.Equal((sorted[5] + sorted[6]) / 2, rollUp.Dimensions[0].Median.Value, 12);
    }
}
