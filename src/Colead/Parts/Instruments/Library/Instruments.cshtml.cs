using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Forms;
using Colead.Parts.Instruments.Writing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Instruments.Library;

/// <summary>What a round can ask, and two ways to something of one's own: a copy, or a file.</summary>
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
[For(Role.Coordinator)]
public sealed class InstrumentsModel(PartnershipAccess access, InstrumentOperations instruments) : PageModel
{
    public const int MostProblems = 30;
    private const int MostBytes = 2 * InstrumentFile.LongestFile; // what is a little too long gets a message of its own

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<OfferedInstrument> Offered { get; private set; } = [];
    public IReadOnlyList<Choice> Choices => [.. Offered.Select(o => new Choice(o.Key, o.Title))];
    public IReadOnlyList<InstrumentProblem> Problems { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostCopyAsync()
    {
        await LoadAsync();
        var from = Offered.FirstOrDefault(o => o.Key == From);
        if (from is null) ModelState.AddModelError(nameof(From), "Choose what to copy");
        return await AddedAsync(nameof(From), from?.Instrument.Copy());
    }

    public async Task<IActionResult> OnPostUploadAsync()
    {
        await LoadAsync();
        if (Upload is null) ModelState.AddModelError(nameof(Upload), "Choose the file");
        if (!ModelState.IsValid) return Page();
        using var stream = new MemoryStream();
        await Upload!.CopyToAsync(stream);
        var reading = InstrumentFile.Read(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        Problems = reading.Problems;
        if (Problems.Count > 0) ModelState.AddModelError(nameof(Upload),
            $"The file cannot be used. {(Problems.Count == 1 ? "What is wrong stands" : $"{Problems.Count} things that are wrong stand")} below");
        return await AddedAsync(nameof(Upload), reading.Instrument);
    }

    private async Task<IActionResult> AddedAsync(string field, Instrument? instrument)
    {
        if (!ModelState.IsValid) return Page();
        if (await instruments.AddAsync(Standing, instrument!) is { } own)
        {
            this.Say("It is yours to change.");
            return Redirect(InstrumentsLinks.Instrument(Standing.PartnershipId, own.Id.ToString(CultureInfo.InvariantCulture)));
        }
        ModelState.AddModelError(field, $"You have {InstrumentOperations.MostOwn} questionnaires already. Remove one first");
        return Page();
    }

    private async Task LoadAsync()
    {
        Standing = await access.RequiredAsync();
        Offered = await instruments.OfferedAsync(Standing.PartnershipId);
    }
}
