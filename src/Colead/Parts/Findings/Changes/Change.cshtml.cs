using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Findings.Pictures;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Changes;

/// <summary>Change since the last round, as the publication has it: nothing of the earlier round is looked up or worked out
/// again.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class ChangeModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    /// <summary>So many of each view stand on the page at first.</summary>
    public const int MostListed = 5;

    public string Headline { get; private set; } = "";
    /// <summary>What was compared, and what it could have found.</summary>
    public string Explanation { get; private set; } = "";
    public IReadOnlyList<Row> All { get; private set; } = [];
    public IReadOnlyList<View> Views { get; private set; } = [];
    public (string Button, string Address) Next { get; private set; }

    protected override Task<IActionResult> ShowAsync()
    {
        var tier = Round.Tier;
        All = [.. Rows("Everyone", tier.All.Dimensions, ofStatements: false).OrderByDescending(row => row.Change.Said)];
        Views =
        [
            .. new[]
            {
                ViewOf("Levels", tier.Levels.SelectMany(g => Rows(Round.Names.Group(g), g.Dimensions, ofStatements: false))),
                ViewOf("Sectors", tier.Sectors.SelectMany(g => Rows(Round.Names.Group(g), g.Dimensions, ofStatements: false))),
                ViewOf("Organisations", tier.Organisations.SelectMany(g => Rows(Round.Names.Group(g), g.Dimensions, ofStatements: false))),
                ViewOf("Statements", Rows("Everyone", tier.All.Items.Select(i => i.Mean), ofStatements: true)),
            }.Where(view => view.Sure.Count + view.Unclear.Count > 0),
        ];
        var top = tier.Findings.FirstOrDefault(f => f.Kind is FindingKind.ChangeUp or FindingKind.ChangeDown
            && f.Word == Certainty.Likely);
        var statements = tier.All.Items.Count(i => i.Mean.Change?.Word == Certainty.Likely);
        Headline = top is not null ? Round.Names.Sentence(top)
            : statements > 0
                ? $"No clear change of any dimension; {Dates.Count(statements, "statement has", "statements have")} likely changed"
            : Round.Heading(Tested);
        Explanation = string.Join(' ', new[] { TestFamily.ChangeOfAll,
            TestFamily.ChangeOfGroups }.Select(Round.Explanation).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        Next = Round.HasComments ? ("Read the comments", FindingsLinks.Comments(p, r))
            : ("See how these findings were made", FindingsLinks.About(p, r));
        return Task.FromResult(PageWhere(Round.AnythingShown && Round.HasChange));
    }

    /// <summary>Whose tests the heading speaks of: everyone's, or where there were none, those of groups.</summary>
    private TestFamily Tested => Round.Tier.TestsOf(TestFamily.ChangeOfAll) is { Count: 0 } ? TestFamily.ChangeOfGroups
        : TestFamily.ChangeOfAll;

    private IEnumerable<Row> Rows(string who, IEnumerable<PublishedCell> cells, bool ofStatements)
    {
        foreach (var cell in cells)
        {
            if (cell is not { Mean: { } now, Change: { } change }) continue;
            var before = now - change.Points; // a published change is the difference of the two published averages
            yield return new(who, cell.Measure, ofStatements, before, now, change,
                new Strip(Round.Instrument.Lowest, Round.Instrument.Highest)
            {
                Joined = true,
                Marks = [new Mark(before, "ring", Faint: true), new Mark(now, ofStatements ? "circle" : Round.Names.Shape(cell.Measure))],
            });
        }
    }

    private static View ViewOf(string title, IEnumerable<Row> rows)
    {
        var sorted = rows.OrderByDescending(row => row.Change.Word).ThenByDescending(row => Math.Abs(row.Change.Said)).ToList();
        return new(title, [.. sorted.Where(IsSure)], [.. sorted.Where(row => !IsSure(row))]);

        static bool IsSure(Row row) => row.Change.Word is Certainty.Likely or Certainty.Possibly;
    }

    public sealed record Row(string Who, string Measure, bool IsStatement, decimal Before, decimal Now, PublishedChange Change,
        Strip Strip);

    public sealed record View(string Title, IReadOnlyList<Row> Sure, IReadOnlyList<Row> Unclear);
}
