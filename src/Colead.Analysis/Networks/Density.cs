namespace Colead.Analysis.Networks;

/// <summary>
/// Density: the share of possible ties that are there, 0..1. Absent below two organisations.
/// </summary>
/// <remarks>Wasserman &amp; Faust 1994, chapter 4.</remarks>
public static class Density
{
    /// <summary>Reported arcs of all n(n − 1); organisations that did not respond count as if they reported none.</summary>
    public static Figure AllArcs(RelationshipNetwork network) =>
        Of(network.Out, (double)network.Count * (network.Count - 1), network.Count);

    /// <summary>Reported arcs of the R(n − 1) that the R respondents could have reported. Absent where nobody responded.</summary>
    public static Figure RespondentsArcs(RelationshipNetwork network) => network.Respondents == 0
        ? Figure.Absent(network.Count < 2 ? Absence.TooFewParties : Absence.NoAnswers)
        : Of(network.Out, (double)network.Respondents * (network.Count - 1), network.Count);

    /// <summary>Ties of an undirected graph of all n(n − 1)/2 pairs.</summary>
    public static Figure Undirected(Adjacency ties) => Of(ties, (double)ties.Nodes * (ties.Nodes - 1), ties.Nodes);

    private static Figure Of(Adjacency ties, double possible, int nodes) =>
        nodes < 2 ? Figure.Absent(Absence.TooFewParties) : Figure.Of(ties.Entries / possible);
}

/// <summary>
/// Reciprocity: how far reports are returned, 0..1. Absent where there are no arcs to look at.
/// </summary>
/// <remarks>Wasserman &amp; Faust 1994, chapter 13.</remarks>
public static class Reciprocity
{
    /// <summary>Share of arcs whose opposite is reported too.</summary>
    public static Figure OfArcs(RelationshipNetwork network) => Share(network.Mutual.Entries, network.Out.Entries);

    /// <summary>Share of tied pairs in which both report it.</summary>
    public static Figure OfPairs(RelationshipNetwork network) => Share(network.Mutual.Entries, network.Any.Entries);

    /// <summary>Share of arcs returned, among pairs of which both organisations responded: the fair one where some did not.</summary>
    public static Figure OfArcsWhereBothResponded(RelationshipNetwork network) =>
        Share(network.Mutual.Entries, network.Arcs.Count(a => network.Partners[a.From].Responded && network.Partners[a.To].Responded));

    private static Figure Share(int part, int whole) =>
        whole == 0 ? Figure.Absent(Absence.TooFewTies) : Figure.Of((double)part / whole);
}

/// <summary>
/// Degree centralisation: how far ties gather at one organisation, 0 (all alike) to 1 (a star). Absent below three organisations.
/// </summary>
/// <remarks>Freeman 1979, Social Networks 1:215.</remarks>
public static class DegreeCentralisation
{
    /// <summary>Sum of (max − degree) over (n − 1)(n − 2).</summary>
    public static Figure Undirected(Adjacency ties) => Of(ties, (double)(ties.Nodes - 1) * (ties.Nodes - 2));

    /// <summary>Sum of (max − degree) over (n − 1)²: in-degree or out-degree, by the arcs given.</summary>
    public static Figure Directed(Adjacency arcs) => Of(arcs, (double)(arcs.Nodes - 1) * (arcs.Nodes - 1));

    private static Figure Of(Adjacency ties, double largest)
    {
        if (ties.Nodes < 3) return Figure.Absent(Absence.TooFewParties);
        var highest = 0;
        for (var v = 0; v < ties.Nodes; v++) highest = Math.Max(highest, ties.Degree(v));
        return Figure.Of(((double)highest * ties.Nodes - ties.Entries) / largest);
    }
}
