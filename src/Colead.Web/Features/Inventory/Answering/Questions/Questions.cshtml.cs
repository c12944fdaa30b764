using System.Globalization;
using Colead.Analysis.Instruments;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Web.Features.Inventory.Answering.Questions;

/// <summary>One part: its statements and a comment. Both buttons save, and so does changing the language.</summary>
public sealed class QuestionsModel(Answers answers) : RespondentPage(answers)
{
    // Ids of statements never begin like this, so none can stand for one of these.
    private const string CommentField = "_comment";
    private const string GoField = "_go";

    public QuestionsView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int number)
    {
        if (number < 1 || number > Round.Instrument.Dimensions.Count) return Redirect(Visit.Base);
        var (draft, dimension) = (Visit.Draft!, Round.Instrument.Dimensions[number - 1]);
        View = await ViewAsync(number, draft.Answers.AsMemory(Round.Instrument.FirstItem(number - 1), dimension.Items.Count), Answers.CommentsOf(draft)[number - 1]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int number)
    {
        if (number < 1 || number > Round.Instrument.Dimensions.Count) return Redirect(Visit.Base);
        var form = await Request.ReadFormAsync();
        var dimension = Round.Instrument.Dimensions[number - 1];
        var answers = new byte[dimension.Items.Count];
        var comment = Cleaned(form[CommentField].ToString());
        var problem = Read(form, dimension, answers);
        var tooLong = comment.Length > Answers.CommentLength ? Texts.CommentTooLong(Answers.CommentLength) : null;
        if (problem is null && tooLong is null)
        {
            var go = form[GoField].ToString();
            if (await Answers.SaveAsync(Visit, number, answers, comment, Round.Languages.Contains(go, StringComparer.Ordinal) ? go : Language)) return Redirect(Visit.Base + Next(go, number));
            await ArriveAsync();
            if (Visit.Situation != Situation.Begun) return Elsewhere();
            problem = Texts.NotSaved;
        }
        View = (await ViewAsync(number, answers, comment)) with { Problem = problem ?? tooLong, CommentProblem = tooLong };
        var result = Page();
        result.StatusCode = problem == Texts.NotSaved ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return result;
    }

    private async Task<QuestionsView> ViewAsync(int number, ReadOnlyMemory<byte> answers, string comment) => new(Round, Language, number)
    {
        Answers = answers,
        Comment = comment,
        ByOpenLink = Visit.ByOpenLink,
        Code = await Answers.CodeAsync(Visit),
        Saved = Visit.Draft!.Pages > 0,
    };

    private string Next(string go, int number) => go switch
    {
        "back" => number == 1 ? "" : "/" + (number - 1).ToString(CultureInfo.InvariantCulture),
        _ when Round.Languages.Contains(go, StringComparer.Ordinal) => "/" + number.ToString(CultureInfo.InvariantCulture),
        _ => number == Round.Instrument.Dimensions.Count ? "/review" : "/" + (number + 1).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The page's answers, or what is wrong with what was sent.</summary>
    private string? Read(IFormCollection form, Dimension dimension, byte[] answers)
    {
        string? problem = null;
        foreach (var (name, values) in form)
        {
            if (name is CommentField or GoField) continue;
            var item = IndexOf(dimension, name);
            if (item < 0 || values.Count != 1) problem = Texts.NotOfThisPage;
            else if (CodeOf(values[0]) is { } code) answers[item] = code;
            else problem ??= Texts.OffScale;
        }
        return problem;
    }

    private byte? CodeOf(string? value) => value switch
    {
        "dk" => Answer.DontKnowCode,
        "skip" => Answers.SkipCode,
        _ => byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var option) && option >= 1 && option <= Round.Instrument.Scale.Options ? option : null,
    };

    private static int IndexOf(Dimension dimension, string id)
    {
        for (var i = 0; i < dimension.Items.Count; i++)
            if (dimension.Items[i].Id == id) return i;
        return -1;
    }

    /// <summary>Line breaks as one sign, as browsers count them, and without control characters.</summary>
    private static string Cleaned(string comment) => string.Concat(comment.ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();
}
