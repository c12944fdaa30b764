using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;

namespace Colead.Parts.Importing;

/// <summary>What options of the command line say of columns and words, and what the command says back.</summary>
public sealed class ImportOptions(TableFile table, Instrument instrument, IReadOnlyList<Organisation> organisations)
{
    public const string Comment = "comment";
    public const string Person = "person";
    private const string ColumnsId = "columns";

    private readonly List<string> wrong = [];

    /// <summary>The guess, with what was stated over it; or what is wrong with what was stated.</summary>
    public (AnswersReading Reading, IReadOnlyList<string> Wrong) Apply(AnswersReading guess, IEnumerable<string> maps,
        IEnumerable<string> words)
    {
        foreach (var (what, name) in Pairs(maps, "--map"))
            if (ColumnOf(name) is { } column) Map(guess, what, column);
            else wrong.Add($"There is no column “{name}”.");
        foreach (var (text, meaning) in Pairs(words, "--word")) Mean(guess, text, meaning);
        foreach (var uses in guess.Used.GroupBy(column => column)
            .Where(uses =>
                uses.Count() > 1)) wrong.Add($"The column “{ImportOperations.HeadingOf(table, uses.Key)}” is taken twice. Say with --map which it is.");
        return (guess, wrong);
    }

    /// <summary>How the file is understood, a line for each thing.</summary>
    public IEnumerable<string> Say(AnswersReading reading, AnswersPlan plan)
    {
        yield return $"{table.Kind}, {Dates.Count(table.Rows.Count, "row", "rows")}; instrument {instrument.Id} {instrument.Version}.";
        foreach (var line in table.Understood.Say().Skip(table.Understood.Encoding is null ? 0 : 1)) yield return line;
        if (plan.Shape is not null) yield return plan.Shape + ".";
        foreach (var notice in plan.Notices) yield return notice;
        var samples = ColumnsFound.Of(table, reading, instrument).Taken.Where(column => column.Samples.Count > 0)
            .GroupBy(column => column.As, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Samples,
            StringComparer.Ordinal);
        string Like(string what) => samples.TryGetValue(what, out var cells) ? $"   ({string.Join(" · ", cells)})" : "";
        foreach (var item in instrument.Items)
        {
            var column = reading.ColumnOf(item.Id);
            yield return column < 0 ? $"{item.Id}: not in the file"
                : $"{item.Id}: {Name(column)}{(reading.Unsure.Contains(item.Id) ? "   (a guess: look at it)" : "")}{Like("Statement " + item.Id)}";
        }
        foreach (var group in Enum.GetValues<GroupColumn>()) yield return $"{group.ToString().ToLowerInvariant()}: {(reading[group] < 0 ? "not in the file" : Name(reading[group]) + Like(group.ToString()))}";
        yield return $"tells people apart: {(reading.People.Count == 0 ? "nothing" : string.Join(", ", reading.People.Select(Name)))}";
        yield return $"comments: {(reading.Comments.Count == 0 ? "none" : string.Join(", ", reading.Comments.Select(column => column + 1)))}";
        yield return $"dropped: {string.Join(", ", Enumerable.Range(0, table.Headers.Count).Except(reading.Used).Select(Name).DefaultIfEmpty("none"))}";
        yield return $"{Dates.Count(plan.Rows.Count, "answer", "answers")}, {Dates.Count(plan.Comments, "comment", "comments")}; {plan.RowsLeftOut} rows with a problem, {plan.NeverSent} never sent, {plan.Empty} empty.";
        foreach (var (kind, rows) in plan.Apart) yield return ImportQuestions.SayApart(kind, rows.Count) + ", left out.";
        foreach (var (code, words) in plan.Counts.OrderBy(count => count.Key is Answer.SkippedCode ? 256 : count.Key))
            yield return $"{(code == Answer.SkippedCode ? "no answer" : code == Answer.DontKnowCode ? "don't know" : string.Create(CultureInfo.InvariantCulture, $"{instrument.Scale.ValueOf(code)} of {instrument.Scale.Highest}"))}: {words.Values.Sum()} ({string.Join(" · ", words.OrderByDescending(word => word.Value).Take(4).Select(word => word.Key))})";
        if (!plan.DoublesLookedFor) yield return "Nothing in the file tells people apart: whoever answered twice counts twice.";
        else if (plan.Repeats > 0) yield return $"{plan.OfRepeated} answers are of people who are there more than once; each of them counts once.";
    }

