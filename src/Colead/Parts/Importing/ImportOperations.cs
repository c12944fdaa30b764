using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Rosters;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Audit;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Importing;

/// <summary>Something wrong in one cell of the file. It keeps the row out.</summary>
public sealed record AnswersProblem(int Row, string Column, string Sentence);

/// <summary>What is wrong in the same way in one or more rows, once.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="Perhaps">The likeliest of what was meant; null where nothing is like it.</param>
public sealed record AnswersCause(IReadOnlyList<int> Rows, string Column, string Sentence, string? Perhaps)
{
    private const int Named = 3;

    public string SayRows() => Rows.Count <= Named ? string.Join(", ", Rows)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", Rows.Take(Named))} and {Rows.Count - Named} more");
}

/// <summary>A row of the file as it would be kept: nothing of it says who, when or where in the file.</summary>
public sealed record PlannedAnswer(long? OrganisationId, Sector? Sector, Level? Level, byte[] Answers, IReadOnlyList<string> Comments)
{
    /// <summary>One answer of each person does; where someone is there more than once, the others do not.</summary>
    public bool Counts { get; init; } = true;
}

/// <summary>What importing the file does, found by doing it without saving.</summary>
public sealed class AnswersPlan
{
    public required Instrument Instrument { get; init; }
    public List<AnswersProblem> Problems { get; } = [];
    public List<PlannedAnswer> Rows { get; } = [];
    /// <summary>What only a person can say; nothing is kept before.</summary>
    public List<FileQuestion> Questions { get; } = [];
    /// <summary>What whoever looks must not overlook.</summary>
    public List<string> Notices { get; } = [];
    /// <summary>Why nothing in the file can be used, where its shape is not a row for each person.</summary>
    public string? Shape { get; set; }
    /// <summary>Rows that are left out and are no answers, by why; numbers of rows.</summary>
    public SortedDictionary<RowKind, List<int>> Apart { get; } = [];
    /// <summary>
    /// Of each point of the scale, "don't know" and no answer, the words of the file that mean it, with how often they stand there.
    /// </summary>
    public SortedDictionary<byte, SortedDictionary<string, int>> Counts { get; } = [];
    /// <summary>The likeliest meaning of words that are not known.</summary>
    public Dictionary<string, string?> Perhaps { get; } = new(StringComparer.Ordinal);
    public bool Waits => Questions.Any(question => question.Waits);

    /// <summary>Problems by their cause, each once, in the order of their first rows.</summary>
    public IReadOnlyList<AnswersCause> Causes => [.. Problems.GroupBy(problem => problem.Sentence, StringComparer.Ordinal)
        .Select(same => new AnswersCause([.. same.Select(problem => problem.Row).Distinct()], same.First().Column, same.Key,
            Perhaps.GetValueOrDefault(same.Key)))];

    /// <summary>Rows of answers begun and never sent.</summary>
    public int NeverSent { get; set; }
    /// <summary>Rows in which nothing is answered.</summary>
    public int Empty { get; set; }
    /// <summary>Whether the file says anything by which the same person could be known again.</summary>
    public bool DoublesLookedFor { get; set; }
    /// <summary>Answers of people who are there more than once, all of each.</summary>
    public int OfRepeated { get; set; }
    /// <summary>Answers that do not count, because another of the same person does.</summary>
    public int Repeats => Rows.Count(row => !row.Counts);
    /// <summary>Words that nobody but a person can place, by key, as first met.</summary>
    public SortedDictionary<string, string> UnknownWords { get; } = new(StringComparer.Ordinal);
    public Dictionary<GroupColumn, SortedDictionary<string, string>> UnknownGroups { get; } = Enum.GetValues<GroupColumn>()
        .ToDictionary(group => group, _ => new SortedDictionary<string, string>(StringComparer.Ordinal));

