namespace Colead.Analysis.Networks;

/// <summary>The connected parts of an undirected graph.</summary>
/// <param name="Labels">For each node the number of its component, from 0, in the order of their first nodes.</param>
/// <param name="Sizes">Nodes of each component.</param>
public sealed record Components(IReadOnlyList<int> Labels, IReadOnlyList<int> Sizes)
{
    public int Count => Sizes.Count;

    /// <summary>Share of nodes in the largest component. Absent for no nodes.</summary>
    public Figure LargestShare => Labels.Count == 0 ? Figure.Absent(Absence.TooFewParties) : Figure.Of((double)Sizes.Max() / Labels.Count);

    /// <summary>Nodes without a tie.</summary>
    public int Isolates => Sizes.Count(s => s == 1);

    public static Components Of(Adjacency ties) => Of(ties, removed: null);

    /// <summary>Components of what is left without <paramref name="removed"/>; removed nodes have label −1.</summary>
    public static Components Of(Adjacency ties, IReadOnlySet<int>? removed)
    {
        var labels = new int[ties.Nodes];
        Array.Fill(labels, -1);
        var sizes = new List<int>();
        var queue = new int[ties.Nodes];
        for (var start = 0; start < labels.Length; start++)
        {
            if (labels[start] >= 0 || removed?.Contains(start) == true) continue;
            var tail = 0;
            queue[tail++] = start;
            labels[start] = sizes.Count;
            for (var head = 0; head < tail; head++)
            {
                foreach (var w in ties.Neighbours(queue[head]))
                {
                    if (labels[w] >= 0 || removed?.Contains(w) == true) continue;
                    labels[w] = sizes.Count;
                    queue[tail++] = w;
                }
            }

            sizes.Add(tail);
        }

        return new(labels, sizes);
    }
}
