using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Data;
using Colead.Data.Audit;
using Colead.Data.Inventory;
using Colead.Data.Keys;
using Colead.Data.Partnerships;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships.Rosters;
using Colead.Parts.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Importing;

/// <summary>Something wrong in one cell of the file. It keeps the row out.</summary>
public sealed record AnswersProblem(int Row, string Column, string Sentence);

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
    public Dictionary<GroupColumn, SortedDictionary<string, string>> UnknownGroups { get; } = Enum.GetValues<GroupColumn>().ToDictionary(group => group, _ => new SortedDictionary<string, string>(StringComparer.Ordinal));

    public string SayRepeats() => Repeats == OfRepeated - 1
        ? $"{OfRepeated} rows are of one person: they count once."
        : $"{OfRepeated} rows are of {OfRepeated - Repeats} people: each person counts once.";

    public int Comments => Rows.Sum(row => row.Comments.Count);
    public int RowsLeftOut => Problems.Select(problem => problem.Row).Distinct().Count();

    /// <summary>The outcome in short, to see at confirmation whether it is still what was shown.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{Rows.Count}.{Comments}.{RowsLeftOut}.{NeverSent}.{Empty}.{DoublesLookedFor}.{Repeats}.{Rows.Sum(row => (long)row.Answers.Sum(code => code))}");
}

/// <summary>Who brings the file: someone signed in, or a command at the machine.</summary>
public sealed record AnswersBringer(long? AccountId, string Who, string Contact);

/// <summary>Makes a round of a file of answers. Preview and confirmation run the same code; only confirmation saves, all in one transaction.</summary>
public sealed class ImportOperations(ColeadDb db, KeyFolder keys, InstrumentOperations instruments, TimeProvider clock)
{
    public const int MostBytes = 20 * 1024 * 1024;
    /// <summary>Of one cell, so of one comment.</summary>
    public const int LongestText = RoundComments.LongestText;
    private const int LongestKey = 80;
    /// <summary>Problems named before the rest are only counted.</summary>
    private const int MostProblems = 2_000;

    public static TableLimits Limits { get; } = new(TableFile.MostRows, Columns: 500, Cell: LongestText, "answers follow below", "those with answers");

    /// <summary>Instruments the answers may be on: those that come with the program, the partnership's own, and those of its earlier rounds.</summary>
    public async Task<IReadOnlyList<Instrument>> InstrumentsAsync(long partnershipId)
    {
        var files = await db.OwnInstruments.Where(i => i.PartnershipId == partnershipId).OrderBy(i => i.Id).Select(i => i.Content).ToListAsync();
        files.AddRange(await db.Instruments.Where(i => db.Rounds.Any(r => r.PartnershipId == partnershipId && r.InstrumentHash == i.Hash)).Select(i => i.Content).ToListAsync());
        return [.. ShippedInstruments.All.Concat(files.Select(file => InstrumentFile.Read(file).Instrument).OfType<Instrument>()).DistinctBy(InstrumentFile.ContentHash, StringComparer.Ordinal)];
    }

    public async Task<AnswersReading> GuessAsync(long partnershipId, TableFile file, IEnumerable<Instrument> candidates) =>
        AnswersGuess.Of(file, candidates, (await OrganisationsAsync(partnershipId)).Select(o => o.NameKey).ToHashSet(StringComparer.Ordinal));

    /// <summary>Understands every row. A row with a problem is left out, and all problems are named.</summary>
    public async Task<AnswersPlan> PlanAsync(long partnershipId, TableFile file, AnswersReading reading, Instrument instrument)
    {
        var organisations = (await OrganisationsAsync(partnershipId)).ToDictionary(o => o.NameKey, o => o.Id, StringComparer.Ordinal);
        var plan = new AnswersPlan { Instrument = instrument };
        var reader = new RowReader(file, reading, plan, organisations);
        foreach (var row in file.Rows) reader.Read(row);
        reader.CountOnce();
        return plan;
    }

    /// <summary>Organisations of the partnership, those that left too: the file may be older than their leaving.</summary>
    public Task<List<Organisation>> OrganisationsAsync(long partnershipId) => db.Organisations.AsNoTracking().Where(o => o.PartnershipId == partnershipId).OrderBy(o => o.NameKey).ToListAsync();

