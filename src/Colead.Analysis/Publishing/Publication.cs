using System.Text.Json.Serialization;
using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// What a round publishes, once and for all: exactly the views and statistics of the contract, rounded as shown, counts
/// as bands, reasons as codes. Equal inputs give equal bytes on any machine (<see cref="PublicationJson"/>).
/// </summary>
public sealed record Publication
{
    /// <summary>Version of this record's form.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the methods behind the figures (docs/methods).</summary>
    public required string Method { get; init; }

    public required PublishedInstrument Instrument { get; init; }

    public required Thresholds Thresholds { get; init; }

    /// <summary>What may leave the partnership: links without login, public pages, networks. It stands first, so that a
    /// network reads no further (<see cref="OpenMeans"/>).</summary>
    public required PublishedTier Open { get; init; }

    /// <summary>What everyone in the partnership sees.</summary>
    public required PublishedTier Members { get; init; }

    /// <summary>What was reported as one: organisations and folds, with the names of their organisations.</summary>
    public required IReadOnlyList<PublishedUnit> Units { get; init; }
}

public sealed record PublishedInstrument(string Id, string Version, int Lowest, int Highest, IReadOnlyList<PublishedDimension> Dimensions);

public sealed record PublishedDimension(string Id, IReadOnlyList<string> Items);

/// <summary>An organisation, or several of one sector reported as one. <paramref name="Fold"/> says which.</summary>
public sealed record PublishedUnit(string Id, string Sector, bool Fold, IReadOnlyList<string> Organisations);

/// <summary>One tier: the same views, each at its tier's thresholds.</summary>
public sealed record PublishedTier
{
    public required PublishedAll All { get; init; }

    public required IReadOnlyList<PublishedGroup> Sectors { get; init; }

    public required IReadOnlyList<PublishedGap> SectorGaps { get; init; }

    public required IReadOnlyList<PublishedGroup> Levels { get; init; }

    public required IReadOnlyList<PublishedGap> LevelGaps { get; init; }

    /// <summary>Members only; empty where the partnership chose to publish no organisation rows.</summary>
    public required IReadOnlyList<PublishedGroup> Organisations { get; init; }

    /// <summary>Members only: dimension means of sector × level where the audit passes.</summary>
    public required IReadOnlyList<PublishedGroup> SectorLevels { get; init; }

    /// <summary>Answers by open link: their own group, outside every other view. Absent where there was no open link.</summary>
    public PublishedGroup? OpenLink { get; init; }

    /// <summary>What was tested, family by family, and what these tests could have found: what sentences of findings follow from. Null in
    /// formats 1 and 2.</summary>
    public IReadOnlyList<PublishedTests>? Tests { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The finding that may head a page: the first that is not merely possible. Null where there is none.</summary>
    [JsonIgnore]
    public Finding? Headline => Findings.FirstOrDefault(f => f.Word != Certainty.Possibly);

    /// <summary>What was tested of one family; null where it has none, and in formats 1 and 2.</summary>
    public PublishedTests? TestsOf(TestFamily family) => Tests?.FirstOrDefault(t => t.Family == family);
}

/// <summary>Tests that are judged together.</summary>
public enum TestFamily
{
    /// <summary>Organisations against the average of those shown × dimensions, and whether they differ at all.</summary>
    Organisations,

    /// <summary>Pairs of sectors × dimensions.</summary>
    Sectors,

    /// <summary>Pairs of levels × dimensions.</summary>
    Levels,

    /// <summary>Change of everyone together × dimensions.</summary>
    ChangeOfAll,

    /// <summary>Change of everyone together × statements.</summary>
    ChangeOfStatements,

    /// <summary>Change of levels, sectors and organisations × dimensions.</summary>
    ChangeOfGroups,
}

/// <summary>Why nothing of a family could be tested. It follows from what is shown alone.</summary>
public enum NotTested
{
    /// <summary>No group of the view can be shown.</summary>
    NoGroupShown,

    /// <summary>Only one group can be shown.</summary>
    OneGroupShown,

    /// <summary>Groups are shown, but not two (organisations: three) of them with ten people or more.</summary>
    TooFewPeople,

    /// <summary>Fewer than three organisations can be shown.</summary>
    TooFewOrganisations,

    /// <summary>Three organisations or more can be shown, but not three of them as a number: the others only as "at most" or "at
    /// least".</summary>
    TooFewNumbers,

    /// <summary>Not two sectors rest on two organisations or more each, so what differs may be an organisation.</summary>
    OneOrganisationEach,

    /// <summary>Which organisation people belong to is not known, or no organisation is shown by itself.</summary>
    OrganisationsUnknown,

