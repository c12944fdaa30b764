using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Storage;
using AnalysedOrganisation = Colead.Analysis.Scoring.Organisation;

namespace Colead.Parts.Rounds;

/// <summary>How many people of an organisation's level are invited.</summary>
public sealed record InvitedPeople(long OrganisationId, Level Level, int People);

/// <summary>
/// A round as analysis knows it. The screen that says before opening what could be shown and the closing that decides it both start here,
/// so they cannot differ.
/// </summary>
public sealed class RoundPlan
{
    private readonly Dictionary<long, int> places;
    private readonly bool organisationsKnown;

    private RoundPlan(Round round, IEnumerable<InvitedPeople> invited)
    {
        var organisations = round.Organisations.OrderBy(o => o.OrganisationId).ToList();
        organisationsKnown = organisations.Count > 0;
        places = organisations.Select((o, place) => (o.OrganisationId, place)).ToDictionary();
        Structure = organisationsKnown
            ? new([.. organisations.Select(o => new AnalysedOrganisation(o.Name, NameOf(o.Sector)))], Field.Levels)
            // an imported round that knows sectors at most
            : new([.. Field.Sectors.Select(sector => new AnalysedOrganisation(sector, sector))], Field.Levels);
        Thresholds = new(round.MeansFrom, round.DetailsFrom);
        Folds = round.OrganisationRows && organisationsKnown
            ? new([.. organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold).OrderBy(fold => fold.Key)
                .Select(fold => fold.Select(o => places[o.OrganisationId]).ToList())], OrganisationRows: true)
            : FoldPlan.WithoutOrganisations;
        Roster = round.Origin == RoundOrigin.Imported ? null
            : new Roster(Structure, invited.Where(i => i.People > 0)
            .ToDictionary(i => StratumOf(i.OrganisationId, null, i.Level), i => i.People));
    }

    /// <summary>Organisations in a fixed order, and the field's six levels. Summaries of the round are kept by it.</summary>
    public Structure Structure { get; }

    /// <summary>Who was invited; nobody knows of imported answers.</summary>
    public Roster? Roster { get; }

    /// <summary>One number given to a single organisation is a fold of one: it is withheld.</summary>
    public FoldPlan Folds { get; }

    public Thresholds Thresholds { get; }

    /// <summary>What the round means to publish, before anybody has answered.</summary>
    /// <exception cref="InvalidOperationException">The round was imported, so nobody was asked.</exception>
    public ReportingPlan Reporting => new(Roster ?? throw new InvalidOperationException("An imported round has no roster."), Folds,
        Thresholds);

    /// <param name="round">With its organisations.</param>
    public static RoundPlan Of(Round round, IEnumerable<InvitedPeople> invited) => new(round, invited);

    /// <summary>Where an answer belongs. What an imported file does not tell lies in the first place, and the groupings say so.</summary>
    /// <exception cref="ArgumentException">The organisation is not one of the round.</exception>
    public Stratum StratumOf(long? organisationId, Sector? sector, Level? level)
    {
        var row = (int)(level ?? Level.Board);
        if (!organisationsKnown) return new((int)(sector ?? Sector.Voluntary), row);
        return organisationId is { } id && places.TryGetValue(id, out var place) ? new(place, row)
            : throw new ArgumentException($"Organisation {organisationId} is not in the round.", nameof(organisationId));
    }

    /// <summary>The groupings that all answers carry.</summary>
    public Groupings GroupingsWhere(bool allHaveSector, bool allHaveLevel) =>
        (organisationsKnown ? Groupings.Organisations | Groupings.Sectors : allHaveSector ? Groupings.Sectors
            : Groupings.None) | (allHaveLevel ? Groupings.Levels : Groupings.None);

    /// <summary>A sector's name in publications.</summary>
    public static string NameOf(Sector sector) => Field.Sectors[(int)sector];

    /// <summary>A level's name in publications.</summary>
    public static string NameOf(Level level) => Field.Levels[(int)level];
}
