using Colead.Analysis.Networks;
using static Colead.Analysis.Tests.OracleFiles;

namespace Colead.Analysis.Tests.Networks;

/// <summary>Empty, tiny, long and awkward networks, and networks that are wrong.</summary>
public class NetworkEdgeTests
{
    [Fact]
    public void NetworkMeasures_NoPartners_AreAbsentNotZero()
    {
        var m = NetworkMeasures.Of(RelationshipNetwork.Build([], []));
        Assert.False(Density.AllArcs(m.Network).IsDefined);
        Assert.False(Density.RespondentsArcs(m.Network).IsDefined);
        Assert.False(m.Components.LargestShare.IsDefined);
        Assert.False(m.Paths.GlobalEfficiency.IsDefined);
        Assert.False(m.Leiden.BestModularity.IsDefined);
        Assert.False(m.Leiden.MedianModularity.IsDefined);
        Assert.False(m.Trust.Percent.IsDefined);
        Assert.Equal(NetworkDisclosure.DensityOnly, NetworkRules.Disclosure(m.Network));
    }

    [Fact]
    public void NetworkMeasures_OnePartner_HasNoShares()
    {
        var m = NetworkMeasures.Of(RelationshipNetwork.Build([new("A", "public", true)], []));
        Assert.Equal(Absence.TooFewParties, Density.AllArcs(m.Network).Why);
        Assert.Equal(Absence.TooFewTies, Reciprocity.OfArcs(m.Network).Why);
        Assert.Equal(Absence.TooFewParties, DegreeCentralisation.Undirected(m.Network.Any).Why);
        Assert.False(m.Paths.NormalisedBetweenness(0).IsDefined);
        Assert.False(m.Paths.HarmonicCloseness(0).IsDefined);
        Assert.False(m.Paths.WassermanFaustCloseness(0).IsDefined);
        Assert.False(m.Fragility.IfLeft(0).Efficiency.IsDefined);
        Assert.Equal(0, m.Fragility.IfLeft(0).Components);
        Assert.Equal(1, m.Components.LargestShare.Value);
        Assert.Null(m.Core);
        Assert.False(ExternalInternal.Expected(m.Network).IsDefined);
    }

    [Fact]
    public void NetworkMeasures_NoTies_LeavesWhatNeedsTiesAbsent()
    {
        var m = NetworkMeasures.Of(RelationshipNetwork.Build([.. "ABCDEF".Select(c => new Partner(c.ToString(), "public", true))], []));
        Assert.Equal(0, Density.AllArcs(m.Network).Value);
        Assert.Equal(6, m.Components.Isolates);
        Assert.Equal(0, m.Paths.WassermanFaustCloseness(0).Value);
        Assert.Equal(0, m.Paths.DiameterWithinComponents);
        foreach (var absent in new[]
        {
            Reciprocity.OfArcs(m.Network), Reciprocity.OfPairs(m.Network), Reciprocity.OfArcsWhereBothResponded(m.Network),
                m.Triads.Transitivity,
            m.Paths.AverageLengthWithinComponents, m.ModularityBySector, m.Louvain.BestModularity, m.Leiden.WorstModularity,
            ExternalInternal.OfTies(m.Network).Index, m.Triads.Constraint(0), m.Paths.ClosenessWithinComponent(0), m.Trust.All.MeanFigure,
        }) Assert.False(absent.IsDefined);
        Assert.Null(m.Core);
        Assert.Null(m.WithoutCutPoints);
    }

    [Fact]
    public void CutStructure_PathOfAHundredThousand_DoesNotOverflowTheStack()
    {
        const int Nodes = 100_000;
        var cuts = CutStructure.Of(Graphs.Path(Nodes));
        Assert.Equal(Nodes - 2, cuts.CutPoints.Count);
        Assert.Equal(Nodes - 1, cuts.Bridges.Count);
        Assert.Equal(1L * (Nodes / 2) * (Nodes - 1 - Nodes / 2), cuts.PairsParted(Nodes / 2));
        Assert.All(Coreness.Of(Graphs.Path(Nodes)), k => Assert.Equal(1, k));
        Assert.Equal(1, Components.Of(Graphs.Path(Nodes)).Count);
    }

