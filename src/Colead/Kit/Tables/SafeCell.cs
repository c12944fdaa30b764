namespace Colead.Kit.Tables;

/// <summary>Spreadsheets run a cell that begins like a formula. In files we hand out, such text is guarded by an apostrophe.</summary>
public static class SafeCell
{
    public static bool StartsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    public static string Guard(string? text) => string.IsNullOrEmpty(text) || !StartsFormula(text[0]) ? text ?? "" : "'" + text;
}
