using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Web.Shared.TagHelpers;

/// <summary>What someone else saved beside what was typed here, where two people changed one thing.</summary>
[HtmlTargetElement("co-clash", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ClashTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    [NotNull]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var differences = Clash.Of(ViewContext.ViewData);
        if (differences.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "table";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "table clash");
        output.Content.AppendHtml("<caption>What they saved, and what you typed</caption><thead><tr><th scope=\"col\">What</th><th scope=\"col\">They saved</th><th scope=\"col\">You typed</th></tr></thead><tbody>");
        foreach (var (field, theirs, yours) in differences)
            output.Content.AppendHtml(Row(field, theirs, yours));
        output.Content.AppendHtml("</tbody>");
    }

    private static TagBuilder Row(string field, string? theirs, string? yours)
    {
        var row = new TagBuilder("tr");
        var head = new TagBuilder("th");
        head.Attributes["scope"] = "row";
        head.InnerHtml.Append(field);
        row.InnerHtml.AppendHtml(head).AppendHtml(Cell("They saved", theirs)).AppendHtml(Cell("You typed", yours));
        return row;
    }

    private static TagBuilder Cell(string label, string? text)
    {
        var cell = new TagBuilder("td");
        cell.Attributes["data-label"] = label;
        cell.AddCssClass("as-typed");
        cell.InnerHtml.Append(string.IsNullOrEmpty(text) ? "nothing" : text);
        return cell;
    }
}
