using Colead.Analysis.Publishing;

namespace Colead.Parts.Findings.Pictures;

/// <summary>
/// A table of groups by dimension whose cells are shaded by their mean: the heat map is the table itself, so it is there without script, on
/// paper and for a screen reader.
/// </summary>
/// <param name="Id">By which a picture finds it.</param>
/// <param name="Key">What its rows are.</param>
public sealed record Heat(string Id, string Caption, string Key, IReadOnlyList<HeatRow> Rows, IReadOnlyList<string> Measures,
    RoundFindings Round)
{
    public const int Steps = 6;

    private readonly decimal least = Means(Rows).DefaultIfEmpty().Min();
    private readonly decimal most = Means(Rows).DefaultIfEmpty().Max();

    public decimal Least => least;
    public decimal Most => most;

    /// <summary>Rows are statements' means and columns groups: the other way round.</summary>
    public bool OfStatements { get; init; }

    /// <summary>Shade of a cell, from the table's lowest mean (1) to its highest (6); 0 where there is none.</summary>
    public int Step(PublishedCell cell) => cell switch
    {
        { AtLeast: not null } => Steps,
        { AtMost: not null } => 1,
        { Mean: { } mean } => most == least ? Steps / 2 : Math.Min(Steps, 1 + (int)((mean - least) * Steps / (most - least))),
        _ => 0,
    };

    /// <summary>Groups of one view by dimension.</summary>
    public static Heat Of(RoundFindings round, string id, string caption, string key, IReadOnlyList<PublishedGroup> groups,
        Func<PublishedGroup, int, string>? shape = null) => new(
        id,
        caption,
        key,
        [.. groups.Select((group, i) => new HeatRow(KeyOf(group), round.Names.Group(group), round.Names.Brief(group),
            Say.People(group.Dimensions), shape?.Invoke(group, i) ?? Names.Shapes[i % Names.Shapes.Count], group.Dimensions))],
        [.. round.Instrument.Dimensions.Select(d => d.Id)],
        round);

    private static string KeyOf(PublishedGroup group) => group.Unit ?? group.Level ?? group.Sector ?? "";

    private static IEnumerable<decimal> Means(IReadOnlyList<HeatRow> rows) => rows.SelectMany(r => r.Cells).Select(c => c.Mean)
        .OfType<decimal>();
}

/// <param name="Brief">Its name where there is little room.</param>
public sealed record HeatRow(string Key, string Name, string Brief, string Note, string Shape, IReadOnlyList<PublishedCell> Cells)
{
    public bool AllWithheld => Cells.All(c => c.Withheld is not null);
}
