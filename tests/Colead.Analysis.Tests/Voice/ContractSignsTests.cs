using Colead.Analysis.Voice;

namespace Colead.Analysis.Tests.Voice;

public class ContractSignsTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void Page_ShowsWhatIsComputed()
    {
        var page = new MethodPage("contract-signs", "one-council");
        var sign = ContractSigns.OneSetsTheAgenda([.. Enumerable.Range(1, 3)
            .Select(i => Agenda([.. page.Numbers($"agenda {i}").Select(n => (int)n)]))]);
        page.AssertShows("by the most", sign.Count);
        page.AssertShows("items", sign.Of);
        page.AssertShows("seen", sign.Verdict == SignVerdict.Seen ? 1 : 0);
        Assert.Equal(1, sign.Organisation);
    }

    [Theory]
    [InlineData("1 1 1|1 1 2|1 2", 6, 8, SignVerdict.Seen)] // exactly three quarters
    [InlineData("1 1 1|1 1 2|2 2", 5, 8, SignVerdict.NotSeen)]
    [InlineData("1 1 1|1 1 0|0 0", 5, 8, SignVerdict.NotSeen)] // nobody's items count in the whole
    [InlineData("2 2 2 2|1 1|1 1|1 1", 6, 6, SignVerdict.Seen)] // the last three alone
    [InlineData("1 1|1 1||1 1", 6, 6, SignVerdict.Seen)] // a meeting without agenda is passed over
    [InlineData("1 1 1|1 1 1", 0, 6, SignVerdict.CannotSay)]
    [InlineData("1|1 1|1 1", 0, 5, SignVerdict.CannotSay)]
    [InlineData("0 0|0 0|0 0", 0, 6, SignVerdict.NotSeen)]
    [InlineData("", 0, 0, SignVerdict.CannotSay)]
    public void OneSetsTheAgenda_LooksAtTheLastThree(string agendas, int count, int of, SignVerdict verdict)
    {
        var sign = ContractSigns.OneSetsTheAgenda([.. agendas.Split('|')
            .Select(a => Agenda([.. a.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n[0] - '0')]))]);
        Assert.Equal((verdict, count, of), (sign.Verdict, sign.Count, sign.Of));
    }

    [Theory]
    [InlineData("p p p", 2, 2, 0, 3, SignVerdict.Seen)]
    [InlineData("p p v", 2, 2, 1, 3, SignVerdict.NotSeen)]
    [InlineData("p p", 2, 2, 0, 2, SignVerdict.CannotSay)]
    [InlineData("p p -", 2, 2, 0, 2, SignVerdict.CannotSay)] // nobody's counts on neither side
    [InlineData("p p p", 0, 2, 0, 3, SignVerdict.CannotSay)]
    [InlineData("v v v", 2, 0, 3, 3, SignVerdict.CannotSay)]
    public void NoVoluntaryProposalDecided_NeedsBothSides(string proposals, int voluntary, int others, int count, int of,
        SignVerdict verdict)
    {
        var decided = proposals.Split(' ').Select(p => new DecidedProposal(p == "-" ? null : 1, p == "v", Today.AddDays(-30)));
        var sign = ContractSigns.NoVoluntaryProposalDecided(decided, voluntary, others, Today);
        Assert.Equal((verdict, count, of), (sign.Verdict, sign.Count, sign.Of));
    }

    [Fact]
    public void NoVoluntaryProposalDecided_LooksAtOneYear()
    {
        List<DecidedProposal> decided = [.. Enumerable.Range(1, 3).Select(i => new DecidedProposal(i, false, Today.AddDays(-i)))];
        Assert.Equal(SignVerdict.Seen, ContractSigns.NoVoluntaryProposalDecided([.. decided, new(9, true, Today.AddYears(-1))], 1, 3,
            Today).Verdict);
        Assert.Equal(SignVerdict.NotSeen, ContractSigns.NoVoluntaryProposalDecided([.. decided,
            new(9, true, Today.AddYears(-1).AddDays(1))], 1, 3, Today).Verdict);
        Assert.Equal(SignVerdict.Seen, ContractSigns.NoVoluntaryProposalDecided([.. decided, new(9, true, Today.AddDays(1))], 1, 3, Today)
            .Verdict);
    }

    [Theory]
    [InlineData("1 1 1", 3, 3, SignVerdict.Seen)]
    [InlineData("1 1 2", 2, 3, SignVerdict.NotSeen)]
    [InlineData("1 1 0", 2, 3, SignVerdict.NotSeen)]
    [InlineData("1 1", 2, 2, SignVerdict.CannotSay)]
    [InlineData("", 0, 0, SignVerdict.CannotSay)]
    public void OneSideFixesTheScope_OnlyWhereAllAreOnes(string accepted, int count, int of, SignVerdict verdict)
    {
        var sign = ContractSigns.OneSideFixesTheScope(Agenda([.. accepted.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => n[0] - '0')]).ToList());
        Assert.Equal((verdict, count, of), (sign.Verdict, sign.Count, sign.Of));
    }

    /// <summary>0 is nobody in particular.</summary>
    private static IReadOnlyList<long?> Agenda(int[] by) => [.. by.Select(b => b == 0 ? (long?)null : b)];
}
