using System.Text.Json;
using System.Text.RegularExpressions;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>
/// Checks a JSON document against the few words of JSON Schema that our schemas use (type, properties, required,
/// additionalProperties, items, enum, const, minimum, pattern, $ref into $defs). A word it does not know is an error,
/// so a schema cannot quietly say more than is checked.
/// </summary>
internal sealed class SchemaCheck
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "title", "description", "$defs", "type", "properties", "required", "additionalProperties",
        "items", "enum", "const", "minimum", "pattern", "$ref",
    };

    private readonly JsonElement root;
    private readonly List<string> problems = [];

    private SchemaCheck(JsonElement root) => this.root = root;

    public static IReadOnlyList<string> Problems(string schema, ReadOnlyMemory<byte> json)
    {
        using var schemaDocument = JsonDocument.Parse(schema);
        using var document = JsonDocument.Parse(json);
        var check = new SchemaCheck(schemaDocument.RootElement);
        check.Walk(schemaDocument.RootElement, document.RootElement, "$");
        return check.problems;
    }

    private void Walk(JsonElement schema, JsonElement value, string path)
    {
        foreach (var word in schema.EnumerateObject())
            if (!Known.Contains(word.Name)) throw new NotSupportedException($"The schema says '{word.Name}', which is not checked.");
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Walk(root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value, path);
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !Is(value, type.GetString()!)) problems.Add($"{path}: not {type}");
        if (schema.TryGetProperty("const", out var constant)
            && constant.GetRawText() != value.GetRawText()) problems.Add($"{path}: not {constant}");
        if (schema.TryGetProperty("enum", out var options) && options.EnumerateArray().All(o => o.GetRawText() != value.GetRawText()))
            problems.Add($"{path}: {value} is not one of {options}");
        if (schema.TryGetProperty("minimum", out var minimum)
            && value.GetDecimal() < minimum.GetDecimal()) problems.Add($"{path}: below {minimum}");
        if (schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
            problems.Add($"{path}: {value} does not match {pattern}");
        if (value.ValueKind == JsonValueKind.Object) WalkObject(schema, value, path);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var i = 0;
            foreach (var element in value.EnumerateArray()) Walk(items, element, $"{path}[{i++}]");
        }
    }

    private void WalkObject(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) problems.Add($"{path}: lacks {name}");
        if (!schema.TryGetProperty("properties", out var properties)) return;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var inner)) Walk(inner, property.Value, $"{path}.{property.Name}");
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
                problems.Add($"{path}: {property.Name} is not in the schema");
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The schema says type '{type}', which is not checked."),
    };
}
