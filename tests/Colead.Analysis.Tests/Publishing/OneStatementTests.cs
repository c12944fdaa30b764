using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>A questionnaire of one statement, which anybody may write: statement, dimension and overall score are one number. A second that
/// all leave empty changes nothing.</summary>
public class OneStatementTests
{
    [Fact]
    [Attack("Whoever writes a questionnaire", "one statement alone, answered by six", "to read its mean from five instead of ten",
        "nothing: its overall score needs ten too")]
    public void OneStatement_OfSix_IsNotPrintedAsTheOverallScore()
    {
        var instrument = RoundMaker.Instrument(1, 1, Scale.FivePoint);
        var structure = RoundMaker.Structure(2, 1, "public");
        List<Person> people = [.. Enumerable.Range(0, 6).Select(i => new Person(i % 2, 0, [(byte)(2 + (i % 3))]))];
        var all = Publisher.Publish(new()
        {
            Answers = RoundMaker.Summary(instrument, structure, people),
            Roster = RoundMaker.Roster(structure, people, _ => 8),
        }).Members.All;
        Assert.NotNull(all.Items[0].Mean.Withheld);
        Assert.NotNull(all.Dimensions[0].Withheld);
        Assert.All(all.Headlines, h => Assert.Null(h.People));
    }

    [Fact]
    [Attack("Whoever writes a questionnaire or brings a file", "a dimension of two statements, one of them left empty, answered by six",
        "to read the other's mean from five instead of ten", "nothing: a score that one answer may make needs ten too")]
    public void TwoStatements_OneLeftEmpty_AreNotPrintedFromSix()
    {
        var instrument = RoundMaker.Instrument(2, 2, Scale.FivePoint);
        var structure = RoundMaker.Structure(2, 1, "public");
        List<Person> people =
            [.. Enumerable.Range(0, 6).Select(i => new Person(i % 2, 0, [(byte)(2 + (i % 3)), 0, (byte)(2 + (i % 2)), 3]))];
        var all = Publisher.Publish(new()
        {
            Answers = RoundMaker.Summary(instrument, structure, people),
            Roster = RoundMaker.Roster(structure, people, _ => 8),
        }).Members.All;
        Assert.NotNull(all.Items[0].Mean.Withheld);
        Assert.All(all.Dimensions, d => Assert.NotNull(d.Withheld));
        Assert.All(all.Headlines, h => Assert.Null(h.People));
    }
}