    [Fact]
    public void ShortestPaths_AnyNumberOfThreads_AreTheSameToTheLastBit()
    {
        var ties = Graphs.Random(700, 0.01, 4);
        var (one, many) = (ShortestPaths.Of(ties, threads: 1), ShortestPaths.Of(ties, threads: 7));
        var (lossOne, lossMany) = (Fragility.Of(ties, one, threads: 1), Fragility.Of(ties, many, threads: 7));
        for (var v = 0; v < ties.Nodes; v++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(one.Betweenness(v)), BitConverter.DoubleToInt64Bits(many.Betweenness(v)));
            Assert.Equal(BitConverter.DoubleToInt64Bits(one.Harmonic(v)), BitConverter.DoubleToInt64Bits(many.Harmonic(v)));
            Assert.Equal(lossOne.IfLeft(v), lossMany.IfLeft(v));
        }
    }

    [Fact]
    public void ShortestPaths_MorePathsThanADoubleHolds_StayRight()
    {
        // A chain of diamonds: from end to end 2^1500 shortest paths; each middle node of a diamond carries half of what passes.
        const int Diamonds = 1_500;
        var ties = Adjacency.Undirected(3 * Diamonds + 1,
            [.. Enumerable.Range(0, Diamonds)
            .SelectMany(d => new[] { (3 * d, 3 * d + 1), (3 * d, 3 * d + 2), (3 * d + 1, 3 * d + 3), (3 * d + 2, 3 * d + 3) })]);
        var paths = ShortestPaths.Of(ties);
        var middle = Diamonds / 2;
        double before = 3 * middle + 1, after = 3 * (Diamonds - middle - 1) + 1;
        AssertNumber(before * after / 2, paths.Betweenness(3 * middle + 1), 1e-9, "middle of a diamond");
        // A joint carries all pairs across it, and half of the pair of middles of the diamond on either side.
        AssertNumber((3.0 * middle) * (3.0 * (Diamonds - middle)) + 1, paths.Betweenness(3 * middle), 1e-9, "joint");
        Assert.Equal(2 * Diamonds, paths.DiameterWithinComponents);
    }

    [Fact]
    public void Triads_StarOfFiftyThousand_IsLinear()
    {
        var triads = Triads.Of(Graphs.Star(50_000));
        Assert.Equal(0, triads.Transitivity.Value);
        Assert.Equal(1, triads.Constraint(7).Value, 12);
        Assert.Equal(1.0 / 49_999, triads.Constraint(0).Value, 12);
    }

    [Fact]
    public void Communities_RingOfCliques_FindTheCliques()
    {
        var ties = Adjacency.Undirected(60,
            [.. Enumerable.Range(0, 10).SelectMany(c => Graphs.Pairs(6).Select(p => (6 * c + p.Item1, 6 * c + p.Item2))
            .Append((6 * c, (6 * c + 7) % 60)))]);
        foreach (var best in new[] { BestPartition.Of(ties, (g, s) => Leiden.Run(g, s), 1), BestPartition.Of(ties, Louvain.Run, 1) })
        {
            Assert.Equal(Enumerable.Range(0, 60).Select(v => v / 6), best.Best.Labels);
            Assert.InRange(best.Best.Iterations, 1, 10);
        }
    }

    [Fact]
    public void TryBuild_EveryFault_IsNamedWithItsPlace()
    {
        var problems = RelationshipNetwork.TryBuild(
            [new("A", null, true), new("A", null, true), new(" ", null, true), new("B", null, false, 4.5), new("C", null, true)],
            [new("A", "C"), new("A", "C"), new("A", "A"), new("X", "A"), new("A", "Y"), new("B", "A"), new("C", "A", Trust: [5, 1, 1]),
                new("C", "B", Frequency: -1)],
            out var network);
        Assert.Null(network);
        Assert.Equal(
            [
                (NetworkFault.DuplicatePartner, 1), (NetworkFault.EmptyId, 2), (NetworkFault.SelfTrustOutsideScale, 3),
                    (NetworkFault.DuplicateRelationship, 1),
                (NetworkFault.SelfLoop, 2), (NetworkFault.UnknownFrom, 3), (NetworkFault.UnknownTo, 4), (NetworkFault.FromDidNotRespond, 5),
                (NetworkFault.RatingOutsideScale, 6), (NetworkFault.NegativeFrequency, 7),
            ],
            problems.Select(p => (p.Fault, p.Index)));
        Assert.Equal([true, true, true, false], problems.Take(4).Select(p => p.OfPartner));
        Assert.Throws<ArgumentException>(() => RelationshipNetwork.Build([new("A", null, true), new("A", null, true)], []));
    }

    [Theory]
    [InlineData(8, 8, NetworkDisclosure.All)]
    [InlineData(8, 6, NetworkDisclosure.All)]
    [InlineData(8, 5, NetworkDisclosure.Partial)]
    [InlineData(8, 4, NetworkDisclosure.Partial)]
    [InlineData(8, 3, NetworkDisclosure.DensityOnly)]
    public void Disclosure_ShareOfRespondents_DecidesWhatIsShown(int partners, int respondents, NetworkDisclosure expected)
    {
        var network = RelationshipNetwork.Build([.. Enumerable.Range(0, partners)
            .Select(i => new Partner($"P{i}", null, i < respondents))], []);
        Assert.Equal(expected, NetworkRules.Disclosure(network));
    }

    [Fact]
    public void ExternalInternal_UnknownSector_LeavesItsTiesOut()
    {
        var network = RelationshipNetwork.Build([new("A", "public", true), new("B", "private", true), new("C", null, true)],
            [new("A", "B"), new("A", "C"), new("C", "B")]);
        Assert.Equal(new ExternalInternal(1, 0), ExternalInternal.OfTies(network));
        Assert.False(ExternalInternal.OfNode(network, 2).Index.IsDefined);
    }
}
