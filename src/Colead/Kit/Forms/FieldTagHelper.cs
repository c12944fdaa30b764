using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Kit.Forms;

/// <summary>What every form element shares: its name, what was typed, what is wrong with it.</summary>
public abstract class FormTagHelper : TagHelper
{
    [HtmlAttributeName("for")]
    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    [NotNull]
    public ViewContext? ViewContext { get; set; }

    protected string Name => For.Name;
    protected string Id => Name.Replace('.', '_');
    protected string HintId => Id + "-hint";
    protected string ErrorId => Id + "-error";

    protected string? Problem => ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0]
        .ErrorMessage : null;

    /// <summary>What was typed, even when it could not be read; otherwise the value on the page model.</summary>
    protected string? Typed => ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.AttemptedValue is { } typed ? typed
        : For.Model?.ToString();

    protected void Open(TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var classes = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", ("govuk-form-group" + (Problem is null ? "" : " govuk-form-group--error") + " " + classes)
            .Trim());
    }

    protected void DescribeInto(TagHelperContent content)
    {
        if (Hint is not null) content.AppendHtml(Element("div", "govuk-hint", HintId, Hint));
        if (Problem is null) return;
        var error = new TagBuilder("p");
        error.AddCssClass("govuk-error-message");
        error.Attributes["id"] = ErrorId;
        error.InnerHtml.AppendHtml("<span class=\"govuk-visually-hidden\">Error:</span> ").Append(Problem);
        content.AppendHtml(error);
    }

    protected string? DescribedBy =>
        string.Join(' ', new[] { Hint is null ? null : HintId, Problem is null ? null
            : ErrorId }.Where(id => id is not null)) is { Length: > 0 } ids ? ids : null;

    protected static TagBuilder Element(string tag, string cssClass, string? id, string text)
    {
        var element = new TagBuilder(tag);
        element.AddCssClass(cssClass);
        if (id is not null) element.Attributes["id"] = id;
        element.InnerHtml.Append(text);
        return element;
    }
}

