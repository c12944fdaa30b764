using Colead.Analysis.Publishing;
using Colead.Parts.Publishing;

namespace Colead.Parts.Findings.Files;

/// <summary>A line of the data dictionary.</summary>
public sealed record DictionaryEntry(string Column, string Value, string Meaning);

/// <summary>The figures of a publication as rows for a spreadsheet: one figure a row, and one row for each cell that is withheld, with its
/// reason and no figure.</summary>
public static class FigureRows
{
    private static readonly string[] Heading = ["view", "group", "group_name", "kind", "measure", "measure_name", "statistic", "value",
        "note"];

    public static IReadOnlyList<DictionaryEntry> Dictionary { get; } =
    [
        new("view", "all, sector, level, organisation, sector_level, open_link",
            "Whose answers: everyone together; a sector; a level; an organisation or organisations reported together; a sector’s level; those who came by the open link"),
        new("group", "", "Short code of the group; empty for everyone"),
        new("group_name", "", "Name of the group"),
        new("kind", "dimension, statement, overall, round", "What the figure is about"),
        new("measure", "", "Short code of the dimension or statement"),
        new("measure_name", "", "Its name, or the statement’s words"),
        new("statistic", "answered, invited",
            "People who answered, and who were invited (everyone only); where the number would tell of a small group there is no value, and the note says how many at least"),
        new("statistic", "mean", "Average on the scale"),
        new("statistic", "at_most, at_least", "In place of an average near an end of the scale"),
        new("statistic", "low, high", "The average likely lies between these two (19 times out of 20)"),
        new("statistic", "people", "How many valid answers (in the note): for everyone exact, or how many at least; elsewhere a band"),
        new("statistic", "worst_low, worst_high",
            "Bounds on the average, whatever the silent would have said; as many answers are counted as are said"),
        new("statistic", "gap",
            "Organisations: distance from the average organisation, drawn towards it where answers are few; the note says how sure"),
        new("statistic", "difference, difference_low, difference_high",
            "Sectors and levels: the group minus the one named in the note, and what it likely lies between; then how sure"),
        new("statistic", "adjusted_p", "The gap’s p value, adjusted for the number of gaps"),
        new("statistic", "change, change_low, change_high, change_pooled",
            "This round minus the last one, what it likely lies between, and (organisations) drawn towards the average change; the note says how sure"),
        new("statistic", "headline_people, headline_organisations, headline_levels",
            "Average with each person, each organisation, or levels as invited counting the same"),
        new("statistic", "balance, balance_before, balance_low, balance_high",
            "Highest minus lowest dimension average, the same in the last round, and what it likely lies between among the same people"),
        new("statistic", "change_weighted",
            "Everyone: the change with each level counting as invited this time in both rounds; interval and how sure are of it"),
        new("statistic", "gap_detectable, difference_detectable, change_detectable",
            "Without a clear difference: one of so much would have been found four times in five"),
        new("statistic", "agreement_low", "Lower end of agreement; broad agreement is said from 0.70 on"),
        new("statistic", "share_N", "Per cent of valid answers that gave option N; in tens where their number is not said"),
        new("statistic", "dont_know, favourable", "Per cent that said they do not know; per cent in the upper two fifths of the options"),
        new("statistic", "agreement, agreement_skewed, average_deviation",
            "How alike people answer: 1 is alike, 0 is chance; the same against skewed chance; average distance from the median"),
        new("statistic", "polarisation", "How far answers lie at both ends, 0 to 1"),
        new("statistic", "withheld", "Nothing is shown here; the note says why. There is no value, and it is not nought"),
        new("value", "", "The figure, with the digits that were published"),
        new("note", "", "A band, a word for certainty, or why nothing is shown"),
    ];

    public static IEnumerable<object?[]> DictionaryRows() => Dictionary.Select(e => new object?[] { e.Column, e.Value, e.Meaning })
        .Prepend(["column", "value", "meaning"]);

    public static IEnumerable<object?[]> Of(RoundFindings round) => new Maker(round).Rows().Prepend([.. Heading]);

    private sealed class Maker(RoundFindings round)
    {
        private readonly Names names = round.Names;
        private readonly PublishedTier tier = round.Tier;

        public IEnumerable<object?[]> Rows()
        {
            var rows = Everyone();
            foreach (var (view, groups) in new[] { ("sector", tier.Sectors), ("level", tier.Levels), ("organisation", tier.Organisations),
                ("sector_level", tier.SectorLevels) })
                rows = groups.Aggregate(rows, (all, group) => all.Concat(Group(view, group)));
            rows = rows.Concat(Gaps("sector", tier.SectorGaps)).Concat(Gaps("level", tier.LevelGaps));
            return tier.OpenLink is { } link ? rows.Concat(Group("open_link", link)) : rows;
        }