    /// <summary>The levels published in both rounds hold less than four fifths of those invited, so who answered may have changed and not
    /// what they see.</summary>
    LevelsNotComparable,

    /// <summary>Nobody knows how many were asked at each level, so it may only be others who answered.</summary>
    InvitedUnknown,

    /// <summary>Nothing was published in both rounds as a number, of the same group and the same questions.</summary>
    NothingInBothRounds,
}

/// <summary>What was tested of one family.</summary>
/// <param name="Groups">Groups that took part, by name or id; none for everyone together.</param>
/// <param name="Count">Tests made.</param>
public sealed record PublishedTests(TestFamily Family, IReadOnlyList<string> Groups, int Count)
{
    /// <summary>Why there were none.</summary>
    public NotTested? Why { get; init; }

    /// <summary>The largest gap, in points of the scale, that one of the tests without a clear difference would have found four times in
    /// five; absent where all found one.</summary>
    public decimal? Detectable { get; init; }

    /// <summary>Organisations: whether they differ at all, by everyone's overall score. It does not say which.</summary>
    public Certainty? Differ { get; init; }

    /// <summary>Changes: the two rounds did not ask the same organisations.</summary>
    public bool? OtherOrganisations { get; init; }
}

/// <summary>Why a cell shows nothing.</summary>
public enum Withheld
{
    /// <summary>"Withheld to protect people": one code for too few and for protecting another group.</summary>
    Protection,

    /// <summary>The round has too little to compute it from (said only where this gives nobody away).</summary>
    NotComputable,
}

/// <summary>A count that is said coarsely, because the number would tell of a small group.</summary>
public enum CoarsePart
{
    /// <summary>At least three fifths of those invited.</summary>
    ThreeFifths,
}

/// <summary>The whole partnership. Counts may be exact here and nowhere else.</summary>
public sealed record PublishedAll
{
    /// <summary>People who answered, where the number tells nothing of a small group; never with <see cref="AnsweredPart"/>.</summary>
    public long? Answered { get; init; }

    /// <summary>At least so many of those invited answered.</summary>
    public CoarsePart? AnsweredPart { get; init; }

    /// <summary>Null without a roster.</summary>
    public int? Invited { get; init; }

    public Withheld? Withheld { get; init; }

    public required IReadOnlyList<PublishedCell> Dimensions { get; init; }

    /// <summary>Headlines of each dimension and, last, of the overall score (<c>overall</c>).</summary>
    public required IReadOnlyList<PublishedHeadline> Headlines { get; init; }

    public PublishedBalance? Balance { get; init; }

    public required IReadOnlyList<PublishedAgreement> Agreement { get; init; }

    public required IReadOnlyList<PublishedItem> Items { get; init; }
}

/// <summary>Three ways to speak for the partnership, never blended; <paramref name="Default"/> says which one to lead with.</summary>
public sealed record PublishedHeadline(string Measure, decimal? People, decimal? Organisations, decimal? Levels, HeadlineKind? Default)
{
    /// <summary>Levels that (c) could not count because nothing of theirs is published.</summary>
    public IReadOnlyList<string> LevelsLeftOut { get; init; } = [];
}

/// <summary>Highest minus lowest published dimension mean.</summary>
public sealed record PublishedBalance(decimal Points, string Highest, string Lowest)
{
    /// <summary>The same in the round before, where it was published.</summary>
    public decimal? Before { get; init; }

    /// <summary>From here on, the difference of the two among the same people lies …</summary>
    public decimal? Low { get; init; }

    /// <summary>… to here.</summary>
    public decimal? High { get; init; }

    /// <summary>The highest dimension and those that cannot be told from it; absent where none can be said to stand highest.</summary>
    public IReadOnlyList<string>? Strongest { get; init; }

    /// <summary>The lowest likewise.</summary>
    public IReadOnlyList<string>? Weakest { get; init; }
}

/// <summary>
/// A mean of one measure in one group: a number, a band at an end of the scale, or withheld. A band comes without
/// interval, gap or change, each of which would give the mean away.
/// </summary>
public sealed record PublishedCell
{
    public required string Measure { get; init; }

    public Withheld? Withheld { get; init; }

    /// <summary>People with a valid value: exact for all where it may be said, a band (<c>10-19</c>) of the people in no small group
    /// elsewhere.</summary>
    public string? People { get; init; }

    /// <summary>Of all, in place of the exact number: at least so many of those invited have a valid value.</summary>
    public CoarsePart? PeoplePart { get; init; }

    public decimal? Mean { get; init; }

    public decimal? AtMost { get; init; }

