using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Web.Features.Decisions;

/// <summary>A wording with what went struck through and what came underlined; neither by colour alone, and screen readers are told.</summary>
[HtmlTargetElement("co-reworded", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RewordedTagHelper : TagHelper
{
    public required string Before { get; set; }
    public required string After { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span"; // it stands in headings too
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "reworded");
        foreach (var part in WordDifference.Between(Before, After))
        {
            if (!part.Went && !part.Came)
            {
                output.Content.Append(part.Text);
                continue;
            }
            var changed = new TagBuilder(part.Went ? "del" : "ins");
            changed.InnerHtml.AppendHtml($"<span class=\"govuk-visually-hidden\">{(part.Went ? "taken out: " : "put in: ")}</span>").Append(part.Text);
            output.Content.AppendHtml(changed);
        }
    }
}
