using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Lists;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Rounds.Planning;

/// <summary>Whose people are invited: organisations and levels; and whether others may answer by an open link.</summary>
[RequestFormLimits(ValueCountLimit = 5000)] // a field for every organisation
[For(Role.Coordinator)]
public sealed class WhoModel(PartnershipAccess access, RoundOperations rounds, ConfirmedLists lists, ColeadDb db) : DraftPage(access,
    rounds)
{
    private readonly PartnershipAccess access = access;
    private IReadOnlyDictionary<Level, int> byLevel = new Dictionary<Level, int>();

    [BindProperty(Name = nameof(Organisation))]
    public Dictionary<long, bool> Organisation { get; set; } = [];

    [BindProperty(Name = nameof(Level))]
    public Dictionary<Level, bool> Level { get; set; } = [];

    [BindProperty]
    public bool OpenLink { get; set; }

    public IReadOnlyList<Row> Organisations { get; private set; } = [];

    /// <summary>How the lists of those asked stand, as if the round opened now.</summary>
    public IReadOnlyList<(RoundOrganisation Organisation, OrganisationAtOpening At,
        IReadOnlyList<EntryState> States)> Lists { get; private set; } = [];

    public int PeopleAt(Level level) => byLevel.GetValueOrDefault(level);

    public string? ErrorOf(string field) => ModelState[field]?.Errors.FirstOrDefault()?.ErrorMessage;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Organisation = Round.Organisations.ToDictionary(o => o.OrganisationId, _ => true);
        Level = Round.Levels.ToDictionary(level => level, _ => true);
        OpenLink = Round.OpenLink is not null;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var organisations = Organisation.Where(o => o.Value).Select(o => o.Key).ToHashSet();
        var levels = Words.Levels.Select(level => Enum.Parse<Level>(level.Value)).Where(level => Level.GetValueOrDefault(level)).ToList();
        if (Organisation.Keys.Except(Organisations.Select(o => o.Id)).Any()) ModelState.AddModelError(nameof(Organisation),
            "Choose among the organisations of the partnership");
        else if (organisations.Count == 0) ModelState.AddModelError(nameof(Organisation), "Choose at least one organisation");
        if (levels.Count == 0) ModelState.AddModelError(nameof(Level), "Choose at least one level");
        if (!ModelState.IsValid) return Page();
        // others are asked, so something else can be shown
        if (!organisations.SetEquals(Round.Organisations.Select(o => o.OrganisationId))
            || !levels.SequenceEqual(Round.Levels)) Round.FoldsDecided = false;
        Round.Organisations.RemoveAll(o => !organisations.Contains(o.OrganisationId));
        foreach (var row in Organisations.Where(o => organisations.Contains(o.Id)
            && Round.Organisations.TrueForAll(r => r.OrganisationId != o.Id)))
            Round.Organisations.Add(new() { OrganisationId = row.Id, Name = row.Name, Sector = row.Sector });
        Round.Levels = levels;
        Round.OpenLink = OpenLink ? Round.OpenLink ?? RoundOperations.NewOpenLink() : null;
        return await SaveAsync("who is asked");
    }

    private async Task LoadAsync()
    {
        Organisations = await access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => new Row(o.Id, o.Name, o.Sector, o.Memberships.Count(m => m.LeftOn == null))).ToListAsync();
        byLevel = await db.Set<Membership>().Where(m => m.LeftOn == null && m.Organisation!.PartnershipId == Standing.PartnershipId)
            .GroupBy(m => m.Level)
            .Select(g => new { g.Key, People = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.People);
        var asked = Round.Organisations.ToDictionary(o => o.OrganisationId);
        var people = await db.Set<Membership>().Where(m => m.LeftOn == null && m.Organisation!.PartnershipId == Standing.PartnershipId
            && Round.Levels.Contains(m.Level))
            .Select(m => new { m.PersonId, m.OrganisationId }).ToListAsync();
        var at = await lists.AtAsync(Standing.PartnershipId,
            [.. people.Where(p => asked.ContainsKey(p.OrganisationId)).Select(p => (p.PersonId, p.OrganisationId))]);
        Lists = [.. at.Organisations.Select(o => (asked[o.Key], o.Value,
            (IReadOnlyList<EntryState>)[.. at.States.Where(s => s.Key.OrganisationId == o.Key).Select(s => s.Value)]))
            .OrderBy(o => o.Item1.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    public sealed record Row(long Id, string Name, Sector Sector, int People);
}
