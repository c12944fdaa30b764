namespace Colead.Analysis.Disclosure;

/// <summary>
/// The people a decision may count on: those who stand in no small group. A planned group with fewer people than its
/// threshold counts as nobody, whether none of it answered or k − 1 did, so that nothing decided here can tell which.
/// </summary>
internal static class SurePeople
{
    /// <summary>Counts with the people of small groups set to 0. Length units × levels.</summary>
    public static long[] Of(ReportingPlan plan, ReportingCounts valid, int k, ProtectionRules rules)
    {
        var levels = plan.Structure.Levels.Count;
        var sure = Places(plan, valid, k, rules);
        var counts = new long[sure.Length];
        for (var i = 0; i < sure.Length; i++)
            if (sure[i]) counts[i] = valid[i / levels, i % levels];
        return counts;
    }

    /// <summary>The places that lie in no small group, whether or not anybody answered there. Length units × levels.</summary>
    /// <remarks>
    /// An organisation or a sector x level cell is small below k_s in every set of figures, a sector or a level below the
    /// threshold of the set. Without organisation rows an organisation is no group of the publication.
    /// </remarks>
    public static bool[] Places(ReportingPlan plan, ReportingCounts valid, int k, ProtectionRules rules)
    {
        int units = plan.Units.Count, levels = plan.Structure.Levels.Count, sectors = plan.Structure.Sectors.Count;
        long[] bySector = new long[sectors], byLevel = new long[levels], byUnit = new long[units], byCross = new long[sectors * levels];
        for (var u = 0; u < units; u++)
            for (var l = 0; l < levels; l++)
            {
                var n = valid[u, l];
                bySector[plan.Units[u].Sector] += n;
                byLevel[l] += n;
                byUnit[u] += n;
                byCross[plan.Units[u].Sector * levels + l] += n;
            }

        bool[] smallSector = new bool[sectors], smallLevel = new bool[levels], smallCross = new bool[sectors * levels];
        foreach (var cell in plan.Planned)
            switch (cell.Kind)
            {
                case ViewKind.Sector: smallSector[cell.First] = bySector[cell.First] < k; break;
                case ViewKind.Level: smallLevel[cell.First] = byLevel[cell.First] < k; break;
                case ViewKind.SectorLevel: smallCross[cell.First * levels + cell.Second] =
                    byCross[cell.First * levels + cell.Second] < plan.Thresholds.Means; break;
                default: break;
            }

        var sure = new bool[units * levels];
        for (var u = 0; u < units; u++)
        {
            var s = plan.Units[u].Sector;
            var small = smallSector[s] || (plan.Folds.OrganisationRows && byUnit[u] < plan.Thresholds.Means);
            for (var l = 0; l < levels; l++)
                sure[u * levels + l] = !rules.SureMembersOnly || !(small || smallLevel[l] || smallCross[s * levels + l]);
        }

        return sure;
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

    /// <summary>Who does not count helps no cell over its threshold, and is known to the reader.</summary>
    public bool CountedOnly { get; init; } = true;

    /// <summary>The exact number for all is said only where it leaves every small group its room.</summary>
    public bool TotalNeedsRoom { get; init; } = true;

    public static ProtectionRules All { get; } = new();
}
