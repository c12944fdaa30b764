using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;

namespace Colead.Bench;

/// <summary>What many draws of a world came to, in shares of pages (or of intervals) from 0 to 1.</summary>
internal sealed class Calibration
{
    private readonly SortedDictionary<string, (long Yes, long All)> counts = new(StringComparer.Ordinal);

    /// <summary>Draws a world and counts. Draws are shared out among the processors; each has a seed of its own.</summary>
    /// <param name="truth">The true gap between two groups of a view on a dimension, first minus second; null where it is not
    /// known.</param>
    public static Calibration Of(World world, int draws, ulong seed, Func<string, string, string, double?>? truth = null)
    {
        var sum = new Calibration();
        Parallel.For(0, draws, i =>
        {
            var one = new Calibration();
            one.Count(world, world.Draw(seed + (ulong)i), truth ?? ((_, _, _) => 0));
            lock (sum)
            {
                foreach (var (name, (yes, all)) in one.counts) sum.Add(name, yes, all);
            }
        });
        return sum;
    }

    public double this[string name] => counts.TryGetValue(name, out var c) && c.All > 0 ? (double)c.Yes / c.All : double.NaN;

    public long Of(string name) => counts.GetValueOrDefault(name).All;

    public IEnumerable<string> Names => counts.Keys;

    private void Count(World world, World.Drawn drawn, Func<string, string, string, double?> truth)
    {
        var tier = drawn.Publication.Members;
        var words = Words(tier).ToList();
        Count("page: likely", words.Exists(w => w.Word == Certainty.Likely));
        Count("page: possibly", words.Exists(w => w.Word == Certainty.Possibly));
        Count("page: headed by likely", tier.Headline?.Word == Certainty.Likely);
        Count("page: headed by possibly", tier.Headline?.Word == Certainty.Possibly);
        foreach (var (family, word) in words.Select(w => (w.Family, w.Word)).Distinct().ToList())
            if (word == Certainty.Likely) Count("page: likely, " + family, true);
        foreach (var family in new[] { "sectors", "levels", "organisations", "change of all", "change of groups", "change of statements" })
            if (!words.Exists(w => w.Family == family && w.Word == Certainty.Likely)) Count("page: likely, " + family, false);
        Count("page: highest said", tier.All.Balance?.Strongest is not null);
        Count("page: statement agreed", tier.All.Items.Any(i => i.Broad == true));
        Count("page: dimension agreed", tier.All.Agreement.Any(i => i.Broad == true));
        Count("page: said to be everyone's number", tier.All.Answered is not null);

        Gaps("sector", tier.SectorGaps, truth);
        Gaps("level", tier.LevelGaps, truth);
        var unit = tier.Organisations.FirstOrDefault(o => o.Unit == "u3")?.Dimensions[0];
        if (unit is not null)
        {
            Count("third organisation on first dimension: likely", unit.GapWord == Certainty.Likely);
            Count("third organisation on first dimension: tested", unit.GapWord is not null);
        }

        foreach (var cell in tier.All.Dimensions.Where(c => c.Change is { Word: not null })) Count("change of all: likely",
            cell.Change!.Word == Certainty.Likely);
        if (tier.All.Dimensions.Any(c => c.Change is { Word: not null })) Count("page: change of all likely",
            tier.All.Dimensions.Any(c => c.Change is { Word: Certainty.Likely }));
        if (world.Change is { } change)
        {
            foreach (var cell in tier.All.Dimensions) Interval("interval: change of all", cell.Change?.Low, cell.Change?.High, change);
            foreach (var cell in tier.Levels.Concat(tier.Sectors).Concat(tier.Organisations).SelectMany(g => g.Dimensions))
                Interval("interval: change of groups", cell.Change?.Low, cell.Change?.High, change);
            foreach (var item in tier.All.Items) Interval("interval: change of statements", item.Mean.Change?.Low, item.Mean.Change?.High,
                change);
        }

        for (var d = 0; d < World.DimensionCount; d++)
        {
            Mean("interval: all", tier.All.Dimensions[d], drawn, d, _ => true);
            foreach (var g in tier.Sectors) Mean("interval: sector", g.Dimensions[d], drawn, d,
                s => drawn.Structure.Organisations[s.Organisation].Sector == g.Sector);
            foreach (var g in tier.Levels) Mean("interval: level", g.Dimensions[d], drawn, d,
                s => drawn.Structure.Levels[s.Level] == g.Level);
            foreach (var g in tier.Organisations) Mean("interval: organisation", g.Dimensions[d], drawn, d, s =>
                $"u{s.Organisation + 1}" == g.Unit);
        }

        if (tier.All.Balance is { Strongest: not null, Weakest: not null } span)
            Interval("interval: span", span.Low, span.High, world.OffsetOf(At(span.Highest)) - world.OffsetOf(At(span.Lowest)));
    }

    private static int At(string dimension) => dimension[1] - '1';

    private static IEnumerable<(string Family, Certainty Word)> Words(PublishedTier tier)
    {
        foreach (var gap in tier.SectorGaps) yield return ("sectors", gap.Word);
        foreach (var gap in tier.LevelGaps) yield return ("levels", gap.Word);
        foreach (var cell in tier.Organisations.SelectMany(o => o.Dimensions))
            if (cell.GapWord is { } word) yield return ("organisations", word);
        if (tier.TestsOf(TestFamily.Organisations)?.Differ is { } differ) yield return ("organisations", differ);
        foreach (var cell in tier.All.Dimensions)
            if (cell.Change?.Word is { } word) yield return ("change of all", word);
        foreach (var item in tier.All.Items)
            if (item.Mean.Change?.Word is { } word) yield return ("change of statements", word);
        foreach (var cell in tier.Levels.Concat(tier.Sectors).Concat(tier.Organisations).SelectMany(g => g.Dimensions))
            if (cell.Change?.Word is { } word) yield return ("change of groups", word);
    }

    private void Gaps(string view, IReadOnlyList<PublishedGap> gaps, Func<string, string, string, double?> truth)
    {
        foreach (var gap in gaps)
        {
            if (truth(gap.First, gap.Second, gap.Measure) is not { } true_) continue;
            Interval($"interval: gap of {view}s", gap.Low, gap.High, true_);
            Count(true_ == 0 ? $"{view} gap of 0: likely" : $"{view} gap: likely", gap.Word == Certainty.Likely);
        }
    }

    private void Mean(string name, PublishedCell cell, World.Drawn drawn, int dimension, Func<Colead.Analysis.Scoring.Stratum,
        bool> belongs) =>
        Interval(name, cell.Low, cell.High,
            drawn.Invited.Where(p => belongs(p.Stratum)).Select(p => p.Scores[dimension]).DefaultIfEmpty().Average());

    private void Interval(string name, decimal? low, decimal? high, double truth)
    {
        if (low is not { } from || high is not { } to) return;
        Count(name, (double)from <= truth && truth <= (double)to);
    }

    private void Count(string name, bool yes) => Add(name, yes ? 1 : 0, 1);

    private void Add(string name, long yes, long all)
    {
        var (y, a) = counts.GetValueOrDefault(name);
        counts[name] = (y + yes, a + all);
    }
}
