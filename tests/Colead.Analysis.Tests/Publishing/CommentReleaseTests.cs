using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;

namespace Colead.Analysis.Tests.Publishing;

public class CommentReleaseTests
{
    [Fact]
    public void Of_NineQuestionnaires_ReleasesNothing() =>
        Assert.Empty(CommentRelease.Of("seal", [new("Well led", "vision")], 9, Thresholds.Standard).Comments);

    [Fact]
    public void Of_TenQuestionnaires_NamesADimensionOnlyWhereTenWroteThere()
    {
        var comments = Enumerable.Range(0, 10).Select(i => new Comment($"about vision {i}", "vision"))
            .Concat(Enumerable.Range(0, 9).Select(i => new Comment($"about action {i}", "action"))).ToList();
        var released = CommentRelease.Of("seal", comments, 20, Thresholds.Standard).Comments;
        Assert.Equal(19, released.Count);
        Assert.All(released, c => Assert.Equal(c.Text.Contains("vision", StringComparison.Ordinal) ? "vision" : null, c.Dimension));
    }

    [Fact]
    public void Of_AnyOrderOfWriting_ReleasesInTheSameOrder()
    {
        var comments = Enumerable.Range(0, 30).Select(i => new Comment($"comment {i}", null)).ToArray();
        var first = CommentRelease.Of("seal", comments, 30, Thresholds.Standard).Comments;
        var shuffled = (Comment[])comments.Clone();
        new SeededRandom(3).Shuffle(shuffled.AsSpan());
        Assert.Equal(first, CommentRelease.Of("seal", shuffled, 30, Thresholds.Standard).Comments);
        Assert.NotEqual(comments.Select(c => c.Text), first.Select(c => c.Text));
        Assert.NotEqual(first, CommentRelease.Of("another seal", comments, 30, Thresholds.Standard).Comments);
    }

    [Fact]
    public void Json_OfARelease_ReadsBackAsItWas()
    {
        var release =
            CommentRelease.Of("seal", [.. Enumerable.Range(0, 12).Select(i => new Comment($"Comment \"{i}\"", i < 11 ? "vision" : null))],
            30, Thresholds.Standard);
        var json = PublicationJson.Write(release);
        Assert.Equal(json, PublicationJson.Write(PublicationJson.ReadComments(json)));
        Assert.Equal(release.Comments, PublicationJson.ReadComments(json).Comments);
        Assert.Throws<FormatException>(() => PublicationJson.ReadComments("[1]"u8));
    }
}
