using System.Diagnostics;
using Colead.Analysis;
using Colead.Commands;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// <c>colead analyse</c>, from a file to findings, by size: forty people an organisation, from a thousand answers of 25 organisations to a
/// million of 25,000. Yardstick: finding every comma and line break of the file. Nothing in it may grow faster than answers and
/// organisations do.
/// </summary>
public static class AnalyseBench
{
    private const int PeopleEach = 40;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("colead-bench-");
        try
        {
            foreach (var organisations in new[] { 25, 25, 250, 2_500, 25_000 }) // the first warms up
            {
                var answers = Path.Combine(folder.FullName, "answers.csv");
                var roster = Path.Combine(folder.FullName, "roster.csv");
                Write(answers, roster, organisations);
                var scan = Processor(() => Scan(answers));
                string[] line = [answers, "--roster", roster, "--instrument", "inventory-12", "--json"];
                var code = 0;
                var analyse = Processor(() => code = AnalyseCommand.Create().Parse(line).Invoke(new() { Output = TextWriter.Null }));
                if (code != 0) throw new InvalidOperationException($"colead analyse ended with {code}.");
                using var self = Process.GetCurrentProcess();
                Console.WriteLine(FormattableString.Invariant(
                    $"analyse: {organisations * PeopleEach:N0} answers of {organisations:N0} organisations: {analyse:0.00} s of processor, {analyse / scan:0} times finding its commas; memory at most {self.PeakWorkingSet64 / 1048576:N0} MiB so far"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string answers, string roster, int organisations)
    {
        var random = new SeededRandom(21);
        using var people = new StreamWriter(answers);
        using var invited = new StreamWriter(roster);
        var items = Colead.Analysis.Instruments.ShippedInstruments.Inventory12.Items;
        people.WriteLine("partnership,respondent,organisation,sector,level,round," + string.Join(',', items.Select(item => item.Id)));
        invited.WriteLine("partnership,organisation,sector,level,round,invited");
        var number = 0;
        for (var o = 0; o < organisations; o++)
        {
            var where = FormattableString.Invariant($"Organisation {o},{Field.Sectors[o % 3]}");
            var sees = 6.5 + random.NextDouble() + random.NextDouble() - 1;
            var levels = new int[5];
            for (var p = 0; p < PeopleEach; p++)
            {
                var level = random.Next(5);
                levels[level]++;
                people.Write(FormattableString.Invariant($"Big,r{number++},{where},{Field.Levels[level]},1"));
                var person = sees + 4 * (random.NextDouble() - 0.5);
                foreach (var _ in items)
                {
                    people.Write(',');
                    if (random.Next(50) > 0) people.Write(Math.Clamp((int)Math.Round(person + 5 * (random.NextDouble() - 0.5)), 1, 12));
                }

                people.WriteLine();
            }

            for (var level = 0; level < levels.Length; level++)
                if (levels[level] > 0)
                    invited.WriteLine(FormattableString.Invariant($"Big,{where},{Field.Levels[level]},1,{levels[level] + random.Next(6)}"));
        }
    }

    private static int Scan(string file)
    {
        var found = 0;
        ReadOnlySpan<byte> rest = File.ReadAllBytes(file);
        for (int at; (at = rest.IndexOfAny((byte)',', (byte)'\n')) >= 0; rest = rest[(at + 1)..]) found++;
        return found;
    }

    private static double Processor(Func<int> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        GC.KeepAlive(work());
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
