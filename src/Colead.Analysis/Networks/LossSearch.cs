using System.Runtime.CompilerServices;

namespace Colead.Analysis.Networks;

/// <summary>One thread's search for what each node's loss does to the distances from one source; see <see cref="Fragility"/>.</summary>
internal sealed class LossSearch(Adjacency ties)
{
    private readonly int[] distance = ShortestPaths.NewDistances(ties.Nodes);
    private readonly int[] order = new int[ties.Nodes];
    private readonly int[] dominator = new int[ties.Nodes];
    private readonly int[] depth = new int[ties.Nodes];
    private readonly int[] size = new int[ties.Nodes];
    private readonly int[] next = new int[ties.Nodes];
    private readonly int[] place = new int[ties.Nodes];
    private readonly int[] at = new int[ties.Nodes];
    private readonly int[] tentative = new int[ties.Nodes];
    private readonly PriorityQueue<int, int> queue = new();

    /// <summary>
    /// Adds, for each node that could be lost, the nearness from the source to others that would go and the length that their
    /// paths would gain (the whole length, negative, of those no longer reached).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void From(int source, double[] nearnessLost, long[] lengthAdded)
    {
        ReadOnlySpan<int> offsets = ties.Offsets, targets = ties.Targets;
        int[] distance = this.distance, dominator = this.dominator, depth = this.depth;
        distance[source] = 0;
        dominator[source] = source;
        depth[source] = 0;
        order[0] = source;
        var tail = 1;
        for (var head = 0; head < tail; head++)
        {
            var v = order[head];
            var further = distance[v] + 1;
            foreach (var w in targets[offsets[v]..offsets[v + 1]])
            {
                if (distance[w] < 0)
                {
                    distance[w] = further;
                    dominator[w] = v;
                    depth[w] = depth[v] + 1;
                    order[tail++] = w;
                }
                else if (distance[w] == further && dominator[w] != source && dominator[w] != v)
                {
                    // What dominates all of w's nearer neighbours so far; once that is the source it stays so.
                    int a = dominator[w], b = v;
                    while (a != b)
                    {
                        if (depth[a] >= depth[b]) a = dominator[a];
                        else b = dominator[b];
                    }

                    dominator[w] = a;
                    depth[w] = depth[a] + 1;
                }
            }
        }

        // Number the dominator tree so that the descendants of a node follow it without a gap.
        for (var i = 0; i < tail; i++) size[order[i]] = 1;
        for (var i = tail - 1; i > 0; i--) size[dominator[order[i]]] += size[order[i]];
        place[source] = 0;
        next[source] = 1;
        at[0] = source;
        for (var i = 1; i < tail; i++)
        {
            var v = order[i];
            ref var free = ref next[dominator[v]];
            place[v] = free;
            free += size[v];
            next[v] = place[v] + 1;
            at[place[v]] = v;
        }

        for (var i = 1; i < tail; i++)
        {
            if (size[order[i]] > 1) Lose(order[i], nearnessLost, lengthAdded);
        }

        for (var i = 0; i < tail; i++) distance[order[i]] = -1;
    }

    /// <summary>Finds the descendants of the lost node anew: first from neighbours that keep their distance, then among
    /// themselves.</summary>
    private void Lose(int lost, double[] nearnessLost, long[] lengthAdded)
    {
        int first = place[lost] + 1, end = place[lost] + size[lost];
        double nearness = 0;
        long length = 0;
        for (var i = first; i < end; i++)
        {
            var v = at[i];
            var nearest = int.MaxValue;
            foreach (var w in ties.Neighbours(v))
            {
                if (w != lost && (place[w] < first || place[w] >= end)) nearest = Math.Min(nearest, distance[w] + 1);
            }

            tentative[v] = nearest;
            nearness += 1.0 / distance[v];
            length -= distance[v];
            if (nearest == int.MaxValue) continue;
            if (end - first == 1)
            {
                nearness -= 1.0 / nearest;
                length += nearest;
            }
            else
            {
                queue.Enqueue(v, nearest);
            }
        }

        while (queue.TryDequeue(out var v, out var d))
        {
            if (tentative[v] != d) continue; // found nearer, and done
            tentative[v] = -1;
            nearness -= 1.0 / d;
            length += d;
            foreach (var w in ties.Neighbours(v))
            {
                if (w == lost || place[w] < first || place[w] >= end || tentative[w] <= d + 1) continue;
                tentative[w] = d + 1;
                queue.Enqueue(w, d + 1);
            }
        }

        nearnessLost[lost] += nearness;
        lengthAdded[lost] += length;
    }
}
