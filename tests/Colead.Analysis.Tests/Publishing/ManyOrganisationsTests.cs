using Colead.Analysis.Publishing;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>What is made for a round grows with its people and organisations, not with organisations times organisations.</summary>
public class ManyOrganisationsTests
{
    [Fact]
    public void Publish_FourTimesAsManyOrganisations_MakesAboutFourTimesAsMuch()
    {
        Allocated(20); // what is made once
        var (few, many) = (Allocated(300), Allocated(1200));
        Assert.InRange((double)many / few, 1, 6); // squared it would be sixteen
    }

    private static long Allocated(int organisations)
    {
        var (round, _) = RoundMaker.Partnership(4, organisations, perOrganisation: 12);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var publication = Publisher.Publish(round);
        var made = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(organisations, publication.Members.Organisations.Count);
        return made;
    }
}
