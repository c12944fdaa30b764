namespace Colead.Analysis.Disclosure;

/// <summary>A set of views as an outsider could describe it: each cell with the people in it.</summary>
/// <param name="Threshold">k: no group of 1 to k − 1 people may be worked out.</param>
public sealed record ViewSet(int Threshold, IReadOnlyDictionary<string, IReadOnlyCollection<string>> Cells);

/// <summary>What an audit of a view set answers.</summary>
/// <param name="Decided">False where the search was given up: the answer is then FAIL, for want of a proof.</param>
/// <param name="PrimaryViolations">Cells with 1 to k − 1 people, by name.</param>
/// <param name="ExposedGroups">Every group of 1 to k − 1 people whose total follows from the cells' totals, people in ordinal
/// order, groups by size and then by their people.</param>
public sealed record ViewSetVerdict(bool Decided, IReadOnlyList<string> PrimaryViolations,
    IReadOnlyList<IReadOnlyList<string>> ExposedGroups)
{
    public bool Passes => Decided && PrimaryViolations.Count == 0 && ExposedGroups.Count == 0;
}

/// <summary>
/// Does a set of views leak? A group G is exposed exactly where its indicator lies in the row space of the cells, and
/// 0 &lt; |G| &lt; k. Such an indicator is the sum of the echelon rows of those pivot atoms that G contains, so it is enough
/// to try sets of pivot atoms with fewer than k people; the largest atoms are the pivots, which leaves few.
/// </summary>
public static class ViewSetAudit
{
    /// <summary>Sets tried before giving up.</summary>
    public const int Limit = 3_000_000;

    public static ViewSetVerdict Run(ViewSet views) => Run(views, Limit);

    internal static ViewSetVerdict Run(ViewSet views, int limit)
    {
        var names = views.Cells.Keys.Order(StringComparer.Ordinal).ToArray();
        var cells = names.Select(n => views.Cells[n].ToHashSet(StringComparer.Ordinal)).ToArray();
        var primary = names.Where((_, i) => cells[i].Count > 0 && cells[i].Count < views.Threshold).ToArray();

        // Atoms: people who stand in exactly the same cells.
        var signatures = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var c = 0; c < cells.Length; c++)
            foreach (var person in cells[c])
                if (signatures.TryGetValue(person, out var list)) list.Add(c);
                else signatures[person] = [c];
        var atoms = signatures.GroupBy(p => string.Join(',', p.Value), p => p.Key, StringComparer.Ordinal)
            .Select(g => g.ToArray()).ToArray();
        var figures = cells.Select(c => atoms.Select(a => c.Contains(a[0]) ? 1UL : 0UL).ToArray()).ToArray();
        var space = new RowSpace(figures, [.. atoms.Select(a => (long)a.Length)]);

        var search = new GroupSearch(space, views.Threshold, limit);
        var groups = search.All()
            .Select(g => (IReadOnlyList<string>)[.. g.SelectMany(a => atoms[a]).Order(StringComparer.Ordinal)])
            .OrderBy(g => g.Count).ThenBy(g => string.Join('\0', g), StringComparer.Ordinal)
            .ToArray();
        return new(search.Complete, primary, groups);
    }

    private sealed class GroupSearch(RowSpace space, long k, int limit)
    {
        private int tried;

        public bool Complete { get; private set; } = true;

        /// <summary>Every exposed group, as atoms. Groups of different parts combine freely.</summary>
        public List<List<int>> All()
        {
            List<(long People, List<int> Atoms)> combined = [(0, [])];
            foreach (var part in space.Parts())
            {
                var rows = part.Where(r => space.People[space.Pivots[r]] < k).OrderBy(r => space.People[space.Pivots[r]]).ToList();
                var found = new List<(long, List<int>)>();
                Extend(rows, 0, k - 1, new ulong[space.Atoms], found);
                var before = combined.Count;
                foreach (var (people, atoms) in found)
                    for (var i = 0; i < before; i++)
                    {
                        if (combined[i].People + people >= k) continue;
                        if (combined.Count > limit)
                        {
                            Complete = false;
                            break;
                        }

                        combined.Add((combined[i].People + people, [.. combined[i].Atoms, .. atoms]));
                    }
            }

            return [.. combined.Skip(1).Select(c => c.Atoms)];
        }

        private void Extend(List<int> rows, int from, long budget, ulong[] sum, List<(long, List<int>)> found)
        {
            for (var i = from; i < rows.Count; i++)
            {
                var people = space.People[space.Pivots[rows[i]]];
                if (people > budget) break; // rows come by the size of their pivots
                if (++tried > limit)
                {
                    Complete = false;
                    return;
                }

                var next = (ulong[])sum.Clone();
                var row = space.Rows[rows[i]];
                for (var a = 0; a < next.Length; a++) next[a] = PrimeField.Add(next[a], row[a]);
                if (Group(next) is { } group) found.Add(group);
                Extend(rows, i + 1, budget - people, next, found);
            }
        }

        private (long, List<int>)? Group(ulong[] vector)
        {
            long people = 0;
            var atoms = new List<int>();
            for (var a = 0; a < vector.Length; a++)
            {
                if (vector[a] == 0) continue;
                if (vector[a] != 1 || (people += space.People[a]) >= k) return null;
                atoms.Add(a);
            }

            return (people, atoms);
        }
    }
}
