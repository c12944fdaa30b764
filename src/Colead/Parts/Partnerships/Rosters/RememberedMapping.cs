using System.Text.Json;
using Colead.Kit.Tables;
using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>What was said of one list of people, for the next: which heading is which column, and what words mean.</summary>
internal sealed record RememberedMapping(Dictionary<string, RosterColumn> Columns, Dictionary<string, Level> Levels, Dictionary<string,
    Sector> Sectors)
{
    private const int LongestHeading = 80, MostWords = 200;

    /// <summary>Null where nothing was kept, or what was kept is of another version of the program.</summary>
    public static RememberedMapping? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<RememberedMapping>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(TableFile file, RosterReading reading)
    {
        var columns = new Dictionary<string, RosterColumn>(StringComparer.Ordinal);
        foreach (var (column, place) in reading.Columns.Places)
            if (place >= 0 && place < file.Headers.Count
                && file.Headers[place].Length is > 0 and <= LongestHeading) columns.TryAdd(ShortText.Key(file.Headers[place]), column);
        return JsonSerializer.Serialize(new RememberedMapping(columns, Words(reading.Levels), Words(reading.Sectors)));
    }

    /// <summary>The guess, with what was said before over it.</summary>
    public RosterReading Over(RosterReading guess, TableFile file)
    {
        var places = new Dictionary<RosterColumn, int>(guess.Columns.Places);
        for (var place = 0; place < file.Headers.Count; place++)
        {
            if (!Columns.TryGetValue(ShortText.Key(file.Headers[place]), out var column) || !Enum.IsDefined(column)
                || places.GetValueOrDefault(column, -1) == place) continue;
            foreach (var taken in places.Where(taken => taken.Value == place).Select(taken => taken.Key).ToList()) places.Remove(taken);
            places[column] = place;
        }
        return guess with { Columns = new RosterColumns(places), Levels = Levels, Sectors = Sectors };
    }

    private static Dictionary<string, T> Words<T>(IReadOnlyDictionary<string, T> words) => words.Take(MostWords)
        .ToDictionary(word => word.Key, word => word.Value, StringComparer.Ordinal);
}
