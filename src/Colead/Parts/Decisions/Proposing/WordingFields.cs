using Colead.Storage;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>Reads a proposal's wording from a form: the same whether it is made or changed.</summary>
public static class WordingFields
{
    /// <summary>The wording, tidy, with what is wrong beside its field.</summary>
    public static Wording Read(ModelStateDictionary state, string? title, string? text, string? options, bool hasOptions)
    {
        var (named, body) = (ShortText.Tidy(title) ?? "", (text ?? "").ReplaceLineEndings("\n").Trim());
        if (named.Length == 0) state.AddModelError("Title", "Say in a few words what is proposed");
        else if (named.Length > Proposal.TitleLength) state.AddModelError("Title", "Say it in at most 200 characters");
        if (body.Length == 0) state.AddModelError("Text", "Write what exactly is to be decided");
        else if (body.Length > Proposal.TextLength) state.AddModelError("Text", "Say it in at most 8,000 characters");
        return new(named, body, hasOptions ? ReadOptions(state, options) : []);
    }

    public static string Write(IEnumerable<string> options) => string.Join('\n', options);

    public static List<string> ReadOptions(ModelStateDictionary state, string? options)
    {
        List<string> read = [.. (options ?? "").ReplaceLineEndings("\n").Split('\n').Select(ShortText.Tidy).OfType<string>()];
        if (read.Count < 2) state.AddModelError("Options", "Write at least two options, each on a line of its own");
        else if (read.Count > Proposal.MostOptions) state.AddModelError("Options", "Write at most twelve options");
        else if (read.Exists(option => option.Length > Proposal.OptionLength)) state.AddModelError("Options",
            "Keep each option to 200 characters");
        else if (read.Select(ShortText.Key).Distinct(StringComparer.Ordinal).Count() != read.Count) state.AddModelError("Options",
            "Two options are the same");
        return read;
    }
}
