using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Instruments.Writing;

[For(Role.Coordinator)]
public sealed class InstrumentScaleModel(PartnershipAccess access, InstrumentOperations instruments) : InstrumentPage(access, instruments)
{
    private const int Farthest = 100;

    [BindProperty]
    public string? Lowest { get; set; }

    /// <summary>One answer a line, by language.</summary>
    [BindProperty(Name = nameof(Anchors))]
    public Dictionary<string, string?> Anchors { get; set; } = [];

    public void OnGet()
    {
        Lowest = Instrument.Scale.Lowest.ToString(CultureInfo.InvariantCulture);
        Anchors = Instrument.Anchors.ToDictionary(a => a.Key, a => (string?)string.Join('\n', a.Value), StringComparer.Ordinal);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!int.TryParse(ShortText.Tidy(Lowest), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var lowest)
            || Math.Abs(lowest) > Farthest)
            ModelState.AddModelError(nameof(Lowest), "Enter a whole number, usually 1");
        var anchors = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var tag in Tags)
        {
            var lines = (Anchors.GetValueOrDefault(tag) ?? "").Split('\n').Select(ShortText.Tidy).OfType<string>().ToList();
            if (lines.Count is < Scale.FewestOptions or > Scale.MostOptions) ModelState.AddModelError($"Anchors_{tag}",
                $"Enter 2 to 12 answers, one a line; these are {lines.Count}");
            else if (lines.Find(line => line.Length > LongestName) is { } tooLong) ModelState.AddModelError($"Anchors_{tag}",
                $"“{tooLong[..20]}…” has more than {LongestName} characters");
            else if (anchors.Count > 0 && anchors.First().Value.Count != lines.Count) ModelState.AddModelError($"Anchors_{tag}",
                $"Every language needs the same number of answers; {Languages.Say(anchors.First().Key)} has {anchors.First().Value.Count}, these are {lines.Count}");
            anchors[tag] = lines;
        }
        if (!ModelState.IsValid) return Page();
        return await SaveAsync(Instrument.With(scale: new Scale(lowest, lowest + anchors.First().Value.Count - 1), anchors: anchors));
    }
}
