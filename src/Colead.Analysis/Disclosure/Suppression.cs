namespace Colead.Analysis.Disclosure;

/// <summary>Chooses which candidate cells to withhold so that the audit passes.</summary>
internal static class Suppression
{
    private const int SearchLimit = 4_000;
    private const int SmallCase = 22;

    /// <summary>How much one person's place in a cell of each kind is worth to readers.</summary>
    public static long Usefulness(ViewKind kind) => kind switch
    {
        ViewKind.All => 16,
        ViewKind.Level or ViewKind.Sector => 4,
        ViewKind.Unit => 2,
        _ => 1,
    };

    /// <param name="candidates">Cells that may be shown.</param>
    /// <param name="forced">Candidates that are shown already and pass by themselves.</param>
    public static (bool[] Shown, bool Optimal) Choose(FixedViews views, long k, bool[] candidates, bool[] forced, bool search = true)
    {
        var audit = new FixedViewAudit(views, k);
        var cost = new long[views.Cells];
        for (var c = 0; c < cost.Length; c++) cost[c] = Math.Max(1, views.Worth[c]) * Usefulness(views.KindOf(c));
        var shown = Greedy(views, audit, candidates, forced, cost);
        var free = 0;
        for (var c = 0; c < cost.Length; c++)
            if (candidates[c] && !forced[c]) free++;
        if (!search || free > SmallCase) return (shown, false);
        var best = new Best(shown, Hidden(candidates, shown, cost));
        var nodes = 0;
        var complete = Branch(audit, (bool[])candidates.Clone(), (bool[])forced.Clone(), 0, cost, best, ref nodes);
        return (best.Shown, complete);
    }

    public static long Hidden(bool[] candidates, bool[] shown, long[] cost)
    {
        long sum = 0;
        for (var c = 0; c < cost.Length; c++)
            if (candidates[c] && !shown[c]) sum += cost[c];
        return sum;
    }

    /// <summary>Withholds the cheapest cell of each combination found, then gives back what turned out not to be needed.</summary>
    private static bool[] Greedy(FixedViews views, FixedViewAudit audit, bool[] candidates, bool[] forced, long[] cost)
    {
        var shown = (bool[])candidates.Clone();
        for (; ; )
        {
            var finding = audit.Find(shown);
            if (finding.Passes) break;
            if (!finding.Decided)
            {
                DropFinestKind(views, shown, forced);
                continue;
            }

            shown[finding.Cells.Where(c => !forced[c]).MinBy(c => (cost[c], c))] = false;
        }

        foreach (var c in Enumerable.Range(0, cost.Length).Where(c => candidates[c] && !shown[c]).OrderByDescending(c => cost[c])
            .ThenBy(c => c))
        {
            shown[c] = true;
            if (!audit.Find(shown).Passes) shown[c] = false;
        }

        return shown;
    }

    /// <summary>What cannot be decided is not published: a whole kind of view goes, the finest first.</summary>
    private static void DropFinestKind(FixedViews views, bool[] shown, bool[] forced)
    {
        foreach (var kind in (ViewKind[])[ViewKind.SectorLevel, ViewKind.Level, ViewKind.Sector, ViewKind.Unit, ViewKind.All])
        {
            var any = false;
            for (var c = 0; c < shown.Length; c++)
                if (shown[c] && !forced[c] && views.KindOf(c) == kind)
                {
                    shown[c] = false;
                    any = true;
                }

            if (any) return;
        }

        throw new InvalidOperationException("The cells shown already could not be audited.");
    }

    private sealed class Best(bool[] shown, long hidden)
    {
        public bool[] Shown { get; set; } = shown;

        public long Hidden { get; set; } = hidden;
    }

    /// <summary>
    /// Every safe choice withholds at least one cell of a combination that was found, so branching on its cells, each time
    /// keeping those tried before, meets every choice once. False where the search was cut short.
    /// </summary>
    private static bool Branch(FixedViewAudit audit, bool[] shown, bool[] kept, long hidden, long[] cost, Best best, ref int nodes)
    {
        if (hidden >= best.Hidden) return true;
        if (++nodes > SearchLimit) return false;
        var finding = audit.Find(shown);
        if (finding.Passes)
        {
            (best.Shown, best.Hidden) = ((bool[])shown.Clone(), hidden);
            return true;
        }

        if (!finding.Decided) return false;
        var complete = true;
        var tried = new List<int>();
        foreach (var c in finding.Cells.Where(c => !kept[c]).OrderBy(c => cost[c]).ThenBy(c => c))
        {
            shown[c] = false;
            complete &= Branch(audit, shown, kept, hidden + cost[c], cost, best, ref nodes);
            shown[c] = true;
            kept[c] = true;
            tried.Add(c);
        }

        foreach (var c in tried) kept[c] = false;
        return complete;
    }
}
