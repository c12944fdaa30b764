using Colead.Kit.Tables;
using Colead.Kit.Texts;

namespace Colead.Parts.Importing;

/// <summary>What a file of answers leaves open, or could be taken another way.</summary>
internal static class ImportQuestions
{
    public const string InstrumentId = "instrument", UpperId = "upper", TriesId = "tests", Yes = "yes";

    public static IReadOnlyDictionary<RowKind, string> Ids { get; } = new Dictionary<RowKind,
        string> { [RowKind.Preview] = "previews", [RowKind.Unfinished] = "unfinished", [RowKind.NotApproved] = "not-approved" };

    public static string IdOf(RowKind kind) => Ids.GetValueOrDefault(kind, "");

    public static FileQuestion Instrument(IReadOnlyList<FileOption> instruments, string highest) =>
        new(InstrumentId, $"{instruments.Count} questionnaires fit this file equally well.{highest} Which was answered?", instruments,
            null, true);

    public static FileQuestion Upper(string loud, int points) => new(UpperId, $"{loud}. Was the scale really one up to {points}?",
        [new(Yes, "Yes, nobody chose more")], null, true);

    public static FileQuestion Tries(int rows) => new(TriesId,
        $"{Dates.Count(rows, "row looks", "rows look")} like {(rows == 1 ? "a try" : "tries")} of the survey, with “test” or the like. Are they answers?",
        [new(TableChoices.Leave, "No, leave them out"), new(TableChoices.Bring, "Yes, they are answers")], null, true);

    public static FileQuestion Apart(RowKind kind, int rows) => new(IdOf(kind), SayApart(kind, rows),
        [new(TableChoices.Leave, "Left out"), new(TableChoices.Bring, "Brought as answers")], TableChoices.Leave, false);

    public static string SayApart(RowKind kind, int rows) => kind switch
    {
        RowKind.Preview => Dates.Count(rows, "row is a preview or test of the survey", "rows are previews or tests of the survey"),
        RowKind.Unfinished => Dates.Count(rows, "row was never finished", "rows were never finished"),
        RowKind.NotApproved => Dates.Count(rows, "row was not approved", "rows were not approved"),
        RowKind.Average => Dates.Count(rows, "row holds averages or totals, no answers", "rows hold averages or totals, no answers"),
        _ => Dates.Count(rows, "row is a try", "rows are tries"),
    };
}
