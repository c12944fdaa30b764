using Colead.Analysis.Instruments;
using Colead.Kit.Forms;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Rounds.Planning;

/// <summary>Which instrument the round takes, and in which of its languages.</summary>
[For(Role.Coordinator)]
public sealed class QuestionnaireModel(PartnershipAccess access, RoundOperations rounds,
    InstrumentOperations instruments) : DraftPage(access, rounds)
{
    /// <summary>What the round took before, and what is no longer offered as it was.</summary>
    private const string AsTaken = "taken";

    private IReadOnlyList<OfferedInstrument> offered = [];

    [BindProperty]
    public string? Instrument { get; set; }

    [BindProperty(Name = nameof(Language))]
    public Dictionary<string, bool> Language { get; set; } = [];

    public IReadOnlyList<Choice> Choices => [.. offered.Select(o => new Choice(o.Key, o.Title, o.About))];
    public IReadOnlyList<(string Tag, string Label)> LanguagesOffered { get; private set; } = [];
    public string? LanguageProblem => ModelState[nameof(Languages)]?.Errors.FirstOrDefault()?.ErrorMessage;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        Instrument = offered.First(o => InstrumentFile.ContentHash(o.Instrument) == Round.InstrumentHash).Key;
        Language = Round.Languages.ToDictionary(tag => tag, _ => true, StringComparer.Ordinal);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var chosen = offered.FirstOrDefault(o => o.Key == Instrument);
        if (chosen is null) ModelState.AddModelError(nameof(Instrument), "Choose one of the questionnaires");
        var languages = Languages.InOrder(Language.Where(l => l.Value).Select(l => l.Key)).ToList();
        if (languages.Count == 0) ModelState.AddModelError(nameof(Languages), "Choose at least one language");
        else if (chosen is not null && languages.Find(tag => !chosen.Instrument.Languages.ContainsKey(tag)) is { } lacking)
            ModelState.AddModelError(nameof(Languages), LanguagesOffered.Any(l => l.Tag == lacking)
                ? $"This questionnaire does not exist in {Languages.Say(lacking)}" : "Choose among the languages given");
        if (!ModelState.IsValid) return Page();
        Round.InstrumentHash = await instruments.KeepAsync(chosen!.Instrument);
        Round.Languages = languages;
        return await SaveAsync("questionnaire");
    }

    private async Task LoadAsync()
    {
        var all = await instruments.OfferedAsync(Standing.PartnershipId);
        var taken = await instruments.ReadAsync(Round.InstrumentHash);
        offered = all.Any(o => InstrumentFile.ContentHash(o.Instrument) == Round.InstrumentHash) ? all
            : [.. all, new OfferedInstrument(AsTaken, taken)];
        LanguagesOffered = [.. Languages.InOrder(offered.SelectMany(o => o.Instrument.Languages.Keys).Distinct(StringComparer.Ordinal))
            .Select(tag => (tag, Languages.Say(tag)
                + (offered.Any(o => o.Instrument.Languages.GetValueOrDefault(tag) == LanguageReview.AwaitingReview) ? ", awaiting review"
                : "")))];
    }
}