        private IEnumerable<object?[]> Everyone()
        {
            var all = tier.All;
            var everyone = new Place("all", "", "Everyone");
            if (all.Withheld is { } reason) yield return everyone.Row("round", "", "", "withheld", null, Say.Why(reason));
            if (all.AnsweredPart is { } part) yield return everyone.Row("round", "", "", "answered", null,
                AnsweredWords.Part(part) + " of those invited");
            foreach (var row in Figures(everyone, "round", "", "", ("answered", all.Answered), ("invited", all.Invited), ("balance",
                all.Balance?.Points), ("balance_before", all.Balance?.Before), ("balance_low", all.Balance?.Low), ("balance_high",
                all.Balance?.High))) yield return row;
            foreach (var row in all.Dimensions.SelectMany(cell => Cell(everyone, "dimension", cell))) yield return row;
            foreach (var h in all.Headlines)
                foreach (var row in Figures(everyone, h.Measure == "overall" ? "overall" : "dimension", h.Measure,
                    names.Dimension(h.Measure), ("headline_people", h.People), ("headline_organisations", h.Organisations),
                    ("headline_levels", h.Levels)))
                    yield return row;
            foreach (var a in all.Agreement)
            {
                if (a.Withheld is { } why) yield return everyone.Row("dimension", a.Measure, names.Dimension(a.Measure), "withheld", null,
                    Say.Why(why) + " (agreement)");
                foreach (var row in Figures(everyone, "dimension", a.Measure, names.Dimension(a.Measure), ("agreement", a.RwgUniform),
                    ("agreement_low", a.RwgLow), ("agreement_skewed", a.RwgSlight), ("average_deviation",
                    a.AverageDeviation))) yield return row;
            }
            foreach (var item in all.Items)
            {
                foreach (var row in Cell(everyone, "statement", item.Mean)) yield return row;
                foreach (var row in Figures(everyone, "statement", item.Item, names.Item(item.Item), ("dont_know", item.DontKnow),
                    ("favourable", item.Favourable), ("agreement", item.Rwg), ("agreement_low", item.RwgLow), ("polarisation",
                    item.Polarisation))) yield return row;
                foreach (var (index, share) in (item.Shares ?? []).Index()) yield return everyone.Row("statement", item.Item,
                    names.Item(item.Item), $"share_{round.Instrument.Lowest + index}", share);
            }
        }

        private IEnumerable<object?[]> Group(string view, PublishedGroup group)
        {
            var place = new Place(view, group.Unit ?? string.Join(' ', new[] { group.Sector, group.Level }.OfType<string>()),
                names.Group(group));
            return group.Dimensions.SelectMany(cell => Cell(place, "dimension", cell))
                .Concat(group.Items.SelectMany(cell => Cell(place, "statement", cell)));
        }

        private IEnumerable<object?[]> Gaps(string view, IReadOnlyList<PublishedGap> gaps) => gaps.SelectMany(gap => Figures(
            new Place(view, gap.First, Names.Group(gap.First)), "dimension", gap.Measure, names.Dimension(gap.Measure),
                $"{gap.Second}: {Say.Word(gap.Word)}",
            ("difference", gap.Points), ("difference_low", gap.Low), ("difference_high", gap.High), ("difference_detectable",
                gap.Detectable), ("adjusted_p", gap.AdjustedP)));

        private IEnumerable<object?[]> Cell(Place place, string kind, PublishedCell cell)
        {
            var name = kind == "dimension" ? names.Dimension(cell.Measure) : names.Item(cell.Measure);
            if (cell.Withheld is { } why) return [place.Row(kind, cell.Measure, name, "withheld", null, Say.Why(why))];
            var rows = Figures(place, kind, cell.Measure, name, ("mean", cell.Mean), ("at_most", cell.AtMost), ("at_least", cell.AtLeast),
                ("low", cell.Low), ("high", cell.High), ("worst_low", cell.WorstLow), ("worst_high", cell.WorstHigh));
            if (Say.People(cell) is { Length: > 0 } people) rows = rows.Append(place.Row(kind, cell.Measure, name, "people", null, people));
            if (cell.Gap is { } gap) rows = rows.Concat(Figures(place, kind, cell.Measure, name, Say.Word(cell.GapWord), ("gap", gap),
                ("gap_detectable", cell.GapDetectable)));
            if (cell.Change is { } change)
                rows = rows.Concat(Figures(place, kind, cell.Measure, name, Say.Word(change.Word), ("change", change.Points),
                    ("change_low", change.Low), ("change_high", change.High), ("change_weighted", change.Weighted), ("change_detectable",
                    change.Detectable), ("change_pooled", change.Pooled)));
            return rows;
        }

        private static IEnumerable<object?[]> Figures(Place place, string kind, string measure, string name,
            params (string Statistic, decimal? Value)[] figures) => Figures(place, kind, measure, name, null, figures);

        private static IEnumerable<object?[]> Figures(Place place, string kind, string measure, string name, string? note,
            params (string Statistic, decimal? Value)[] figures) =>
            figures.Where(f => f.Value is not null).Select(f => place.Row(kind, measure, name, f.Statistic, f.Value, note));
    }

    private sealed record Place(string View, string Group, string GroupName)
    {
        public object?[] Row(string kind, string measure, string name, string statistic, decimal? value, string? note = null) =>
            [View, Group, GroupName, kind, measure, name, statistic, value, note];
    }
}
