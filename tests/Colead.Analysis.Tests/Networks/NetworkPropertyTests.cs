using Colead.Analysis.Networks;
using FsCheck;
using FsCheck.Fluent;
using static Colead.Analysis.Tests.OracleFiles;

namespace Colead.Analysis.Tests.Networks;

/// <summary>What holds for every graph, on random small ones: against plain definitions, and under changes that must not matter.</summary>
public class NetworkPropertyTests
{
    private const double Near = 1e-9;

    [Fact]
    public void ShortestPaths_AnyGraph_EqualTheDefinition() => ForAnyGraph(1, 300, ties =>
    {
        var paths = ShortestPaths.Of(ties);
        var (distance, count) = AllPairs(ties);
        var n = ties.Nodes;
        for (var v = 0; v < n; v++)
        {
            double betweenness = 0, harmonic = 0;
            long far = 0;
            var reached = 0;
            for (var s = 0; s < n; s++)
            {
                if (s != v && distance[v, s] < int.MaxValue) (harmonic, far, reached) =
                    (harmonic + 1.0 / distance[v, s], far + distance[v, s], reached + 1);
                for (var t = s + 1; t < n; t++)
                {
                    if (s != v && t != v && Through(distance, s, v, t)) betweenness += count[s, v] * count[v, t] / count[s, t];
                }
            }

            AssertNumber(betweenness, paths.Betweenness(v), Near, "betweenness");
            AssertNumber(harmonic, paths.Harmonic(v), Near, "harmonic");
            Assert.Equal((far, reached), (paths.Farness(v), paths.Reached(v)));
        }

        Assert.Equal(Graphs.Pairs(n).Count(p => distance[p.Item1, p.Item2] < int.MaxValue), paths.ConnectedPairs);
        Assert.Equal(Graphs.Pairs(n).Select(p => distance[p.Item1, p.Item2]).Where(d => d < int.MaxValue).DefaultIfEmpty(0).Max(),
            paths.DiameterWithinComponents);
    });

    [Fact]
    public void CutStructure_AnyGraph_IsWhatRemovalShows() => ForAnyGraph(2, 400, ties =>
    {
        var cuts = CutStructure.Of(ties);
        var whole = Components.Of(ties);
        for (var v = 0; v < ties.Nodes; v++)
        {
            var rest = Components.Of(ties, new HashSet<int> { v });
            Assert.Equal(rest.Count > whole.Count, cuts.CutPoints.Contains(v));
            Assert.Equal(rest.Count - whole.Count + 1, cuts.Pieces(v));
            var own = whole.Sizes[whole.Labels[v]] - 1;
            Assert.Equal(InTouch(whole) - own - InTouch(rest), cuts.PairsParted(v));
        }

        var ends = ties.Ties().ToList();
        var bridges = ends.Where(e => Components.Of(Adjacency.Undirected(ties.Nodes, [.. ends.Where(t => t != e)])).Count > whole.Count);
        Assert.Equal(bridges, cuts.Bridges.Select(b => (b.Low, b.High)));
    });

    [Fact]
    public void Fragility_AnyGraph_IsWhatRemovalShows() => ForAnyGraph(3, 400, ties =>
    {
        var paths = ShortestPaths.Of(ties);
        var fragility = Fragility.Of(ties, paths);
        for (var v = 0; v < ties.Nodes; v++)
        {
            var removed = new HashSet<int> { v };
            var (loss, slow) = (fragility.IfLeft(v), Fragility.IfAllLeft(ties, removed));
            Assert.Equal((slow.Components, slow.PairsParted), (loss.Components, loss.PairsParted));
            var rest = Adjacency.Undirected(ties.Nodes - 1, [.. ties.Ties().Where(t => t.From != v && t.To != v)
                .Select(t => (t.From - (t.From > v ? 1 : 0), t.To - (t.To > v ? 1 : 0)))]);
            var after = ShortestPaths.Of(rest);
            AssertFigure(after.GlobalEfficiency.OrNull, loss.Efficiency, Near, "efficiency");
            AssertFigure(after.GlobalEfficiency.OrNull, slow.Efficiency, Near, "efficiency by removal");
            AssertFigure(slow.EfficiencyNow.OrNull, loss.EfficiencyNow, Near, "efficiency now");
            if (ties.Nodes > 2) AssertFigure(after.AverageLengthWithinComponents.OrNull, loss.AverageLength, Near, "length");
            Assert.Equal(cutOff(), fragility.CutOff(v));

            IEnumerable<int> cutOff()
            {
                var parts = Components.Of(ties, removed);
                var touched = ties.Neighbours(v).ToArray().GroupBy(w => parts.Labels[w]).Select(g => g.Key)
                    .OrderByDescending(p => parts.Sizes[p]).ThenBy(p => p).Skip(1).ToHashSet();
                return Enumerable.Range(0, ties.Nodes).Where(w => w != v && touched.Contains(parts.Labels[w]));
            }
        }
    }, most: 12);

