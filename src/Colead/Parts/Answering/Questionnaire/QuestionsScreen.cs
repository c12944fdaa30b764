using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Colead.Analysis.Instruments;
using Colead.Composition;
using Colead.Parts.Answering.Texts;
using Colead.Storage;

namespace Colead.Parts.Answering.Questionnaire;

/// <summary>
/// One part: its statements and a comment. Both buttons save, and so does changing the language. Fourteen of a respondent's nineteen
/// requests come here, so it is an endpoint and not a Razor page: the view is rendered once a round and filled for each respondent.
/// </summary>
public sealed class QuestionsScreen(AnswerOperations answers, RespondentViews views)
{
    // Ids of statements never begin like this, so none can stand for one of these.
    private const string CommentField = "_comment";
    private const string HadField = "_had";
    private const string GoField = "_go";
    private const string View = "/Parts/Answering/Questionnaire/Questions.cshtml";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var screen = new QuestionsScreen(routes.ServiceProvider.GetRequiredService<AnswerOperations>(),
            routes.ServiceProvider.GetRequiredService<RespondentViews>());
        foreach (var link in new[] { "a/{secret}", "open/{openLink}" }) routes.MapMethods(link + "/{number:int}", ["GET", "HEAD", "POST"],
            screen.HandleAsync).AllowAnonymous();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var posted = HttpMethods.IsPost(http.Request.Method);
        if (Arrival.IsForeign(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var arrival = await Arrival.OfAsync(answers, http, posted ? Purpose.Change : Purpose.Look);
        var number = int.Parse((string)http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        if (arrival.Visit.Situation != Situation.Begun) http.Response.Redirect(arrival.Elsewhere);
        else if (number < 1 || number > arrival.Round.Instrument.Dimensions.Count) http.Response.Redirect(arrival.Visit.Base);
        else if (posted) await SaveAsync(http, arrival, number);
        else await ShowAsync(http, arrival, number);
    }

    private async Task ShowAsync(HttpContext http, Arrival arrival, int number)
    {
        var (round, visit, draft) = (arrival.Round, arrival.Visit, arrival.Visit.Draft!);
        var level = LevelOf(arrival);
        var key = (arrival.Language, number, visit.ByOpenLink, draft.Pages > 0, level);
        if (!round.Pages.TryGetValue(key, out var template))
        {
            var code = visit.ByOpenLink ? null : ""; // by open link there is none
            round.Pages[key] = template = PageTemplate.Of(await views.RenderAsync(http, View,
                new QuestionsView(round, arrival.Language, number) { ByOpenLink = visit.ByOpenLink, Saved = draft.Pages > 0, Code = code,
                Level = level }));
        }
        var page = new ArrayBufferWriter<byte>(16 * 1024);
        var ownCode = answers.Code(visit);
        template.Fill(page, draft.Answers.AsSpan(round.Instrument.FirstItem(number - 1)), AnswerOperations.CommentsOf(draft)[number - 1],
            ownCode);
        http.Response.ContentType = "text/html; charset=utf-8";
        var bytes = page.WrittenMemory;
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            bytes = Packed(bytes.Span);
        }
        http.Response.ContentLength = bytes.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(bytes);
    }

    /// <summary>
    /// A fifth of the size for a weak signal. Its length betrays nothing: no page repeats what another site could have sent, and none
    /// carries its own address (docs/adr/0021).
    /// </summary>
    private static ReadOnlyMemory<byte> Packed(ReadOnlySpan<byte> page)
    {
        var packed = new MemoryStream(4 * 1024);
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(page);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private async Task SaveAsync(HttpContext http, Arrival arrival, int number)
    {
        var form = await http.Request.ReadFormAsync();
        var (round, texts) = (arrival.Round, arrival.Texts);
        var given = new byte[round.Instrument.Dimensions[number - 1].Items.Count];
        var comment = Cleaned(form[CommentField].ToString());
        var had = form[HadField].ToString().Length > 0;
        var problem = Read(form, round.Instrument, number, given, texts);
        var tooLong = comment.Length > AnswerOperations.CommentLength ? texts.CommentTooLong(AnswerOperations.CommentLength) : null;
        var status = StatusCodes.Status400BadRequest;
        if (problem is null && tooLong is null)
        {
            var go = form[GoField].ToString();
            var spoken = round.Languages.Contains(go, StringComparer.Ordinal);
            bool? saved = null; // no room
            try
            {
                saved = await answers.SaveAsync(arrival.Visit, number, given, comment.Length > 0 || had ? comment : null, spoken ? go
                    : arrival.Language);
            }
            catch (Exception fault) when (FullDisk.Is(fault))
            {
                Limits.IsTold(fault, http.RequestServices.GetRequiredService<Refusals>());
            }
            if (saved == true)
            {
                http.Response.Redirect(arrival.Visit.Base + Next(go, spoken, number, round.Instrument.Dimensions.Count));
                return;
            }
            var now = saved is null ? arrival : await Arrival.OfAsync(answers, http);
            if (now.Visit.Situation != Situation.Begun)
            {
                http.Response.Redirect(now.Elsewhere);
                return;
            }
            (problem, status) = saved is null ? (texts.NoRoom, StatusCodes.Status507InsufficientStorage)
                : (texts.NotSaved, StatusCodes.Status409Conflict);
        }
        var first = round.Instrument.FirstItem(number - 1);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(await views.RenderAsync(http, View, new QuestionsView(round, arrival.Language, number)
        {
            Answers = AnswerOperations.Over(arrival.Visit.Draft!.Answers, first, given)[first..(first + given.Length)],
            Comment = comment,
            Had = had,
            ByOpenLink = arrival.Visit.ByOpenLink,
            Code = answers.Code(arrival.Visit),
            Saved = arrival.Visit.Draft!.Pages > 0,
            Level = LevelOf(arrival),
            Problem = problem ?? tooLong,
            CommentProblem = tooLong,
        }), Encoding.UTF8);
    }

    /// <summary>Of an instrument whose hints go by level; pages of others are the same for all.</summary>
    private static string? LevelOf(Arrival arrival) => arrival.Round.Instrument.Items.Any(item => item.Hints.Count > 0)
        ? (arrival.Visit.Draft!.Level ?? arrival.Visit.Standing?.Invitation?.Level)?.ToString().ToLowerInvariant() : null;

    private static string Next(string go, bool spoken, int number, int parts)
    {
        if (spoken) return "/" + number.ToString(CultureInfo.InvariantCulture);
        var next = go == "back" ? number - 1 : number + 1;
        return next == 0 ? "" : next > parts ? "/review" : "/" + next.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the page's answers into <paramref name="given"/>, or says what is wrong with what was sent.</summary>
    private static string? Read(IFormCollection form, Instrument instrument, int number, byte[] given, RespondentTexts texts)
    {
        string? problem = null;
        var items = instrument.Dimensions[number - 1].Items;
        foreach (var (name, values) in form)
        {
            if (name is CommentField or HadField or GoField) continue;
            var item = 0;
            while (item < items.Count && items[item].Id != name) item++;
            if (item == items.Count || values.Count != 1) problem = texts.NotOfThisPage;
            else if (CodeOf(values[0], instrument.Scale) is { } code) given[item] = code;
            else problem ??= texts.OffScale;
        }
        return problem;
    }

    private static byte? CodeOf(string? value, Scale scale) => value switch
    {
        "dk" => Answer.DontKnowCode,
        "skip" => AnswerOperations.SkipCode,
        _ => byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var option) && option >= 1
            && option <= scale.Options ? option : null,
    };

    /// <summary>Line breaks as one sign, as browsers count them, and without control characters.</summary>
    private static string Cleaned(string comment) =>
        comment.Length == 0 ? comment : string.Concat(comment.ReplaceLineEndings("\n")
            .Where(c => c == '\n' || !(char.IsControl(c) || c is >= '\uE000' and <= '\uE001'))).Trim();
}