    public decimal? AtLeast { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    /// <summary>Interval ends are rounded outward (small or specially protected groups).</summary>
    public bool? Coarse { get; init; }

    /// <summary>Format 1 alone: every invited person answered. It told of somebody that they did, so it is not said any more.</summary>
    public bool? AllAnswered { get; init; }

    /// <summary>Bounds on the mean had everyone answered, whatever the silent would have said. Of all only.</summary>
    public decimal? WorstLow { get; init; }

    public decimal? WorstHigh { get; init; }

    /// <summary>Organisations: distance from the average organisation, drawn in where five or more are shown.</summary>
    public decimal? Gap { get; init; }

    /// <summary>Absent where it was not tested.</summary>
    public Certainty? GapWord { get; init; }

    /// <summary>Without a clear difference: a distance of so much would have been found four times in five.</summary>
    public decimal? GapDetectable { get; init; }

    public PublishedChange? Change { get; init; }

    [JsonIgnore]
    public bool IsNumber => Mean is not null;
}

/// <summary>Change since the last round of one published mean. Interval and word are of <see cref="Weighted"/> where there is
/// one.</summary>
/// <param name="Points">This round's printed mean minus the last one's.</param>
/// <param name="Word">Absent where it was not tested.</param>
public sealed record PublishedChange(decimal Points, decimal? Low, decimal? High, Certainty? Word)
{
    /// <summary>Of all: the change with every level weighted as it was invited this time, in both rounds, so that who answered is not
    /// taken for what they see.</summary>
    public decimal? Weighted { get; init; }

    /// <summary>Without a clear difference: a change of so much would have been found four times in five.</summary>
    public decimal? Detectable { get; init; }

    /// <summary>The change that is spoken of.</summary>
    [JsonIgnore]
    public decimal Said => Weighted ?? Points;

    /// <summary>Fewer than ten people in one of the two rounds.</summary>
    public bool? Indicative { get; init; }

    /// <summary>Organisations: the change partially pooled over organisations.</summary>
    public decimal? Pooled { get; init; }
}

/// <summary>A named group's figures. Which names are set depends on the view.</summary>
public sealed record PublishedGroup
{
    public string? Unit { get; init; }

    public string? Sector { get; init; }

    public string? Level { get; init; }

    public required IReadOnlyList<PublishedCell> Dimensions { get; init; }

    /// <summary>Item means (sectors, levels, open link).</summary>
    public IReadOnlyList<PublishedCell> Items { get; init; } = [];
}

/// <summary>A difference between two groups of one view on one dimension: the first minus the second.</summary>
/// <param name="HedgesG">In publications of formats 1 and 2. Beside interval and p it tells how many people of each group answered, so it
/// is not made any more, and stands on no page; files that were sealed keep it.</param>
public sealed record PublishedGap(string Measure, string First, string Second, decimal Points, decimal Low, decimal High, decimal? HedgesG,
    decimal AdjustedP, Certainty Word)
{
    /// <summary>Without a clear difference: a gap of so much would have been found four times in five.</summary>
    public decimal? Detectable { get; init; }
}

/// <summary>How far people agree on a dimension. Of all only.</summary>
public sealed record PublishedAgreement(string Measure)
{
    public Withheld? Withheld { get; init; }

    public decimal? RwgUniform { get; init; }

    /// <summary>Its lower end: broad agreement is said from .70 on.</summary>
    public decimal? RwgLow { get; init; }

    public decimal? RwgSlight { get; init; }

    public decimal? AverageDeviation { get; init; }

    public bool? Broad { get; init; }
}

/// <summary>One statement over the whole partnership.</summary>
public sealed record PublishedItem
{
    public required string Item { get; init; }

    public required PublishedCell Mean { get; init; }

    /// <summary>Per cent of valid answers, lowest option first; in tens where the number of answers is not said. Absent with the mean, or
    /// where it is a band.</summary>
    public IReadOnlyList<int>? Shares { get; init; }

    /// <summary>Per cent of questionnaires that said "don't know".</summary>
    public int? DontKnow { get; init; }

    /// <summary>Per cent in the upper two fifths of the options.</summary>
    public int? Favourable { get; init; }

    public decimal? Rwg { get; init; }

    /// <summary>Its lower end: broad agreement is said from .70 on.</summary>
    public decimal? RwgLow { get; init; }

    /// <summary>Broad agreement: clearly at least .70. Absent where nearly all answer alike, which is agreement too.</summary>
    public bool? Broad { get; init; }

    public decimal? Polarisation { get; init; }

    public bool? Split { get; init; }

    /// <summary>Shown, and nine in ten or more gave one answer or lie at one end of the scale: nothing more is told of it.</summary>
    [JsonIgnore]
    public bool NearlyAllAlike => Mean.Withheld is null && Broad is null;
}
