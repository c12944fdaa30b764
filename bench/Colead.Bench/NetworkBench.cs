using System.Diagnostics;
using Colead.Analysis;
using Colead.Analysis.Networks;

namespace Colead.Bench;

/// <summary>
/// Betweenness, closeness and one Leiden run on random graphs of n nodes and 5n ties (mean degree 10). Yardstick: a plain
/// breadth-first search from every node on one core, which counts nothing, the least that any exact method must do.
/// </summary>
public static class NetworkBench
{
    private static readonly int[] Sizes = [100, 300, 1_000, 2_000, 5_000, 10_000, 20_000];

    public static void Run()
    {
        Console.WriteLine(FormattableString.Invariant($"network: random graphs of mean degree 10, {Environment.ProcessorCount} processors; milliseconds by the clock, and (of all processors)"));
        Console.WriteLine("   nodes     plain searches  paths + closeness             Leiden   together  ratio  bytes/node");
        var previous = (Nodes: 0, Together: 0.0);
        Measure(500); // compiled and warm before the first line
        foreach (var nodes in Sizes)
        {
            var (plain, paths, leiden, bytes) = Measure(nodes);
            var together = paths.Clock + leiden.Clock;
            var ratio = (paths.Processor + leiden.Processor) / plain.Processor;
            var growth = previous.Nodes == 0 ? ""
                : FormattableString.Invariant($"  grows as n^{Math.Log(together / previous.Together) / Math.Log((double)nodes / previous.Nodes):0.0}");
            Console.WriteLine(FormattableString.Invariant($"{nodes,8}{plain,19}{paths,19}{leiden,19}{together,11:0.0}{ratio,7:0.00}{bytes,12:0}{growth}"));
            previous = (nodes, together);
        }
    }

    private static (Cost Plain, Cost Paths, Cost Leiden, double BytesPerNode) Measure(int nodes)
    {
        var ties = Random(nodes, 5 * nodes);
        var times = nodes <= 2_000 ? 5 : 1;
        var plain = Best(() => Search(ties), times);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var paths = Best(() => ShortestPaths.Of(ties), times);
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)times / nodes;
        return (plain, paths, Best(() => Leiden.Run(ties, 1), times), bytes);
    }

    internal static Adjacency Random(int nodes, int count)
    {
        var random = new SeededRandom(20261121);
        var ties = new HashSet<(int, int)>();
        while (ties.Count < count)
        {
            int a = random.Next(nodes), b = random.Next(nodes);
            if (a != b) ties.Add((Math.Min(a, b), Math.Max(a, b)));
        }

        return Adjacency.Undirected(nodes, [.. ties]);
    }

    private static long Search(Adjacency ties)
    {
        ReadOnlySpan<int> offsets = ties.Offsets, targets = ties.Targets;
        int[] distance = new int[ties.Nodes], queue = new int[ties.Nodes];
        long sum = 0;
        for (var s = 0; s < ties.Nodes; s++)
        {
            Array.Fill(distance, -1);
            distance[s] = 0;
            queue[0] = s;
            var tail = 1;
            for (var head = 0; head < tail; head++)
            {
                var v = queue[head];
                sum += distance[v];
                foreach (var w in targets[offsets[v]..offsets[v + 1]])
                {
                    if (distance[w] >= 0) continue;
                    distance[w] = distance[v] + 1;
                    queue[tail++] = w;
                }
            }
        }

        return sum;
    }

    /// <summary>The quickest of several times; processor time tells the same tale where others use the machine too.</summary>
    private static Cost Best<T>(Func<T> work, int times)
    {
        var best = new Cost(double.MaxValue, double.MaxValue);
        for (var i = 0; i < times; i++)
        {
            var used = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            GC.KeepAlive(work());
            best = new(Math.Min(best.Clock, clock.Elapsed.TotalMilliseconds),
                Math.Min(best.Processor, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds));
        }

        return best;
    }

    private readonly record struct Cost(double Clock, double Processor)
    {
        public override string ToString() => FormattableString.Invariant($"{Clock:0.0} ({Processor:0.0})");
    }
}
