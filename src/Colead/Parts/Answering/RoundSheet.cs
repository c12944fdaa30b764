using System.Collections.Concurrent;
using Colead.Analysis.Instruments;
using Colead.Composition;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Answering;

/// <summary>An organisation that may be answered for. Those of one fold are reported together.</summary>
public sealed record SheetOrganisation(long Id, string Name, int? Fold)
{
    public Sector Sector { get; init; }
    /// <summary>Whether somebody other than who wrote the list of its people confirmed it; absent before the round opens.</summary>
    public bool? ListConfirmed { get; init; }
}

/// <summary>How many of an organisation's level are asked.</summary>
public sealed record AskedPeople(long OrganisationId, Level Level, int People);

/// <summary>All that a respondent's pages need to know of a round.</summary>
public sealed record RoundSheet
{
    public required long Id { get; init; }
    public required int Version { get; init; }
    public required RoundState State { get; init; }
    public required string Partnership { get; init; }
    public required string Purpose { get; init; }
    public required Instrument Instrument { get; init; }
    /// <summary>Tags of the languages offered, the first one first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    public required IReadOnlyList<Level> Levels { get; init; }
    public required IReadOnlyList<SheetOrganisation> Organisations { get; init; }
    public required int MeansFrom { get; init; }
    public required int DetailsFrom { get; init; }
    public required bool OrganisationRows { get; init; }
    public required bool HasOpenLink { get; init; }
    public required DateTime? OpensAt { get; init; }
    public required DateTime? ClosesAt { get; init; }
    public required string Contact { get; init; }
    public required int KeptYears { get; init; }
    /// <summary>How people get their links.</summary>
    public required IReadOnlyList<RoundWay> Ways { get; init; }
    /// <summary>The list of the round; everyone is told how many of their own organisation stand on it, because those who know better see a
    /// false one.</summary>
    public required IReadOnlyList<AskedPeople> Asked { get; init; }
    /// <summary>Whether a copy of its key is kept apart; null where the operator has not said.</summary>
    public bool? KeysCopied { get; init; }

    /// <summary>Its pages as far as they were rendered, by language, number, open link, whether something was saved, and level where hints
    /// go by it.</summary>
    internal ConcurrentDictionary<(string Language, int Number, bool ByOpenLink, bool Saved, string? Level),
        PageTemplate> Pages { get; } = [];

    /// <summary>About three statements a minute.</summary>
    public int Minutes => (Instrument.ItemCount + 2) / 3;

    public string? OrganisationName(long? id) => Organisations.FirstOrDefault(o => o.Id == id)?.Name;

    /// <summary>The language asked for, when it is offered; otherwise the round's first.</summary>
    public string Language(string? asked) => Languages.FirstOrDefault(tag => tag == asked) ?? Languages[0];
}

/// <summary>
/// Keeps what respondents' pages need of rounds: while a round is open only a few of its settings may change, and then its version does.
/// Read anew after a minute all the same, because the partnership's name has no part in that version.
/// </summary>
public sealed class RoundSheets(IServiceScopeFactory scopes, ColeadSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<long, (RoundSheet Sheet, DateTimeOffset ReadAt)> known = [];

    public async ValueTask<RoundSheet> ReadAsync(long roundId, int version)
    {
        if (known.TryGetValue(roundId, out var kept) && kept.Sheet.Version == version
            && clock.GetUtcNow() - kept.ReadAt < Lifetime) return kept.Sheet;
        var sheet = await LoadAsync(roundId) ?? throw new InvalidOperationException($"Round {roundId} is gone.");
        known[roundId] = (sheet, clock.GetUtcNow());
        return sheet;
    }

    /// <summary>As it stands now, whatever its state: also for a look at how respondents will see it.</summary>
    public async Task<RoundSheet?> LoadAsync(long roundId)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var round = await db.Set<Round>().AsNoTracking().Include(r => r.Organisations).Include(r => r.Partnership)
            .FirstOrDefaultAsync(r => r.Id == roundId);
        if (round is null) return null;
        var instrument = await scope.ServiceProvider.GetRequiredService<InstrumentOperations>().ReadAsync(round.InstrumentHash);
        var offered = round.Languages.Where(instrument.Languages.ContainsKey).ToList();
        return new RoundSheet
        {
            Id = round.Id,
            Version = round.Version,
            State = round.State,
            Partnership = round.Partnership!.Name,
            Purpose = round.Partnership.Purpose,
            Instrument = instrument,
            Languages = offered.Count > 0 ? offered : [instrument.Languages.Keys.First()],
            Levels = round.Levels,
            Organisations = [.. round.Organisations.OrderBy(o => o.Name, StringComparer.CurrentCulture)
                .Select(o => new SheetOrganisation(o.OrganisationId, o.Name, o.Fold) { Sector = o.Sector,
                ListConfirmed = o.ListConfirmed })],
            MeansFrom = round.MeansFrom,
            DetailsFrom = round.DetailsFrom,
            OrganisationRows = round.OrganisationRows,
            HasOpenLink = round.OpenLink is not null,
            OpensAt = round.OpensAt,
            ClosesAt = round.ClosesAt,
            Contact = round.Contact,
            KeptYears = round.KeptYears,
            Ways = round.Ways,
            KeysCopied = settings.KeysCopied,
            Asked = await db.Set<Invited>().AsNoTracking().Where(i => i.RoundId == roundId)
                .Select(i => new AskedPeople(i.OrganisationId, i.Level, i.People)).ToListAsync(),
        };
    }
}
