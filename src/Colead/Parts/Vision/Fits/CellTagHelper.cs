using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Parts.Vision.Fits;

/// <summary>A word of the fit matrix with its shape: <c>&lt;co-fit word="@CellWord.Supports" /&gt;</c>.</summary>
[HtmlTargetElement("co-fit", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CellTagHelper : TagHelper
{
    public required CellWord Word { get; set; }

    /// <summary>Says beside it that it was said of an earlier wording.</summary>
    public bool Earlier { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (name, label, shape) = Word switch
        {
            CellWord.Supports => ("supports", "Supports", "<circle r=\"6\"/>"),
            CellWord.Neutral => ("neutral", "Neutral", "<rect x=\"-6\" y=\"-2\" width=\"12\" height=\"4\" rx=\"2\"/>"),
            CellWord.Conflicts => ("conflicts", "Conflicts", "<path d=\"M0-6.5 7 6H-7Z\"/>"),
            CellWord.Both =>
                ("both", "Both",
                "<circle r=\"5.2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/><path d=\"M0-5.2A5.2 5.2 0 0 1 0 5.2Z\"/>"),
            _ => ("unsaid", "Not said",
                "<circle r=\"5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.4\" stroke-dasharray=\"2 2\"/>"),
        };
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "fit fit-" + name);
        output.Content.SetHtmlContent($"<svg viewBox=\"-8 -8 16 16\" aria-hidden=\"true\" focusable=\"false\" fill=\"currentColor\">{shape}</svg>{label}");
        if (Earlier) output.PostElement.SetHtmlContent("<span class=\"fit-earlier quiet small\">of an earlier wording</span>");
    }

    public static CellWord Of(FitWord? word) => word switch
    {
        FitWord.Supports => CellWord.Supports,
        FitWord.Neutral => CellWord.Neutral,
        FitWord.Conflicts => CellWord.Conflicts,
        _ => CellWord.Unsaid,
    };
}
