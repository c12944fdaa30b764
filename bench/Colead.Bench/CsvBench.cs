using System.Text;
using Colead.Analysis;
using Colead.Analysis.Scoring;
using Colead.Commands.Surveys;

namespace Colead.Bench;

/// <summary>
/// Reading answers from CSV on one core. Yardstick: one pass over the same bytes that finds every comma and line break,
/// the least that any reader of CSV must do.
/// </summary>
public static class CsvBench
{
    public static void Run()
    {
        foreach (var organisations in new[] { 60, 25_000 })
        {
            var bytes = Make(rows: 500_000, organisations);
            var megabytes = bytes.Length / 1e6;
            Console.WriteLine(FormattableString.Invariant($"csv: {megabytes:0} MB, 500,000 answers x 30 statements, {organisations:N0} organisations in random order"));
            var scan = Best(() => Scan(bytes));
            var read = Best(() => Read(bytes));
            Console.WriteLine(FormattableString.Invariant($"  find commas and line breaks  {megabytes / scan:0} MB/s"));
            Console.WriteLine(FormattableString.Invariant($"  read, check and keep answers {megabytes / read:0} MB/s"));
            Console.WriteLine(FormattableString.Invariant($"  ratio {read / scan:0.00}"));
        }
    }

    private static byte[] Make(int rows, int organisations)
    {
        var random = new SeededRandom(20);
        var text = new StringBuilder("partnership,respondent,organisation,sector,level,round");
        for (var d = 1; d <= 7; d++)
            for (var i = 1; i <= (d < 6 ? 4 : 5); i++) text.Append(',').Append('d').Append(d).Append('_').Append(i);
        text.Append('\n');
        for (var r = 0; r < rows; r++)
        {
            var organisation = random.Next(organisations);
            text.Append("P1,r").Append(r).Append(",P1-O").Append(organisation).Append(',').Append(Field.Sectors[organisation % 3])
                .Append(',').Append(Field.Levels[random.Next(6)]).Append(",1");
            for (var i = 0; i < 30; i++)
            {
                var answer = random.Next(40);
                text.Append(',');
                if (answer == 0) text.Append("DK");
                else if (answer > 3) text.Append((char)('1' + answer % 5));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static int Scan(byte[] bytes)
    {
        var found = 0;
        ReadOnlySpan<byte> rest = bytes;
        for (int at; (at = rest.IndexOfAny((byte)',', (byte)'\n')) >= 0; rest = rest[(at + 1)..]) found++;
        return found;
    }

    private static int Read(byte[] bytes)
    {
        var problems = new Problems();
        var survey = Survey.Read("answers.csv", bytes, null, null, null, problems);
        return survey?.Rows ?? throw new InvalidOperationException(problems.List[0].ToString());
    }

    /// <summary>Processor seconds of the best of five runs.</summary>
    private static double Best(Func<int> work)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = Environment.CpuUsage.TotalTime; // not the clock: others may use the machine
            GC.KeepAlive(work());
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return best;
    }
}
