using System.Text.Encodings.Web;
using Colead.Analysis.Instruments;
using Colead.Parts.Answering.Texts;
using Microsoft.AspNetCore.Html;

namespace Colead.Parts.Answering;

/// <summary>One page of statements as it is shown: to a respondent, or to a coordinator who looks at it beforehand.</summary>
public sealed record QuestionsView(RoundSheet Round, string Language, int Number)
{
    private static readonly HtmlString Chosen = new(" checked");

    /// <summary>One byte a statement of this page, as in a draft; without them the page is a template for everybody's.</summary>
    public byte[]? Answers { get; init; }
    public string Comment { get; init; } = "";
    /// <summary>Whether a comment was saved when the page was first shown.</summary>
    public bool Had { get; init; }
    public string? Problem { get; init; }
    public string? CommentProblem { get; init; }
    public bool ByOpenLink { get; init; }
    /// <summary>The short code for another device.</summary>
    public string? Code { get; init; }
    /// <summary>Whether anything was saved before.</summary>
    public bool Saved { get; init; }

    /// <summary>The id of the respondent's level, where hints go by it.</summary>
    public string? Level { get; init; }

    public RespondentTexts Texts => RespondentTexts.For(Language);
    public Dimension Dimension => Round.Instrument.Dimensions[Number - 1];
    public int Parts => Round.Instrument.Dimensions.Count;
    /// <summary>About three statements a minute.</summary>
    public int MinutesLeft => (Round.Instrument.Dimensions.Skip(Number - 1).Sum(d => d.Items.Count) + 2) / 3;
    public string Heading => HeadingOf(Dimension, Language);
    public static string HeadingOf(Dimension dimension, string language) =>
        dimension.Headings.GetValueOrDefault(language) ?? dimension.Names[language];
    public string? HintOf(Item item) => item.HintFor(Level, Language);
    public string Prompt => Dimension.Prompts.GetValueOrDefault(Language) ?? Texts.Comment;
    public string? Help => Round.Instrument.Help.GetValueOrDefault(Language);
    public string? Terms => Round.Instrument.Terms.GetValueOrDefault(Language);
    /// <summary>What each row of options is called; none where they stand in one row.</summary>
    public IReadOnlyList<string> Rows => Round.Instrument.Rows.GetValueOrDefault(Language) ?? [];
    public string? Stem => Round.Instrument.Stems.GetValueOrDefault(Language);
    public IReadOnlyList<string> Anchors => Round.Instrument.Anchors[Language];
    public string LongestAnchor => Anchors.MaxBy(anchor => anchor.Length)!;
    /// <summary>Where our own texts are in another language than the statements, the statements say theirs.</summary>
    public string? OwnLanguage => Texts.Tag == Language ? null : Language;

    public IHtmlContent Checked(int item, int code) => Answers is null ? PageTemplate.Option(item, (byte)code) : Answers[item] == code
        ? Chosen : HtmlString.Empty;
    public IHtmlContent CommentText => Answers is null ? PageTemplate.Comment : new HtmlString(HtmlEncoder.Default.Encode(Comment));
    /// <summary>Goes back with the form: an empty comment deletes only one that this page had shown.</summary>
    public IHtmlContent HadComment => Answers is null ? PageTemplate.Had : new HtmlString(Had ? "1" : "");
    public IHtmlContent CodeText => Answers is null ? PageTemplate.Code : new HtmlString(Code);
}
