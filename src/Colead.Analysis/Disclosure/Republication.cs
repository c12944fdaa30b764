namespace Colead.Analysis.Disclosure;

/// <summary>One state of a round's figures: each published cell with the people its figure rests on, under any stable keys.</summary>
public sealed record Snapshot(IReadOnlyDictionary<string, IReadOnlyCollection<string>> Cells);

/// <summary>Why a round may not be published again.</summary>
/// <param name="Cell">The cell whose people changed by too few, or null where the states together leak.</param>
/// <param name="Verdict">What the audit over all states said, where <paramref name="Cell"/> is null.</param>
public sealed record RepublicationObstacle(string? Cell, AuditVerdict Verdict);

/// <summary>
/// May a round's figures be published again (after a deletion, say)? Only where in every cell those added and those
/// removed since every earlier state are each nobody or at least k, where no cell comes or goes other than with at
/// least k people, and where all states together pass the audit.
/// </summary>
public static class Republication
{
    public static IReadOnlyList<RepublicationObstacle> Obstacles(IReadOnlyList<Snapshot> earlier, Snapshot next, int k)
    {
        var obstacles = new List<RepublicationObstacle>();
        foreach (var name in earlier.SelectMany(s => s.Cells.Keys).Concat(next.Cells.Keys).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal))
        {
            var now = People(next, name);
            var refused = false;
            foreach (var state in earlier)
            {
                var before = People(state, name);
                refused |= before.Except(now, StringComparer.Ordinal).Count() is > 0 and var removed && removed < k;
                refused |= now.Except(before, StringComparer.Ordinal).Count() is > 0 and var added && added < k;
            }

            if (refused) obstacles.Add(new(name, AuditVerdict.Leaks));
        }

        var verdict = Audit([.. earlier, next], k);
        if (verdict != AuditVerdict.Passes) obstacles.Add(new(null, verdict));
        return obstacles;
    }

    /// <summary>All states of a round audited together.</summary>
    public static AuditVerdict Audit(IReadOnlyList<Snapshot> states, int k)
    {
        var cells = states.SelectMany(s => s.Cells.Values).Select(c => c.ToHashSet(StringComparer.Ordinal)).ToArray();
        var atoms = cells.SelectMany(c => c).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .GroupBy(p => string.Join(',', Enumerable.Range(0, cells.Length).Where(c => cells[c].Contains(p))), StringComparer.Ordinal)
            .Select(g => (First: g.First(), People: (long)g.Count())).ToArray();
        var figures = cells.Select(c => atoms.Select(a => c.Contains(a.First) ? 1.0 : 0).ToArray()).ToArray();
        return LinearAudit.Run(figures, [.. atoms.Select(a => a.People)], k);
    }

    private static HashSet<string> People(Snapshot state, string cell) =>
        state.Cells.TryGetValue(cell, out var people) ? people.ToHashSet(StringComparer.Ordinal) : [];
}
