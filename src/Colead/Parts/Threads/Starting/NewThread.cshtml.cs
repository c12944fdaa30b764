using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Threads.Starting;

/// <summary>Starts a thread: with a finding, a statement, or a problem in one's own words.</summary>
[For(Role.Member)]
public sealed class NewThreadModel(PartnershipAccess access, ThreadOperations threads, ThreadOrigins beginnings,
    TakenUpThreads takenUp) : PageModel
{
    [BindProperty, StringLength(GoldenThread.TitleLength, ErrorMessage = "Say it in 200 letters or fewer")]
    public string? Title { get; set; }

    [BindProperty, StringLength(GoldenThread.AboutLength, ErrorMessage = "Keep it to 2,000 letters; write the rest as a note")]
    public string? About { get; set; }

    [BindProperty]
    public string? Dimension { get; set; }

    [BindProperty]
    public string? FormKey { get; set; }

    public Standing Standing { get; private set; } = null!;
    public OriginWords? Begins { get; private set; }
    public IReadOnlyList<Choice> Dimensions { get; private set; } = [];
    /// <summary>Threads that the same finding has started already.</summary>
    public IReadOnlyList<TakenUpThread> Already { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long? round, string? kind, string? measure, string? first, string? second)
    {
        if (!await LoadAsync(round, kind, measure, first, second)) return NotFound();
        FormKey = Colead.Kit.Forms.FormKey.New();
        Title = Begins?.Sentence.Length <= GoldenThread.TitleLength ? Begins.Sentence.TrimEnd('.') : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] long? round, [FromQuery] string? kind, [FromQuery] string? measure,
        [FromQuery] string? first, [FromQuery] string? second)
    {
        if (!await LoadAsync(round, kind, measure, first, second)) return NotFound();
        var title = ShortText.Tidy(Title);
        if (title is null) ModelState.AddModelError(nameof(Title), "Give it a title that people will recognise");
        var dimension = Begins is null ? Dimensions.FirstOrDefault(d => d.Value == Dimension)?.Value : Begins.Dimension;
        if (!ModelState.IsValid) return Page();
        var start = new ThreadStart(Colead.Kit.Forms.FormKey.Of(FormKey), title!, About?.ReplaceLineEndings("\n").Trim() ?? "", dimension,
            Begins?.Beginning ?? new(ThreadSource.Problem));
        return Redirect(ThreadsLinks.Talk(Standing.PartnershipId, await threads.StartAsync(Standing, start)));
    }

    private async Task<bool> LoadAsync(long? round, string? kind, string? measure, string? first, string? second)
    {
        Standing = await access.RequiredAsync();
        Dimensions = await beginnings.DimensionsAsync();
        if (round is not { } roundId) return true;
        Begins = await beginnings.FindAsync(roundId, kind, measure, first, second);
        Already = [.. (await takenUp.OfRoundAsync(Standing, roundId))
            .Where(t => t.Kind == kind && t.Measure == measure && t.First == first && t.Second == second)];
        return Begins is not null;
    }
}
