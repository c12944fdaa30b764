using System.ComponentModel.DataAnnotations;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Vision.SharedAims;

/// <summary>The fields of a wording, the same for a new aim and for another wording of one.</summary>
public abstract class WordingFields : PageModel
{
    [BindProperty, Required(ErrorMessage = "Give it a name of a few words"),
        StringLength(SharedAim.NameLength, ErrorMessage = "Use at most 90 characters: the rest fits below")]
    public string? Name { get; set; }

    [BindProperty, Required(ErrorMessage = "Say it in a sentence or two"),
        StringLength(SharedAim.TextLength, ErrorMessage = "Use at most 1,000 characters")]
    public string? Text { get; set; }

    [BindProperty, StringLength(AimWording.WhyLength, ErrorMessage = "Use at most 600 characters")]
    public string? Why { get; set; }

    /// <summary>What was typed, tidied; only where the form passes.</summary>
    protected NewWording Typed => new(ShortText.Tidy(Name)!, AimWords.Lines(Text), ShortText.Tidy(Why) ?? "");

    /// <summary>What attributes let through and tidying takes away: invisible characters alone.</summary>
    protected void CheckFields()
    {
        if (Name is not null && ShortText.Tidy(Name) is null) ModelState.AddModelError(nameof(Name), "Give it a name of a few words");
        if (Text is not null && ShortText.Tidy(Text) is null) ModelState.AddModelError(nameof(Text), "Say it in a sentence or two");
    }
}
