using System.Diagnostics;
using Colead.Analysis;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// Choosing what to withhold: what the greedy choice costs against the best one where the best can be found, and how long
/// a decision takes as partnerships grow. Yardstick: the best choice by search of the same rounds; in the second table one
/// audit of everything that reaches its threshold, which nobody can do without.
/// </summary>
internal static class DisclosureBench
{
    private const int Rounds = 400;

    public static void Run()
    {
        Console.WriteLine(FormattableString.Invariant($"disclosure: greedy against the best choice, {Rounds} random rounds of each size"));
        Console.WriteLine("  people  searched to the end  withheld by both  as good  value withheld: greedy  best     ratio  ms a round: greedy  search");
        foreach (var people in new[] { 20, 40, 80, 140 }) Compare(people);
        Console.WriteLine("disclosure: one decision over all views");
        Console.WriteLine(" organisations  people  one audit, ms  decision, ms   ratio");
        foreach (var organisations in new[] { 12, 60, 250, 1_000 }) Grow(organisations);
    }

    private static void Compare(int most)
    {
        var random = new SeededRandom((ulong)most);
        int finished = 0, withheld = 0, equal = 0;
        long greedy = 0, best = 0, everything = 0;
        double quickly = 0, slowly = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var (views, candidates, cost) = Round(random, 2 + random.Next(8), most / 2 + random.Next(most / 2 + 1));
            var start = Stopwatch.GetTimestamp();
            var (quick, _) = Suppression.Choose(views, 5, candidates, new bool[views.Cells], search: false);
            quickly += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            var (searched, optimal) = Suppression.Choose(views, 5, candidates, new bool[views.Cells]);
            slowly += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!optimal) continue;
            finished++;
            long g = Suppression.Hidden(candidates, quick, cost), b = Suppression.Hidden(candidates, searched, cost);
            if (b > 0) withheld++;
            if (g == b) equal++;
            greedy += g;
            best += b;
            everything += Suppression.Hidden(candidates, new bool[views.Cells], cost);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{most,8}{finished,21}{withheld,18}{equal,9}{100.0 * greedy / everything,22:0.00} %{100.0 * best / everything,6:0.00} %{(double)greedy / best,8:0.0000}{quickly / Rounds,20:0.00}{slowly / Rounds,8:0.00}"));
    }

    private static void Grow(int organisations)
    {
        var (views, candidates, _) = Round(new SeededRandom(60), organisations, organisations * 8);
        double audit = double.MaxValue, decision = double.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            var start = Stopwatch.GetTimestamp();
            new FixedViewAudit(views, 5).Find(candidates);
            audit = Math.Min(audit, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            Suppression.Choose(views, 5, candidates, new bool[views.Cells]);
            decision = Math.Min(decision, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine(FormattableString.Invariant($"{organisations,14}{8 * organisations,8}{audit,15:0.00}{decision,14:0.0}{decision / audit,8:0}"));
    }

    /// <summary>A few large organisations and many small ones, six levels, three sectors, four in five answering.</summary>
    private static (FixedViews Views, bool[] Candidates, long[] Cost) Round(SeededRandom random, int organisations, int people)
    {
        var structure = new Structure(
            [.. Enumerable.Range(0, organisations).Select(o => new Organisation($"Organisation {o}", Field.Sectors[o % 3]))], Field.Levels);
        Dictionary<Stratum, int> invited = [], answered = [];
        for (var p = 0; p < people; p++)
        {
            var stratum = new Stratum((int)(organisations * random.NextDouble() * random.NextDouble()), random.Next(6));
            invited[stratum] = invited.GetValueOrDefault(stratum) + 1;
            if (random.Next(5) > 0) answered[stratum] = answered.GetValueOrDefault(stratum) + 1;
        }

        var plan = new ReportingPlan(new Roster(structure, invited), FoldPlan.None, Thresholds.Standard);
        var valid = plan.Count(s => answered.GetValueOrDefault(s));
        var views = new FixedViews(plan, valid, SurePeople.Of(plan, valid, 5, ProtectionRules.All), 5);
        var candidates = new bool[views.Cells];
        foreach (var cell in plan.Planned) candidates[views.IndexOf[cell]] = views.Enough[views.IndexOf[cell]];
        return (views, candidates,
            [.. Enumerable.Range(0, views.Cells).Select(c => Math.Max(1, views.Worth[c]) * Suppression.Usefulness(views.KindOf(c)))]);
    }
}
