using Colead.Parts.Answering.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Answering.Preview;

/// <summary>A round as respondents see it, page by page and in each language. It has no form, so there is nothing that could be
/// saved.</summary>
[For(Role.Coordinator)]
public sealed class RoundPreviewModel(PartnershipAccess access, RoundOperations rounds, RoundSheets sheets) : PageModel
{
    public long PartnershipId { get; private set; }
    public Round Round { get; private set; } = null!;
    public RoundSheet Sheet { get; private set; } = null!;
    public string Language { get; private set; } = "";
    public RespondentTexts Texts => RespondentTexts.For(Language);
    /// <summary>0: the start; then the parts; last the look over.</summary>
    public int Number { get; private set; }
    public IReadOnlyList<string> NoComments => [.. Sheet.Instrument.Dimensions.Select(_ => "")];

    public async Task<IActionResult> OnGetAsync(long roundId, int? number, string? lang)
    {
        var standing = await access.RequiredAsync();
        PartnershipId = standing.PartnershipId;
        if (await rounds.Of(standing).AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId) is not { } round
            || await sheets.LoadAsync(roundId) is not { } sheet) return NotFound();
        (Round, Sheet, Number, Language) = (round, sheet, number ?? 0, sheet.Language(lang));
        return Number < 0 || Number > sheet.Instrument.Dimensions.Count + 1 ? NotFound() : Page();
    }

    /// <summary>Another page of the preview.</summary>
    public string At(int number, string? language = null) =>
        FormattableString.Invariant($"{RoundsLinks.Preview(PartnershipId, Round.Id)}/{number}?lang={language ?? Language}");
}
