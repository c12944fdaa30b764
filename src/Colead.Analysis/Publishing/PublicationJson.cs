using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// The JSON form of a publication (docs/schemas/publication.schema.json): properties in a fixed order, invariant
/// numbers with the digits shown, absent figures left out. The same publication always gives the same bytes, and the
/// hash of these bytes is its seal.
/// </summary>
public static class PublicationJson
{
    /// <summary>The JSON schema of publications, which says what each field means.</summary>
    public static string Schema
    {
        get
        {
            using var reader = new StreamReader(typeof(PublicationJson)
                .Assembly.GetManifestResourceStream("Colead.Analysis.Publishing.publication.schema.json")!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    public static byte[] Write(Publication publication) =>
        JsonSerializer.SerializeToUtf8Bytes(publication, PublicationContext.Default.Publication);

    public static byte[] Write(CommentRelease comments) =>
        JsonSerializer.SerializeToUtf8Bytes(comments, PublicationContext.Default.CommentRelease);

    /// <exception cref="FormatException">The text is no release of comments.</exception>
    public static CommentRelease ReadComments(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PublicationContext.Default.CommentRelease)
                ?? throw new FormatException("This is no release of comments.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no release of comments: {e.Message}", e);
        }
    }

    /// <exception cref="FormatException">The text is not a publication of a known form.</exception>
    public static Publication Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var publication = JsonSerializer.Deserialize(json, PublicationContext.Default.Publication);
            return publication is { Format: >= Publisher.FirstFormat and <= Publisher.Format }
                ? publication
                : throw new FormatException($"This is not a publication of format {Publisher.FirstFormat} to {Publisher.Format}.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is not a publication: {e.Message}", e);
        }
    }

    /// <summary>SHA-256 of the JSON form, in lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}

/// <summary>Enumerations are written as codes in camel case.</summary>
public sealed class CodeConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(CodeConverter<Withheld>), typeof(CodeConverter<HeadlineKind>), typeof(CodeConverter<FindingKind>),
        typeof(CodeConverter<Certainty>), typeof(CodeConverter<CoarsePart>), typeof(CodeConverter<TestFamily>),
            typeof(CodeConverter<NotTested>),
    ])]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(CommentRelease))]
internal sealed partial class PublicationContext : JsonSerializerContext;
