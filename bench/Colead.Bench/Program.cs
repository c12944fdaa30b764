using Colead.Bench;

// Benchmarks by name; without a name all of them. Each prints a ratio against a yardstick measured in the same run.
var benches = new Dictionary<string, Action>(StringComparer.Ordinal)
{
    ["csv"] = CsvBench.Run,
    ["comparison"] = ComparisonBench.Run,
};
foreach (var name in args.Length == 0 ? [.. benches.Keys] : args)
{
    if (!benches.TryGetValue(name, out var bench))
    {
        Console.Error.WriteLine($"There is no benchmark {name}; there are {string.Join(", ", benches.Keys)}.");
        return 64;
    }

    bench();
}

return 0;
