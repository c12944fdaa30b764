using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Publishing;
using Colead.Storage;
using Colead.Tests.Support;
using static Colead.Tests.Attacks.KnownAnswers;

namespace Colead.Tests.Attacks;

/// <summary>
/// The mean of all is the levels' means mixed by how many answered at each. It is not mended yet (record 44): the attack must succeed, and
/// the page that people read first must have said so.
/// </summary>
public class MeansThatCountTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("Whoever knows the list", "the means of both levels beside the mean of all",
        "to count how many of an organisation of four answered",
        "at least how many; the page that people read first had said so", MustSucceed = true)]
    public async Task Means_BesideTheList_TellHowManyAnsweredAtLeast_AndThatWasSaid(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var stage = await Stage.BeginAsync(app);
        var people = new Dictionary<long, Level>();
        foreach (var (organisation, board, front) in new[] { (0, 6, 6), (1, 6, 6), (2, 0, 4) })
        {
            for (var i = 0; i < board; i++) people[await stage.Partnership.PersonAsync($"B{organisation}{i}", TestApp.NewEmail(),
                organisation, Level.Board)] = Level.Board;
            for (var i = 0; i < front; i++) people[await stage.Partnership.PersonAsync($"F{organisation}{i}", TestApp.NewEmail(),
                organisation)] = Level.Frontline;
        }
        var round = await stage.OpenAsync();
        var random = new SeededRandom(11);
        var silent = people.First(p => p.Value == Level.Board).Key;
        var links = await app.LinksAsync(round);
        using (var visitor = app.Visitor())
            Assert.Contains("sometimes work out how many of them answered at least; not what", (await visitor.GetAsync(links[silent]))
                .Text, StringComparison.Ordinal);
        foreach (var (person, link) in links)
            if (person != silent)
                await stage.AnswerAsync(link,
                    [.. Answers(random).Select(a => people[person] == Level.Board ? Math.Min(12, a + 1) : Math.Max(1, a - 1))]);

        var members = (await stage.PublishAsync(round)).Members;
        Assert.Null(members.All.Answered); // the number itself is kept back
        var (boards, fronts) = (members.Levels.Single(l => l.Level == "board"), members.Levels.Single(l => l.Level == "frontline"));
        var columns = members.All.Dimensions.Select((all, d) => new Column(all, boards.Dimensions[d], fronts.Dimensions[d], Whole: false))
            .Concat(members.All.Items.Select((item, i) => new Column(item.Mean, boards.Items[i], fronts.Items[i], Whole: true)))
            .Where(c => c.All.IsNumber && c.Boards.IsNumber && c.Front.IsNumber).ToList();
        // Of boards 12 were asked; of the front line 12 in the two larger organisations and 4 in the small one.
        var least = Enumerable.Range(0, 5).First(c => c == 4 || columns.TrueForAll(column => Fits(column, 12, 12 + c)));
        AttackAttribute.Measured($"at least {least} of the four are known to have answered");
        Assert.InRange(least, 1, 4); // all four did
    }

    /// <summary>Are there numbers of people, within what is printed and the list, whose means mix to that of all?</summary>
    private static bool Fits(Column column, int mostBoards, int mostFront)
    {
        for (var n = Start(column.Boards); n <= mostBoards; n++)
            for (var m = Start(column.Front); m <= mostFront; m++)
            {
                var (a, b, all) = (Sum(column.Boards, n), Sum(column.Front, m), Sum(column.All, n + m));
                if (a.Low <= a.High && b.Low <= b.High && a.Low + b.Low <= all.High && a.High + b.High >= all.Low) return true;
            }
        return false;

        static int Start(PublishedCell cell) => int.Parse(cell.People!.TrimEnd('+').Split('-')[0], CultureInfo.InvariantCulture);

        (double Low, double High) Sum(PublishedCell cell, int people)
        {
            var (low, high) = (people * ((double)cell.Mean!.Value - 0.0500001), people * ((double)cell.Mean.Value + 0.0500001));
            return column.Whole ? (Math.Ceiling(low), Math.Floor(high)) : (low, high);
        }
    }

    /// <param name="Whole">Its values are whole numbers.</param>
    private sealed record Column(PublishedCell All, PublishedCell Boards, PublishedCell Front, bool Whole);
}
