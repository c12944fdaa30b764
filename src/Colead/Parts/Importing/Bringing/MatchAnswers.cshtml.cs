using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Importing.Bringing;

/// <summary>Which column is which statement, and which word is which point: our guess, for a person to confirm.</summary>
[For(Role.Coordinator)]
public sealed class MatchAnswersModel(ColeadDb db, AnswersUploads uploads, ImportOperations import) : PageModel
{
    public const int MostWords = 60;

    public UploadedAnswers Answers { get; private set; } = null!;
    public AnswersPlan Plan { get; private set; } = null!;
    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];
    public Instrument Instrument => Plan.Instrument;
    public string Language => Instrument.Languages.ContainsKey("en") ? "en" : Instrument.Languages.Keys.First();

    public IReadOnlyList<Item> Found => [.. Instrument.Items.Where(item => Answers.Reading.ColumnOf(item.Id) >= 0
        && !Answers.Reading.Unsure.Contains(item.Id))];
    public IReadOnlyList<Item> ToLookAt => [.. Instrument.Items.Except(Found)];
    public IEnumerable<int> Dropped => Enumerable.Range(0, Answers.Table.Headers.Count).Except(Answers.Reading.Used)
        .Except(Answers.Reading.People);

    /// <summary>Questions about the file and its answers that wait for an answer, or have one.</summary>
    public IReadOnlyList<FileQuestion> Asked => [.. Answers.Table.Understood.Questions.Where(question => question.IsOpen),
        .. Plan.Questions.Where(question => question.IsOpen)];
    public IReadOnlyList<FileQuestion> RowsApart => [.. Plan.Questions.Where(question => !question.IsOpen)];
    public bool Waits => Asked.Any(question => question.Waits);

    public string Headline
    {
        get
        {
            var (found, all) = (Instrument.Items.Count(item => Answers.Reading.ColumnOf(item.Id) >= 0), Instrument.ItemCount);
            return found == all ? $"All {all} statements were found" : found == 0 ? "Which column is which statement?"
                : $"{found} of {all} statements were found";
        }
    }

    public async Task<IActionResult> OnGetAsync(long uploadId)
    {
        if (await uploads.FindAsync(uploadId) is not { } found) return NotFound();
        await ShowAsync(found);
        return Page();
    }

    /// <summary>Another questionnaire, or other columns: what follows from them.</summary>
    public async Task<IActionResult> OnPostLookAsync(long uploadId)
    {
        if (await uploads.FindAsync(uploadId) is not { } found) return NotFound();
        if (await KeepAsync(found) is null) return await AsBeforeAsync(found);
        return Redirect(ImportingLinks.MatchAnswers(found.Standing.PartnershipId, uploadId));
    }

    public async Task<IActionResult> OnPostAsync(long uploadId)
    {
        if (await uploads.FindAsync(uploadId) is not { } found) return NotFound();
        var asked = Request.Form.Keys.ToHashSet(StringComparer.Ordinal);
        if (await KeepAsync(found) is not { } reading) return await AsBeforeAsync(found);
        await ShowAsync(found with { Reading = reading, Table = TableFile.Read(found.Content, ImportOperations.Limits,
            TableChoices.Of(reading.Said)) });
        if (reading.Statements.Values.All(column => column < 0)) ModelState.AddModelError("",
            "Choose the columns of the statements. Without answers there is nothing to keep");
        if (reading.Used.GroupBy(column => column).FirstOrDefault(uses => uses.Count() > 1) is { } twice)
            ModelState.AddModelError("",
                $"The column “{ImportOperations.HeadingOf(found.Table, twice.Key)}” is chosen twice. Choose another for one of them");
        if (ModelState.IsValid && Waits) ModelState.AddModelError("", "Answer what is asked first");
        if (ModelState.IsValid && (Plan.UnknownWords.Keys.Any(key => !asked.Contains("word." + key))
            || Plan.UnknownGroups.Any(group => group.Value.Keys.Take(MostWords).Any(key => !asked.Contains($"{group.Key}.{key}")))))
            ModelState.AddModelError("", "Some words in these columns are new to us. Say below what they mean");
        return ModelState.IsValid ? Redirect(ImportingLinks.ConfirmAnswers(found.Standing.PartnershipId, uploadId)) : Page();
    }

    private async Task ShowAsync(UploadedAnswers found)
    {
        Answers = found;
        Plan = await import.PlanAsync(found.Standing.PartnershipId, found.Table, found.Reading, found.Instrument);
        Organisations = await import.OrganisationsAsync(found.Standing.PartnershipId);
    }

    /// <summary>The file cannot be read as somebody said; nothing of that is kept.</summary>
    private async Task<IActionResult> AsBeforeAsync(UploadedAnswers found)
    {
        await ShowAsync(found);
        return Page();
    }

    /// <summary>Keeps what was said; null, with the reason as a problem of the page, where the file cannot be read so.</summary>
    private async Task<AnswersReading?> KeepAsync(UploadedAnswers found)
    {
        ModelState.Clear();
        var said = FileAnswers.Of(Request.Form);
        var table = found.Table;
        if (TableChoices.Of(said) != TableChoices.Of(found.Reading.Said))
        {
            try
            {
                table = TableFile.Read(found.Content, ImportOperations.Limits, TableChoices.Of(said));
            }
            catch (UnreadableFileException error)
            {
                ModelState.AddModelError("", error.Message + ". It is read as before");
                return null;
            }
        }
        var stated = said.GetValueOrDefault(ImportQuestions.InstrumentId) ?? Request.Form["Instrument"].ToString();
        var other = found.Instruments.FirstOrDefault(i => InstrumentFile.ContentHash(i) == stated
            && InstrumentFile.ContentHash(i) != found.Reading.Instrument);
        if (other is not null) said[ImportQuestions.InstrumentId] = stated;
        else if (found.Reading.Said.GetValueOrDefault(ImportQuestions.InstrumentId) is { } earlier) said.TryAdd(ImportQuestions.InstrumentId, earlier);
        var columnsMoved = !table.Headers.SequenceEqual(found.Table.Headers, StringComparer.Ordinal);
        AnswersReading reading;
        if (other is not null) reading = await import.GuessAsync(found.Standing.PartnershipId, table, [other]) with { Said = said,
            Rivals = found.Reading.OthersThan(stated) };
        else if (columnsMoved) reading = await import.GuessAsync(found.Standing.PartnershipId, table,
            found.Instruments) with { Said = said };
        else reading = await ReadFormAsync(found) with { Said = said };
        uploads.Choose(found.Upload, reading);
        await db.SaveChangesAsync();
        return reading;
    }

    private async Task<AnswersReading> ReadFormAsync(UploadedAnswers found)
    {
        var codes = WordsFor("word.", text => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code
            : (byte?)null);
        var ids = (await import.OrganisationsAsync(found.Standing.PartnershipId)).Select(o => o.Id).ToHashSet();
        return found.Reading with
        {
            Statements = found.Instrument.Items.ToDictionary(item => item.Id, item => Column(found, "statement." + item.Id)
                ?? found.Reading.ColumnOf(item.Id), StringComparer.Ordinal),
            Groups = Enum.GetValues<GroupColumn>().ToDictionary(group => group, group => Column(found, "group." + group)
                ?? found.Reading[group]),
            Comments = Ticked(found, "comment"),
            People = Ticked(found, "person"),
            Words = codes,
            Organisations =
                WordsFor("Organisation.", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ids.Contains(id) ? id : (long?)null),
            Sectors = WordsFor("Sector.", One<Sector>),
            Levels = WordsFor("Level.", One<Level>),
        };
    }

    private List<int> Ticked(UploadedAnswers found, string what) =>
        [.. Enumerable.Range(0, found.Table.Headers.Count)
            .Where(column => Request.Form.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"{what}.{column}")))];

    private int? Column(UploadedAnswers found, string field) =>
        int.TryParse(Request.Form[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var column)
            && column < found.Table.Headers.Count ? Math.Max(column, AnswersReading.NotThere) : null;

    private static T? One<T>(string text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value
        : null;

    private Dictionary<string, T> WordsFor<T>(string prefix, Func<string, T?> read) where T : struct
    {
        var words = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in Request.Form.Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal)))
            if (read(value.ToString()) is { } meant) words[name[prefix.Length..]] = meant;
        return words;
    }
}