    [Fact]
    public void Triads_AnyGraph_EqualTheDefinition() => ForAnyGraph(4, 400, ties =>
    {
        var triads = Triads.Of(ties);
        for (var v = 0; v < ties.Nodes; v++)
        {
            var contacts = ties.Neighbours(v).ToArray();
            var among = contacts.Sum(a => contacts.Count(b => a < b && ties.Contains(a, b)));
            Assert.Equal(among, triads.Triangles(v));
            if (contacts.Length == 0)
            {
                Assert.Equal(Absence.Isolated, triads.Constraint(v).Why);
                Assert.False(triads.EffectiveSize(v).IsDefined);
                continue;
            }

            double P(int a, int b) => ties.Contains(a, b) ? 1.0 / ties.Degree(a) : 0;
            var constraint = contacts.Sum(j => Math.Pow(P(v, j) + contacts.Where(q => q != j).Sum(q => P(v, q) * P(q, j)), 2));
            AssertNumber(constraint, triads.Constraint(v).Value, Near, "constraint");
            AssertNumber(contacts.Length - 2.0 * among / contacts.Length, triads.EffectiveSize(v).Value, Near, "effective size");
            Assert.InRange(triads.Efficiency(v).Value, 0, 1);
        }
    });

    [Fact]
    public void Coreness_AnyGraph_IsWhatPeelingLeaves() => ForAnyGraph(5, 300, ties =>
    {
        var coreness = Coreness.Of(ties);
        for (var k = 0; k <= ties.Nodes; k++)
        {
            var left = Enumerable.Range(0, ties.Nodes).ToHashSet();
            while (left.RemoveWhere(v => ties.Neighbours(v).ToArray().Count(left.Contains) < k) > 0)
            {
            }

            Assert.Equal(left.Order(), Enumerable.Range(0, ties.Nodes).Where(v => coreness[v] >= k));
        }
    });

    [Fact]
    public void CorePeriphery_AnyGraph_HasTheLeastMisfitOfAllCores() => ForAnyGraph(6, 300, ties =>
    {
        if (CorePeriphery.Fit(ties) is not { } fit)
        {
            Assert.True(ties.Degrees().Distinct().Count() <= 1);
            return;
        }

        Assert.Equal(CorePeriphery.Search(ties)!.LeastMisfit, fit.LeastMisfitAnySize);
        Assert.True(fit.Misfit >= fit.LeastMisfitAnySize);
        Assert.All(Enumerable.Range(0, ties.Nodes), v => Assert.Equal(ties.Degree(v) >= fit.DegreeThreshold, fit.Core.Contains(v)));
        if (!fit.Correlation.IsDefined) // all but one are core: there is no pair of outsiders to compare with
        {
            Assert.Equal(ties.Nodes - 1, fit.Core.Count);
            return;
        }

        Assert.InRange(fit.Correlation.Value, -1 - Near, fit.BestCorrelation.Value + Near);
        Assert.True(CorePeriphery.Search(ties)!.BestCorrelation >= fit.BestCorrelation.Value - Near);
    }, most: 10);

