using System.Globalization;
using System.Text;
using Colead.Analysis.Networks;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// How processor time grows: filling a round's summaries with 10³ to 10⁷ responses, paths and one Leiden run over networks of
/// 10² to 2·10⁴ nodes. Draws growth.svg in the current folder, both axes in powers of ten.
/// </summary>
internal static class GrowthBench
{
    private const int Width = 360, Height = 300, Left = 56, Bottom = 250, Top = 50;
    private static readonly int[] Responses = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
    private static readonly int[] Nodes = [100, 300, 1_000, 3_000, 10_000, 20_000];

    public static void Run()
    {
        var responses = Responses.Select(n =>
        {
            var answers = SummaryBench.Answers(n, Math.Max(1, n / 40));
            return Measure("responses", n, () => RoundSummary.Of(answers));
        }).ToArray();
        var nodes = Nodes.Select(n =>
        {
            var ties = NetworkBench.Random(n, 5 * n);
            return Measure("nodes", n, () => (ShortestPaths.Of(ties), Leiden.Run(ties, 1)));
        }).ToArray();
        File.WriteAllText("growth.svg", Draw(responses, nodes));
        Console.WriteLine("drawn: growth.svg");
    }

    /// <summary>The thriftiest of some runs, milliseconds of all processors.</summary>
    private static (double Size, double Ms) Measure<T>(string what, int size, Func<T> work)
    {
        var best = double.MaxValue;
        for (int run = 0, runs = size <= 10_000 && what == "responses" || size <= 1_000 ? 9 : size <= 3_000 || what == "responses" ? 3
            : 1; run < runs; run++)
        {
            var before = Environment.CpuUsage.TotalTime;
            GC.KeepAlive(work());
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        Console.WriteLine(FormattableString.Invariant($"{size,12} {what,-10} {best,12:0.0} ms"));
        return (size, best);
    }

    private static string Draw((double Size, double Ms)[] responses, (double Size, double Ms)[] nodes)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {2 * Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#1c2430\">\n");
        svg.Append("<title>Processor time by size</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fbf9f4\"/>\n");
        Panel(svg, 0, "Filling a round's summaries, by responses", responses, 3, 7);
        Panel(svg, Width, "Paths, closeness and communities, by nodes", nodes, 2, 4.5);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, int x0, string title, (double Size, double Ms)[] points, double from, double to)
    {
        double X(double size) => x0 + Left + (Math.Log10(size) - from) / (to - from) * (Width - Left - 30);
        double Y(double ms) => Bottom - Math.Clamp(Math.Log10(ms) / 5, 0, 1) * (Bottom - Top);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x0 + 12}\" y=\"24\" font-weight=\"bold\">{title}</text>\n");
        string[] times = ["1 ms", "10 ms", "0.1 s", "1 s", "10 s", "100 s"];
        for (var p = 0; p <= 5; p++)
        {
            var y = Y(Math.Pow(10, p));
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{x0 + Left}\" x2=\"{x0 + Width - 24}\" y1=\"{y:0}\" y2=\"{y:0}\" stroke=\"#e3ddd1\"/><text x=\"{x0 + Left - 6}\" y=\"{y + 4:0}\" text-anchor=\"end\">{times[p]}</text>\n");
        }

        for (var p = (int)from; p <= to; p++)
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{X(Math.Pow(10, p)):0}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">10<tspan dy=\"-5\" font-size=\"9\">{p}</tspan></text>\n");
        svg.Append("<polyline fill=\"none\" stroke=\"#0b5d5b\" stroke-width=\"2\" points=\"")
            .AppendJoin(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Size):0.0},{Y(p.Ms):0.0}")))
                .Append("\"/>\n");
        foreach (var (size, ms) in points)
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(size):0.0}\" cy=\"{Y(ms):0.0}\" r=\"4\" fill=\"#0b5d5b\"/>\n");
    }
}
