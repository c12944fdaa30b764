using System.Globalization;
using System.Text;

namespace Colead.Tests.Fuzzing;

/// <summary>
/// Made-up cases, each from a number of its own: the same number gives the same case on every machine. A few thousand always, a million of
/// a kind in <c>./test --deep</c>. COLEAD_FUZZ=NUMBER tries that one alone.
/// </summary>
internal static class Fuzz
{
    private static readonly bool Deep = Environment.GetEnvironmentVariable("COLEAD_DEEP") == "1";
    private static readonly string? Only = Environment.GetEnvironmentVariable("COLEAD_FUZZ");

    public static IEnumerable<int> Seeds(int always, int deep = 1_000_000) =>
        int.TryParse(Only, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? [seed]
            : Enumerable.Range(0, Deep ? deep : always);

    /// <summary>Tries every case on all processors; what goes wrong is told with the number that makes it again.</summary>
    public static void Try(int always, Action<Random> act, int deep = 1_000_000)
    {
        var wrong = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Parallel.ForEach(Seeds(always, deep), (seed, loop) =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                act(new Random(seed));
            }
#pragma warning disable CA1031 // whatever it is, it is what was looked for
            catch (Exception fault)
#pragma warning restore CA1031
            {
                wrong.Enqueue($"COLEAD_FUZZ={seed}: {fault}");
            }
            if (GC.GetAllocatedBytesForCurrentThread() - before is > 100_000_000 and var much) wrong.Enqueue($"COLEAD_FUZZ={seed}: {much:N0} bytes for a small case");
            if (wrong.Count >= 5) loop.Stop();
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
    }

    public static T One<T>(this Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>A good file spoilt in one to eight places: bytes changed, taken out, doubled, or words of the kind put in.</summary>
    public static byte[] Spoil(this Random random, byte[] good, IReadOnlyList<string> words)
    {
        var bytes = good.ToList();
        for (var n = random.Next(1, 9); n > 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.One(words))); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: if (at < bytes.Count) bytes[at] = (byte)random.Next(256); break;
                case 4: if (at < bytes.Count) bytes[at] ^= (byte)(1 << random.Next(8)); break;
                default: if (random.Next(8) == 0) bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>A short text of anything: letters, signs, marks, half of a pair.</summary>
    public static string Text(this Random random, int most = 30)
    {
        var text = new StringBuilder();
        for (var n = random.Next(most); n > 0; n--)
        {
            text.Append(random.Next(6) switch
            {
                0 => random.One(Odd),
                1 => ((char)random.Next(0x20, 0x7F)).ToString(),
                2 => ((char)random.Next(0x10000)).ToString(),
                3 => random.Next(-5, 200).ToString(CultureInfo.InvariantCulture),
                _ => ((char)random.Next('a', 'z' + 1)).ToString(),
            });
        }
        return text.ToString();
    }

    public static readonly string[] Odd =
    [
        "\0", "\uD800", "\uDC00", "\uFFFF", "\uFFFE", "\uFEFF", "\u202E", "\u00AD", "\u0301", "é", "🌊", "\r\n", "\t", "\"", "'", "`", "<",
            ">", "&", "%", "%00", "=", "@", "+", "-", ";", ",", "|", "/", "\\", "..", "{", "}", "[", "]", "(", ")",
        "1e309", "NaN", "Infinity", "-0", "99999999999999999999", "2026-02-30", "9999-12-31", "0001-01-01", "31/12/2026", "24:00", "true",
            "null", "mailto:", "<a@b.c>", "@example.org", "xn--", "’", "\u2028", "\v", "  ", "ﷺ", "İ", "ß",
    ];
}
