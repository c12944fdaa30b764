namespace Colead.Analysis.Disclosure;

/// <summary>The answer of a <see cref="LinearAudit"/>.</summary>
public enum AuditVerdict
{
    Passes,

    /// <summary>A combination of the figures touches fewer than k people.</summary>
    Leaks,

    /// <summary>Too large to decide: to be treated as a leak.</summary>
    Undecided,
}

/// <summary>
/// The general audit: published linear figures with their real coefficients over atoms of people. Passes where every
/// combination of the figures is either nothing or touches at least k people. Bounded: gives up after a fixed number
/// of steps and then says so.
/// </summary>
/// <remarks>
/// Atoms carry a combination exactly where their columns of the null space are dependent, so the search looks for the
/// dependent set of atoms with fewest people (a minimum-weight circuit), depth first, within each part the row space
/// falls into. Stronger than asking for groups alone: it also refuses the difference of two large groups that share
/// almost everybody.
/// </remarks>
public static class LinearAudit
{
    public const int Limit = 400_000;

    /// <param name="figures">Each figure's coefficient for every atom.</param>
    /// <param name="people">How many people each atom surely holds.</param>
    public static AuditVerdict Run(IReadOnlyList<double[]> figures, IReadOnlyList<long> people, int k) =>
        Run([.. figures.Select(f => Array.ConvertAll(f, PrimeField.Of))], people, k, Limit);

    internal static AuditVerdict Run(IReadOnlyList<ulong[]> figures, IReadOnlyList<long> people, int k, int limit)
    {
        var space = new RowSpace(figures, people);
        if (space.Rank == 0) return AuditVerdict.Passes;
        var columns = space.NullColumns();
        var steps = 0;
        var verdict = AuditVerdict.Passes;
        foreach (var part in space.Parts())
        {
            var atoms = part.SelectMany(r => Enumerable.Range(0, space.Atoms).Where(a => space.Rows[r][a] != 0)).Distinct()
                .Where(a => people[a] < k).OrderBy(a => people[a]).ThenBy(a => a).ToArray();
            var found = Extend(atoms, 0, k - 1, []);
            if (found == AuditVerdict.Leaks) return found;
            if (found == AuditVerdict.Undecided) verdict = found;
        }

        return verdict;

        // Adds atoms one by one while their columns stay independent; basis rows are kept with their leading place.
        AuditVerdict Extend(int[] atoms, int from, long budget, List<(int Lead, ulong[] Row)> basis)
        {
            for (var i = from; i < atoms.Length; i++)
            {
                if (people[atoms[i]] > budget) break;
                if (++steps > limit) return AuditVerdict.Undecided;
                var rest = (ulong[])columns[atoms[i]].Clone();
                foreach (var (lead, row) in basis)
                {
                    var factor = rest[lead];
                    if (factor == 0) continue;
                    for (var j = 0; j < rest.Length; j++) rest[j] = PrimeField.Subtract(rest[j], PrimeField.Multiply(factor, row[j]));
                }

                var at = Array.FindIndex(rest, x => x != 0);
                if (at < 0) return AuditVerdict.Leaks;
                var scale = PrimeField.Inverse(rest[at]);
                for (var j = 0; j < rest.Length; j++) rest[j] = PrimeField.Multiply(rest[j], scale);
                basis.Add((at, rest));
                var found = Extend(atoms, i + 1, budget - people[atoms[i]], basis);
                // Atoms with nobody surely in them cost nothing and stay in.
                if (people[atoms[i]] > 0) basis.RemoveAt(basis.Count - 1);
                if (found != AuditVerdict.Passes || people[atoms[i]] == 0) return found;
            }

            return AuditVerdict.Passes;
        }
    }
}
