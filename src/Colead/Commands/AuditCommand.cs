using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colead.Analysis.Disclosure;

namespace Colead.Commands;

/// <summary><c>colead audit VIEWS.json</c>: does a set of views leak, and which group?</summary>
public static class AuditCommand
{
    /// <summary>The views leak (or nothing could be proved).</summary>
    public const int Leak = 1;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var file = new Argument<string>("VIEWS.json") { Description = "One set of views {\"k\": 5, \"cells\": {\"name\": [\"respondent\", ...]}}, or several under names of their own." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON: k, verdict, decided, primary_violations, exposed_groups." };
        var command = new Command("audit", "Tells whether a set of views gives away a group of fewer than k people, and which.\n" +
            "Exit codes: 0 every set passes, 1 a set leaks or could not be decided, 65 something wrong in the file, 66 the file cannot be read.")
        {
            file,
            json,
        };
        command.SetAction(parse => Run(
            parse.GetRequiredValue(file), parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    internal static int Run(string path, bool json, TextWriter output, TextWriter error)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path} cannot be read: {e.Message}");
            return ExitCodes.NoInput;
        }

        List<(string Name, ViewSet Views)> sets;
        bool single;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            (sets, single) = Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            error.WriteLine($"{path}: {e.Message}");
            return ExitCodes.BadData;
        }

        var verdicts = sets.ConvertAll(s => (s.Name, s.Views, Verdict: ViewSetAudit.Run(s.Views)));
        if (json) WriteJson(verdicts, single, output);
        else
            foreach (var (name, views, verdict) in verdicts) WriteText(name, views, verdict, output);
        return verdicts.TrueForAll(v => v.Verdict.Passes) ? ExitCodes.Ok : Leak;
    }

    private static (List<(string Name, ViewSet Views)> Sets, bool Single) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("expected an object with \"k\" and \"cells\", or several such by name.");
        if (root.TryGetProperty("cells", out var own) && IsCells(own)) return ([("views", ReadSet("views", root))], true);
        var sets = root.EnumerateObject().Select(p => (p.Name, ReadSet(p.Name, p.Value))).ToList();
        return sets.Count > 0 ? (sets, false) : throw new FormatException("there is no set of views in it.");
    }

    /// <summary>A set named "cells" holds an object with cells of its own; cells hold lists.</summary>
    private static bool IsCells(JsonElement element) => element.ValueKind != JsonValueKind.Object
        || !element.TryGetProperty("cells", out var inner) || inner.ValueKind == JsonValueKind.Array;

    private static ViewSet ReadSet(string name, JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("cells", out var cells) || cells.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{name} has no \"cells\" object.");
        if (!set.TryGetProperty("k", out var threshold) || threshold.ValueKind != JsonValueKind.Number || !threshold.TryGetInt32(out var k)
            || k < 1)
            throw new FormatException($"{name} needs \"k\", a whole number of at least 1.");
        var read = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        foreach (var cell in cells.EnumerateObject())
        {
            if (cell.Value.ValueKind != JsonValueKind.Array) throw new FormatException($"{name}: cell \"{cell.Name}\" is not a list of respondents.");
            var people = new HashSet<string>(StringComparer.Ordinal);
            foreach (var person in cell.Value.EnumerateArray())
            {
                var id = person.ValueKind switch
                {
                    JsonValueKind.String => person.GetString()!,
                    JsonValueKind.Number => person.GetRawText(),
                    _ => throw new FormatException($"{name}: cell \"{cell.Name}\" holds something that is not a respondent's name."),
                };
                if (!people.Add(id)) throw new FormatException($"{name}: cell \"{cell.Name}\" names {id} twice.");
            }

            if (!read.TryAdd(cell.Name, people)) throw new FormatException($"{name} has two cells called \"{cell.Name}\".");
        }

        return new(k, read);
    }

    private static void WriteText(string name, ViewSet views, ViewSetVerdict verdict, TextWriter output)
    {
        output.WriteLine($"{name}: {(verdict.Passes ? "PASS" : "FAIL")} (k = {views.Threshold}, {views.Cells.Count} cells)");
        if (verdict.Passes) output.WriteLine("  No group of fewer than k people can be worked out from these cells.");
        foreach (var cell in verdict.PrimaryViolations) output.WriteLine($"  Cell \"{cell}\" has only {views.Cells[cell].Count}.");
        foreach (var group in verdict.ExposedGroups) output.WriteLine($"  A group of {group.Count} can be worked out: {string.Join(", ", group)}");
        if (!verdict.Decided) output.WriteLine("  Too large to decide within the bound: nothing is proved, so it fails.");
    }

    private static void WriteJson(List<(string Name, ViewSet Views, ViewSetVerdict Verdict)> verdicts, bool single, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            if (!single) writer.WriteStartObject();
            foreach (var (name, views, verdict) in verdicts)
            {
                if (!single) writer.WritePropertyName(name);
                writer.WriteStartObject();
                writer.WriteNumber("k", views.Threshold);
                writer.WriteString("verdict", verdict.Passes ? "PASS" : "FAIL");
                writer.WriteBoolean("decided", verdict.Decided);
                writer.WriteStartArray("primary_violations");
                foreach (var cell in verdict.PrimaryViolations) writer.WriteStringValue(cell);
                writer.WriteEndArray();
                writer.WriteStartArray("exposed_groups");
                foreach (var group in verdict.ExposedGroups)
                {
                    writer.WriteStartArray();
                    foreach (var person in group) writer.WriteStringValue(person);
                    writer.WriteEndArray();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            if (!single) writer.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