    /// <summary>
    /// Makes a closed round of the plan. All of it is there or none: the answers come in one transaction, into a round whose closing is due, so that a crash before
    /// closing only means that it closes at the next start.
    /// </summary>
    /// <returns>The round; null when the same upload was confirmed a moment ago, as by a second click.</returns>
    public async Task<long?> SaveAsync(long partnershipId, AnswersBringer by, string name, string fileName, AnswersPlan plan, long? uploadId)
    {
        var now = clock.Now();
        long roundId;
        string? uploadKey = null;
        var key = keys.Make(KeyUse.Round);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            if (uploadId is not null)
            {
                uploadKey = await db.AnswersUploads.Where(u => u.Id == uploadId).Select(u => u.Key).FirstOrDefaultAsync();
                if (await db.AnswersUploads.Where(u => u.Id == uploadId).ExecuteDeleteAsync() == 0)
                {
                    keys.Destroy(KeyUse.Round, key.Fingerprint);
                    return null;
                }
            }
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
                round.Organisations.Add(new RoundOrganisation { OrganisationId = organisation.Id, Name = organisation.Name, Sector = organisation.Sector });
            db.Rounds.Add(round);
            db.AuditEntries.Add(new AuditEntry { At = now, AccountId = by.AccountId, Who = by.Who, PartnershipId = partnershipId, Act = "brought answers from elsewhere", Detail = $"{name}: {fileName}, {Dates.Count(plan.Rows.Count, "answer", "answers")}, {plan.RowsLeftOut} left out" });
            await db.SaveChangesAsync();
            await NewResponses.InsertAsync(db, key, round.Id, plan.Rows.Select(row =>
                new AnswerContent(ByOpenLink: false, [], row.OrganisationId, row.Sector, row.Level, row.Counts, row.Answers, JsonSerializer.Serialize(row.Comments))));
            await transaction.CommitAsync();
            db.ChangeTracker.Clear();
            roundId = round.Id;
        }
        if (uploadKey is not null) keys.Destroy(KeyUse.Upload, uploadKey);
        return roundId;
    }

    /// <summary>The key by which a word of the file is known; a whole comment, where a wrong column was chosen, by its beginning.</summary>
    public static string KeyOf(string text) => RosterWords.Key(text) is { Length: > LongestKey } key ? key[..LongestKey] : RosterWords.Key(text);

    /// <summary>One row after another, from cells to an answer without a trace of its place.</summary>
    private sealed class RowReader(TableFile file, AnswersReading reading, AnswersPlan plan, Dictionary<string, long> organisations)
    {
        private readonly Dictionary<string, byte?> known = new(StringComparer.Ordinal);
        private readonly int[] columns = [.. plan.Instrument.Items.Select(item => reading.ColumnOf(item.Id))];
        private readonly Doubles doubles = new();
        private bool refused;

        public void CountOnce()
        {
            plan.DoublesLookedFor = doubles.LookedFor;
            plan.OfRepeated = doubles.CountOnce(plan.Rows);
        }

        public void Read(TableRow row)
        {
            refused = false;
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
            var organisation = Group(row, GroupColumn.Organisation, text => organisations.TryGetValue(ShortText.Key(text), out var id) ? id : null, reading.Organisations);
            Sector? sector = reading[GroupColumn.Organisation] >= 0 ? null : Group(row, GroupColumn.Sector, RosterWords.SectorOf, reading.Sectors); // an organisation's is known here
            var level = Group(row, GroupColumn.Level, RosterWords.LevelOf, reading.Levels);
            foreach (var column in reading.Comments)
                if (row[column].Length > LongestText) Problem(row, column, $"This comment is longer than {LongestText:N0} characters. Perhaps a quotation mark is missing");
            if (refused) return;
            doubles.Note(plan.Rows.Count, reading.People.Select(column => (column, row[column])));
            plan.Rows.Add(new PlannedAnswer(organisation, sector, level, answers, [.. reading.Comments.Select(column => row[column]).Where(text => text.Length > 0)]));
        }

        private byte CodeOf(TableRow row, int column)
        {
            var text = row[column];
            if (!known.TryGetValue(text, out var code)) known[text] = code = Find(text);
            if (code is not null) return code.Value;
            Problem(row, column, $"“{Short(text)}” is not on the scale");
            return Answer.SkippedCode;
        }

        private byte? Find(string text)
        {
            if (AnswerWords.Find(text, plan.Instrument) is { } answer) return answer.Code;
            var key = KeyOf(text);
            plan.UnknownWords.TryAdd(key, text);
            return reading.Words.TryGetValue(key, out var stated) && (stated is Answer.SkippedCode or Answer.DontKnowCode || stated <= plan.Instrument.Scale.Options) ? stated : null;
        }

        private T? Group<T>(TableRow row, GroupColumn group, Func<string, T?> find, Dictionary<string, T> stated) where T : struct
        {
            var column = reading[group];
            if (column < 0) return null;
            var text = row[column];
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
            Problem(row, column, group == GroupColumn.Organisation ? $"No organisation here is called “{Short(text)}”" : $"We do not know the {word} “{Short(text)}”");
            return null;
        }

        private void Problem(TableRow row, int column, string sentence)
        {
            refused = true;
            if (plan.Problems.Count < MostProblems || plan.Problems[^1].Row != row.Number) plan.Problems.Add(new(row.Number, HeadingOf(file, column), sentence));
        }

        private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
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
