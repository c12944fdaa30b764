using System.Text.Json;
using System.Text.Json.Serialization;
using Colead.Analysis.Instruments;
using Colead.Storage;

namespace Colead.Parts.Importing;

/// <summary>What a column can hold beside answers and comments.</summary>
public enum GroupColumn
{
    Organisation,
    Sector,
    Level,
}

/// <summary>How a file of answers is to be understood: guessed, then confirmed by a person. Kept as JSON between the steps.</summary>
public sealed record AnswersReading
{
    public const int NotThere = -1;

    /// <summary>Hash of the instrument that was answered.</summary>
    public required string Instrument { get; init; }
    /// <summary>The column of each statement, by its id; -1: declared absent.</summary>
    public Dictionary<string, int> Statements { get; init; } = new(StringComparer.Ordinal);
    /// <summary>Statements whose column is a guess that a person should look at.</summary>
    public HashSet<string> Unsure { get; init; } = new(StringComparer.Ordinal);
    public List<int> Comments { get; init; } = [];
    /// <summary>Columns of organisation, sector and level; -1: declared absent.</summary>
    public Dictionary<GroupColumn, int> Groups { get; init; } = [];
    /// <summary>Columns that tell people apart: a number or token of theirs, an address. Looked at for doubles only, and dropped.</summary>
    public List<int> People { get; init; } = [];
    /// <summary>When an answer was sent, in files that also hold answers begun and left; -1: no such column.</summary>
    public int Sent { get; init; } = NotThere;
    /// <summary>Hashes of other instruments that fit as well as this one.</summary>
    public List<string> Rivals { get; init; } = [];
    /// <summary>Answers to questions about the file and its answers, by their ids.</summary>
    public Dictionary<string, string> Said { get; init; } = new(StringComparer.Ordinal);
    /// <summary>Codes (see <see cref="Answer.Code"/>) of words that we do not know, by key.</summary>
    public Dictionary<string, byte> Words { get; init; } = new(StringComparer.Ordinal);
    public Dictionary<string, long> Organisations { get; init; } = new(StringComparer.Ordinal);
    public Dictionary<string, Sector> Sectors { get; init; } = new(StringComparer.Ordinal);
    public Dictionary<string, Level> Levels { get; init; } = new(StringComparer.Ordinal);

    public int this[GroupColumn group] => Groups.GetValueOrDefault(group, NotThere);

    public int ColumnOf(string statement) => Statements.GetValueOrDefault(statement, NotThere);

    /// <summary>Columns of the file that are kept; all others are dropped.</summary>
    [JsonIgnore]
    public IEnumerable<int> Used => Statements.Values.Concat(Comments).Concat(Groups.Values).Where(column => column >= 0);

    /// <summary>The instruments that would fit as well, once one of them is chosen; none where another is.</summary>
    public List<string> OthersThan(string chosen) => Rivals.Contains(chosen) ? [.. Rivals.Append(Instrument).Where(hash => hash != chosen)]
        : [];

    public string Write() => JsonSerializer.Serialize(this);

    public static AnswersReading? Read(string json) => json.Length == 0 ? null : JsonSerializer.Deserialize<AnswersReading>(json);
}
