using System.Text.Json;
using Colead.Analysis;

namespace Colead.Commands.Analyse;

/// <summary>Figures in JSON: an absent one is null.</summary>
internal static class JsonFigures
{
    /// <summary>Passes on what was written from time to time, so that long output does not pile up in memory.</summary>
    public static void FlushWhenLong(this Utf8JsonWriter json)
    {
        if (json.BytesPending > 1 << 18) json.Flush();
    }

    public static void WriteFigure(this Utf8JsonWriter json, string name, Figure figure)
    {
        if (figure.OrNull is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    public static void WriteFigure(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    public static void WriteCount(this Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    /// <summary>A list; a list of one stands without brackets, as in R's unboxed JSON, whose names this output bears.</summary>
    public static void WriteList<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<T> write)
    {
        json.WritePropertyName(name);
        if (values.Count == 1)
        {
            write(values[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var value in values) write(value);
        json.WriteEndArray();
    }

    public static void WriteNames(this Utf8JsonWriter json, string name, IReadOnlyList<string> names) =>
        json.WriteList(name, names, json.WriteStringValue);

    public static void WriteNumbers(this Utf8JsonWriter json, string name, IReadOnlyList<double> numbers) =>
        json.WriteList(name, numbers, json.WriteNumberValue);

    public static void WriteFigures(this Utf8JsonWriter json, string name, IReadOnlyList<Figure> figures) =>
        json.WriteList(name, figures, figure =>
        {
            if (figure.OrNull is { } value) json.WriteNumberValue(value);
            else json.WriteNullValue();
        });
}
