namespace Colead.Kit.Tables;

/// <summary>
/// Finds what separates the columns by the whole file (its first half million characters): the separator with which most rows have the
/// same number of fields. Commas between
/// digits are decimals where another separator holds throughout.
/// </summary>
internal static class SeparatorFinder
{
    private const int Looked = 512 * 1024, MostRows = 2_000, MostFields = 4_000;
    private const double Holds = 0.8, Throughout = 0.95;

    private sealed record Fit(char Separator, int Fields, double Share, bool FirstToo, bool Decimals);

    /// <param name="stated">Excel's own line "sep=;" decides, and goes.</param>
    public static (char Separator, bool IsUnsure) Find(ref string text, out bool stated)
    {
        stated = text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[4] is ',' or ';' or '\t' or '|'
            && text[5] is '\r' or '\n';
        if (stated)
        {
            var separator = text[4];
            text = text[5..].TrimStart('\r', '\n');
            return (separator, false);
        }
        return Find(text);
    }

    public static (char Separator, bool IsUnsure) Find(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Looked)];
        var fits = new List<Fit>();
        foreach (var separator in TextFile.Separators) fits.Add(Try(text, separator));
        var usable = fits.Where(fit => fit.Fields > 1).OrderByDescending(fit => PointsOf(fit, fits)).ToList();
        if (usable.Count == 0) return (',', false);
        var best = usable[0];
        return (best.Separator, usable.Skip(1).Any(fit => fit.Share >= Throughout && fit.FirstToo && best.Share >= Holds
            && !IsDecimal(fit, fits)));
    }

    private static double PointsOf(Fit fit, List<Fit> all) => fit.Share + (fit.FirstToo ? 0.1 : 0)
        + (Math.Min(fit.Fields, 50) / 1000.0) - (IsDecimal(fit, all) ? 1 : 0);

    private static bool IsDecimal(Fit fit, List<Fit> all) => fit.Decimals
        && all.Any(other => other.Separator != fit.Separator && other.Fields > 1 && other.Share >= Holds);

    private static Fit Try(ReadOnlySpan<char> text, char separator)
    {
        var counts = new Dictionary<int, int>();
        int fields = 1, rows = 0, first = 0, between = 0, all = 0;
        bool quoted = false, begins = true, filled = false;
        for (var at = 0; at < text.Length && rows < MostRows; at++)
        {
            var c = text[at];
            if (quoted)
            {
                if (c != '"') continue;
                if (at + 1 < text.Length && text[at + 1] == '"') at++;
                else quoted = false;
            }
            else if (c == '"' && begins) (quoted, begins, filled) = (true, false, true);
            else if (c is '\n' or '\r')
            {
                if (filled) Count();
                (fields, begins, filled) = (1, true, false);
            }
            else if (c == separator)
            {
                fields = Math.Min(fields + 1, MostFields);
                all++;
                if (at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1])) between++;
                begins = true;
            }
            else
            {
                begins = begins && c == ' ';
                filled |= !char.IsWhiteSpace(c) && !TextFile.Separators.Contains(c);
            }
        }
        if (filled) Count();
        var usual = counts.Where(count => count.Key > 1).OrderByDescending(count => count.Value).ThenByDescending(count => count.Key)
            .FirstOrDefault();
        if (counts.GetValueOrDefault(1) > usual.Value) usual = default; // most rows have none
        return new(separator, Math.Max(usual.Key, 1), rows == 0 ? 0 : (double)usual.Value / rows, first == usual.Key, all > 0
            && between * 2 > all);

        void Count()
        {
            if (rows++ == 0) first = fields;
            counts[fields] = counts.GetValueOrDefault(fields) + 1;
        }
    }
}
