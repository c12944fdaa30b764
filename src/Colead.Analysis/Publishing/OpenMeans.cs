using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Matching;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// What a network reads of a partnership's publication: the open tier's dimension means of the whole partnership. The
/// open tier stands first in the JSON form, so thousands of publications are read without their other views.
/// </summary>
public static class OpenMeans
{
    /// <summary>Means in the order of the publication's dimensions; a withheld mean, or one shown as a band, is absent.</summary>
    /// <exception cref="FormatException">This is not a publication of a known form.</exception>
    public static PublishedPartnership Read(string name, ReadOnlySpan<byte> publication)
    {
        try
        {
            var json = new Utf8JsonReader(publication);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);
            To(ref json, "format"u8);
            Expect(json.Read() && json.GetInt32() is >= Publisher.FirstFormat and <= Publisher.Format);
            To(ref json, "open"u8);
            Enter(ref json);
            To(ref json, "all"u8);
            Enter(ref json);
            var invited = ToDimensions(ref json);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartArray);
            var means = new List<PublishedMean>();
            while (json.Read() && json.TokenType == JsonTokenType.StartObject) means.Add(Cell(ref json, invited));
            return new(name, means);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"This is not a publication: {e.Message}", e);
        }
    }

    private static PublishedMean Cell(ref Utf8JsonReader json, long? invited)
    {
        long? count = null;
        double? mean = null, low = null, high = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("people"u8))
            {
                json.Read();
                count = long.Parse(json.GetString()!, CultureInfo.InvariantCulture);
            }
            else if (json.ValueTextEquals("peoplePart"u8))
            {
                json.Read();
                Expect(json.ValueTextEquals("threeFifths"u8));
                count = Math.Max(Disclosure.Thresholds.FewestForDetails, new SaidCount(null, CoarsePart.ThreeFifths).Least(invited));
            }
            else if (json.ValueTextEquals("mean"u8)) mean = Number(ref json);
            else if (json.ValueTextEquals("low"u8)) low = Number(ref json);
            else if (json.ValueTextEquals("high"u8)) high = Number(ref json);
            else json.Skip();
        }

        return new(
            count ?? (mean is null ? 0 : Disclosure.Thresholds.FewestForDetails), // a mean of the open tier rests on so many, said or not
            mean is { } m ? Figure.Of(m) : Figure.Absent(Absence.TooFewAnswers),
            low is { } from && high is { } to ? new(from, to, IntervalMethod.ModeratedTFinitePopulation, GroupMean.Level) : null);
    }

    private static double Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetDouble();
    }

    /// <summary>The same for the dimensions, noting how many were invited on the way.</summary>
    private static long? ToDimensions(ref Utf8JsonReader json)
    {
        long? invited = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("dimensions"u8)) return invited;
            if (json.ValueTextEquals("invited"u8))
            {
                json.Read();
                invited = json.GetInt64();
            }
            else json.Skip();
        }

        throw new FormatException("This is not a publication: a part of it is missing.");
    }

    /// <summary>Moves to a property of the object the reader is in, passing over those before it.</summary>
    private static void To(ref Utf8JsonReader json, ReadOnlySpan<byte> property)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(property)) return;
            json.Skip();
        }

        throw new FormatException("This is not a publication: a part of it is missing.");
    }

    private static void Enter(ref Utf8JsonReader json) => Expect(json.Read() && json.TokenType == JsonTokenType.StartObject);

    private static void Expect(bool condition)
    {
        if (!condition) throw new FormatException($"This is not a publication of format {Publisher.FirstFormat} to {Publisher.Format}.");
    }
}