    public string SayRepeats() => Repeats == OfRepeated - 1
        ? $"{OfRepeated} rows are of one person: they count once."
        : $"{OfRepeated} rows are of {OfRepeated - Repeats} people: each person counts once.";

    public int Comments => Rows.Sum(row => row.Comments.Count);
    public int RowsLeftOut => Problems.Select(problem => problem.Row).Distinct().Count();

    /// <summary>The outcome in short, to see at confirmation whether it is still what was shown.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture,
        $"{Rows.Count}.{Comments}.{RowsLeftOut}.{NeverSent}.{Empty}.{DoublesLookedFor}.{Repeats}.{Apart.Values.Sum(rows => rows.Count)}.{Rows.Sum(row => (long)row.Answers.Sum(code => code))}");
}

/// <summary>Who brings the file: someone signed in, or a command at the machine.</summary>
public sealed record AnswersBringer(long? AccountId, string Who, string Contact);

/// <summary>Makes a round of a file of answers. Preview and confirmation run the same code; only confirmation saves, all in one
/// transaction.</summary>
public sealed partial class ImportOperations(ColeadDb db, KeyFolder keys, InstrumentOperations instruments, RoundOperations rounds,
    TimeProvider clock)
{
    public const int MostBytes = 20 * 1024 * 1024;
    /// <summary>Of one cell, so of one comment.</summary>
    public const int LongestText = RoundComments.LongestText;
    private const int LongestKey = 80;
    /// <summary>Problems named before the rest are only counted.</summary>
    private const int MostProblems = 2_000;

    public static TableLimits Limits { get; } = new(TableFile.MostRows, Columns: 2_000, Cell: LongestText, "answers follow below",
        "those with answers") { Knows = AnswersGuess.Knows };

    /// <summary>Instruments the answers may be on: those that come with the program, the partnership's own, and those of its earlier
    /// rounds.</summary>
    public async Task<IReadOnlyList<Instrument>> InstrumentsAsync(long partnershipId)
    {
        var files = await db.Set<OwnInstrument>().Where(i => i.PartnershipId == partnershipId).OrderBy(i => i.Id).Select(i => i.Content)
            .ToListAsync();
        files.AddRange(await db.Set<StoredInstrument>()
            .Where(i => db.Set<Round>().Any(r => r.PartnershipId == partnershipId && r.InstrumentHash == i.Hash)).Select(i => i.Content)
            .ToListAsync());
        return [.. ShippedInstruments.All.Concat(files.Select(file => InstrumentFile.Read(file).Instrument).OfType<Instrument>())
            .DistinctBy(InstrumentFile.ContentHash, StringComparer.Ordinal)];
    }

    public async Task<AnswersReading> GuessAsync(long partnershipId, TableFile file, IEnumerable<Instrument> candidates) =>
        AnswersGuess.Of(file, await LikelyAsync(partnershipId, file, [.. candidates]),
            (await OrganisationsAsync(partnershipId)).Select(o => o.NameKey).ToHashSet(StringComparer.Ordinal));

    /// <summary>
    /// Version 2 numbers its statements as version 1 does. A file that holds numbers alone is of version 1, from before there was another,
    /// unless
    /// the partnership has asked version 2: then both fit, and that is asked.
    /// </summary>
    private async Task<IReadOnlyList<Instrument>> LikelyAsync(long partnershipId, TableFile file, IReadOnlyList<Instrument> candidates)
    {
        if (candidates.Count < 2) return candidates;
        var asked = await db.Set<Round>().Where(r => r.PartnershipId == partnershipId).Select(r => r.InstrumentHash).Distinct()
            .ToListAsync();
        var headings = Enumerable.Range(0, file.Headers.Count).SelectMany(file.NamesOf).Select(Letters).Where(heading => heading.Length > 0)
            .ToList();
        return [.. candidates.Where(i => !ShippedInstruments.Second.Contains(i) || asked.Contains(InstrumentFile.ContentHash(i))
            || i.Items.Any(item => item.Texts.Values.Any(text => Letters(text) is var words
                && headings.Exists(h => h.Contains(words, StringComparison.Ordinal)))))];

        static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToUpperInvariant();
    }

    /// <summary>Understands every row. A row with a problem is left out, and all problems are named.</summary>
    public async Task<AnswersPlan> PlanAsync(long partnershipId, TableFile file, AnswersReading reading, Instrument instrument)
    {
        var organisations = await OrganisationsAsync(partnershipId);
        var plan = new AnswersPlan { Instrument = instrument };
        if (reading.Statements.Values.Count(column => column >= 0) * 2 < instrument.ItemCount
            || reading.Unsure.Count > 0) plan.Shape = AnswersShape.Of(file, [instrument]);
        var reader = new RowReader(file, reading, plan, organisations);
        foreach (var row in file.Rows) reader.Read(row);
        reader.CountOnce();
        reader.Ask(await NamesOfAsync(partnershipId, reading));
        return plan;
    }

    /// <summary>The instrument and those that fit as well, to choose from.</summary>
    private async Task<IReadOnlyList<FileOption>> NamesOfAsync(long partnershipId, AnswersReading reading)
    {
        if (reading.Rivals.Count == 0) return [];
        var hashes = reading.Rivals.Prepend(reading.Instrument).ToHashSet(StringComparer.Ordinal);
        return [.. (await InstrumentsAsync(partnershipId)).Where(i => hashes.Contains(InstrumentFile.ContentHash(i)))
            .Select(i => new FileOption(InstrumentFile.ContentHash(i),
                $"{i.Titles.GetValueOrDefault("en", i.Id)} ({i.Id} {i.Version}): {i.ItemCount} statements on {i.Scale.Options} points, {i.Scale.Lowest} to {i.Scale.Highest}"))];
    }

    /// <summary>Organisations of the partnership, those that left too: the file may be older than their leaving.</summary>
    public Task<List<Organisation>> OrganisationsAsync(long partnershipId) => db.Set<Organisation>().AsNoTracking()
        .Where(o => o.PartnershipId == partnershipId).OrderBy(o => o.NameKey).ToListAsync();

    /// <summary>
    /// Makes a closed round of the plan. All of it is there or none: the answers come in one transaction, into a round whose closing is
    /// due, so that a crash before closing only means that it closes at the next start.
    /// </summary>
    /// <returns>The round; null when the same upload was confirmed a moment ago, as by a second click.</returns>
    /// <param name="othersThan">Rounds with the same statements, of which whoever brings the file said that it holds other answers.</param>
    /// <exception cref="MayBeTheSameException">There is another such round.</exception>
    public async Task<long?> SaveAsync(long partnershipId, AnswersBringer by, string name, string fileName, AnswersPlan plan,
        long? uploadId, IReadOnlyCollection<long> othersThan)
    {
        var now = clock.Now();
        long roundId;
        string? uploadKey = null;
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            if (uploadId is not null)
            {
                uploadKey = await db.Set<AnswersUpload>().Where(u => u.Id == uploadId).Select(u => u.Key).FirstOrDefaultAsync();
                if (await db.Set<AnswersUpload>().Where(u => u.Id == uploadId).ExecuteDeleteAsync() == 0) return null;
            }
            await rounds.RefuseSameAsync(partnershipId, plan.Instrument, othersThan);
            var key = keys.Make(KeyUse.Round);
            var round = new Round
            {
                PartnershipId = partnershipId,
                Name = name,
                Origin = RoundOrigin.Imported,
                State = RoundState.Open,
                Key = key.Fingerprint,
                DoublesLookedFor = plan.DoublesLookedFor,
                InstrumentHash = await instruments.KeepAsync(plan.Instrument),
                Languages = [.. plan.Instrument.Languages.Keys.Order(StringComparer.Ordinal)],
                Contact = by.Contact.Length > Round.ContactLength ? by.Contact[..Round.ContactLength] : by.Contact,
                CreatedAt = now,
                OpenedAt = now,
                ClosesAt = now,
            };
            var named = plan.Rows.Select(row => row.OrganisationId).OfType<long>().ToHashSet();
            foreach (var organisation in (await OrganisationsAsync(partnershipId)).Where(o => named.Contains(o.Id)))
                round.Organisations.Add(new RoundOrganisation { OrganisationId = organisation.Id, Name = organisation.Name,
                    Sector = organisation.Sector });
            db.Set<Round>().Add(round);
            db.AuditEntries.Add(new AuditEntry { At = now, AccountId = by.AccountId, Who = by.Who, PartnershipId = partnershipId,
                Act = "brought answers from elsewhere",
                Detail = $"{name}: {fileName}, {Dates.Count(plan.Rows.Count, "answer", "answers")}, {plan.RowsLeftOut} left out{(othersThan.Count > 0 ? ", said to be others than those here" : "")}" });
            await db.SaveChangesAsync();
            await NewResponses.InsertAsync(db, key, round.Id, plan.Rows.Select(row =>
                new AnswerContent(ByOpenLink: false, [], row.OrganisationId, row.Sector, row.Level, row.Counts, row.Answers,
                    JsonSerializer.Serialize(row.Comments))));
            await transaction.CommitAsync();
            db.ChangeTracker.Clear();
            roundId = round.Id;
        }
        if (uploadKey is not null) keys.Destroy(KeyUse.Upload, uploadKey);
        return roundId;
    }

    /// <summary>The key by which a word of the file is known; a whole comment, where a wrong column was chosen, by its beginning.</summary>
    public static string KeyOf(string text) => RosterWords.Key(text) is { Length: > LongestKey } key ? key[..LongestKey]
        : RosterWords.Key(text);

    /// <summary>One row after another, from cells to an answer without a trace of its place.</summary>
    private sealed partial class RowReader(TableFile file, AnswersReading reading, AnswersPlan plan, List<Organisation> here)
    {
        /// <summary>So many answers must be there before it says something that a part of the scale is never used.</summary>
        private const int EnoughAnswers = 60;
        private const int MostCounted = 200;

        private readonly Dictionary<string, long> organisations = here.ToDictionary(o => o.NameKey, o => o.Id, StringComparer.Ordinal);
        private readonly int[] columns = [.. plan.Instrument.Items.Select(item => reading.ColumnOf(item.Id))];
        private readonly AnswerDecoder decoder = new(file, plan.Instrument, reading.Statements.Values, reading);
        private readonly RowSigns signs = new(file, reading.Statements.Values);
        private readonly Doubles doubles = new();
        private bool refused;
        private int bare, highest, tries;

        public void CountOnce()
        {
            plan.DoublesLookedFor = doubles.LookedFor;
            plan.OfRepeated = doubles.CountOnce(plan.Rows);
        }

        /// <summary>What the rows leave open.</summary>
        public void Ask(IReadOnlyList<FileOption> instruments)
        {
            var scale = plan.Instrument.Scale;
            var unused = bare >= EnoughAnswers && (scale.Options >= 8 ? highest * 3 <= scale.Options * 2 : highest * 2 <= scale.Options
                + 1);
            var top = scale.ValueOf(Math.Max(highest, 1));
            var loud = string.Create(CultureInfo.InvariantCulture, $"No answer is above {top} of {scale.Highest}");
            if (AreCodes())
                plan.Notices.Add($"The answers are codes: say what each of {Joined.And([.. plan.UnknownWords.Values])} means on the scale.");
            if (unused) plan.Notices.Add(loud + ": the upper part of the scale is never used. Perhaps another scale was answered.");
            if (instruments.Count > 1) Put(ImportQuestions.Instrument(instruments, bare >= EnoughAnswers
                ? string.Create(CultureInfo.InvariantCulture, $" The highest answer is {top}.") : ""));
            else if (unused && !reading.Said.ContainsKey(ImportQuestions.InstrumentId)) Put(ImportQuestions.Upper(loud, scale.Highest));
            if (decoder.Question is { } numbers) plan.Questions.Add(numbers);
            if (tries > 0) Put(ImportQuestions.Tries(tries));
            foreach (var (kind, rows) in plan.Apart)
                if (kind is RowKind.Preview or RowKind.Unfinished or RowKind.NotApproved) Put(ImportQuestions.Apart(kind, rows.Count));
            foreach (var (kind, id) in ImportQuestions.Ids)
                if (reading.Said.GetValueOrDefault(id) == TableChoices.Bring && !plan.Questions.Exists(question =>
                    question.Id == id)) Put(ImportQuestions.Apart(kind, 0));
        }

        /// <summary>No answer is known, and in place of words stand as many short codes as a scale may have points.</summary>
        private bool AreCodes() => plan.Rows.Count == 0 && plan.UnknownWords.Count >= 2
            && plan.UnknownWords.Count <= plan.Instrument.Scale.Options + 1 && plan.UnknownWords.Values.All(word => word.Length <= 12);

        private void Put(FileQuestion question) =>
            plan.Questions.Add(question with { Said = reading.Said.GetValueOrDefault(question.Id) is { } said && question.Takes(said)
            ? said : null });

        public void Read(TableRow row)
        {
            refused = false;
            var kind = signs.Of(row);
            if (kind == RowKind.Test) tries++;
            if (kind is { } why && IsLeftOut(why))
            {
                if (plan.Apart.TryGetValue(why, out var rows)) rows.Add(row.Number);
                else plan.Apart[why] = [row.Number];
                return;
            }
            if (reading.Sent >= 0 && row[reading.Sent].Length == 0)
            {
                plan.NeverSent++;
                return;
            }
            var answers = new byte[columns.Length];
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] >= 0) answers[i] = CodeOf(row, columns[i]);
            if (!refused && answers.All(code => code == Answer.SkippedCode))
            {
                plan.Empty++;
                return;
            }
            var organisation = Group(row, GroupColumn.Organisation, text => organisations.TryGetValue(ShortText.Key(text), out var id) ? id
                : null, reading.Organisations);
            // an organisation's is known here
            Sector? sector = reading[GroupColumn.Organisation] >= 0 ? null
                : Group(row, GroupColumn.Sector, RosterWords.SectorOf, reading.Sectors);
            var level = Group(row, GroupColumn.Level, RosterWords.LevelOf, reading.Levels);
            foreach (var column in reading.Comments)
                if (row[column].Length > LongestText) Problem(row, column,
                    $"This comment is longer than {LongestText:N0} characters. Perhaps a quotation mark is missing");
            if (refused) return;
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] >= 0) Count(answers[i], row[columns[i]]);
            doubles.Note(plan.Rows.Count, reading.People.Select(column => (column, row[column])));
            plan.Rows.Add(new PlannedAnswer(organisation, sector, level, answers,
                [.. reading.Comments.Select(column => row[column]).Where(text => text.Length > 0)]));
        }

        private bool IsLeftOut(RowKind kind) => kind switch
        {
            RowKind.Average => true,
            RowKind.Test => reading.Said.GetValueOrDefault(ImportQuestions.TriesId) == TableChoices.Leave,
            _ => reading.Said.GetValueOrDefault(ImportQuestions.IdOf(kind)) != TableChoices.Bring,
        };

        private void Count(byte code, string text)
        {
            if (!plan.Counts.TryGetValue(code, out var words)) plan.Counts[code] = words = new(StringComparer.Ordinal);
            var word = text.Length == 0 ? "(empty)" : text.Length <= 40 ? text : text[..40] + "…";
            if (words.ContainsKey(word) || words.Count < MostCounted) words[word] = words.GetValueOrDefault(word) + 1;
            if (code is Answer.SkippedCode or Answer.DontKnowCode) return;
            if (AnswerWords.Number(AnswerWords.Plain(text)) is not null) bare++;
            highest = Math.Max(highest, code);
        }

        private byte CodeOf(TableRow row, int column)
        {
            var text = row[column];
            if (row.IsDate(column) || LooksLikeDate().IsMatch(text))
            {
                Problem(row, column,
                    "A spreadsheet has made a date of an answer. Write it as text in the file, as 3–4, or ask for the file once more");
                return Answer.SkippedCode;
            }
            var code = decoder.CodeOf(column, text);
            var plain = AnswerWords.Plain(text);
            if (!IsKnown(column, text, plain)) plan.UnknownWords.TryAdd(KeyOf(plain), plain);
            if (code is not null) return code.Value;
            var sentence = plain.Contains(';', StringComparison.Ordinal) ? $"“{Short(plain)}” is more than one answer"
                : $"“{Short(plain)}” is not on the scale";
            if (!plan.Perhaps.ContainsKey(sentence)) plan.Perhaps[sentence] = Nearest.Of(plain,
                plan.Instrument.Anchors.Values.SelectMany(anchors => anchors));
            Problem(row, column, sentence);
            return Answer.SkippedCode;
        }

        /// <summary>Whether a word says by itself what it means; else a person has said it, or must.</summary>
        private bool IsKnown(int column, string text, string plain) => AnswerWords.Find(plain, plan.Instrument) is not null
            || (decoder.CodeOf(column, text) is not null && !reading.Words.ContainsKey(KeyOf(plain)));

        private T? Group<T>(TableRow row, GroupColumn group, Func<string, T?> find, Dictionary<string, T> stated) where T : struct
        {
            var column = reading[group];
            if (column < 0) return null;
            var text = AnswerWords.Plain(row[column]);
            var word = group.ToString().ToLowerInvariant();
            if (text.Length == 0)
            {
                Problem(row, column, $"There is no {word}");
                return null;
            }
            if (find(text) is { } value) return value;
            var key = KeyOf(text);
            plan.UnknownGroups[group].TryAdd(key, text);
            if (stated.TryGetValue(key, out var meant)) return meant;
            if (group == GroupColumn.Organisation && here.Find(o => OrganisationNames.AreNear(o.Name,
                text)) is { } near) plan.Perhaps[$"No organisation here is called “{Short(text)}”"] = near.Name;
            Problem(row, column, group == GroupColumn.Organisation ? $"No organisation here is called “{Short(text)}”"
                : $"We do not know the {word} “{Short(text)}”");
            return null;
        }

        private void Problem(TableRow row, int column, string sentence)
        {
            refused = true;
            if (plan.Problems.Count < MostProblems || plan.Problems[^1]
                .Row != row.Number) plan.Problems.Add(new(row.Number, HeadingOf(file, column), sentence));
        }

        private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

        /// <summary>What Excel makes of 3-4, and where it writes it out as text.</summary>
        [GeneratedRegex(@"^(\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?|\d{1,2}[-/ ](\d{1,2}[-/ ]\d{2,4}|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*([-/ ]\d{2,4})?)|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*-\d{1,2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
        private static partial Regex LooksLikeDate();
    }

    /// <summary>A column's name in short; surveys call a column by its whole question.</summary>
    public static string HeadingOf(TableFile file, int column, int most = 70)
    {
        var name = file.Headers[column];
        if (name.Length == 0) return string.Create(CultureInfo.InvariantCulture, $"Column {column + 1}, without a name");
        if (name.EndsWith(']') && name.LastIndexOf('[') is > 0 and var start && start < name.Length - 2) name = name[(start + 1)..^1];
        return name.Length <= most ? name : name[..most].TrimEnd() + "…";
    }
}
