using System.ComponentModel.DataAnnotations;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Vision.OwnAims;

/// <summary>The fields of an own aim, the same whether it is written or changed.</summary>
public abstract class OwnAimFields : PageModel
{
    [BindProperty, Required(ErrorMessage = "Say what your organisation wants"),
        StringLength(OwnAim.NameLength, ErrorMessage = "Use at most 120 characters: the rest fits below")]
    public string? Name { get; set; }

    [BindProperty, StringLength(OwnAim.TextLength, ErrorMessage = "Use at most 1,000 characters")]
    public string? Text { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose who sees it")]
    public AimVisibility? Visibility { get; set; }

    public long PartnershipId { get; protected set; }
    public long OrganisationId { get; protected set; }

    /// <summary>What was typed, tidied; only where the form passes.</summary>
    protected OwnAimText Typed => new(ShortText.Tidy(Name)!, AimWords.Lines(Text), Visibility!.Value);

    protected void CheckFields()
    {
        if (Name is not null && ShortText.Tidy(Name) is null) ModelState.AddModelError(nameof(Name), "Say what your organisation wants");
        if (Visibility is { } seen && !Enum.IsDefined(seen)) ModelState.AddModelError(nameof(Visibility),
            "Choose one of the answers given");
    }
}
