using System.Globalization;
using Colead.Bench;

// Not a benchmark: prints the source of a table of chance values, found by simulation.
if (args is ["rwg-table"])
{
    RwgTable.Print();
    return 0;
}

// Nor this: worlds in which it is known what is true, and what is said of them. With the number of draws of each.
if (args is ["calibration", .. var draws])
{
    CalibrationBench.Run(draws is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 500);
    return 0;
}

// Not a benchmark either: the server that the benchmark of journeys starts.
if (args is ["journey-server", var folder, var database, var kind])
{
    await Server.ServeAsync(folder, database, kind == "forgetful");
    return 0;
}

// Benchmarks by name; without a name all but the deep ones. Each prints a ratio against a yardstick measured in the same run.
var benches = new Dictionary<string, Action>(StringComparer.Ordinal)
{
    ["analyse"] = AnalyseBench.Run,
    ["closing"] = ClosingBench.Run,
    ["closed-round-deep"] = ClosedRoundBench.Run,
    ["csv"] = CsvBench.Run,
    ["disclosure"] = DisclosureBench.Run,
    ["comparison"] = ComparisonBench.Run,
    ["findings"] = FindingsBench.Run,
    ["growth-deep"] = GrowthBench.Run,
    ["sections"] = SectionsBench.Run,
    ["summary"] = SummaryBench.Run,
    ["summary-deep"] = SummaryBench.RunDeep,
    ["network"] = NetworkBench.Run,
    ["journeys"] = JourneyBench.Run,
    ["overview"] = OverviewBench.Run,
};
foreach (var name in args.Length == 0 ? [.. benches.Keys.Where(n => !n.EndsWith("-deep", StringComparison.Ordinal))] : args)
{
    if (!benches.TryGetValue(name, out var bench))
    {
        Console.Error.WriteLine($"There is no benchmark {name}; there are {string.Join(", ", benches.Keys)}.");
        return 64;
    }

    bench();
}

return 0;
