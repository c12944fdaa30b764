using System.Globalization;
using Colead.Analysis.Networks;

namespace Colead.Analysis.Tests.Networks;

/// <summary>Networks for the tests: the oracle's, published ones, shapes, and random ones.</summary>
internal static class Graphs
{
    public static RelationshipNetwork Oracle(string name)
    {
        var partners = Rows($"networks/{name}_nodes.csv").Select(r => new Partner(r["id"], r["sector"], r["responded"] == "1",
            Number(r["self_trust"]))).ToList();
        var relationships = Rows($"networks/{name}_edges.csv").Select(r => new Relationship(
            r["from"],
            r["to"],
            Number(r["frequency"]),
            r["kind"],
            [.. r.Where(c => c.Key.StartsWith("trust_", StringComparison.Ordinal)).Select(c => (int?)Number(c.Value))],
            [.. r.Where(c => c.Key.StartsWith("value_", StringComparison.Ordinal)).Select(c => (int?)Number(c.Value))])).ToList();
        return RelationshipNetwork.Build(partners, relationships);
    }

    /// <summary>Zachary's karate club, 34 members and 78 ties, numbered from 1: each row a member and those of higher number.</summary>
    public static Adjacency Karate { get; } = FromRows(
        34,
        "1 2 3 4 5 6 7 8 9 11 12 13 14 18 20 22 32", "2 3 4 8 14 18 20 22 31", "3 4 8 9 10 14 28 29 33", "4 8 13 14", "5 7 11", "6 7 11 17",
        "7 17", "9 31 33 34", "10 34", "14 34", "15 33 34", "16 33 34", "19 33 34", "20 34", "21 33 34", "23 33 34", "24 26 28 30 33 34",
        "25 26 28 32", "26 32", "27 30 34", "28 34", "29 32 34", "30 33 34", "31 33 34", "32 33 34", "33 34");

    /// <summary>Krackhardt's kite, 10 people and 18 ties, numbered from 1 as he names them: Andre, Beverly, Carol, Diane, Ed, Fernando,
    /// Garth, Heather, Ike, Jane.</summary>
    public static Adjacency Kite { get; } = FromRows(10, "1 2 3 4 6", "2 4 5 7", "3 4 6", "4 5 6 7", "5 7", "6 7 8", "7 8", "8 9", "9 10");

    public static IReadOnlyList<string> Families { get; } =
    [
        "Acciaiuoli", "Albizzi", "Barbadori", "Bischeri", "Castellani", "Ginori", "Guadagni", "Lamberteschi",
        "Medici", "Pazzi", "Peruzzi", "Pucci", "Ridolfi", "Salviati", "Strozzi", "Tornabuoni",
    ];

    /// <summary>Marriages between sixteen Florentine families (Padgett), in the order of <see cref="Families"/>; Pucci has none.</summary>
    public static Adjacency Florence { get; } = Named(
        Families,
        "Acciaiuoli-Medici", "Albizzi-Ginori", "Albizzi-Guadagni", "Albizzi-Medici", "Barbadori-Castellani", "Barbadori-Medici",
            "Bischeri-Guadagni",
        "Bischeri-Peruzzi", "Bischeri-Strozzi", "Castellani-Peruzzi", "Castellani-Strozzi", "Guadagni-Lamberteschi", "Guadagni-Tornabuoni",
            "Medici-Ridolfi",
        "Medici-Salviati", "Medici-Tornabuoni", "Pazzi-Salviati", "Peruzzi-Strozzi", "Ridolfi-Strozzi", "Ridolfi-Tornabuoni");

    public static Adjacency Star(int nodes) => Adjacency.Undirected(nodes, [.. Enumerable.Range(1, nodes - 1).Select(v => (0, v))]);

    public static Adjacency Path(int nodes) => Adjacency.Undirected(nodes, [.. Enumerable.Range(1, nodes - 1).Select(v => (v - 1, v))]);

    public static Adjacency Ring(int nodes) =>
        Adjacency.Undirected(nodes, [.. Enumerable.Range(0, nodes).Select(v => (v, (v + 1) % nodes))]);

    public static Adjacency Complete(int nodes) => Adjacency.Undirected(nodes, [.. Pairs(nodes)]);

    public static Adjacency Empty(int nodes) => Adjacency.Undirected(nodes, []);

    /// <summary>Each pair tied with the given probability.</summary>
    public static Adjacency Random(int nodes, double probability, ulong seed)
    {
        var random = new SeededRandom(seed);
        return Adjacency.Undirected(nodes, [.. Pairs(nodes).Where(_ => random.NextDouble() < probability)]);
    }

    /// <summary>A small random graph of any density, often in several parts, from a seed.</summary>
    public static Adjacency Any(int seed, int most = 14)
    {
        var random = new SeededRandom((ulong)(uint)seed);
        return Random(random.Next(most + 1), random.NextDouble() * random.NextDouble(), random.NextBits());
    }

    public static IEnumerable<(int, int)> Pairs(int nodes) =>
        from i in Enumerable.Range(0, nodes) from j in Enumerable.Range(i + 1, nodes - i - 1) select (i, j);

    public static IEnumerable<(int From, int To)> Ties(this Adjacency graph) =>
        Enumerable.Range(0, graph.Nodes).SelectMany(v => graph.Neighbours(v).ToArray().Where(w => w > v).Select(w => (v, w)));

    /// <summary>The same graph with node v called <paramref name="names"/>[v].</summary>
    public static Adjacency Renamed(this Adjacency graph, int[] names) =>
        Adjacency.Undirected(graph.Nodes, [.. graph.Ties().Select(t => (names[t.From], names[t.To]))]);

    public static Adjacency Named(IReadOnlyList<string> names, params IEnumerable<string> ties) =>
        Adjacency.Undirected(names.Count, [.. ties.Select(t => t.Split('-')).Select(t => (At(names, t[0]), At(names, t[1])))]);

    private static int At(IReadOnlyList<string> names, string name) => names.ToList().IndexOf(name);

    private static Adjacency FromRows(int nodes, params string[] rows) => Adjacency.Undirected(
        nodes,
        [.. rows.Select(r => r.Split(' ').Select(x => int.Parse(x, CultureInfo.InvariantCulture) - 1).ToArray())
            .SelectMany(r => r.Skip(1).Select(w => (r[0], w)))]);

    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(OracleFiles.PathOf(file));
        var header = lines[0].Split(',');
        return lines.Skip(1).Select(l => l.Split(',').Zip(header).ToDictionary(p => p.Second, p => p.First, StringComparer.Ordinal));
    }

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);
}
