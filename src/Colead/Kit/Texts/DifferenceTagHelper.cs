using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Kit.Texts;

/// <summary>
/// What changed from one wording to another, word by word: <c>&lt;co-difference before="…" after="…" /&gt;</c>. Struck out and underlined
/// as well as coloured, and said aloud.
/// </summary>
[HtmlTargetElement("co-difference", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DifferenceTagHelper : TagHelper
{
    public required string Before { get; set; }
    public required string After { get; set; }
    /// <summary>Within a line, such as a heading.</summary>
    public bool Inline { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Inline ? "span" : "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", ("difference " + output.Attributes["class"]?.Value).Trim());
        foreach (var piece in WordDifference.Between(Before, After))
        {
            if (piece.Kind == DifferenceKind.Same)
            {
                output.Content.Append(piece.Text);
                continue;
            }
            var mark = new TagBuilder(piece.Kind == DifferenceKind.Gone ? "del" : "ins");
            mark.InnerHtml.AppendHtml($"<span class=\"govuk-visually-hidden\">[{(piece.Kind == DifferenceKind.Gone ? "taken out" : "new")}: </span>").Append(piece.Text).AppendHtml("<span class=\"govuk-visually-hidden\">]</span>");
            output.Content.AppendHtml(mark);
        }
    }
}
