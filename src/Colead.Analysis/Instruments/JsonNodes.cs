using System.Text;
using System.Text.Json;

namespace Colead.Analysis.Instruments;

/// <summary>A value of a JSON file that knows where it stands, so that a broken rule can be shown to its writer.</summary>
internal sealed record JsonNode(JsonTokenType Kind, int Offset)
{
    public string Text { get; init; } = "";

    public IReadOnlyList<JsonMember> Members { get; init; } = [];

    public IReadOnlyList<JsonNode> Elements { get; init; } = [];

    public JsonNode? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;

    public string KindInWords => Kind switch
    {
        JsonTokenType.StartObject => "an object { }",
        JsonTokenType.StartArray => "a list [ ]",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    /// <exception cref="JsonException">The bytes are not one well-formed JSON value.</exception>
    public static JsonNode Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 16 });
        reader.Read();
        var node = Read(ref reader);
        while (reader.Read()) { /* anything after the value makes the reader throw */ }
        return node;
    }

    private static JsonNode Read(ref Utf8JsonReader reader)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<JsonMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var at = (int)reader.TokenStartIndex;
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add(new(name, at, Read(ref reader)));
                }

                return new(JsonTokenType.StartObject, offset) { Members = members };
            case JsonTokenType.StartArray:
                var elements = new List<JsonNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) elements.Add(Read(ref reader));
                return new(JsonTokenType.StartArray, offset) { Elements = elements };
            case JsonTokenType.String:
                return new(JsonTokenType.String, offset) { Text = reader.GetString()! };
            default:
                return new(reader.TokenType, offset) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
        }
    }
}

internal sealed record JsonMember(string Name, int Offset, JsonNode Value);
