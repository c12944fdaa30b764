using Colead.Analysis.Scoring;

namespace Colead.Analysis.Disclosure;

/// <summary>
/// Which organisations are reported together, agreed before a round opens. Organisations named in no fold are reported
/// alone. A fold of one organisation is no fold: that organisation is withheld.
/// </summary>
/// <param name="Folds">Each a set of organisations (indexes into the structure) of one sector.</param>
/// <param name="OrganisationRows">False: the partnership chose to publish no organisation rows at all.</param>
public sealed record FoldPlan(IReadOnlyList<IReadOnlyList<int>> Folds, bool OrganisationRows)
{
    /// <summary>Every organisation by itself.</summary>
    public static FoldPlan None { get; } = new([], true);

    /// <summary>No organisation rows.</summary>
    public static FoldPlan WithoutOrganisations { get; } = new([], false);

    /// <summary>Nobody knows which organisations people belong to, so that a sector is never one organisation by another name.</summary>
    internal static FoldPlan OrganisationsUnknown { get; } = new([], false) { AreKnown = false };

    internal bool AreKnown { get; private init; } = true;

    /// <exception cref="ArgumentException">A fold is empty, crosses sectors, or an organisation is in two folds.</exception>
    internal void Check(Structure structure)
    {
        var seen = new HashSet<int>();
        foreach (var fold in Folds)
        {
            if (fold.Count == 0) throw new ArgumentException("A fold needs organisations.");
            foreach (var organisation in fold)
            {
                if (organisation < 0
                    || organisation >= structure.Organisations.Count) throw new ArgumentException("A fold names an organisation that is not there.");
                if (!seen.Add(organisation)) throw new ArgumentException("An organisation can be in one fold only.");
                if (structure.SectorOf[organisation] != structure.SectorOf[fold[0]]) throw new ArgumentException("A fold keeps within one sector.");
            }
        }
    }
}

/// <summary>Proposes folds from a roster alone, before a round opens.</summary>
public static class FoldProposal
{
    /// <summary>
    /// An organisation is short when half of its invited people would be fewer than k_s. Within each sector the short
    /// ones are put together, the largest of them first and then the smallest until half of the fold's people reach k_s,
    /// which makes as many folds as such a simple rule can. What is left over joins the sector's last fold or, where
    /// there is none, its smallest organisation that is not short. An organisation alone in its sector stays alone (its
    /// sector says the same). Organisations with nobody invited are left out.
    /// </summary>
    public static FoldPlan Propose(Roster roster, Thresholds thresholds)
    {
        var structure = roster.Structure;
        var invited = new long[structure.Organisations.Count];
        foreach (var (stratum, people) in roster.Invited) invited[stratum.Organisation] += people;
        var enough = 2L * thresholds.Means;
        var folds = new List<IReadOnlyList<int>>();
        for (var sector = 0; sector < structure.Sectors.Count; sector++)
        {
            var inSector = Enumerable.Range(0, invited.Length).Where(o => structure.SectorOf[o] == sector && invited[o] > 0).ToList();
            var shortOnes = new LinkedList<int>(inSector.Where(o => invited[o] < enough).OrderByDescending(o => invited[o]).ThenBy(o => o));
            var made = new List<List<int>>();
            while (shortOnes.Count > 0)
            {
                var fold = new List<int> { Take(shortOnes, first: true) };
                long people = invited[fold[0]];
                while (people < enough && shortOnes.Count > 0)
                {
                    fold.Add(Take(shortOnes, first: false));
                    people += invited[fold[^1]];
                }

                if (people >= enough) made.Add(fold);
                else if (made.Count > 0) made[^1].AddRange(fold);
                else
                {
                    var others = inSector.Where(o => invited[o] >= enough).OrderBy(o => invited[o]).ThenBy(o => o).Take(1);
                    fold.AddRange(others);
                    if (fold.Count > 1) made.Add(fold);
                }
            }

            folds.AddRange(made.Select(f => (IReadOnlyList<int>)[.. f.Order()]));
        }

        return new(folds, true);
    }

    private static int Take(LinkedList<int> list, bool first)
    {
        var node = first ? list.First! : list.Last!;
        list.Remove(node);
        return node.Value;
    }
}
