using System.Text;
using System.Text.Json;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Tests;

public class InstrumentFileTests
{
    private static readonly string Agreement = Encoding.UTF8.GetString(ShippedInstruments.FileOf("agreement-5"));

    [Fact]
    public void ShippedInventory_Shape_IsThirtyStatementsOnTwelvePoints()
    {
        var inventory = ShippedInstruments.Inventory12;
        Assert.Equal([6, 4, 4, 4, 4, 4, 4], inventory.Dimensions.Select(d => d.Items.Count));
        Assert.Equal(["vision", "outcome", "levels", "partnership", "action", "systems", "skills"], inventory.Dimensions.Select(d => d.Id));
        Assert.Equal("Leadership at every level", inventory.Dimensions[2].Names["en"]);
        Assert.Equal(new Scale(1, 12), inventory.Scale);
        Assert.Null(inventory.SkewedNulls);
        Assert.Equal(LanguageReview.AwaitingReview, inventory.Languages["cy"]);
        Assert.Equal("cv1", inventory.Items[0].Id);
        Assert.Equal("sb4", inventory.Items[^1].Id);
    }

    [Fact]
    public void ShippedAgreement_Shape_AsksTheSameStatementsOnFivePoints()
    {
        Assert.Equal(Scale.FivePoint, ShippedInstruments.Agreement5.Scale);
        Assert.Equal(SkewedNulls.FivePoint, ShippedInstruments.Agreement5.SkewedNulls);
        Assert.Equal(ShippedInstruments.Inventory12.Items.Select(i => i.Texts["cy"]),
            ShippedInstruments.Agreement5.Items.Select(i => i.Texts["cy"]));
    }

    [Fact]
    public void Find_UnknownName_IsNull()
    {
        Assert.Same(ShippedInstruments.Inventory12, ShippedInstruments.Find("inventory-12"));
        Assert.Null(ShippedInstruments.Find("inventory-13"));
    }

    [Fact]
    public void Write_ThenRead_IsTheSameToTheByte()
    {
        foreach (var instrument in ShippedInstruments.All)
        {
            var written = InstrumentFile.Write(instrument);
            var again = InstrumentFile.Read(written).Instrument!;
            Assert.Equal(written, InstrumentFile.Write(again));
            Assert.Equal(InstrumentFile.ContentHash(instrument), InstrumentFile.ContentHash(again));
        }
    }

    [Fact]
    public void ContentHash_OtherLayout_IsTheSameAndOtherWords_Differ()
    {
        var hash = InstrumentFile.ContentHash(ShippedInstruments.Agreement5);
        var squeezed = Encoding.UTF8.GetString(InstrumentFile.Write(ShippedInstruments.Agreement5))
            .Replace("ô", "\\u00F4", StringComparison.Ordinal);
        Assert.NotEqual(Agreement, squeezed);
        Assert.Equal(hash, InstrumentFile.ContentHash(InstrumentFile.Read(squeezed).Instrument!));
        Assert.NotEqual(hash, InstrumentFile.ContentHash(InstrumentFile.Read(Agreement.Replace("a favour", "a gift",
            StringComparison.Ordinal)).Instrument!));
        Assert.Equal(64, hash.Length);
    }