    [Fact]
    public void Leiden_AnyGraph_GivesConnectedCommunitiesThatNoNodeWouldLeave() => ForAnyGraph(7, 400, ties =>
    {
        var partition = Leiden.Run(ties, 5);
        for (var c = 0; c < partition.Communities; c++)
        {
            var inside = Adjacency.Undirected(ties.Nodes,
                [.. ties.Ties().Where(t => partition.Labels[t.From] == c && partition.Labels[t.To] == c)]);
            Assert.Equal(partition.Labels.Count(l => l != c) + 1, Components.Of(inside).Count);
        }

        if (ties.Entries == 0)
        {
            Assert.False(partition.Modularity.IsDefined);
            return;
        }

        Assert.True(partition.Converged);
        Assert.InRange(partition.Modularity.Value, 0, 1);
        for (var v = 0; v < ties.Nodes; v++)
        {
            foreach (var c in Enumerable.Range(0, partition.Communities + 1))
            {
                var moved = partition.Labels.ToArray();
                moved[v] = c;
                Assert.True(Modularity.Of(ties, moved).Value <= partition.Modularity.Value + Near);
            }
        }
    }, most: 30);

    [Fact]
    public void Louvain_AnyGraph_IsSeededAndNeverBelowOneCommunity() => ForAnyGraph(8, 200, ties =>
    {
        var partition = Louvain.Run(ties, 3);
        Assert.Equal(partition.Labels, Louvain.Run(ties, 3).Labels);
        Assert.Equal(Leiden.Run(ties, 3).Labels, Leiden.Run(ties, 3).Labels);
        if (ties.Entries > 0) Assert.InRange(partition.Modularity.Value, 0, 1);
    }, most: 30);

    [Fact]
    public void Relabelling_AnyGraph_MovesNodeMeasuresAndLeavesNetworkMeasures() => ForAnyGraph(9, 200, ties =>
    {
        var names = Enumerable.Range(0, ties.Nodes).ToArray();
        new SeededRandom((ulong)ties.Entries + 77).Shuffle(names.AsSpan());
        var other = ties.Renamed(names);
        var (p, q) = (ShortestPaths.Of(ties), ShortestPaths.Of(other));
        var (s, t) = (Triads.Of(ties), Triads.Of(other));
        var (cuts, otherCuts) = (CutStructure.Of(ties), CutStructure.Of(other));
        var (core, otherCore) = (Coreness.Of(ties), Coreness.Of(other));
        var (loss, otherLoss) = (Fragility.Of(ties, p), Fragility.Of(other, q));
        for (var v = 0; v < ties.Nodes; v++)
        {
            var w = names[v];
            AssertNumber(p.Betweenness(v), q.Betweenness(w), Near, "betweenness");
            AssertNumber(p.Harmonic(v), q.Harmonic(w), Near, "harmonic");
            AssertFigure(p.WassermanFaustCloseness(v).OrNull, q.WassermanFaustCloseness(w), Near, "closeness");
            AssertFigure(s.Constraint(v).OrNull, t.Constraint(w), Near, "constraint");
            AssertFigure(s.EffectiveSize(v).OrNull, t.EffectiveSize(w), Near, "effective size");
            AssertFigure(loss.IfLeft(v).Efficiency.OrNull, otherLoss.IfLeft(w).Efficiency, Near, "efficiency after loss");
            Assert.Equal(core[v], otherCore[w]);
            Assert.Equal(cuts.PairsParted(v), otherCuts.PairsParted(w));
        }

        Assert.Equal(cuts.CutPoints.Select(v => names[v]).Order(), otherCuts.CutPoints);
        Assert.Equal(cuts.Bridges.Count, otherCuts.Bridges.Count);
        Assert.Equal(p.DiameterWithinComponents, q.DiameterWithinComponents);
        AssertFigure(p.AverageLengthWithinComponents.OrNull, q.AverageLengthWithinComponents, Near, "length");
        AssertFigure(p.BetweennessCentralisation.OrNull, q.BetweennessCentralisation, Near, "betweenness centralisation");
        AssertFigure(s.Transitivity.OrNull, t.Transitivity, Near, "transitivity");
        AssertFigure(DegreeCentralisation.Undirected(ties).OrNull, DegreeCentralisation.Undirected(other), Near, "degree centralisation");
        var (fit, otherFit) = (CorePeriphery.Fit(ties), CorePeriphery.Fit(other));
        Assert.Equal(fit?.Misfit, otherFit?.Misfit);
        if (fit is not null) Assert.Equal(fit.Core.Select(v => names[v]).Order(), otherFit!.Core);
    });

