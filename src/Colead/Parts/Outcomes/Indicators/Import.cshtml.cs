using Colead.Kit.Forms;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Outcomes.Indicators;

/// <summary>Readings from a file: all rows or none, with what is wrong by row.</summary>
[For(Role.Member)]
public sealed class ImportModel(PartnershipAccess access, IndicatorOperations book) : PageModel
{
    public const int MostBytes = 200 * 1024;

    [BindProperty]
    public IFormFile? List { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Indicator Indicator { get; private set; } = null!;
    public IReadOnlyList<(int Row, string Sentence)> Problems { get; private set; } = [];
    public string Back => OutcomesLinks.Indicator(Standing.PartnershipId, Indicator.OutcomeId, Indicator.Id);

    public async Task<IActionResult> OnGetAsync(long outcomeId, long indicatorId) => await LoadAsync(outcomeId, indicatorId) ? Page()
        : NotFound();

    public async Task<IActionResult> OnPostAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        if (List is null) ModelState.AddModelError(nameof(List), "Choose the file");
        else if (List.Length > MostBytes) ModelState.AddModelError(nameof(List),
            "The file is larger than 200 KB. Bring dates and values only");
        if (!ModelState.IsValid) return Page();
        using var stream = new MemoryStream();
        await List!.CopyToAsync(stream);
        ReadingsFile result;
        try
        {
            result = await book.ImportAsync(Standing, Indicator, TableFile.Read(stream.ToArray(), IndicatorOperations.Limits));
        }
        catch (UnreadableFileException error)
        {
            ModelState.AddModelError(nameof(List), error.Message);
            return Page();
        }
        if (result.Problems.Count > 0)
        {
            Problems = result.Problems;
            ModelState.AddModelError(nameof(List),
                $"{Dates.Count(Problems.Count, "row is", "rows are")} not right, so nothing was taken. Mend the file and bring it again");
            return Page();
        }
        this.Say(result.New == 0
            ? "Everything in the file was here already: nothing has changed."
            : $"{Dates.Count(result.New, "reading", "readings")} taken in{(result.Unchanged > 0 ? $"; {result.Unchanged} were here already" : "")}.");
        return Redirect(Back);
    }

    private async Task<bool> LoadAsync(long outcomeId, long indicatorId)
    {
        Standing = await access.RequiredAsync();
        Indicator = (await book.FindAsync(Standing, outcomeId, indicatorId))!;
        return Indicator is not null;
    }
}
