using Colead.Analysis.Instruments;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Instruments.Writing;

/// <summary>One dimension with its statements. Adding, moving and removing statements changes the form; saving changes the
/// instrument.</summary>
[RequestFormLimits(ValueCountLimit = 2000)] // twelve statements in many languages
[For(Role.Coordinator)]
public sealed class InstrumentDimensionModel(PartnershipAccess access, InstrumentOperations instruments) : InstrumentPage(access,
    instruments)
{
    public const int MostItems = 12;
    private const string New = "new";

    [BindProperty(Name = nameof(Names))]
    public Dictionary<string, string?> Names { get; set; } = [];

    [BindProperty(Name = nameof(Descriptions))]
    public Dictionary<string, string?> Descriptions { get; set; } = [];

    [BindProperty(Name = nameof(Items))]
    public List<Line> Items { get; set; } = [];

    public bool IsNew { get; private set; }
    public Dimension? Current { get; private set; }

    protected override bool Finds()
    {
        var id = (string)RouteData.Values["dimension"]!;
        IsNew = id == New;
        Current = Instrument.Dimensions.FirstOrDefault(d => d.Id == id);
        return IsNew || Current is not null;
    }

    public void OnGet()
    {
        Names = Typed(Current?.Names);
        Descriptions = Typed(Current?.Descriptions);
        Items = Current is null ? [new()] : [.. Current.Items.Select(item => new Line { Id = item.Id, Texts = Typed(item.Texts),
            Helps = Typed(item.Descriptors) })];
    }

    public IActionResult OnPostAdd() => Changed(() =>
    {
        if (Items.Count < MostItems) Items.Add(new());
    });

    public IActionResult OnPostMove(int item, int by) => Changed(() => InstrumentEdits.Move(Items, item, Math.Sign(by)));

    public IActionResult OnPostDrop(int item) => Changed(() =>
    {
        if (item >= 0 && item < Items.Count) Items.RemoveAt(item);
    });

    public async Task<IActionResult> OnPostAsync()
    {
        var names = ReadTexts(nameof(Names), Names, LongestName, "Enter a name");
        var descriptions = ReadTexts(nameof(Descriptions), Descriptions, LongestText, "Say what it is about");
        if (Items.Count is 0 or > MostItems) ModelState.AddModelError(nameof(Items),
            $"A dimension has 1 to {MostItems} statements; this one has {Items.Count}");
        var elsewhere = Instrument.Dimensions.Where(d => d != Current).SelectMany(d => d.Items).Select(item => item.Id).ToList();
        var mine = Current?.Items.Select(item => item.Id).ToList() ?? [];
        if (Items.Exists(line => line.Id is not null && !mine.Contains(line.Id, StringComparer.Ordinal))
            || Items.Where(line => line.Id is not null).DistinctBy(line => line.Id, StringComparer.Ordinal)
            .Count() < Items.Count(line => line.Id is not null))
            ModelState.AddModelError(nameof(Items), "Change only statements of this dimension");
        var taken = elsewhere.Concat(mine).ToList();
        var items = new List<Item>();
        for (var i = 0; i < Items.Count; i++)
        {
            var texts = ReadTexts($"Items_{i}_Texts", Items[i].Texts, LongestText, "Enter the statement, or remove it");
            var helps = ReadOptionalTexts($"Items_{i}_Helps", Items[i].Helps, LongestText);
            var id = Items[i].Id ?? InstrumentEdits.NewId("own-1", taken);
            taken.Add(id);
            items.Add(new Item(id) { Texts = texts, Descriptors = helps });
        }
        if (!ModelState.IsValid) return Page();
        var dimensionId = Current?.Id ?? InstrumentEdits.NewId(Languages.InEnglish(names),
            [New, .. Instrument.Dimensions.Select(d => d.Id)]);
        return await SaveAsync(Instrument.WithDimension(new Dimension(dimensionId, items) { Names = names, Descriptions = descriptions }));
    }

    private PageResult Changed(Action change)
    {
        change();
        ModelState.Clear(); // the lines are counted anew
        return Page();
    }

    private static Dictionary<string, string?> Typed(IReadOnlyDictionary<string, string>? texts) =>
        texts?.ToDictionary(t => t.Key, t => (string?)t.Value, StringComparer.Ordinal) ?? [];

    /// <summary>A statement as it is typed; without an id it is new.</summary>
    public sealed class Line
    {
        public string? Id { get; set; }
        public Dictionary<string, string?> Texts { get; set; } = [];
        public Dictionary<string, string?> Helps { get; set; } = [];
    }
}
