namespace Colead.Analysis.Networks;

/// <summary>
/// Triangles and what rests on them, from one pass over the triangles of an undirected graph (time m^1.5 at most).
/// </summary>
public sealed class Triads
{
    private readonly int[] degrees;
    private readonly long[] triangles;
    private readonly double[] constraint;

    private Triads(int[] degrees, long[] triangles, double[] constraint)
    {
        this.degrees = degrees;
        this.triangles = triangles;
        this.constraint = constraint;
    }

    /// <summary>
    /// Transitivity: three times the triangles over the paths of two ties, 0..1: how often a partner's partner is a partner.
    /// Absent where no node has two ties.
    /// </summary>
    /// <remarks>Wasserman &amp; Faust 1994, chapter 6.</remarks>
    public Figure Transitivity
    {
        get
        {
            long closed = 0, paths = 0;
            for (var v = 0; v < degrees.Length; v++)
            {
                closed += triangles[v];
                paths += (long)degrees[v] * (degrees[v] - 1) / 2;
            }

            return paths == 0 ? Figure.Absent(Absence.TooFewTies) : Figure.Of((double)closed / paths);
        }
    }

    /// <summary>Triangles that a node is part of, which is the number of ties among its contacts.</summary>
    public long Triangles(int node) => triangles[node];

    /// <summary>
    /// Burt's constraint with equal ties, p_ij = 1/degree(i): sum over contacts j of (p_ij + sum_q p_iq·p_qj)². High where a
    /// node's contacts all know one another. May slightly exceed 1 in very small groups. Absent for isolates.
    /// </summary>
    /// <remarks>Burt 1992, Structural Holes, chapter 2.</remarks>
    public Figure Constraint(int node) => Node(node, () => constraint[node]);

    /// <summary>Effective size, d − 2t/d with d contacts and t ties among them: contacts less the average overlap. Absent for
    /// isolates.</summary>
    /// <remarks>Borgatti 1997, Connections 20:35.</remarks>
    public Figure EffectiveSize(int node) => Node(node, () => degrees[node] - 2.0 * triangles[node] / degrees[node]);

    /// <summary>Effective size over the number of contacts, 0..1. Absent for isolates.</summary>
    public Figure Efficiency(int node) => EffectiveSize(node).Select(size => size / degrees[node]);

    public static Triads Of(Adjacency ties)
    {
        var n = ties.Nodes;
        var degrees = ties.Degrees();
        var triangles = new long[n];
        // For each entry i → j, the sum of 1/degree over the contacts that i and j share.
        var shared = new double[ties.Entries];
        var place = new int[n];
        Array.Fill(place, -1);
        var offsets = ties.Offsets;
        var targets = ties.Targets;
        bool Before(int a, int b) => degrees[a] != degrees[b] ? degrees[a] < degrees[b] : a < b;

        // Each tie is directed from the end of fewer ties, so that every triangle is met once and no hub is scanned often.
        int[] upStart = new int[n + 1], up = new int[ties.Entries / 2], upEntry = new int[ties.Entries / 2];
        var back = Opposites(ties);
        var count = 0;
        for (var v = 0; v < n; v++)
        {
            upStart[v] = count;
            for (var e = offsets[v]; e < offsets[v + 1]; e++)
            {
                if (!Before(v, targets[e])) continue;
                (up[count], upEntry[count]) = (targets[e], e);
                count++;
            }
        }

        upStart[n] = count;
        for (var a = 0; a < n; a++)
        {
            for (var i = upStart[a]; i < upStart[a + 1]; i++) place[up[i]] = upEntry[i];
            for (var i = upStart[a]; i < upStart[a + 1]; i++)
            {
                var b = up[i];
                for (var j = upStart[b]; j < upStart[b + 1]; j++)
                {
                    var c = up[j];
                    if (place[c] < 0) continue;
                    triangles[a]++;
                    triangles[b]++;
                    triangles[c]++;
                    int ab = upEntry[i], bc = upEntry[j], ac = place[c];
                    shared[ab] += 1.0 / degrees[c];
                    shared[bc] += 1.0 / degrees[a];
                    shared[ac] += 1.0 / degrees[b];
                }
            }

            for (var i = upStart[a]; i < upStart[a + 1]; i++) place[up[i]] = -1;
        }

        var constraint = new double[n];
        for (var v = 0; v < n; v++)
        {
            double sum = 0;
            for (var e = offsets[v]; e < offsets[v + 1]; e++)
            {
                var invested = 1 + (Before(v, targets[e]) ? shared[e] : shared[back[e]]);
                sum += invested * invested;
            }

            constraint[v] = degrees[v] == 0 ? 0 : sum / ((double)degrees[v] * degrees[v]);
        }

        return new(degrees, triangles, constraint);
    }

    /// <summary>For each entry i → j the place of j → i.</summary>
    private static int[] Opposites(Adjacency ties)
    {
        var offsets = ties.Offsets;
        var targets = ties.Targets;
        var back = new int[ties.Entries];
        var next = offsets[..^1].ToArray();
        // Rows ascend, so the sources of any node's entries come by in the order of its own row.
        for (var v = 0; v < ties.Nodes; v++)
        {
            for (var e = offsets[v]; e < offsets[v + 1]; e++) back[e] = next[targets[e]]++;
        }

        return back;
    }

    private Figure Node(int node, Func<double> value) => degrees[node] == 0 ? Figure.Absent(Absence.Isolated) : Figure.Of(value());
}
