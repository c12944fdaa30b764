using System.Globalization;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Rounds.Planning;

[For(Role.Coordinator)]
public sealed class ContactModel(PartnershipAccess access, RoundOperations rounds) : DraftPage(access, rounds)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Contact { get; set; }

    [BindProperty]
    public string? KeptYears { get; set; }

    public void OnGet() => (Name, Contact, KeptYears) = (Round.Name, Round.Contact, Round.KeptYears.ToString(CultureInfo.InvariantCulture));

    public async Task<IActionResult> OnPostAsync()
    {
        var (name, contact) = (ShortText.Tidy(Name), ShortText.Tidy(Contact));
        if (name is null) ModelState.AddModelError(nameof(Name), "Enter a name for the round");
        else if (name.Length > Round.NameLength) ModelState.AddModelError(nameof(Name), "Enter a name of at most 120 characters");
        if (contact is null) ModelState.AddModelError(nameof(Contact), "Say whom respondents may ask");
        else if (contact.Length > Round.ContactLength) ModelState.AddModelError(nameof(Contact), "Say it in at most 200 characters");
        if (!int.TryParse(ShortText.Tidy(KeptYears), NumberStyles.None, CultureInfo.InvariantCulture, out var years)
            || years is < 1 or > RoundOperations.MostYearsKept)
            ModelState.AddModelError(nameof(KeptYears), "Enter a number of years from 1 to 20");
        if (!ModelState.IsValid) return Page();
        (Round.Name, Round.Contact, Round.KeptYears) = (name!, contact!, years);
        return await SaveAsync("name and contact");
    }
}
