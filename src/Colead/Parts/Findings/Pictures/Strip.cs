using System.Globalization;
using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Parts.Findings.Pictures;

/// <summary>A mark on a strip.</summary>
public sealed record Mark(decimal At, string Shape, bool Faint = false);

/// <summary>One row of figures drawn on its scale: an interval, marks, a line between two of them.</summary>
public sealed record Strip(decimal Lowest, decimal Highest)
{
    public decimal? Low { get; init; }
    public decimal? High { get; init; }
    public IReadOnlyList<Mark> Marks { get; init; } = [];
    /// <summary>A line joins the first mark to the last.</summary>
    public bool Joined { get; init; }
    /// <summary>Where the middle line stands, if not in the middle.</summary>
    public decimal? Zero { get; init; }
    /// <summary>Where it stood before: the same shape, dashed and lower.</summary>
    public Mark? Before { get; init; }
    /// <summary>From the group that sees least to the one that sees most.</summary>
    public StripRange? Range { get; init; }
}

/// <summary>A thin line between two groups, with their names at its ends where they are given.</summary>
public sealed record StripRange(decimal From, decimal To, string? FromName = null, string? ToName = null);

/// <summary>
/// Draws a strip as SVG made on the server, so that tables have a picture without script and on paper. The figures stand in the table's
/// cells; screen readers skip it.
/// </summary>
[HtmlTargetElement("co-strip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StripTagHelper : TagHelper
{
    public required Strip Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", ("strip " + output.Attributes["class"]?.Value).Trim());
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        var middle = At(Of.Zero ?? ((Of.Lowest + Of.Highest) / 2));
        output.Content.AppendHtml($"""<line class="track" x1="0" x2="100%" y1="50%" y2="50%"/><line class="tick" x1="{middle}" x2="{middle}" y1="15%" y2="85%"/>""");
        if (Of.Range is { } range)
        {
            output.Content.AppendHtml($"""<line class="range" x1="{At(range.From)}" x2="{At(range.To)}" y1="50%" y2="50%"/>""");
            AppendEnd(output, range.From, range.FromName, "from");
            AppendEnd(output, range.To, range.ToName, "to");
        }
        if (Of is { Low: { } low, High: { } high }) output.Content.AppendHtml($"""<rect class="band" x="{At(low)}" width="{Percent(high - low)}" y="20%" height="60%" rx="6"/>""");
        if (Of is { Joined: true, Marks.Count: > 1 }) output.Content.AppendHtml($"""<line class="join" x1="{At(Of.Marks[0].At)}" x2="{At(Of.Marks[^1].At)}" y1="50%" y2="50%"/>""");
        if (Of.Before is { } before)
            output.Content.AppendHtml($"""<svg x="{At(before.At)}" y="92%" class="mark before"><g transform="scale(.62)">{Shapes.Path(before.Shape)}</g></svg>""");
        foreach (var mark in Of.Marks) output.Content.AppendHtml($"""<svg x="{At(mark.At)}" y="50%" class="mark{(mark.Faint ? " faint" : "")}">{Shapes.Path(mark.Shape)}</svg>""");
    }

    private void AppendEnd(TagHelperOutput output, decimal at, string? name, string end)
    {
        output.Content.AppendHtml($"""<line class="range" x1="{At(at)}" x2="{At(at)}" y1="32%" y2="68%"/>""");
        if (name is null) return;
        output.Content.AppendHtml($"""<svg x="{At(at)}" y="50%" class="end {end}"><text dy=".35em">""").Append(name).AppendHtml("</text></svg>");
    }

    private string At(decimal value) => Percent(Math.Clamp(value, Of.Lowest, Of.Highest) - Of.Lowest);

    private string Percent(decimal points) => (points * 100 / (Of.Highest - Of.Lowest)).ToString("0.##", CultureInfo.InvariantCulture)
        + "%";
}

/// <summary>A mark's shape by itself: in a legend, or beside a name.</summary>
[HtmlTargetElement("co-shape", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ShapeTagHelper : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", ("shape " + output.Attributes["class"]?.Value).Trim());
        output.Attributes.SetAttribute("viewBox", "-8 -8 16 16");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent(Shapes.Path(Name));
    }
}

/// <summary>How many gave each answer, lowest first: one small bar an option.</summary>
[HtmlTargetElement("co-spread", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SpreadTagHelper : TagHelper
{
    /// <summary>Per cent of each option.</summary>
    public required IReadOnlyList<int> Shares { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", ("spread " + output.Attributes["class"]?.Value).Trim());
        output.Attributes.SetAttribute("viewBox", $"0 0 {Shares.Count * 20} 62");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        var most = Math.Max(25, Shares.Max()); // one scale for most statements, so that flat ones look flat
        for (var i = 0; i < Shares.Count; i++)
        {
            var height = (Shares[i] * 60m / most).ToString("0.#", CultureInfo.InvariantCulture);
            var top = (60 - (Shares[i] * 60m / most)).ToString("0.#", CultureInfo.InvariantCulture);
            output.Content.AppendHtml($"""<rect x="{(i * 20) + 2}" width="16" y="{top}" height="{height}"/>""");
        }
        output.Content.AppendHtml($"""<line class="track" x1="0" x2="{Shares.Count * 20}" y1="61" y2="61"/>""");
    }
}

/// <summary>How sure we are, in a word and in dots that fill.</summary>
[HtmlTargetElement("co-certainty", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CertaintyTagHelper : TagHelper
{
    public Certainty? Word { get; set; }

    /// <summary>How large a difference the test would have found, where it found none.</summary>
    public decimal? Detectable { get; set; }

    public PublishedInstrument? Scale { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Word switch { Certainty.Likely => "certainty likely",
            Certainty.Possibly => "certainty possibly", _ => "certainty unclear" });
        var (first, second) = (Word is Certainty.Likely or Certainty.Possibly ? "full" : "empty", Word == Certainty.Likely ? "full"
            : "empty");
        output.Content.SetHtmlContent($"""<svg viewBox="0 0 26 12" aria-hidden="true" focusable="false"><circle cx="6" cy="6" r="4.5" class="{first}"/><circle cx="20" cy="6" r="4.5" class="{second}"/></svg> {(Scale is { } scale ? Say.Word(Word, Detectable, scale) : Say.Word(Word))}""");
        if (Detectable is not null) output.PostElement.AppendHtml($" <small class=\"quiet\">{Say.Found(Detectable)}</small>");
    }
}

internal static class Shapes
{
    public static string Path(string shape) => shape switch
    {
        "diamond" => """<path d="M0 -7.5 7.5 0 0 7.5 -7.5 0Z"/>""",
        "square" => """<path d="M-5.5 -5.5H5.5V5.5H-5.5Z"/>""",
        "triangle" => """<path d="M0 -7 7 6H-7Z"/>""",
        "down" => """<path d="M0 7 7 -6H-7Z"/>""",
        "ring" => """<circle class="ring" r="5"/>""",
        "bar" => """<path d="M-2.5 -7.5H2.5V7.5H-2.5Z"/>""",
        _ => """<circle r="6"/>""",
    };
}
