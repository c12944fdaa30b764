using System.Globalization;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>What a list leaves open and only a person can say, each asked once.</summary>
internal static class RosterQuestions
{
    public const int Most = 60;
    public const string Yes = "yes", No = "no", Plain = "plain", LevelId = "level", SectorId = "sector", FillId = "fill",
        GroupsId = "groups";
    private const string Differ = "differ";
    private const int MostNamed = 8;

    public static FileQuestion Level() => new(LevelId,
        "No column says a level. Which level are all these people? If they differ, choose the column below",
        [.. Words.Levels.Select(level => new FileOption(level.Value, level.Label))], null, true);

    public static FileQuestion Groups(List<string> groups) => new(GroupsId,
        $"Rows of one cell seem to be organisations, each with its people below: {Named(groups)}. Are they?",
        [new(Yes, "Yes, people belong to the organisation above them"), new(No, "No")], null, true);

    public static FileQuestion Fill(int rows) => new(FillId,
        $"{Dates.Count(rows, "row has", "rows have")} no organisation, below rows that have one. Does the organisation above hold for {(rows == 1 ? "it" : "them")}?",
        [new(Yes, "Yes, as under a merged cell"), new(No, "No, leave these rows out")], null, true);

    public static FileQuestion Same(string name, string other) =>
        new("same." + RosterWords.Key(name), $"“{name}” is nearly “{other}”. Are they one organisation?",
        [new(Yes, $"Yes, put its people into {other}"), new(No, "No, it is another")], null, true);

    public static FileQuestion Name(string name, int row) => new("name." + RosterWords.Key(name),
        string.Create(CultureInfo.InvariantCulture, $"Row {row} names a person “{name}”. Is that somebody?"),
        [new(No, "No, leave it out"), new(Yes, "Yes, bring it")], null, true);

    public static FileQuestion Address(string address, string instead, int row) =>
        new("address." + Colead.Storage.EmailAddress.Key(address), string.Create(CultureInfo.InvariantCulture,
        $"Row {row} has the address {address}, with a sign that few mail servers take. Which is right?"),
        [.. instead.Length > 0 ? [new FileOption(Plain, instead)] : Array.Empty<FileOption>(),
            new(No, "Bring the person without an address"), new(Yes, $"Keep {address} as it is")], null, true);

    /// <summary>One question for all; one for each where they differ.</summary>
    public static IEnumerable<FileQuestion> Sectors(IReadOnlyDictionary<string, string> organisations, IReadOnlyDictionary<string,
        string> said)
    {
        List<FileOption> sectors = [.. Words.Sectors.Select(sector => new FileOption(sector.Value, sector.Label))];
        if (organisations.Count == 1)
        {
            yield return new(SectorId, $"{organisations.Values.First()} is new here, and the list does not say its sector. Which is it?",
                [.. sectors, new(No, "Leave its people out")], null, true);
            yield break;
        }
        yield return new(SectorId,
            $"{organisations.Count} organisations are new here, and the list does not say their sector: {Named([.. organisations.Values])}. Which is it?", [.. sectors, new(Differ, "They differ: I say it for each"), new(No, "Leave their people out")], null, true);
        if (said.GetValueOrDefault(SectorId) != Differ) yield break;
        foreach (var (key, name) in organisations) yield return new($"{SectorId}.{key}", $"The sector of {name}", sectors, null, true);
    }

    public static Sector? SectorOf(string organisation, IReadOnlyDictionary<string, string> said) =>
        Enum.TryParse<Sector>(said.GetValueOrDefault(said.GetValueOrDefault(SectorId) == Differ ? $"{SectorId}.{organisation}" : SectorId),
            out var sector) && Enum.IsDefined(sector) ? sector : null;

    private static string Named(List<string> names) =>
        Joined.And([.. names.Take(MostNamed).Select(name => name.Length <= 60 ? name : name[..60] + "…")])
        + (names.Count > MostNamed ? " and more" : "");
}
