using System.Text.Json;

namespace Colead.Analysis.Instruments;

/// <summary>Writes an instrument in a fixed order of properties, languages by tag.</summary>
internal static class InstrumentWriter
{
    public static void Write(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartObject();
        json.WriteString("id", instrument.Id);
        json.WriteString("version", instrument.Version);
        json.WriteStartObject("languages");
        foreach (var (tag, review) in instrument.Languages.OrderBy(l => l.Key, StringComparer.Ordinal))
            json.WriteString(tag, InstrumentRules.ReviewWords[(int)review]);
        json.WriteEndObject();
        Texts(json, "titles", instrument.Titles);
        if (instrument.Stems.Count > 0) Texts(json, "stems", instrument.Stems);
        if (instrument.Help.Count > 0) Texts(json, "help", instrument.Help);
        if (instrument.Terms.Count > 0) Texts(json, "terms", instrument.Terms);
        WriteScale(json, instrument);
        json.WriteStartArray("dimensions");
        foreach (var dimension in instrument.Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("id", dimension.Id);
            Texts(json, "names", dimension.Names);
            Texts(json, "descriptions", dimension.Descriptions);
            if (dimension.Headings.Count > 0) Texts(json, "headings", dimension.Headings);
            if (dimension.Prompts.Count > 0) Texts(json, "prompts", dimension.Prompts);
            json.WriteStartArray("items");
            foreach (var item in dimension.Items)
            {
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                Texts(json, "texts", item.Texts);
                if (item.Descriptors.Count > 0) Texts(json, "descriptors", item.Descriptors);
                if (item.Hints.Count > 0)
                {
                    json.WriteStartObject("hints");
                    foreach (var (level, texts) in item.Hints.OrderBy(h => h.Key, StringComparer.Ordinal)) Texts(json, level, texts);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScale(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartObject("scale");
        json.WriteNumber("lowest", instrument.Scale.Lowest);
        json.WriteNumber("highest", instrument.Scale.Highest);
        Lists(json, "anchors", instrument.Anchors);
        if (instrument.Rows.Count > 0) Lists(json, "rows", instrument.Rows);
        if (instrument.SkewedNulls is { } nulls)
        {
            json.WriteStartObject("skewedNulls");
            json.WriteNumber("slight", nulls.Slight);
            json.WriteNumber("moderate", nulls.Moderate);
            json.WriteNumber("heavy", nulls.Heavy);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Lists(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        json.WriteStartObject(name);
        foreach (var (tag, texts) in lists.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            json.WriteStartArray(tag);
            foreach (var text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (var (tag, text) in texts.OrderBy(t => t.Key, StringComparer.Ordinal)) json.WriteString(tag, text);
        json.WriteEndObject();
    }
}
