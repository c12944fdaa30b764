using System.ComponentModel.DataAnnotations;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Partnerships.Overviews;

/// <summary>The fields of a partnership, the same whether it is created or changed.</summary>
public abstract class PartnershipForm : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the name of the partnership"),
        StringLength(Partnership.NameLength, ErrorMessage = "Enter a name of at most 120 characters")]
    public string? Name { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter the place it works in"),
        StringLength(Partnership.PlaceLength, ErrorMessage = "Enter a place of at most 120 characters")]
    public string? Place { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose how the partnership is bound together")]
    public PartnershipKind? Kind { get; set; }

    [BindProperty, Required(ErrorMessage = "Say what the partnership is for"),
        StringLength(Partnership.PurposeLength, ErrorMessage = "Say it in at most 1,000 characters")]
    public string? Purpose { get; set; }

    [BindProperty, Required(ErrorMessage = "Say what none of you could do alone"),
        StringLength(Partnership.PurposeLength, ErrorMessage = "Say it in at most 1,000 characters")]
    public string? WhyNotAlone { get; set; }

    /// <summary>Text of several lines: line ends made one kind, ends trimmed.</summary>
    protected static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    protected string TidyName => ShortText.Tidy(Name) ?? "";
    protected string TidyPlace => ShortText.Tidy(Place) ?? "";
}
