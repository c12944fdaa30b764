namespace Colead.Analysis.Disclosure;

/// <summary>
/// The people a decision may count on. A planned group with fewer people than its threshold is left out altogether, all
/// its people counting as nobody, and so on until every group left has enough of the people left. What remains does
/// not depend on the answers of any group that was small: with 0 or k − 1 answers the program decides the same.
/// </summary>
/// <remarks>
/// The largest set of strata in which every planned group is empty or large enough; it is unique, so the order of
/// leaving out does not matter (the k-core of a hypergraph).
/// </remarks>
internal static class SurePeople
{
    /// <summary>Counts with the people of small groups set to 0. Length units × levels.</summary>
    public static long[] Of(ReportingPlan plan, ReportingCounts valid, int k, ProtectionRules rules)
    {
        var units = plan.Units.Count;
        var levels = plan.Structure.Levels.Count;
        var sure = new long[units * levels];
        for (var u = 0; u < units; u++)
            for (var l = 0; l < levels; l++)
                sure[u * levels + l] = valid[u, l];
        if (!rules.SureMembersOnly) return sure;

        // An organisation or a sector x level cell is small below k_s in every set of figures; a sector or a level below
        // the threshold of the set. Without organisation rows an organisation is no group of the publication.
        var sectors = plan.Structure.Sectors.Count;
        var small = plan.Thresholds.Means;
        var groups = sectors + levels + units + sectors * levels;
        var threshold = new long[groups];
        foreach (var cell in plan.Planned)
            if (cell.Kind != ViewKind.All)
                threshold[Group(cell)] = cell.Kind is ViewKind.Sector or ViewKind.Level ? k : small;
        if (plan.Folds.OrganisationRows)
            for (var u = 0; u < units; u++) threshold[sectors + levels + u] = small;

        var sums = new long[groups];
        var gone = new bool[groups];
        for (var again = true; again;)
        {
            again = false;
            Array.Clear(sums);
            for (var u = 0; u < units; u++)
            {
                var s = plan.Units[u].Sector;
                for (var l = 0; l < levels; l++)
                {
                    var n = sure[u * levels + l];
                    if (n == 0) continue;
                    sums[s] += n;
                    sums[sectors + l] += n;
                    sums[sectors + levels + u] += n;
                    sums[sectors + levels + units + s * levels + l] += n;
                }
            }

            for (var g = 0; g < groups; g++)
            {
                if (gone[g] || sums[g] >= threshold[g]) continue;
                gone[g] = true;
                again |= sums[g] > 0;
            }

            for (var u = 0; u < units && again; u++)
            {
                var s = plan.Units[u].Sector;
                for (var l = 0; l < levels; l++)
                    if (gone[s] || gone[sectors + l] || gone[sectors + levels + u] || gone[sectors + levels + units + s * levels + l])
                        sure[u * levels + l] = 0;
            }
        }

        return sure;

        int Group(Cell cell) => cell.Kind switch
        {
            ViewKind.Sector => cell.First,
            ViewKind.Level => sectors + cell.First,
            ViewKind.Unit => sectors + levels + cell.First,
            _ => sectors + levels + units + cell.First * levels + cell.Second,
        };
    }
}

/// <summary>Switches for tests only: each shows that the attack it is there for succeeds without it.</summary>
internal sealed record ProtectionRules
{
    /// <summary>No cell below its threshold.</summary>
    public bool Primary { get; init; } = true;

    /// <summary>Complementary suppression over all views together.</summary>
    public bool Complementary { get; init; } = true;

    /// <summary>Small groups count as nobody.</summary>
    public bool SureMembersOnly { get; init; } = true;

    /// <summary>The stricter sets of figures lie within the wider ones.</summary>
    public bool Nested { get; init; } = true;

    public static ProtectionRules All { get; } = new();
}
