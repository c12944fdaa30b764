using System.Diagnostics;
using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Matching;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// Closing's whole computation for 60 organisations and 500 people (every view, both tiers, exact audit), reading its
/// publication, and a network's roll-up from 10,000 publications. The yardstick is the one pass that fills the round's
/// summaries from its answers. Median of several runs, wall clock.
/// </summary>
internal static class ClosingBench
{
    private const int Partnerships = 10_000;

    public static void Run()
    {
        Console.WriteLine("Closing");
        Print("organisations", "people", "what", "ms", "× yardstick");
        foreach (var (organisations, people) in new[] { (12, 140), (60, 500), (120, 1_000) })
        {
            var (answers, round) = Round(organisations, people);
            var yardstick = Median(() => RoundSummary.Of(answers));
            byte[] json = [];
            Row("yardstick: fill the summaries", yardstick);
            Row("publish, audited, as JSON", Median(() => json = PublicationJson.Write(Publisher.Publish(round))));
            Row("before opening: forecast, 200 draws", Median(() => Forecast.Of(Publisher.PlanOf(round)), runs: 1));
            Row($"read it back, warm ({json.Length / 1024} KiB)", Median(() => PublicationJson.Read(json), runs: 201));
            if (organisations == 60) Row("roll-up of 10,000 such publications", Median(() => RollUp(json), runs: 3));

            void Row(string what, double ms) => Print(
                organisations.ToString(CultureInfo.InvariantCulture),
                people.ToString(CultureInfo.InvariantCulture),
                what,
                ms.ToString("0.00", CultureInfo.InvariantCulture),
                (ms / yardstick).ToString("0.0", CultureInfo.InvariantCulture));
        }
    }

    private static NetworkRollUp RollUp(byte[] json) => NetworkRollUp.Of(
        [.. ParallelEnumerable.Range(0, Partnerships).AsOrdered()
            .Select(p => OpenMeans.Read(p.ToString(CultureInfo.InvariantCulture), json))]);

    private static (AnswerTable Answers, RoundToPublish Round) Round(int organisations, int people)
    {
        var random = new SeededRandom(60);
        var instrument = ShippedInstruments.Inventory12;
        var structure = new Structure(
            [.. Enumerable.Range(0, organisations).Select(o => new Organisation($"Organisation {o}", Field.Sectors[o % 3]))], Field.Levels);
        var invited = new Dictionary<Stratum, int>();
        var (where, levels, codes) = (new List<int>(), new List<byte>(), new List<byte>());
        for (var p = 0; p < people * 7 / 5; p++)
        {
            // A few large organisations, many small ones.
            var organisation = (int)(organisations * random.NextDouble() * random.NextDouble());
            var level = (byte)random.Next(6);
            var stratum = new Stratum(organisation, level);
            invited[stratum] = invited.GetValueOrDefault(stratum) + 1;
            if (p >= people) continue;
            where.Add(organisation);
            levels.Add(level);
            for (var i = 0; i < instrument.ItemCount; i++)
                codes.Add(random.Next(20) == 0 ? Answer.DontKnowCode : (byte)Math.Clamp(3 + level / 2 + random.Next(5), 1, 12));
        }

        var answers = new AnswerTable(instrument, structure, [.. where], [.. levels], [.. codes]);
        var roster = new Roster(structure, invited);
        return (answers, new() { Answers = RoundSummary.Of(answers), Roster = roster,
            Folds = FoldProposal.Propose(roster, Thresholds.Standard) });
    }

    private static double Median<T>(Func<T> work, int runs = 7)
    {
        work();
        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            GC.KeepAlive(work());
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[runs / 2];
    }

    private static void Print(string organisations, string people, string what, string ms, string ratio) =>
        Console.WriteLine($"{organisations,13} {people,7}  {what,-40} {ms,10} {ratio,12}");
}
