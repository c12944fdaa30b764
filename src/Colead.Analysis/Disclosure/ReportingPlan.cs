using Colead.Analysis.Scoring;

namespace Colead.Analysis.Disclosure;

/// <summary>A row of the organisation view: an organisation by itself, or a fold of several.</summary>
/// <param name="Organisations">Indexes into the structure.</param>
/// <param name="MayShow">False for a fold of one, or where no organisation rows are published.</param>
public sealed record ReportingUnit(IReadOnlyList<int> Organisations, int Sector, bool MayShow);

/// <summary>
/// What a round means to publish, fixed by its roster and folds before it opens: the reporting units, and the planned
/// cells. No answer has any influence on it; without a roster, which groups have any answers has.
/// </summary>
public sealed class ReportingPlan
{
    /// <summary>A sector × level cell is planned where at least this many times k_s people are invited, so that it will seldom turn out
    /// small.</summary>
    public const int CrossFactor = 3;

    /// <summary>With more levels than this the level views are not planned: their audit would no longer be exact in bounded time.</summary>
    public const int MostLevels = 8;

    private readonly int[] unitOf;
    private readonly int levels;
    private readonly bool withCrosses;

    /// <param name="answeredOnly">The roster counts who answered, because nobody knows who was invited. Where organisations are known no
    /// sector × level cell is planned then: whether it holds enough would tell how many answered of an organisation that is
    /// withheld.</param>
    /// <exception cref="ArgumentException">The folds do not fit the structure.</exception>
    public ReportingPlan(Roster roster, FoldPlan folds, Thresholds thresholds, bool answeredOnly = false)
    {
        withCrosses = !answeredOnly || !folds.AreKnown;
        Roster = roster;
        Folds = folds;
        Thresholds = thresholds;
        var structure = roster.Structure;
        folds.Check(structure);
        levels = structure.Levels.Count;
        unitOf = new int[structure.Organisations.Count];
        Array.Fill(unitOf, -1);
        var units = new List<ReportingUnit>();
        foreach (var fold in folds.Folds)
        {
            foreach (var organisation in fold) unitOf[organisation] = units.Count;
            units.Add(new([.. fold.Order()], structure.SectorOf[fold[0]], folds.OrganisationRows && fold.Count > 1));
        }

        for (var o = 0; o < unitOf.Length; o++)
        {
            if (unitOf[o] >= 0) continue;
            unitOf[o] = units.Count;
            units.Add(new([o], structure.SectorOf[o], folds.OrganisationRows));
        }

        Units = units;
        Invited = Count(stratum => roster.Invited.GetValueOrDefault(stratum));
        Planned = Plan();
    }

    public Roster Roster { get; }

    public FoldPlan Folds { get; }

    public Thresholds Thresholds { get; }

    public Structure Structure => Roster.Structure;

    /// <summary>Folds first, in the order of the fold plan, then organisations in the order of the structure.</summary>
    public IReadOnlyList<ReportingUnit> Units { get; }

    /// <summary>People invited in each unit × level.</summary>
    public ReportingCounts Invited { get; }

    /// <summary>Every planned cell, in the order of <see cref="Cell"/>.</summary>
    public IReadOnlyList<Cell> Planned { get; }

    public int UnitOf(int organisation) => unitOf[organisation];

    /// <summary>Does a stratum belong to a cell?</summary>
    public bool Belongs(Stratum stratum, Cell cell) => cell.Kind switch
    {
        ViewKind.All => true,
        ViewKind.Sector => Structure.SectorOf[stratum.Organisation] == cell.First,
        ViewKind.Level => stratum.Level == cell.First,
        ViewKind.Unit => unitOf[stratum.Organisation] == cell.First,
        ViewKind.SectorLevel => Structure.SectorOf[stratum.Organisation] == cell.First && stratum.Level == cell.Second,
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };

    /// <summary>People with a valid value per unit × level, from counts per stratum.</summary>
    public ReportingCounts Count(Func<Stratum, long> valid)
    {
        var counts = new long[Units.Count * levels];
        for (var o = 0; o < unitOf.Length; o++)
            for (var l = 0; l < levels; l++)
                counts[unitOf[o] * levels + l] += valid(new(o, l));
        return new(counts, levels);
    }

