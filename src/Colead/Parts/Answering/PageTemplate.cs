using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Colead.Parts.Answering;

/// <summary>
/// A page of statements, the same for everyone of a round but for a few places: which options are chosen, the comment, the short code. The
/// view is rendered once with marks in those places; answering then costs a copy of its bytes.
/// </summary>
public sealed class PageTemplate
{
    // Characters of private use, which no text of ours or of an instrument holds.
    private const char Open = '\uE000';
    private const char Close = '\uE001';
    private static readonly byte[] CheckedBytes = " checked"u8.ToArray();

    private readonly List<(byte[] Text, Slot Slot)> parts = [];

    private enum Kind
    {
        None,
        Option,
        Comment,
        Had,
        Code,
    }

    private readonly record struct Slot(Kind Kind, int Item = 0, byte Code = 0);

    public static IHtmlContent Option(int item, byte code) =>
        new HtmlString(string.Create(CultureInfo.InvariantCulture, $"{Open}{item},{code}{Close}"));
    public static IHtmlContent Comment { get; } = new HtmlString($"{Open}comment{Close}");
    public static IHtmlContent Had { get; } = new HtmlString($"{Open}had{Close}");
    public static IHtmlContent Code { get; } = new HtmlString($"{Open}code{Close}");

    public static PageTemplate Of(string html)
    {
        var template = new PageTemplate();
        var pieces = html.Split(Open);
        template.parts.Add((Encoding.UTF8.GetBytes(pieces[0]), default));
        foreach (var piece in pieces.Skip(1))
        {
            var end = piece.IndexOf(Close, StringComparison.Ordinal);
            var slot = piece[..end].Split(',') switch
            {
                ["comment"] => new Slot(Kind.Comment),
                ["had"] => new Slot(Kind.Had),
                ["code"] => new Slot(Kind.Code),
                var option => new Slot(Kind.Option, int.Parse(option[0], CultureInfo.InvariantCulture),
                    byte.Parse(option[1], CultureInfo.InvariantCulture)),
            };
            template.parts.Add((Encoding.UTF8.GetBytes(piece[(end + 1)..]), slot));
        }
        return template;
    }

    public void Fill(IBufferWriter<byte> output, ReadOnlySpan<byte> answers, string comment, string? code)
    {
        foreach (var (text, slot) in parts)
        {
            if (slot.Kind == Kind.Option && answers[slot.Item] == slot.Code) output.Write(CheckedBytes);
            else if (slot.Kind == Kind.Comment && comment.Length > 0) Encoding.UTF8.GetBytes(HtmlEncoder.Default.Encode(comment), output);
            else if (slot.Kind == Kind.Had && comment.Length > 0) output.Write("1"u8);
            else if (slot.Kind == Kind.Code && code is not null) Encoding.UTF8.GetBytes(code, output);
            output.Write(text);
        }
    }
}