    /// <summary>What is open, with what was said to it; a guess about columns is open too, because nobody sees it on a page.</summary>
    public IReadOnlyList<FileQuestion> Open(AnswersReading reading, AnswersPlan plan)
    {
        var open = table.Understood.Questions.Concat(plan.Questions).Where(question => question.Waits).ToList();
        if (reading.Unsure.Count > 0 && reading.Said.GetValueOrDefault(ColumnsId) != ImportQuestions.Yes)
            open.Add(new(ColumnsId,
                $"The columns of {Dates.Count(reading.Unsure.Count, "statement", "statements")} are guessed. Are they right? If not, say them with --map", [new(ImportQuestions.Yes, "Yes")], null, true));
        return open;
    }

    private string Name(int column) => string.Create(CultureInfo.InvariantCulture,
        $"{column + 1} {ImportOperations.HeadingOf(table, column)}");

    private void Map(AnswersReading reading, string what, int column)
    {
        if (instrument.Items.Any(item => item.Id == what))
        {
            reading.Statements[what] = column;
            reading.Unsure.Remove(what);
        }
        else if (Enum.TryParse<GroupColumn>(what, ignoreCase: true, out var group) && Enum.IsDefined(group)) reading.Groups[group] = column;
        else if (string.Equals(what, Person, StringComparison.OrdinalIgnoreCase))
        {
            if (column < 0) reading.People.Clear();
            else if (!reading.People.Contains(column)) reading.People.Add(column);
        }
        else if (!string.Equals(what, Comment,
            StringComparison.OrdinalIgnoreCase)) wrong.Add($"“{what}” is no statement of {instrument.Id}, nor organisation, sector, level, person or comment.");
        else if (column >= 0 && !reading.Comments.Contains(column)) reading.Comments.Add(column);
        else if (column < 0) reading.Comments.Clear();
    }

    private void Mean(AnswersReading reading, string text, string meaning)
    {
        var key = ImportOperations.KeyOf(text);
        if (AnswerWords.Find(meaning, instrument) is { } answer) reading.Words[key] = answer.Code;
        else if (organisations.FirstOrDefault(o => o.NameKey == ShortText.Key(meaning)) is { } organisation) reading.Organisations[key] =
            organisation.Id;
        else if (RosterWords.SectorOf(meaning) is { } sector) reading.Sectors[key] = sector;
        else if (RosterWords.LevelOf(meaning) is { } level) reading.Levels[key] = level;
        else wrong.Add($"“{meaning}” is no point of the scale, no organisation here, no sector and no level.");
    }

    /// <summary>By number from 1, 0 for none; or by name, where only one column has it.</summary>
    private int? ColumnOf(string name)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number <= table.Headers.Count
            ? number - 1 : null;
        var same = Enumerable.Range(0, table.Headers.Count).Where(column => ShortText.Key(table.Headers[column]) == ShortText.Key(name))
            .Take(2).ToList();
        return same.Count == 1 ? same[0] : null;
    }

    private IEnumerable<(string Left, string Right)> Pairs(IEnumerable<string> options, string option)
    {
        foreach (var text in options)
        {
            var at = text.LastIndexOf('=');
            if (at > 0 && at < text.Length - 1) yield return (text[..at].Trim(), text[(at + 1)..].Trim());
            else wrong.Add($"{option} {text}: write it as WHAT=MEANING.");
        }
    }
}
