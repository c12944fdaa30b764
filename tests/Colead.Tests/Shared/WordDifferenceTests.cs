using Colead.Kit.Texts;

namespace Colead.Tests.Shared;

public class WordDifferenceTests
{
    private static string Say(string before, string after) =>
        string.Concat(WordDifference.Between(before, after).Select(piece => piece.Kind switch
    {
        DifferenceKind.Gone => $"[-{piece.Text}-]",
        DifferenceKind.New => $"{{+{piece.Text}+}}",
        _ => piece.Text,
    }));

    [Theory]
    [InlineData("Nobody eats alone.", "Nobody eats alone.", "Nobody eats alone.")]
    [InlineData("", "", "")]
    [InlineData("", "Nobody eats alone.", "{+Nobody eats alone.+}")]
    [InlineData("Nobody eats alone.", "", "[-Nobody eats alone.-]")]
    [InlineData("Nobody eats alone.", "Nobody over sixty eats alone.", "Nobody {+over sixty +}eats alone.")]
    [InlineData("Nobody eats alone.", "Nobody eats alone, ever.", "Nobody eats alone{+, ever+}.")]
    [InlineData("We meet every month.", "We meet twice a month.", "We meet [-every-]{+twice a+} month.")]
    [InlineData("one two three", "one five six", "one [-two three-]{+five six+}")]
    [InlineData("a line\r\nanother", "a line\nanother", "a line\nanother")]
    [InlineData("partner's", "partners'", "[-partner's-]{+partners'+}")]
    public void Between_TwoTexts_TellsTheWordsThatChanged(string before, string after, string said) =>
        Assert.Equal(said, Say(before, after));

    /// <summary>Whatever the texts, what is the same or gone is the old one, and what is the same or new is the new one.</summary>
    [Fact]
    public void Between_AnyTexts_KeepsBothWhole()
    {
        string[] words = ["we", "meet", " ", " ", "\n", ",", ".", "often", "’", "É", "👍"];
        var random = new Colead.Analysis.SeededRandom(7);
        string Text() => string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => words[random.Next(words.Length)]));
        for (var i = 0; i < 500; i++)
        {
            var (before, after) = (Text(), Text());
            var pieces = WordDifference.Between(before, after);
            Assert.Equal(before, string.Concat(pieces.Where(p => p.Kind != DifferenceKind.New).Select(p => p.Text)));
            Assert.Equal(after, string.Concat(pieces.Where(p => p.Kind != DifferenceKind.Gone).Select(p => p.Text)));
        }
    }

    [Fact]
    public void Between_TextsTooLongToCompare_IsQuick()
    {
        var (before, after) = (string.Join(' ', Enumerable.Range(0, 20_000)), string.Join(' ', Enumerable.Range(30_000, 20_000)));
        Assert.Equal([DifferenceKind.Gone, DifferenceKind.New], WordDifference.Between(before, after).Select(p => p.Kind));
    }
}
