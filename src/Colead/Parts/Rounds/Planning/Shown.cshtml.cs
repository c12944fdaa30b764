using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Lists;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Rounds.Planning;

/// <summary>What could be shown with this roster, which organisations are reported together, and the fewest people for anything.</summary>
[RequestFormLimits(ValueCountLimit = 5000)] // a field for every organisation
[For(Role.Coordinator)]
public sealed class ShownModel(PartnershipAccess access, RoundOperations rounds, AskedPeople asked,
    ConfirmedLists lists) : DraftPage(access, rounds)
{
    private const string None = "None";
    private const int MostPeople = 100;

    private IReadOnlyList<Invitee> invitees = [];
    private ListsAtOpening standing = null!;
    private Dictionary<long, int> people = [];

    public static IReadOnlyList<Choice> Ways { get; } =
    [
        new("Folds", "Show organisations, small ones together"),
        new(None, "Show no organisations at all", "Only the whole partnership, its sectors and levels"),
    ];

    [BindProperty]
    public string? Rows { get; set; }

    /// <summary>The fold of each organisation by number; 0: by itself.</summary>
    [BindProperty(Name = nameof(Fold))]
    public Dictionary<long, int> Fold { get; set; } = [];

    [BindProperty]
    public string? MeansFrom { get; set; }

    [BindProperty]
    public string? DetailsFrom { get; set; }

    public bool IsProposal { get; private set; }
    public Prospects? Prospects { get; private set; }
    public IReadOnlyList<IReadOnlyList<string>> Folds => [.. Round.Organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold)
        .OrderBy(g => g.Key).Select(g => g.Select(o => o.Name).Order(StringComparer.CurrentCulture).ToList())];
    public bool FoldsHaveProblems => Round.Organisations.Exists(o => ProblemOf(o) is not null);
    public bool ThresholdsAreRaisedOrWrong => MeansFrom != "5" || DetailsFrom != "10";

    public string Headline =>
        Prospects is null ? "Nobody is invited yet"
        : !Round.OrganisationRows ? "Organisations are not shown"
        : $"If half of the people answer, {Prospects.OrganisationsAtHalf} of {Dates.Count(Prospects.Organisations, "organisation", "organisations")} can be shown";

    public static string Chip(Prospect prospect) => prospect switch { Prospect.Everything => "", Prospect.Averages => "plain",
        _ => "warm" };

    /// <summary>Organisations whose slips do not count, because somebody of their envelope is not confirmed.</summary>
    public IReadOnlyList<string> WithoutCountingSlips =>
        [.. Envelopes.Of(Round, invitees).Where(e => !e.DrawnBy.All(IsConfirmed)).SelectMany(e => e.DrawnBy)
        .Select(p => p.OrganisationId).Distinct().Select(id => Round.Organisations.First(o => o.OrganisationId == id).Name)
            .Order(StringComparer.CurrentCulture)];

    private bool IsConfirmed(Invitee person) => standing.Counts(person.PersonId, person.OrganisationId);

    public int PeopleOf(RoundOrganisation organisation) => people.GetValueOrDefault(organisation.OrganisationId);

    public string? ProblemOf(RoundOrganisation organisation) =>
        ModelState[FieldOf(organisation.OrganisationId)]?.Errors.FirstOrDefault()?.ErrorMessage;

    /// <summary>The groups an organisation of the sector may join: those there are, and one more.</summary>
    public IEnumerable<int> GroupsOf(Sector sector)
    {
        var most = Round.Organisations.Where(o => o.Sector == sector)
            .Max(o => FoldNumber.GroupOf(Fold.GetValueOrDefault(o.OrganisationId)));
        return Enumerable.Range(1, most + 1).Select(group => FoldNumber.Of(sector, group));
    }

    public async Task OnGetAsync(bool proposal)
    {
        await LoadAsync();
        IsProposal = proposal || !Round.FoldsDecided;
        if (IsProposal)
        {
            Round.OrganisationRows = true;
            var proposed = Prospects.Propose(Round, invitees);
            foreach (var organisation in Round.Organisations) organisation.Fold =
                proposed.TryGetValue(organisation.OrganisationId, out var number) ? number : null;
        }
        Rows = Round.OrganisationRows ? Ways[0].Value : None;
        Fold = Round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Fold ?? 0);
        (MeansFrom, DetailsFrom) = (Round.MeansFrom.ToString(CultureInfo.InvariantCulture),
            Round.DetailsFrom.ToString(CultureInfo.InvariantCulture));
        Prospects = Prospects.Of(Round, invitees, Envelopes.Counting(Round, invitees, IsConfirmed));
    }

    public async Task<IActionResult> OnPostTryAsync()
    {
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
        if (!ModelState.IsValid) return Page();
        Round.FoldsDecided = true;
        return await SaveAsync(Round.OrganisationRows ? $"{Folds.Count} groups of organisations reported together"
            : "no organisations shown");
    }

    /// <summary>Puts what was typed and can be used into the round, which is not saved by that.</summary>
    private async Task ReadAsync()
    {
        await LoadAsync();
        var means = ReadCount(nameof(MeansFrom), MeansFrom, least: 5, "At least 5: it may be raised, never lowered");
        var details = ReadCount(nameof(DetailsFrom), DetailsFrom, least: 10, "At least 10: it may be raised, never lowered");
        if (details < means) ModelState.AddModelError(nameof(DetailsFrom), "Statements need at least as many people as averages");
        if (ModelState.ErrorCount == 0) (Round.MeansFrom, Round.DetailsFrom) = (means, details);
        var before = ModelState.ErrorCount;
        if (Ways.All(way => way.Value != Rows)) ModelState.AddModelError(nameof(Rows), "Choose how organisations are shown");
        if (Fold.Keys.Except(Round.Organisations.Select(o => o.OrganisationId)).Any()) ModelState.AddModelError("",
            "Choose among the organisations of the round");
        foreach (var organisation in Round.Organisations)
        {
            var number = Fold.GetValueOrDefault(organisation.OrganisationId);
            if (number != 0 && !FoldNumber.IsIn(organisation.Sector,
                number)) ModelState.AddModelError(FieldOf(organisation.OrganisationId), "Only organisations of one sector can go together");
            else if (number != 0
                && Round.Organisations.Count(o =>
                Fold.GetValueOrDefault(o.OrganisationId) == number) == 1) ModelState.AddModelError(FieldOf(organisation.OrganisationId),
                "Nobody else is in this group. Put another organisation there, or leave this one by itself");
        }
        if (ModelState.ErrorCount == before)
        {
            Round.OrganisationRows = Rows != None;
            foreach (var organisation in Round.Organisations) organisation.Fold = Rows != None
                && Fold.GetValueOrDefault(organisation.OrganisationId) is var number and > 0 ? number : null;
        }
        Prospects = Prospects.Of(Round, invitees, Envelopes.Counting(Round, invitees, IsConfirmed));
    }

    private int ReadCount(string field, string? text, int least, string tooLow)
    {
        if (!int.TryParse(ShortText.Tidy(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            || count > MostPeople) ModelState.AddModelError(field, $"Enter a number from {least} to {MostPeople}");
        else if (count < least) ModelState.AddModelError(field, tooLow);
        return count;
    }

    private async Task LoadAsync()
    {
        invitees = await asked.InviteesAsync(Round);
        people = invitees.CountBy(p => p.OrganisationId).ToDictionary();
        standing = await lists.AtAsync(Round.PartnershipId, [.. invitees.Select(p => (p.PersonId, p.OrganisationId))]);
    }

    private static string FieldOf(long organisationId) => FormattableString.Invariant($"fold-{organisationId}");
}
