using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Rounds.Planning;

[For(Role.Coordinator)]
public sealed class NewRoundModel(PartnershipAccess access, RoundOperations rounds) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public long PartnershipId { get; private set; }

    public async Task OnGetAsync() => PartnershipId = (await access.RequiredAsync()).PartnershipId;

    public async Task<IActionResult> OnPostAsync()
    {
        var standing = await access.RequiredAsync();
        PartnershipId = standing.PartnershipId;
        var name = ShortText.Tidy(Name);
        if (name is null) ModelState.AddModelError(nameof(Name), "Enter a name for the round");
        else if (name.Length > Round.NameLength) ModelState.AddModelError(nameof(Name), "Enter a name of at most 120 characters");
        if (!ModelState.IsValid) return Page();
        var round = await rounds.CreateAsync(standing, name!);
        return Redirect(RoundsLinks.Round(PartnershipId, round.Id));
    }
}
