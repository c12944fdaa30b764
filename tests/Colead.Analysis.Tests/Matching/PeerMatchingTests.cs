using Colead.Analysis.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Matching;

public class PeerMatchingTests
{
    private static MatchCandidate Candidate(string name, params double[] scores) =>
        new(name, 20, true, Array.ConvertAll(scores, Figure.Of));

    [Fact]
    public void Offers_ComplementaryPartnerships_FindEachOther()
    {
        // Scores 1, 2, 3 twice turned: median 2, standard deviation 1 in both dimensions.
        var matching = new PeerMatching([Candidate("A", 1, 3), Candidate("B", 3, 1), Candidate("C", 2, 2)]);
        Assert.Equal(-1, matching.Z(0, 0), 1e-12);
        Assert.Equal(1, matching.Help(1, 0), 1e-12);
        var offers = matching.Offers(0);
        Assert.Equal(new PeerOffer(1, 1, 1, 1), offers[0]);
        Assert.Equal(2, offers[1].Candidate); // no use to each other, but still among the five
        Assert.Equal(0, offers[1].Mutual);
        Assert.True(matching.IsMentor(2)); // at the median everywhere: no needs
        Assert.Empty(matching.Offers(2));
    }

    [Fact]
    public void Offers_Equals_GoByName()
    {
        var matching = new PeerMatching([
            Candidate("Ours", 1, 4), Candidate("Tay", 4, 1), Candidate("Dee", 4, 1), Candidate("Esk", 4, 1),
            Candidate("Don", 4, 1), Candidate("Ness", 4, 1), Candidate("Awe", 4, 1), Candidate("Lyon", 1, 4), Candidate("Mid", 2, 2),
            .. Enumerable.Repeat(Candidate("Aloof", 1, 4) with { OptedIn = false }, 5)]);
        Assert.Equal([6, 2, 4, 3, 5], matching.Offers(0).Select(o => o.Candidate));
    }

    [Fact]
    public void Offers_OptedOutOrFewAnswersOrOtherContext_AreNotMade()
    {
        var matching = new PeerMatching([
            Candidate("A", 1, 3), Candidate("B", 3, 1) with { OptedIn = false }, Candidate("C", 3, 1) with { Answered = 9 },
            Candidate("D", 3, 1), Candidate("E", 2.5, 1.5)]);
        Assert.Equal([3, 4], matching.Offers(0).Select(o => o.Candidate));
        Assert.Equal([4], matching.Offers(0, (_, b) => b != 3).Select(o => o.Candidate));
        Assert.Empty(matching.Offers(1));
        Assert.Empty(matching.Offers(2));
        Assert.Equal(0, matching.Z(2, 0)); // too few answered: no part in anything
    }

    [Fact]
    public void Mentors_StrongEverywhere_AreOfferedForWhatTheyAreStrongIn()
    {
        var matching = new PeerMatching([
            Candidate("Needy", 1, 2), Candidate("Star", 4, 4), Candidate("Good", 3, 4), Candidate("Plain", 2, 2), Candidate("Low", 1, 1)]);
        Assert.Equal([1, 2, 3], matching.Mentors(0).Select(o => o.Candidate));
        Assert.True(matching.Mentors(0)[0].HelpReceived > matching.Mentors(0)[1].HelpReceived);
        Assert.Empty(matching.Mentors(1));
    }

    [Fact]
    public void Matching_MissingOrEqualScores_AreNeitherNeedNorStrength()
    {
        var absent = Figure.Absent(Absence.TooFewAnswers);
        var matching = new PeerMatching([
            new("A", 20, true, [absent, Figure.Of(3)]), new("B", 20, true, [Figure.Of(1), Figure.Of(3)]),
                new("C", 20, true, [Figure.Of(4), Figure.Of(3)])]);
        Assert.Equal(0, matching.Z(0, 0));
        Assert.Equal(0, matching.Z(1, 1));
        Assert.Empty(new PeerMatching([Candidate("alone", 1, 2)]).Offers(0));
        Assert.Throws<ArgumentException>(() => new PeerMatching([Candidate("A", 1), Candidate("B", 1, 2)]));
    }

    [Fact]
    public void Matching_AnyScores_IsMutualAndIndifferentToOrderAndScale()
    {
        var sets = Gen.Choose(0, 40).Three().Select(s => new[] { s.Item1 / 8.0, s.Item2 / 8.0, s.Item3 / 8.0 })
            .ArrayOf().Where(a => a.Length > 1).Select(a => a.Take(15).ToArray()).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20261121, 17), Prop.ForAll(sets, scores =>
        {
            var n = scores.Length;
            var straight = new PeerMatching([.. scores.Select((s, i) => Candidate($"P{i:00}", s))]);
            var turned = new PeerMatching([.. scores.Select((s, i) => Candidate($"P{i:00}", Array.ConvertAll(s, x => 2 * x + 1)))
                .Reverse()]);
            for (var a = 0; a < n; a++)
            {
                var offers = straight.Offers(a);
                Assert.True(offers.Count <= PeerMatching.MostOffers);
                Assert.DoesNotContain(offers, o => o.Candidate == a);
                for (var k = 1; k < offers.Count; k++) Assert.True(offers[k - 1].Mutual >= offers[k].Mutual);
                foreach (var o in offers)
                {
                    Assert.Equal(straight.Mutual(a, o.Candidate), straight.Mutual(o.Candidate, a));
                    Assert.Equal(o.Mutual * o.Mutual, o.HelpGiven * o.HelpReceived, 1e-9);
                    Assert.Equal(o.HelpReceived, turned.Help(n - 1 - o.Candidate, n - 1 - a), 1e-9);
                }
            }
        }));
    }
}