/// <summary>A labelled box to type in: <c>&lt;co-field for="Name" label="Your name" /&gt;</c>.</summary>
[HtmlTargetElement("co-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : FormTagHelper
{
    /// <summary>text, email, password, search, date, file; "lines" for a box of several lines.</summary>
    public string Type { get; set; } = "text";
    public string? Autocomplete { get; set; }
    public string? Inputmode { get; set; }
    public string? Accept { get; set; }
    public int? Maxlength { get; set; }
    public int Rows { get; set; } = 4;
    /// <summary>A govuk width class, such as govuk-input--width-10.</summary>
    public string? Width { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Open(output);
        var lines = Type == "lines";
        var label = Element("label", "govuk-label", null, Label);
        label.Attributes["for"] = Id;
        output.Content.AppendHtml(label);
        DescribeInto(output.Content);

        var box = new TagBuilder(lines ? "textarea" : "input") { TagRenderMode = lines ? TagRenderMode.Normal : TagRenderMode.SelfClosing };
        box.AddCssClass(lines ? "govuk-textarea" : Type == "file" ? "govuk-file-upload" : "govuk-input");
        if (Width is not null) box.AddCssClass(Width);
        if (Problem is not null) box.AddCssClass(lines ? "govuk-textarea--error" : Type == "file" ? "govuk-file-upload--error"
            : "govuk-input--error");
        box.Attributes["id"] = Id;
        box.Attributes["name"] = Name;
        if (!lines) box.Attributes["type"] = Type;
        if (lines) box.Attributes["rows"] = Rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Autocomplete is not null) box.Attributes["autocomplete"] = Autocomplete;
        if (Inputmode is not null) box.Attributes["inputmode"] = Inputmode;
        if (Accept is not null) box.Attributes["accept"] = Accept;
        if (Type is "email" or "password") box.Attributes["spellcheck"] = "false";
        if (Maxlength is { } most && Type != "password") box.Attributes["maxlength"] =
            most.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (DescribedBy is { } ids) box.Attributes["aria-describedby"] = ids;
        if (Problem is not null) box.Attributes["aria-invalid"] = "true";
        if (lines) box.InnerHtml.Append("\n" + Typed); // HTML drops the first line break
        else if (Type is not ("password" or "file")) box.Attributes["value"] = Typed;
        output.Content.AppendHtml(box);
    }
}

/// <summary>One possible answer.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);

/// <summary>One answer of a few, each in sight: <c>&lt;co-choices for="Kind" label="…" choices="Words.Kinds" /&gt;</c>.</summary>
[HtmlTargetElement("co-choices", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoicesTagHelper : FormTagHelper
{
    public required IReadOnlyList<Choice> Choices { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Open(output);
        var fieldset = new TagBuilder("fieldset");
        fieldset.AddCssClass("govuk-fieldset");
        if (DescribedBy is { } ids) fieldset.Attributes["aria-describedby"] = ids;
        fieldset.InnerHtml.AppendHtml(Element("legend", "govuk-fieldset__legend", null, Label));
        var described = new DefaultTagHelperContent();
        DescribeInto(described);
        fieldset.InnerHtml.AppendHtml(described);
        var list = new TagBuilder("div");
        list.AddCssClass("govuk-radios");
        for (var i = 0; i < Choices.Count; i++) list.InnerHtml.AppendHtml(Item(Choices[i], i == 0 ? Id : $"{Id}-{i + 1}"));
        fieldset.InnerHtml.AppendHtml(list);
        output.Content.AppendHtml(fieldset);
    }

    private TagBuilder Item(Choice choice, string id)
    {
        var item = new TagBuilder("div");
        item.AddCssClass("govuk-radios__item");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("govuk-radios__input");
        input.Attributes["type"] = "radio";
        input.Attributes["id"] = id;
        input.Attributes["name"] = Name;
        input.Attributes["value"] = choice.Value;
        if (string.Equals(Typed, choice.Value, StringComparison.Ordinal)) input.Attributes["checked"] = "checked";
        var label = Element("label", "govuk-label govuk-radios__label", null, choice.Label);
        label.Attributes["for"] = id;
        item.InnerHtml.AppendHtml(input).AppendHtml(label);
        if (choice.Hint is null) return item;
        input.Attributes["aria-describedby"] = id + "-item-hint";
        item.InnerHtml.AppendHtml(Element("div", "govuk-hint govuk-radios__hint", id + "-item-hint", choice.Hint));
        return item;
    }
}

/// <summary>One answer of many: a list that opens.</summary>
[HtmlTargetElement("co-select", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SelectTagHelper : FormTagHelper
{
    public required IReadOnlyList<Choice> Choices { get; set; }

    /// <summary>What stands first and means no answer.</summary>
    public string? Empty { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Open(output);
        var label = Element("label", "govuk-label", null, Label);
        label.Attributes["for"] = Id;
        output.Content.AppendHtml(label);
        DescribeInto(output.Content);
        var select = new TagBuilder("select");
        select.AddCssClass("govuk-select");
        if (Problem is not null) select.AddCssClass("govuk-select--error");
        select.Attributes["id"] = Id;
        select.Attributes["name"] = Name;
        if (DescribedBy is { } ids) select.Attributes["aria-describedby"] = ids;
        if (Empty is not null) select.InnerHtml.AppendHtml(Option("", Empty));
        foreach (var choice in Choices) select.InnerHtml.AppendHtml(Option(choice.Value, choice.Label));
        output.Content.AppendHtml(select);
    }

    private TagBuilder Option(string value, string text)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = value;
        if (string.Equals(Typed ?? "", value, StringComparison.Ordinal)) option.Attributes["selected"] = "selected";
        option.InnerHtml.Append(text);
        return option;
    }
}

/// <summary>A single yes: a tick box.</summary>
[HtmlTargetElement("co-tick", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TickTagHelper : FormTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Open(output);
        if (Problem is not null) DescribeInto(output.Content);
        var item = new TagBuilder("div");
        item.AddCssClass("govuk-checkboxes__item");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("govuk-checkboxes__input");
        input.Attributes["type"] = "checkbox";
        input.Attributes["id"] = Id;
        input.Attributes["name"] = Name;
        input.Attributes["value"] = "true";
        if (string.Equals(Typed, "true", StringComparison.OrdinalIgnoreCase)) input.Attributes["checked"] = "checked";
        var label = Element("label", "govuk-label govuk-checkboxes__label", null, Label);
        label.Attributes["for"] = Id;
        item.InnerHtml.AppendHtml(input).AppendHtml(label);
        if (Hint is not null)
        {
            input.Attributes["aria-describedby"] = HintId;
            item.InnerHtml.AppendHtml(Element("div", "govuk-hint govuk-checkboxes__hint", HintId, Hint));
        }
        var boxes = new TagBuilder("div");
        boxes.AddCssClass("govuk-checkboxes");
        boxes.InnerHtml.AppendHtml(item);
        output.Content.AppendHtml(boxes);
    }
}

/// <summary>What is wrong with the form, at its top, each with a way to the field.</summary>
[HtmlTargetElement("co-problems", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ProblemsTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    [NotNull]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var problems = ViewContext.ModelState.SelectMany(field => field.Value!.Errors.Take(1)
            .Select(error => (field.Key, error.ErrorMessage))).ToList();
        if (problems.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "govuk-error-summary");
        output.Attributes.SetAttribute("data-module", "govuk-error-summary");
        output.Content.AppendHtml("<div role=\"alert\"><h2 class=\"govuk-error-summary__title\">There is a problem</h2><div class=\"govuk-error-summary__body\"><ul class=\"govuk-list govuk-error-summary__list\">");
        foreach (var (key, message) in problems)
        {
            var item = new TagBuilder("li");
            if (key.Length == 0) item.InnerHtml.Append(message);
            else
            {
                var link = new TagBuilder("a");
                link.Attributes["href"] = "#" + key.Replace('.', '_');
                link.InnerHtml.Append(message);
                item.InnerHtml.AppendHtml(link);
            }
            output.Content.AppendHtml(item);
        }
        output.Content.AppendHtml("</ul></div></div>");
    }
}

/// <summary>A link to copy, for when there is no mail server to send it.</summary>
[HtmlTargetElement("co-copy", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CopyTagHelper : TagHelper
{
    public required string Label { get; set; }
    public required string Value { get; set; }
    public string Id { get; set; } = "link";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var label = new TagBuilder("label");
        label.AddCssClass("govuk-label");
        label.Attributes["for"] = Id;
        label.InnerHtml.Append(Label);
        var box = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        box.AddCssClass("govuk-input");
        box.Attributes["id"] = Id;
        box.Attributes["readonly"] = "readonly";
        box.Attributes["value"] = Value;
        output.Content.AppendHtml(label).AppendHtml("<div class=\"copy\">").AppendHtml(box)
            .AppendHtml($"<button type=\"button\" class=\"govuk-button govuk-button--secondary\" data-copies=\"{Id}\" hidden>Copy</button></div>");
    }
}
