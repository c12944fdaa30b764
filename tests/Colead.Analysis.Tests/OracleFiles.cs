using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests;

/// <summary>The inputs and expected values under Oracle/, as analysis takes them.</summary>
internal static class OracleFiles
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Oracle");

    /// <summary>What the sets asked: seven dimensions of 4, 4, 4, 4, 4, 5, 5 items from 1 to 5.</summary>
    public static Instrument Instrument { get; } = new(
        "oracle",
        "1",
        Scale.FivePoint,
        [.. new[] { 4, 4, 4, 4, 4, 5, 5 }.Select((items, d) => new Dimension(
            $"d{d + 1}",
            [.. Enumerable.Range(1, items).Select(j => new Item($"d{d + 1}_{j}"))]))])
    {
        SkewedNulls = SkewedNulls.FivePoint,
    };

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Expected/<paramref name="name"/>.json.</summary>
    public static JsonElement Expected(string name) => Json($"expected/{name}.json");

    public static JsonElement Published(string example) => Json("published/published_examples.json").GetProperty(example);

    public static JsonElement Json(string relative)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(relative)));
        return document.RootElement.Clone();
    }

    /// <summary>A number or null.</summary>
    public static double? Number(this JsonElement element, string key) =>
        element.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    /// <summary>One round of surveys/<paramref name="name"/>.csv; organisations in ordinal order of their names.</summary>
    public static AnswerTable Survey(string name, string round = "1")
    {
        var lines = File.ReadAllLines(PathOf($"surveys/{name}.csv"));
        var header = lines[0].Split(',');
        int organisation = Array.IndexOf(header, "organisation"), sector = Array.IndexOf(header, "sector"),
            level = Array.IndexOf(header, "level"), roundAt = Array.IndexOf(header, "round");
        var itemAt = Instrument.Items.Select(i => Array.IndexOf(header, i.Id)).ToArray();
        var rows = lines.Skip(1).Select(l => l.Split(',')).Where(r => r[roundAt] == round).ToList();
        var organisations = rows.Select(r => new Organisation(r[organisation], r[sector])).Distinct()
            .OrderBy(o => o.Name, StringComparer.Ordinal).ToList();
        var index = organisations.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        return new AnswerTable(
            Instrument,
            new Structure(organisations, Field.Levels),
            [.. rows.Select(r => index[r[organisation]])],
            [.. rows.Select(r => (byte)Field.Levels.ToList().IndexOf(r[level]))],
            [.. rows.SelectMany(r => itemAt.Select(i => Code(r[i])))]);
    }

    /// <summary>Equal to <paramref name="relative"/> of the expected value (absolute near 0), absent where null is expected.</summary>
    public static void AssertFigure(double? expected, Figure actual, double relative, string what)
    {
        if (expected is not { } value)
            Assert.False(actual.IsDefined, $"{what}: expected none, got {actual}");
        else
            AssertNumber(value, actual.IsDefined ? actual.Value
                : throw new InvalidOperationException($"{what}: absent ({actual.Why}), expected {value}"), relative, what);
    }

    public static void AssertNumber(double expected, double actual, double relative, string what) => Assert.True(
        Math.Abs(expected - actual) <= relative * Math.Max(0.001, Math.Abs(expected)),
        string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:R}, got {actual:R}"));

    private static byte Code(string cell) => cell switch
    {
        "" => Answer.SkippedCode,
        "DK" => Answer.DontKnowCode,
        _ => (byte)int.Parse(cell, CultureInfo.InvariantCulture),
    };
}
