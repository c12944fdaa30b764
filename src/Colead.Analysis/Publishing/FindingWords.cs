using System.Globalization;
using Colead.Analysis.Comparison;

namespace Colead.Analysis.Publishing;

/// <summary>Names that a sentence needs, in the reader's language. Unknown keys come back as they are.</summary>
/// <param name="Dimension">Dimension id to its name.</param>
/// <param name="Item">Item id to its statement.</param>
/// <param name="Unit">Unit id to the name of the organisation or fold.</param>
public sealed record FindingNames(Func<string, string> Dimension, Func<string, string> Item, Func<string, string> Unit);

/// <summary>
/// One sentence form for each kind of finding, in English and Welsh. "Likely", "possibly" and "no clear difference" are
/// the only words for certainty, and no sentence names a cause. The Welsh awaits review by a native speaker; its forms
/// keep names after colons, where nothing mutates them.
/// </summary>
public static class FindingWords
{
    /// <exception cref="ArgumentException">A language without sentences; <c>en</c> and <c>cy</c> have them.</exception>
    public static string Sentence(Finding finding, PublishedInstrument instrument, FindingNames names, string language) => language switch
    {
        "en" => Sentences(finding, instrument, names).English,
        "cy" => Sentences(finding, instrument, names).Welsh,
        _ => throw new ArgumentException($"There are no sentences in '{language}'.", nameof(language)),
    };

    /// <summary>A sector or level as a sentence names it.</summary>
    public static string Group(string id, string language) => (language, id) switch
    {
        ("en", "board") => "board members",
        ("en", "senior") => "senior managers",
        ("en", "middle") => "middle managers",
        ("en", "frontline") => "front-line staff",
        ("en", "volunteer") => "volunteers",
        ("en", "citizen") => "citizens",
        ("en", "voluntary") => "the voluntary sector",
        ("en", "public") => "the public sector",
        ("en", "private") => "the private sector",
        ("cy", "board") => "aelodau byrddau",
        ("cy", "senior") => "uwch reolwyr",
        ("cy", "middle") => "rheolwyr canol",
        ("cy", "frontline") => "staff rheng flaen",
        ("cy", "volunteer") => "gwirfoddolwyr",
        ("cy", "citizen") => "dinasyddion",
        ("cy", "voluntary") => "y sector gwirfoddol",
        ("cy", "public") => "y sector cyhoeddus",
        ("cy", "private") => "y sector preifat",
        _ => id,
    };

    public static string Certain(Certainty word, string language) => (language, word) switch
    {
        ("cy", Certainty.Likely) => "yn debygol o fod yn wahaniaeth go iawn",
        ("cy", Certainty.Possibly) => "o bosibl yn wahaniaeth go iawn",
        ("cy", _) => "dim gwahaniaeth clir",
        (_, Certainty.Likely) => "likely a real difference",
        (_, Certainty.Possibly) => "possibly a real difference",
        _ => "no clear difference",
    };

    private static (string English, string Welsh) Sentences(Finding f, PublishedInstrument scale, FindingNames names)
    {
        var dimension = names.Dimension(f.Measure);
        var number = Number(f.Points);
        var (word, gair) = f.Word is { } w ? (Certain(w, "en"), Certain(w, "cy")) : ("", "");
        return f.Kind switch
        {
            FindingKind.Highest => (
                $"{dimension} stands highest, at {number} on our scale of {scale.Lowest} to {scale.Highest}{Ties("en")}.",
                $"Uchaf: {dimension}, {number} ar ein graddfa o {scale.Lowest} i {scale.Highest}{Ties("cy")}."),
            FindingKind.Lowest => (
                $"{dimension} stands lowest, at {number} on our scale of {scale.Lowest} to {scale.Highest}{Ties("en")}.",
                $"Isaf: {dimension}, {number} ar ein graddfa o {scale.Lowest} i {scale.Highest}{Ties("cy")}."),
            FindingKind.LevelGap => (
                $"{Capital(Group(f.First!, "en"))} rate {dimension} {Points(f.Points)} higher than {Group(f.Second!, "en")} do: {word}.",
                WelshGap()),
            FindingKind.SectorGap => (
                $"{Capital(Group(f.First!, "en"))} rates {dimension} {Points(f.Points)} higher than {Group(f.Second!, "en")} does: {word}.",
                WelshGap()),
            FindingKind.OrganisationGap => (
                $"{names.Unit(f.First!)}: {dimension} {(f.AtLeast == true ? "at least about " : "")}{Points(Math.Abs(f.Points))} {(f.Points >= 0 ? "above" : "below")} the average organisation: {word}.",
                $"{names.Unit(f.First!)}: {dimension}, {(f.AtLeast == true ? "o leiaf tua " : "")}{Number(Math.Abs(f.Points))} pwynt yn {(f.Points >= 0 ? "uwch" : "is")} na’r sefydliad cyfartalog. Casgliad: {gair}."),
            FindingKind.ChangeUp => (
                $"{Who("en")}{dimension} rose by {Points(f.Points)} since the last round: {word}.",
                $"{Who("cy")}{dimension}: codiad o {number} pwynt ers y rownd ddiwethaf. Casgliad: {gair}."),
            FindingKind.ChangeDown => (
                $"{Who("en")}{dimension} fell by {Points(f.Points)} since the last round: {word}.",
                $"{Who("cy")}{dimension}: gostyngiad o {number} pwynt ers y rownd ddiwethaf. Casgliad: {gair}."),
            FindingKind.Agreed => (
                $"People broadly agree on “{names.Item(f.Measure)}”.",
                $"Mae pobl yn cytuno’n gyffredinol am: “{names.Item(f.Measure)}”."),
            FindingKind.Divided => (
                $"People are split on “{names.Item(f.Measure)}”: many answers at both ends.",
                $"Mae barn pobl yn rhanedig am: “{names.Item(f.Measure)}”, gyda llawer o atebion ar y ddau ben."),
            FindingKind.Balance => (
                $"Strongest is {names.Dimension(f.First!)} and weakest {names.Dimension(f.Second!)}, {Points(f.Points)} apart{Range("likely between", "and")}.",
                $"Cryfaf: {names.Dimension(f.First!)}. Gwannaf: {names.Dimension(f.Second!)}. Bwlch: {number} pwynt{Range("yn debygol rhwng", "a")}."),
            _ => throw new ArgumentOutOfRangeException(nameof(f), f.Kind, "There is no sentence for this kind of finding."),
        };

        // Dimensions that cannot be told from the one named are named with it.
        string Ties(string language) => f.With is not { Count: > 0 } ties ? ""
            : language == "cy" ? $". Heb wahaniaeth clir: {string.Join(", ", ties.Select(names.Dimension))}"
            : $"; {string.Join(", ", ties.SkipLast(1).Select(names.Dimension))}{(ties.Count > 1 ? " and " : "")}{names.Dimension(ties[^1])} cannot be told from it";

        string Who(string language) => f.First is not { } who ? "" : Group(who, language) is var group && group != who
            ? Capital(group) + ": " : names.Unit(who) + ": ";

        string Range(string between, string and) => f is { Low: { } low, High: { } high }
            ? $" ({between} {Number(low)} {and} {Number(high)})" : "";

        string WelshGap() =>
            $"{dimension}: bwlch o {number} pwynt. Uwch: {Group(f.First!, "cy")}. Is: {Group(f.Second!, "cy")}. Casgliad: {gair}.";
    }

    private static string Points(decimal points) => points == 1.0m ? "1.0 point" : $"{Number(points)} points";

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
