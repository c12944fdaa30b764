using Colead.Parts.Vision;
using Colead.Parts.Vision.Fits;

namespace Colead.Tests.Vision;

public class FitPictureTests
{
    private static readonly FitPicture.Shared[] Shared = [new(1, "Nobody eats alone"), new(2, "Safe to get about")];
    private static readonly FitPicture.Partner[] Partners = [new(10, "Council"), new(20, "Carers"), new(30, "Ferries")];
    private static readonly FitPicture.Own[] Own = [new(100, 10, "Fewer cars"), new(200, 20, "Rest for carers")];

    private static FitPicture Of(params (long Shared, long Organisation, long? Own, FitWord Word)[] said) =>
        new(Shared, Partners, Own, [.. said.Select(s => new FitPicture.Said(s.Shared, s.Organisation, s.Own, s.Word))]);

    [Fact]
    public void Lists_NameWhatTheMatrixShows()
    {
        var picture = Of(
            (1, 10, 100, FitWord.Supports), (2, 10, 100, FitWord.Neutral),
            (1, 20, 200, FitWord.Neutral), (2, 20, 200, FitWord.Conflicts),
            (1, 30, null, FitWord.Neutral));
        Assert.Equal([CellWord.Supports, CellWord.Neutral], picture.Rows[0].Cells);
        Assert.Equal([CellWord.Neutral, CellWord.Conflicts], picture.Rows[1].Cells);
        Assert.Equal([CellWord.Neutral, CellWord.Unsaid], picture.Rows[2].Cells);
        Assert.Equal(["Safe to get about"], picture.Unowned.Select(aim => aim.Name));
        Assert.Equal(["Rest for carers"], picture.Unshared.Select(aim => aim.Aim.Name));
        Assert.Equal(["Carers"], picture.Unsupported.Select(partner => partner.Name)); // the ferries have not spoken of every aim
        Assert.Empty(picture.Silent);
        Assert.Equal("Nobody owns “Safe to get about”", picture.Headline);
    }

    [Fact]
    public void Cell_TakesOwnAimsAndTheWholeTogether()
    {
        var picture = Of((1, 10, 100, FitWord.Supports), (1, 10, null, FitWord.Conflicts), (2, 10, 100, FitWord.Neutral),
            (2, 10, null, FitWord.Supports));
        Assert.Equal([CellWord.Both, CellWord.Supports], picture.Rows[0].Cells);
        Assert.Empty(picture.Unowned);
        Assert.Equal(["Carers", "Ferries"], picture.Silent.Select(partner => partner.Name));
        Assert.Equal("Our aims fit, but for one conflict", picture.Headline);
    }

    [Fact]
    public void Cell_OfWhichAnythingWasSaidOfAnEarlierWording_SaysSo()
    {
        var picture =
            new FitPicture(Shared, Partners, Own, [new(1, 10, 100, FitWord.Supports), new(1, 10, null, FitWord.Supports, OfEarlier: true),
            new(2, 10, null, FitWord.Neutral)]);
        Assert.Equal([true, false], picture.Rows[0].OfEarlier);
        Assert.Equal([false, false], picture.Rows[1].OfEarlier);
    }

    [Fact]
    public void NobodyHasSpoken_NothingIsClaimed()
    {
        var picture = Of();
        Assert.Empty(picture.Unowned);
        Assert.Empty(picture.Unshared);
        Assert.Empty(picture.Unsupported);
        Assert.Equal("Two shared aims, and nobody has said how they fit", picture.Headline);
    }

    [Fact]
    public void WhatPartnersWhoLeftSaid_CountsNoMore()
    {
        var picture = new FitPicture(Shared, [Partners[0]], Own,
            [new(1, 20, 200, FitWord.Supports), new(1, 10, 100, FitWord.Neutral), new(2, 10, 100, FitWord.Neutral)]);
        Assert.Equal(2, picture.Unowned.Count);
        Assert.Equal(["Fewer cars"], picture.Unshared.Select(aim => aim.Aim.Name));
    }
}
