using System.Text;

namespace Colead.Kit.Tables;

/// <summary>The text of a file, its encoding, and what else it may be.</summary>
internal sealed record DecodedText(string Text, string Encoding)
{
    public bool IsUnsure { get; init; }
    public IReadOnlyList<FileOption> Others { get; init; } = [];
    public IReadOnlyList<int> OddLines { get; init; } = [];
}

/// <summary>
/// Finds the encoding by the whole file: its mark; UTF-16 by its zeros; UTF-8 where every line is; else the one of the older encodings in
/// which the letters outside ASCII stand
/// as they do in names: small ones within words, capitals at their beginning. Where two are as likely and differ, a person says.
/// </summary>
internal static class TextDecoder
{
    private const int MostSamples = 4_000, MostWords = 4, LongestWord = 24, MostOddLines = 20;
    /// <summary>The second best encoding is as likely as the best, when it has so much of its points.</summary>
    private const double AsLikely = 0.8;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (string Name, string Letters)[] Pages =
        [.. new (string Name, int Page)[] { (TextFile.Windows, 1252), (TextFile.Macintosh, 10000), (TextFile.Dos, 850),
            (TextFile.OldDos, 437), (TextFile.Central, 1250) }.Select(page => (page.Name, LettersOf(page.Page)))];

    public static DecodedText Decode(byte[] content, string? chosen)
    {
        var marked = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        if (marked) content = content[3..];
        if (chosen is not null) return new(Chosen(content, chosen), chosen) { Others = OthersOf(content, chosen) };
        if (!marked && Utf16(content) is { } wide) return new(wide, TextFile.Utf16);
        if (ValidUtf8(content) is { } text)
        {
            var mended = Mended(text);
            return ReferenceEquals(mended, text) ? new(text, TextFile.Utf8)
                : new(text, TextFile.Utf8) { IsUnsure = true, Others = [new(TextFile.Twice, "as it was meant: " + Sample(mended)),
                    new(TextFile.Utf8, "as it stands: " + Sample(text))] };
        }
        var likely = Pages.Select(page => (page.Name, Points: PointsOf(content, page.Letters)))
            .OrderByDescending(page => page.Points).ToList();
        var (mixed, odd, points) = Mix(content);
        if (odd.Count > 0 && points > likely[0].Points) return new(mixed, TextFile.Mixed) { OddLines = odd,
            Others = [new(TextFile.Mixed, Sample(mixed)), .. Options(content, likely.Select(page => page.Name))] };
        var best = likely[0];
        var decoded = Of(content, LettersCalled(best.Name));
        var rivals = likely.Skip(1).Where(page => page.Points > 0 && page.Points >= best.Points * AsLikely
            && Of(content, LettersCalled(page.Name)) != decoded).Select(page => page.Name).ToList();
        return new(decoded, best.Name)
        {
            IsUnsure = rivals.Count > 0 || best.Points <= 0,
            Others = Options(content, likely.Select(page => page.Name)),
        };
    }

