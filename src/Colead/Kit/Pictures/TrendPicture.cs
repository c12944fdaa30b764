using System.Globalization;
using Colead.Kit.Texts;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Kit.Pictures;

/// <summary>What was read on a day.</summary>
public sealed record TrendPoint(DateOnly On, decimal Value);

/// <summary>A measure drawn: what was read, and the straight path from where it began to its target.</summary>
public sealed record TrendPicture(IReadOnlyList<TrendPoint> Points, TrendPoint? From, TrendPoint? To, string Unit)
{
    /// <summary>What the path asks for on a day; null off the path.</summary>
    public decimal? PathAt(DateOnly day) => From is { } from && To is { } to && day >= from.On && day <= to.On
        ? from.Value + ((to.Value - from.Value) * (day.DayNumber - from.On.DayNumber) / (to.On.DayNumber - from.On.DayNumber))
        : null;

    public bool IsEmpty => Points.Count == 0 && To is null;
}

/// <summary>Draws a trend as SVG on the server: it is there without script and on paper. The table beside it holds the figures, so screen
/// readers skip it.</summary>
[HtmlTargetElement("co-trend", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TrendTagHelper : TagHelper
{
    public required TrendPicture Of { get; set; }

    /// <summary>Without dates and words, for lists and threads.</summary>
    public bool Small { get; set; }

    private decimal least;
    private decimal most;
    private int first;
    private int last;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Of.IsEmpty)
        {
            output.SuppressOutput();
            return;
        }
        List<TrendPoint> all = [.. Of.Points];
        if (Of.From is { } start) all.Add(start);
        if (Of.To is { } end) all.Add(end);
        (least, most) = (all.Min(p => p.Value), all.Max(p => p.Value));
        if (least == most) (least, most) = (least - 1, most + 1);
        (first, last) = (all.Min(p => p.On.DayNumber), all.Max(p => p.On.DayNumber));
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Small ? "trend small" : "trend");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        Draw(output.Content);
    }

    private void Draw(TagHelperContent content)
    {
        content.AppendHtml($"""<line class="ground" x1="0" x2="100%" y1="{Percent(Bottom)}" y2="{Percent(Bottom)}"/>""");
        if (Of is { From: { } from, To: { } to }) content.AppendHtml($"""<line class="path" x1="{X(from.On)}" y1="{Y(from.Value)}" x2="{X(to.On)}" y2="{Y(to.Value)}"/>""");
        if (Of.To is { } target)
        {
            content.AppendHtml($"""<svg x="{X(target.On)}" y="{Y(target.Value)}" class="goal"><circle r="6"/><circle class="eye" r="2"/></svg>""");
            if (!Small) content.AppendHtml(Text(target, "end", "target " + Quantity.Say(target.Value, Of.Unit), -14));
        }
        for (var i = 1; i < Of.Points.Count; i++)
            content.AppendHtml($"""<line class="way" x1="{X(Of.Points[i - 1].On)}" y1="{Y(Of.Points[i - 1].Value)}" x2="{X(Of.Points[i].On)}" y2="{Y(Of.Points[i].Value)}"/>""");
        foreach (var point in Of.Points) content.AppendHtml($"""<circle class="dot" cx="{X(point.On)}" cy="{Y(point.Value)}" r="4"/>""");
        if (Small || Of.Points.Count == 0) return;
        content.AppendHtml(Text(Of.Points[0], "start", Quantity.Say(Of.Points[0].Value, Of.Unit), -12));
        if (Of.Points.Count > 1) content.AppendHtml(Text(Of.Points[^1], Of.Points[^1].On.DayNumber > (first + last) / 2 ? "end" : "start",
            Quantity.Say(Of.Points[^1].Value, Of.Unit), 22));
        content.AppendHtml($"""<text x="0" y="99%" text-anchor="start">{Dates.Say(DateOnly.FromDayNumber(first))}</text>""");
        if (last > first) content.AppendHtml($"""<text x="100%" y="99%" text-anchor="end">{Dates.Say(DateOnly.FromDayNumber(last))}</text>""");
    }

    private TagBuilder Text(TrendPoint at, string anchor, string words, int below)
    {
        var text = new TagBuilder("text");
        text.Attributes["x"] = X(at.On);
        text.Attributes["y"] = Y(at.Value);
        text.Attributes["dy"] = below.ToString(CultureInfo.InvariantCulture);
        text.Attributes["text-anchor"] = anchor;
        text.InnerHtml.Append(words); // units are people's own words
        return text;
    }

    private decimal Top => Small ? 14 : 16;
    private decimal Bottom => Small ? 94 : 82;

    private string X(DateOnly day) => Percent(last == first ? 50 : 3 + (94m * (day.DayNumber - first) / (last - first)));

    private string Y(decimal value) => Percent(Bottom - 6 - ((Bottom - 6 - Top) * (value - least) / (most - least)));

    private static string Percent(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