    [Fact]
    public void AddingAnIsolate_AnyGraph_ChangesOnlyNormalisations() => ForAnyGraph(10, 200, ties =>
    {
        var n = ties.Nodes;
        var more = Adjacency.Undirected(n + 1, [.. ties.Ties()]);
        var (p, q) = (ShortestPaths.Of(ties), ShortestPaths.Of(more));
        var (s, t) = (Triads.Of(ties), Triads.Of(more));
        for (var v = 0; v < n; v++)
        {
            AssertNumber(p.Betweenness(v), q.Betweenness(v), Near, "betweenness");
            Assert.Equal(p.Harmonic(v), q.Harmonic(v));
            Assert.Equal(p.ClosenessWithinComponent(v), q.ClosenessWithinComponent(v));
            Assert.Equal(s.Constraint(v), t.Constraint(v));
            AssertFigure(n < 2 ? null : p.HarmonicCloseness(v).Value * (n - 1) / n, n < 2 ? Figure.Absent(Absence.TooFewParties)
                : q.HarmonicCloseness(v), Near, "closeness");
        }

        Assert.Equal(p.AverageLengthWithinComponents, q.AverageLengthWithinComponents);
        Assert.Equal(s.Transitivity, t.Transitivity);
        Assert.Equal(CutStructure.Of(ties).CutPoints, CutStructure.Of(more).CutPoints);
        Assert.Equal(Coreness.Of(ties), Coreness.Of(more)[..n]);
        Assert.Equal(Leiden.Run(ties, 1).Modularity.IsDefined, Leiden.Run(more, 1).Modularity.IsDefined);
    });

    [Fact]
    public void Bounds_AnyGraph_Hold() => ForAnyGraph(11, 300, ties =>
    {
        var paths = ShortestPaths.Of(ties);
        static void Unit(Figure figure)
        {
            if (figure.IsDefined) Assert.InRange(figure.Value, -1e-12, 1 + 1e-12);
        }

        Unit(Density.Undirected(ties));
        Unit(DegreeCentralisation.Undirected(ties));
        Unit(paths.BetweennessCentralisation);
        Unit(paths.GlobalEfficiency);
        Unit(Triads.Of(ties).Transitivity);
        for (var v = 0; v < ties.Nodes; v++)
        {
            Unit(paths.NormalisedBetweenness(v));
            Unit(paths.HarmonicCloseness(v));
            Unit(paths.WassermanFaustCloseness(v));
        }
    });

    private static void ForAnyGraph(ulong replay, int tests, Action<Adjacency> holds, int most = 14) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20261121 + replay, 7),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => holds(Graphs.Any(seed, most))));

    private static bool Through(int[,] distance, int s, int v, int t) =>
        distance[s, t] < int.MaxValue && distance[s, v] < int.MaxValue && distance[v, t] < int.MaxValue && distance[s, v]
            + distance[v, t] == distance[s, t];

    private static long InTouch(Components components) => components.Sizes.Sum(s => (long)s * (s - 1) / 2);

    /// <summary>Distances and numbers of shortest paths, by lengthening paths one tie at a time.</summary>
    private static (int[,] Distance, double[,] Count) AllPairs(Adjacency ties)
    {
        var n = ties.Nodes;
        var (distance, count) = (new int[n, n], new double[n, n]);
        for (var s = 0; s < n; s++)
        {
            for (var t = 0; t < n; t++) (distance[s, t], count[s, t]) = s == t ? (0, 1) : (int.MaxValue, 0);
            for (var d = 0; d < n; d++)
            {
                for (var v = 0; v < n; v++)
                {
                    if (distance[s, v] != d) continue;
                    foreach (var w in ties.Neighbours(v))
                    {
                        if (distance[s, w] > d + 1) distance[s, w] = d + 1;
                        if (distance[s, w] == d + 1) count[s, w] += count[s, v];
                    }
                }
            }
        }

        return (distance, count);
    }
}
