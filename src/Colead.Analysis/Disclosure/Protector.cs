using System.Collections.Frozen;

namespace Colead.Analysis.Disclosure;

/// <summary>The cells of one set of figures that are shown. A planned cell that is not among them is withheld, for one and the same
/// reason.</summary>
/// <param name="Threshold">Fewest people of every group that can be worked out from the shown cells.</param>
/// <param name="Optimal">True where no other safe choice would show more; otherwise the choice is safe but found greedily.</param>
public sealed record CellPattern(int Threshold, FrozenSet<Cell> Shown, bool Optimal)
{
    /// <summary>Kinds of view this set of figures is planned for.</summary>
    public required IReadOnlyList<ViewKind> Kinds { get; init; }

    public bool Shows(Cell cell) => Shown.Contains(cell);

    /// <summary>In the order of the plan.</summary>
    public IEnumerable<Cell> InOrder => Shown.Order();

    public bool Equals(CellPattern? other) => other is not null && Threshold == other.Threshold && Shown.SetEquals(other.Shown);

    public override int GetHashCode() => Shown.Count;
}

/// <summary>
/// What is shown of one dimension (or the overall score). Each set lies within the next:
/// <paramref name="Open"/> ⊆ <paramref name="Precise"/> ⊆ <paramref name="Members"/>.
/// </summary>
/// <param name="Members">Means for members (k_s), all kinds of view.</param>
/// <param name="Precise">Anything that tells spread (exact intervals, gaps, g, p; k_d): all, sector, level, unit.</param>
/// <param name="Open">Everything for the open tier (k_d): all, sector, level.</param>
public sealed record DimensionPattern(CellPattern Members, CellPattern Precise, CellPattern Open);

/// <summary>
/// Decides which planned cells of a round are shown. The decision knows the roster and how many people have a valid
/// value in each stratum, and nothing of what they answered. Columns with equal counts share one decision.
/// Not for sharing between threads.
/// </summary>
public sealed class Protector
{
    private readonly Dictionary<ReportingCounts, DimensionPattern> dimensions = [];
    private readonly Dictionary<ReportingCounts, CellPattern> items = [];
    private readonly ProtectionRules rules;

    public Protector(ReportingPlan plan)
        : this(plan, ProtectionRules.All)
    {
    }

    internal Protector(ReportingPlan plan, ProtectionRules rules)
    {
        Plan = plan;
        this.rules = rules;
    }

    public ReportingPlan Plan { get; }

    /// <summary>Small cases are searched for the best choice; off, the greedy choice stands (as the forecast's draws do).</summary>
    internal bool Search { get; init; } = true;

    /// <summary>A dimension's or the overall score's cells. <paramref name="valid"/> counts people with that very score.</summary>
    public DimensionPattern Dimension(ReportingCounts valid)
    {
        if (dimensions.TryGetValue(valid, out var known)) return known;
        var open = Item(valid);
        // The strictest set first and the wider ones around it: a wider set then never depends on what a stricter one
        // must not know, and their union is the widest, which is audited itself.
        var precise = Decide(valid, Plan.Thresholds.Details, [ViewKind.All, ViewKind.Sector, ViewKind.Level, ViewKind.Unit], open);
        var members =
            Decide(valid, Plan.Thresholds.Means, [ViewKind.All, ViewKind.Sector, ViewKind.Level, ViewKind.Unit, ViewKind.SectorLevel],
            precise);
        return dimensions[valid] = new(members, precise, open);
    }

    /// <summary>An item's cells (k_d; all, sector, level), the same for both tiers. <paramref name="valid"/> counts people who chose an
    /// option.</summary>
    public CellPattern Item(ReportingCounts valid)
    {
        if (items.TryGetValue(valid, out var known)) return known;
        return items[valid] = Decide(valid, Plan.Thresholds.Details, [ViewKind.All, ViewKind.Sector, ViewKind.Level], null);
    }

    internal CellPattern Decide(ReportingCounts valid, int k, IReadOnlyList<ViewKind> kinds, CellPattern? within)
    {
        var sure = SurePeople.Of(Plan, valid, k, rules);
        var views = new FixedViews(Plan, valid, sure, k);
        var candidates = new bool[views.Cells];
        var forced = new bool[views.Cells];
        foreach (var cell in Plan.Planned)
        {
            if (!kinds.Contains(cell.Kind)) continue;
            var index = views.IndexOf[cell];
            candidates[index] = views.Enough[index] || !rules.Primary;
            if (within is not null && rules.Nested && within.Shows(cell)) candidates[index] = forced[index] = true;
        }

        var (shown, optimal) = rules.Complementary ? Suppression.Choose(views, k, candidates, forced, Search) : (candidates, false);
        return new(k, Plan.Planned.Where(c => shown[views.IndexOf[c]]).ToFrozenSet(), optimal) { Kinds = kinds };
    }
}