    /// <summary>The same from those strata that have people; one may come more than once.</summary>
    internal ReportingCounts Count(IEnumerable<(Stratum Stratum, long People)> strata)
    {
        var counts = new long[Units.Count * levels];
        foreach (var (stratum, people) in strata) counts[unitOf[stratum.Organisation] * levels + stratum.Level] += people;
        return new(counts, levels);
    }

    /// <summary>The same from a round's summaries, for one statistic (say the answers to an item).</summary>
    public ReportingCounts Count(RoundSummary summary, Func<StratumSummary, long> valid)
    {
        var counts = new long[Units.Count * levels];
        foreach (var (stratum, of) in summary.Strata) counts[unitOf[stratum.Organisation] * levels + stratum.Level] += valid(of);
        return new(counts, levels);
    }

    /// <summary>People of a cell.</summary>
    public long CountOf(ReportingCounts counts, Cell cell)
    {
        long sum = 0;
        var (first, last) = cell.Kind == ViewKind.Unit ? (cell.First, cell.First) : (0, Units.Count - 1);
        for (var u = first; u <= last; u++)
            for (var l = 0; l < levels; l++)
                if (Has(cell, u, l)) sum += counts[u, l];
        return sum;
    }

    internal bool Has(Cell cell, int unit, int level) => cell.Kind switch
    {
        ViewKind.All => true,
        ViewKind.Sector => Units[unit].Sector == cell.First,
        ViewKind.Level => level == cell.First,
        ViewKind.Unit => unit == cell.First,
        ViewKind.SectorLevel => Units[unit].Sector == cell.First && level == cell.Second,
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };

    private List<Cell> Plan()
    {
        var sectors = Structure.Sectors.Count;
        var bySector = new long[sectors];
        var organisations = new int[sectors];
        var byLevel = new long[levels];
        var byCross = new long[sectors * levels];
        var crossOrganisations = new int[sectors * levels];
        for (var o = 0; o < unitOf.Length; o++)
        {
            var sector = Structure.SectorOf[o];
            var any = false;
            for (var l = 0; l < levels; l++)
            {
                var people = Roster.Invited.GetValueOrDefault(new(o, l));
                if (people == 0) continue;
                any = true;
                bySector[sector] += people;
                byLevel[l] += people;
                byCross[sector * levels + l] += people;
                crossOrganisations[sector * levels + l]++;
            }

            if (any) organisations[sector]++;
        }

        var planned = new List<Cell>();
        var withLevels = levels <= MostLevels;
        if (bySector.Sum() > 0) planned.Add(Cell.All);
        for (var s = 0; s < sectors; s++)
            if (bySector[s] > 0 && (Folds.OrganisationRows || !Folds.AreKnown || organisations[s] > 1)) planned.Add(Cell.Sector(s));
        for (var l = 0; l < levels && withLevels; l++)
            if (byLevel[l] > 0) planned.Add(Cell.Level(l));
        for (var u = 0; u < Units.Count; u++)
            if (Units[u].MayShow && Enumerable.Range(0, levels).Any(l => Invited[u, l] > 0)) planned.Add(Cell.Unit(u));
        // A sector x level cell with one organisation in it would be organisation x level, which is not offered.
        for (var s = 0; s < sectors; s++)
            for (var l = 0; l < levels && withLevels && withCrosses; l++)
                if (byCross[s * levels + l] >= (long)CrossFactor * Thresholds.Means
                    && (!Folds.AreKnown || crossOrganisations[s * levels + l] > 1))
                    planned.Add(Cell.SectorLevel(s, l));
        return planned;
    }
}

/// <summary>Counts of people per reporting unit × level. Equal where every count is equal.</summary>
public sealed class ReportingCounts : IEquatable<ReportingCounts>
{
    private readonly long[] counts;
    private readonly int levels;

    internal ReportingCounts(long[] counts, int levels)
    {
        this.counts = counts;
        this.levels = levels;
    }

    public long this[int unit, int level] => counts[unit * levels + level];

    public long Total => counts.Sum();

    public bool Equals(ReportingCounts? other) => other is not null && levels == other.levels && counts.AsSpan()
        .SequenceEqual(other.counts);

    public override bool Equals(object? obj) => Equals(obj as ReportingCounts);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var n in counts) hash.Add(n);
        return hash.ToHashCode();
    }
}
