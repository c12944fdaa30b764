using System.Globalization;

namespace Colead.Analysis.Tests;

/// <summary>
/// The worked examples of docs/methods: fenced blocks that open with <c>```example name=id</c> and hold
/// <c>key = value</c> lines, a value being one number or several parted by blanks. A number is right when the computed
/// one rounds to the digits printed.
/// </summary>
internal sealed class MethodPage
{
    private readonly Dictionary<string, string> lines = new(StringComparer.Ordinal);
    private readonly string id;

    public MethodPage(string page, string example)
    {
        id = $"{page}/{example}";
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "methods", page + ".md")))
        {
            if (!inside) inside = line.Trim() == $"```example name={example}";
            else if (line.StartsWith("```", StringComparison.Ordinal)) return;
            else if (line.Split('=', 2) is [var key, var value]) lines.Add(key.Trim(), value.Trim());
        }

        throw new InvalidDataException($"docs/methods/{page}.md has no finished example '{example}'.");
    }

    public bool Has(string key) => lines.ContainsKey(key);

    public string Text(string key) => lines.TryGetValue(key, out var value) ? value
        : throw new InvalidDataException($"{id} has no line '{key}'.");

    /// <summary>The numbers of a line, as input.</summary>
    public double[] Numbers(string key) =>
        [.. Text(key).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    public double Number(string key) => Numbers(key).Single();

    /// <summary>The line's numbers are <paramref name="actual"/> rounded to the digits printed.</summary>
    public void AssertShows(string key, params double[] actual)
    {
        var printed = Text(key).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(printed.Length, actual.Length);
        for (var i = 0; i < printed.Length; i++)
        {
            var digits = printed[i].Contains('.', StringComparison.Ordinal) ? printed[i].Length - printed[i]
                .IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            var shown = double.Parse(printed[i], CultureInfo.InvariantCulture);
            Assert.True(
                Math.Abs(shown - actual[i]) <= 0.5000001 * Math.Pow(10, -digits),
                string.Create(CultureInfo.InvariantCulture, $"{id}: {key} prints {printed[i]}, computed {actual[i]:R}"));
        }
    }

    public void AssertShows(string key, Figure actual) => AssertShows(key, actual.Value);
}
