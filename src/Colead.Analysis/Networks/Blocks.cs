namespace Colead.Analysis.Networks;

/// <summary>
/// Work over all nodes as source, in parallel with a result that does not depend on the threads: the division into blocks
/// depends on the number of nodes alone, each block has a sum of its own, and sums come back in the order of the blocks.
/// </summary>
internal static class Blocks
{
    /// <summary>Enough for many processors to share evenly, few enough that the sums stay small (memory is this many numbers a
    /// node).</summary>
    private const int Most = 32;

    /// <summary>Below this many sources threads cost more than they bring.</summary>
    private const int FewSources = 64;

    public static TSum[] Run<TWorker, TSum>(
        int sources, int? threads, Func<TWorker> newWorker, Action<int>? done, Action<TWorker, int, int, TSum> work, Func<TSum> newSum)
    {
        var blocks = Math.Min(Most, (sources + 7) / 8);
        var sums = new TSum[blocks];
        TWorker Block(int b, TWorker worker)
        {
            int first = (int)((long)sources * b / blocks), end = (int)((long)sources * (b + 1) / blocks);
            sums[b] = newSum();
            work(worker, first, end, sums[b]);
            done?.Invoke(end - first);
            return worker;
        }

        var limit = threads ?? Environment.ProcessorCount;
        if (limit == 1 || sources < FewSources)
        {
            var worker = newWorker();
            for (var b = 0; b < blocks; b++) Block(b, worker);
        }
        else
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = limit }, newWorker, (b, _, worker) => Block(b, worker),
                _ => { });
        }

        return sums;
    }
}