    [Fact]
    public void Read_ByteOrderMark_IsAllowed() =>
        Assert.NotNull(InstrumentFile.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Agreement)]).Instrument);

    [Theory]
    [InlineData("\"id\": \"cv2\"", "\"id\": \"cv1\"", "Another statement has the id \"cv1\" already.")]
    [InlineData("\"id\": \"outcome\"", "\"id\": \"vision\"", "Another dimension has the id \"vision\" already.")]
    [InlineData("\"id\": \"cv3\"", "\"id\": \"CV 3\"",
        "An id is up to 40 small letters, digits, hyphens and underscores, beginning with a letter or digit.")]
    [InlineData("\"highest\": 5", "\"highest\": 13", "A scale has 2 to 12 options; 1 to 13 makes 13.")]
    [InlineData("\"highest\": 5", "\"highest\": \"five\"", "\"highest\" must be a number; this is a text.")]
    [InlineData("\"highest\": 5", "\"highest\": 5.5", "This must be a whole number between -1000 and 1000.")]
    [InlineData("\"Disagree\",", "", "The scale has 5 options but 4 anchors stand here; each option needs one.")]
    [InlineData("\"Agree\",", "\" \",", "There is no text here.")]
    [InlineData("\"Outcome focus\",", "\"Outcome\\nfocus\",", "This text holds a line break or another control character.")]
    [InlineData("\"cy\": \"Canolbwyntio ar ganlyniadau\"", "\"fr\": \"Résultats\"", "The name in language \"cy\" is missing.")]
    [InlineData("\"cy\": \"Canolbwyntio ar ganlyniadau\"", "\"fr\": \"Résultats\"", "\"fr\" is not among the instrument's languages.")]
    [InlineData("\"awaiting review\"", "\"translated\"", "The review of a language is \"reviewed\" or \"awaiting review\".")]
    [InlineData("\"version\": \"1.0\",", "", "\"version\" is missing here.")]
    [InlineData("\"version\": \"1.0\",", "\"version\": \"1.0\", \"colour\": \"red\",",
        "\"colour\" is not a property of an instrument; known are $schema, id, version, languages, titles, stems, help, terms, scale, dimensions.")]
    [InlineData("\"version\": \"1.0\",", "\"version\": \"1.0\", \"version\": \"1.1\",", "\"version\" stands here twice.")]
    [InlineData("\"slight\": 1.34", "\"slight\": 2.5",
        "Variances of skewed nulls fall from slight to heavy and lie between 0 and the uniform variance 2.")]
    public void Read_BrokenRule_IsRefusedWithItsReason(string was, string becomes, string reason)
    {
        var reading = InstrumentFile.Read(ReplaceFirst(Agreement, was, becomes));
        Assert.Null(reading.Instrument);
        Assert.Contains(reason, reading.Problems.Select(p => p.Reason));
    }

    [Fact]
    public void Read_TwoBrokenRules_NamesBothPlaces()
    {
        var broken = ReplaceFirst(ReplaceFirst(Agreement, "\"highest\": 5", "\"highest\": 40"), "\"id\": \"cv2\"", "\"id\": \"cv1\"");
        var problems = InstrumentFile.Read(broken).Problems;
        Assert.Equal(2, problems.Count);
        var lines = broken.Split('\n');
        Assert.Equal("40", lines[problems[0].Line - 1].Substring(problems[0].Column - 1, 2));
        Assert.Equal("\"cv1\"", lines[problems[1].Line - 1].Substring(problems[1].Column - 1, 5));
    }

    [Fact]
    public void Read_ColumnAfterAccents_IsCountedInCharacters()
    {
        var problem = Assert.Single(InstrumentFile.Read(ReplaceFirst(Agreement, "\"cy\": \"Rhestr",
            "\"cy\": \"Gŵyl ddŵr\", \"xx\": \"Rhestr")).Problems);
        var line = ReplaceFirst(Agreement, "\"cy\": \"Rhestr", "\"cy\": \"Gŵyl ddŵr\", \"xx\": \"Rhestr").Split('\n')[problem.Line - 1];
        Assert.Equal("\"xx\"", line.Substring(problem.Column - 1, 4));
    }

    [Fact]
    public void Read_BrokenJson_NamesLineAndColumn()
    {
        var problem = Assert.Single(InstrumentFile.Read("{\n  \"id\": oops\n}").Problems);
        Assert.Equal((2, 9), (problem.Line, problem.Column));
        Assert.StartsWith("The JSON is broken here:", problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{} {}")]
    public void Read_NoInstrumentAtAll_IsRefused(string json)
    {
        var reading = InstrumentFile.Read(json);
        Assert.Null(reading.Instrument);
        Assert.NotEmpty(reading.Problems);
    }

    [Fact]
    public void Read_NotUtf8_NamesThePlace()
    {
        byte[] bytes = [.. "{\n \"id\": \"caf"u8, 0xE9, .. "\" }"u8];
        var problem = Assert.Single(InstrumentFile.Read(bytes).Problems);
        Assert.Equal((2, 12), (problem.Line, problem.Column));
    }

    [Fact]
    public void Read_TooManyStatements_IsRefusedAtTheFirstTooMany()
    {
        string Items(int d, int n) => string.Join(',', Enumerable.Range(1, n).Select(i => $$$"""{"id":"i{{{d}}}-{{{i}}}","texts":{"en":"x"}}"""));
        string Json(int dimensions, int items) => $$$"""
            {"id":"many","version":"1","languages":{"en":"reviewed"},"titles":{"en":"Many"},
            "scale":{"lowest":0,"highest":1,"anchors":{"en":["no","yes"]}},
            "dimensions":[{{{string.Join(",\n", Enumerable.Range(1, dimensions).Select(d => $$"""{"id":"d{{d}}","names":{"en":"n"},"descriptions":{"en":"d"},"items":[{{Items(d, items)}}]}"""))}}}]}
            """;
        Assert.Equal(60, InstrumentFile.Read(Json(5, 12)).Instrument!.ItemCount);
        var problem = Assert.Single(InstrumentFile.Read(Json(6, 11)).Problems);
        Assert.Equal("An instrument has at most 60 statements; this is one too many.", problem.Reason);
        Assert.Equal(3 + 5, problem.Line);
        Assert.Contains("12 dimensions", Assert.Single(InstrumentFile.Read(Json(13, 1)).Problems).Reason, StringComparison.Ordinal);
        Assert.Contains("12 statements", Assert.Single(InstrumentFile.Read(Json(1, 13)).Problems).Reason, StringComparison.Ordinal);
        Assert.Contains("1 to 12 statements", Assert.Single(InstrumentFile.Read(Json(1, 0)).Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_Limits_AreThoseOfTheReader()
    {
        using var schema = JsonDocument.Parse(InstrumentFile.Schema);
        var dimensions = schema.RootElement.GetProperty("properties").GetProperty("dimensions");
        Assert.Equal(12, dimensions.GetProperty("maxItems").GetInt32());
        Assert.Equal(12, dimensions.GetProperty("items").GetProperty("properties").GetProperty("items").GetProperty("maxItems").GetInt32());
        Assert.Equal(
            ["dimensions", "id", "languages", "scale", "titles", "version"],
            schema.RootElement.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ColumnNames_OracleColumns_AreDimensionsInTheOrderOfTheirNumbers()
    {
        var instrument = ColumnNames.ToInstrument(["d10_1", "level", "d2_1", "d1_2", "d1_1", "d0_1", "d1_", "dx_1", "d1_007"])!;
        Assert.Equal(["d1", "d2", "d10"], instrument.Dimensions.Select(d => d.Id));
        Assert.Equal(["d1_1", "d1_2", "d2_1", "d10_1"], instrument.Items.Select(i => i.Id));
        Assert.Null(ColumnNames.ToInstrument(["level", "round"]));
    }

    private static string ReplaceFirst(string text, string was, string becomes)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, was);
        return text[..at] + becomes + text[(at + was.Length)..];
    }
}
