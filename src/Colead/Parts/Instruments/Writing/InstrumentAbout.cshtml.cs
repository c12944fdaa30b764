using Colead.Analysis.Instruments;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Instruments.Writing;

[For(Role.Coordinator)]
public sealed class InstrumentAboutModel(PartnershipAccess access, InstrumentOperations instruments) : InstrumentPage(access, instruments)
{
    /// <summary>Spoken by many in the United Kingdom. Any other comes with a file.</summary>
    private static readonly string[] Common = ["en", "cy", "gd", "ga", "ar", "bn", "zh", "fr", "gu", "ku", "lt", "ne", "fa", "pl", "pt",
        "pa", "ro", "so", "es", "ta", "tr", "uk", "ur"];

    [BindProperty(Name = nameof(Titles))]
    public Dictionary<string, string?> Titles { get; set; } = [];

    [BindProperty(Name = nameof(Stems))]
    public Dictionary<string, string?> Stems { get; set; } = [];

    [BindProperty(Name = nameof(Reviewed))]
    public Dictionary<string, bool> Reviewed { get; set; } = [];

    [BindProperty]
    public string? Added { get; set; }

    [BindProperty]
    public string? Dropped { get; set; }

    public IReadOnlyList<Choice> More => [.. Common.Where(tag => !Instrument.Languages.ContainsKey(tag))
        .OrderBy(Languages.Say, StringComparer.Ordinal).Select(tag => new Choice(tag, Languages.Say(tag)))];
    public IReadOnlyList<Choice> Present => [.. Tags.Select(tag => new Choice(tag, Languages.Say(tag)))];

    public void OnGet() => Fill();

    public async Task<IActionResult> OnPostAsync()
    {
        var titles = ReadTexts(nameof(Titles), Titles, LongestName, "Enter a title");
        var stems = ReadOptionalTexts(nameof(Stems), Stems, LongestText);
        var languages = Tags.ToDictionary(tag => tag, tag => Reviewed.GetValueOrDefault(tag) ? LanguageReview.Reviewed
            : LanguageReview.AwaitingReview, StringComparer.Ordinal);
        return ModelState.IsValid ? await SaveAsync(Instrument.With(titles: titles, stems: stems, languages: languages)) : Page();
    }

    public Task<IActionResult> OnPostAddAsync() => ChangeAsync(nameof(Added), More, Added, tag => Instrument.WithLanguage(tag));

    public Task<IActionResult> OnPostDropAsync() => ChangeAsync(nameof(Dropped), Tags.Count > 1 ? Present : [], Dropped,
        tag => Instrument.WithoutLanguage(tag));

    private async Task<IActionResult> ChangeAsync(string field, IReadOnlyList<Choice> choices, string? tag, Func<string, Instrument> change)
    {
        Fill();
        if (choices.All(choice => choice.Value != tag)) ModelState.AddModelError(field, "Choose a language");
        return ModelState.IsValid ? await SaveAsync(change(tag!), InstrumentsLinks.InstrumentAbout(Standing.PartnershipId, Own.Id))
            : Page();
    }

    private void Fill()
    {
        Titles = Instrument.Titles.ToDictionary(t => t.Key, t => (string?)t.Value, StringComparer.Ordinal);
        Stems = Instrument.Stems.ToDictionary(t => t.Key, t => (string?)t.Value, StringComparer.Ordinal);
        Reviewed = Instrument.Languages.ToDictionary(l => l.Key, l => l.Value == LanguageReview.Reviewed, StringComparer.Ordinal);
    }
}
