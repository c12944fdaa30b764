using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// The closing computation: from a round's summaries to its publication. Disclosure control decides which cells are
/// shown; only then are figures made, from those cells alone; at the end every figure made passes the release audit.
/// </summary>
public static class Publisher
{
    /// <summary>Version of the publication's form.</summary>
    public const int Format = 3;

    /// <summary>The oldest form that is still read: what was sealed stays as it is.</summary>
    public const int FirstFormat = 1;

    /// <summary>Version of the methods in docs/methods. Changes whenever an equal round would publish other figures.</summary>
    public const string Method = "2027-01";

    /// <exception cref="ReleaseRefusedException">The final audit found, or could not rule out, that a figure gives
    /// someone away. Nothing is published.</exception>
    public static Publication Publish(RoundToPublish round) => Publish(round, ProtectionRules.All);

    internal static Publication Publish(RoundToPublish round, ProtectionRules rules)
    {
        if (!rules.CountedOnly) round = round with { Uncounted = null };
        var plan = PlanOf(round);
        var totals = ViewTotals.Of(round.Answers, plan);
        var known = round.Uncounted is { } uncounted ? ViewTotals.Of(uncounted, plan) : null;
        var columns = new Columns(plan, round.Answers, round.Uncounted);
        var shown = ShownCells.Decide(plan, columns, totals, known, round.Answers.Instrument.Scale, rules);
        var participation = Participation.Of(round, plan, columns, shown, rules);
        var ledger = new FigureLedger();
        var instrument = round.Answers.Instrument;
        var shared = Enumerable.Range(0, shown.MeasureCount).Select(m => SharedFigures.Of(plan, totals, shown, m,
            instrument.Scale)).ToArray();
        var sectorFigures = round.Groupings.HasFlag(Groupings.Organisations) && plan.Folds.OrganisationRows
            ? SectorFigures.Of(plan, totals, shown, participation, shared, instrument, round.Answers.ScoreProducts)
            : null;

        var publication = new Publication
        {
            Format = Format,
            Method = Method,
            Instrument = Describe(round.Answers.Instrument),
            Thresholds = round.Thresholds,
            Open = TierOf(Tier.Open),
            Members = TierOf(Tier.Members),
            Units = Units(round, plan),
        };
        new ReleaseGuard(plan, columns, shown).Audit(ledger);
        return publication;

        PublishedTier TierOf(Tier tier) => Publisher.TierOf(round, plan, totals, known, shown, participation, shared, sectorFigures,
            ledger, tier);
    }

    /// <summary>The plan a round is published by. Without a roster, those who answered (and count) stand for those invited.</summary>
    public static ReportingPlan PlanOf(RoundToPublish round)
    {
        var roster = round.Roster ?? new Roster(
            round.Answers.Structure,
            round.Answers.Respondents.ToDictionary(s => s.Key, s => (int)(s.Value - (round.Uncounted?.CountOf(s.Key) ?? 0))));
        return new(roster, round.Groupings.HasFlag(Groupings.Organisations) ? round.Folds : FoldPlan.OrganisationsUnknown, round.Thresholds,
            answeredOnly: round.Roster is null);
    }

    private static PublishedInstrument Describe(Instrument instrument) => new(
        instrument.Id,
        instrument.Version,
        instrument.Scale.Lowest,
        instrument.Scale.Highest,
        [.. instrument.Dimensions.Select(d => new PublishedDimension(d.Id, [.. d.Items.Select(i => i.Id)]))]);

    private static List<PublishedUnit> Units(RoundToPublish round, ReportingPlan plan)
    {
        if (!round.Groupings.HasFlag(Groupings.Organisations)) return [];
        return [.. plan.Units.Select((unit, i) => new PublishedUnit(
            UnitId(i),
            plan.Structure.Sectors[unit.Sector],
            unit.Organisations.Count > 1,
            [.. unit.Organisations.Select(o => plan.Structure.Organisations[o].Name).Order(StringComparer.Ordinal)]))];
    }

    private static string UnitId(int unit) => FormattableString.Invariant($"u{unit + 1}");

    private static PublishedTier TierOf(
        RoundToPublish round, ReportingPlan plan, ViewTotals totals, ViewTotals? known, ShownCells shown, Participation participation,
        SharedFigures[] shared, SectorFigures? sectorFigures, FigureLedger ledger, Tier tier)
    {
        var instrument = round.Answers.Instrument;
        var change = ChangeFigures.Since(round.Before, instrument, tier, round.Roster?.Total);
        var view = new ViewWriter(round, plan, totals, known, shown, participation, shared, change, ledger, tier);

        List<Cell> sectors = round.Groupings.HasFlag(Groupings.Sectors) ? [.. plan.Planned.Where(c => c.Kind == ViewKind.Sector)] : [];
        List<Cell> levels = round.Groupings.HasFlag(Groupings.Levels) ? [.. plan.Planned.Where(c => c.Kind == ViewKind.Level)] : [];
        List<Cell> units = tier == Tier.Members ? [.. plan.Planned.Where(c => c.Kind == ViewKind.Unit)] : [];
        List<Cell> crosses = tier == Tier.Members && sectors.Count > 0 && levels.Count > 0
            ? [.. plan.Planned.Where(c => c.Kind == ViewKind.SectorLevel)] : [];

        // Every cell and test first; words only when all tests of the page are known.
        var tests = new TierTests();
        if (change is not null) ChangeFigures.Open(tests);
        var gaps = new GapFigures(instrument, totals, shown, tests, tier, view.NameOf);
        var organisationsKnown = tier == Tier.Members && round.Groupings.HasFlag(Groupings.Organisations);
        var unitCells = units.Count > 0 ? view.Groups(ViewKind.Unit, units, tests) : null;
        if (unitCells is null && organisationsKnown) tests.Open(TestFamily.Organisations, NotTested.OrganisationsUnknown);
        var sectorCells = view.Groups(ViewKind.Sector, sectors, tests);
        var levelCells = view.Groups(ViewKind.Level, levels, tests);
        var sectorGaps = sectors.Count > 0 ? gaps.Sectors(sectors, sectorFigures) : [];
        var levelGaps = levels.Count > 0 ? gaps.Levels(levels) : [];
        // Without a roster those who answered would stand for those invited: weights, and whether there is a word, would tell of small
        // groups.
        var all = view.All(levels.Count > 0 && round.Roster is not null ? levelCells : null, tests);
        var decided = tests.Decide(change?.OtherOrganisations(Units(round, plan).SelectMany(u => u.Organisations)) ?? false);

        var published = new PublishedTier
        {
            All = view.Write(all),
            Sectors = view.Write(sectorCells),
            SectorGaps = sectorGaps,
            Levels = view.Write(levelCells),
            LevelGaps = levelGaps,
            Organisations = unitCells is null ? [] : view.Write(unitCells),
            SectorLevels = view.Write(view.Groups(ViewKind.SectorLevel, crosses, tests)),
            OpenLink = OpenLinkFigures.Of(round),
            Tests = decided,
            Findings = [],
        };
        return published with { Findings = FindingRanking.Rank(published, instrument.Scale) };
    }
}