    private static string? Utf16(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(content[2..]);
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(content[2..]);
        var start = content[..Math.Min(content.Length, 2000)];
        int even = 0, odd = 0;
        for (var i = 0; i < start.Length; i++)
            if (start[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        if (odd > start.Length / 4 && even == 0) return Encoding.Unicode.GetString(content);
        return even > start.Length / 4 && odd == 0 ? Encoding.BigEndianUnicode.GetString(content) : null;
    }

    private static string Chosen(ReadOnlySpan<byte> content, string name) => name switch
    {
        TextFile.Utf8 => Encoding.UTF8.GetString(content),
        TextFile.Utf16 => Utf16(content) ?? Encoding.Unicode.GetString(content),
        TextFile.Mixed => Mix(content).Text,
        TextFile.Twice => Mended(Encoding.UTF8.GetString(content)),
        _ => Of(content, LettersCalled(name)),
    };

    private static List<FileOption> OthersOf(ReadOnlySpan<byte> content, string chosen)
    {
        if (ValidUtf8(content) is not null) return [];
        var options = Options(content, Pages.Select(page => page.Name));
        return Pages.Any(page => page.Name == chosen) ? options : [new(chosen, chosen), .. options];
    }

    /// <summary>The likely ones, each with a few words as they come out.</summary>
    private static List<FileOption> Options(ReadOnlySpan<byte> content, IEnumerable<string> names)
    {
        var options = new List<FileOption>();
        foreach (var name in names) options.Add(new(name, $"{name}: {Sample(Of(content, LettersCalled(name)))}"));
        return options;
    }

    private static string? ValidUtf8(ReadOnlySpan<byte> content)
    {
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Each line by itself: UTF-8 where it is, else the likeliest of the older encodings for all such lines together.</summary>
    private static (string Text, IReadOnlyList<int> OddLines, double Points) Mix(ReadOnlySpan<byte> content)
    {
        var end = content.Contains((byte)'\n') ? (byte)'\n' : (byte)'\r';
        var others = new List<byte>();
        var (lines, whole) = (new List<Range>(), 0.0);
        for (var start = 0; start < content.Length;)
        {
            var length = content[start..].IndexOf(end);
            var next = length < 0 ? content.Length : start + length + 1;
            lines.Add(start..next);
            if (ValidUtf8(content[start..next]) is not { } text) others.AddRange(content[start..next]);
            else if (content[start..next].ContainsAnyExceptInRange((byte)0, (byte)0x7F)) whole += PointsOf(text);
            start = next;
        }
        if (whole <= 0 || others.Count == 0) return ("", [], 0);
        var rest = others.ToArray();
        var page = Pages.MaxBy(page => PointsOf(rest, page.Letters));
        var (mixed, odd) = (new StringBuilder(content.Length), new List<int>());
        for (var line = 0; line < lines.Count; line++)
        {
            var text = ValidUtf8(content[lines[line]]);
            mixed.Append(text ?? Of(content[lines[line]], page.Letters));
            if (text is null && odd.Count < MostOddLines) odd.Add(line + 1);
        }
        return (mixed.ToString(), odd, whole + PointsOf(rest, page.Letters));
    }

    /// <summary>
    /// UTF-8 that was taken for Windows-1252 and written as UTF-8 once more ("JosÃ©") as it was meant; the same text where there is none
    /// of it.
    /// </summary>
    private static string Mended(string text)
    {
        StringBuilder? mended = null;
        for (var at = 0; at < text.Length; at++)
        {
            var run = at;
            while (run < text.Length && ByteOf(text[run]) >= 0x80) run++;
            if (run - at >= 2 && run - at < 200)
            {
                var bytes = new byte[run - at];
                for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)ByteOf(text[at + i]);
                if (ValidUtf8(bytes) is { } meant)
                {
                    (mended ??= new StringBuilder(text, 0, at, text.Length)).Append(meant);
                    at = run - 1;
                    continue;
                }
            }
            mended?.Append(text[at]);
        }
        return mended?.ToString() ?? text;
    }

    /// <summary>The byte that Windows-1252 writes a letter with; −1 where it has none.</summary>
    private static int ByteOf(char letter) => letter is < '\u0080' or (>= '\u00A0' and <= '\u00FF') ? letter
        : Pages[0].Letters.IndexOf(letter, StringComparison.Ordinal);

    private static string LettersOf(int page)
    {
        var bytes = new byte[256];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)i;
        return CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetString(bytes);
    }

    private static string LettersCalled(string name) => Pages.First(page => page.Name == name).Letters;

    private static string Of(ReadOnlySpan<byte> content, string letters) =>
        string.Create(content.Length, new Source(content, letters), static (text, source) => source.Fill(text));

    private readonly ref struct Source(ReadOnlySpan<byte> content, string letters)
    {
        private readonly ReadOnlySpan<byte> content = content;

        public void Fill(Span<char> text)
        {
            for (var i = 0; i < text.Length; i++) text[i] = letters[content[i]];
        }
    }

    private static double PointsOf(ReadOnlySpan<byte> content, string letters)
    {
        var (points, samples) = (0.0, 0);
        for (var at = 0; samples < MostSamples && at < content.Length; at++)
        {
            var step = content[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (step < 0) break;
            at += step;
            points += Points(at > 0 ? letters[content[at - 1]] : ' ', letters[content[at]], at + 1 < content.Length
                ? letters[content[at + 1]] : ' ');
            samples++;
        }
        return letters == Pages[^1].Letters ? points * 0.6 : points; // of Central Europe only where nothing else fits
    }

    private static double PointsOf(string text)
    {
        var points = 0.0;
        for (var at = 0; at < text.Length; at++)
            if (text[at] >= '\u0080') points += Points(at > 0 ? text[at - 1] : ' ', text[at], at + 1 < text.Length ? text[at + 1] : ' ');
        return points;
    }

    /// <summary>How well a sign stands where it does.</summary>
    private static double Points(char before, char sign, char after) => sign switch
    {
        'ç' => char.IsLetter(before) && "aouAOUáóúãõ".Contains(after, StringComparison.Ordinal) ? 2 : 0,
        'ª' or 'º' or 'ƒ' or 'µ' => -2,
        'ÿ' or 'ı' => 0,
        >= '\u0370' when char.IsLetter(sign) => -3,
        _ when char.IsUpper(sign) => char.IsLetter(before) ? char.IsUpper(before) ? 1 : -3 : char.IsLetter(after) ? 2 : -1,
        _ when char.IsLetter(sign) => char.IsLetter(before) || char.IsLetter(after) ? 2 : 0,
        '’' => char.IsLetter(before) ? 1 : -1,
        '‘' or '“' => char.IsLetterOrDigit(before) ? -2 : 1,
        '”' => char.IsWhiteSpace(before) ? -2 : 1,
        '–' or '—' => char.IsLetter(before) && char.IsLetter(after) ? -1 : 1,
        '£' or '€' => char.IsAsciiDigit(after) ? 2 : -1,
        '\u00A0' => char.IsLetter(before) && char.IsLower(after) ? -1 : 1,
        '…' or '•' or '°' or '½' or '¼' => char.IsLetter(before) && char.IsLetter(after) ? -3 : 0.5,
        _ => -4,
    };

    /// <summary>A few words with letters outside ASCII.</summary>
    private static string Sample(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < MostWords; at++)
        {
            if (text[at] < '\u0080') continue;
            var (start, end) = (at, at);
            while (start > 0 && text[start - 1] > ' ' && !",;|\"\t".Contains(text[start - 1], StringComparison.Ordinal)) start--;
            while (end < text.Length && text[end] > ' ' && !",;|\"\t".Contains(text[end], StringComparison.Ordinal)) end++;
            var word = text[start..Math.Min(end, start + LongestWord)];
            if (!words.Contains(word, StringComparer.Ordinal)) words.Add(word);
            at = end;
        }
        return string.Join(", ", words);
    }
}
