using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Commands.Surveys;

/// <summary>One round as read: its answers and, where a roster was given, who was invited.</summary>
public sealed record SurveyRound(int Number, AnswerTable Answers, Roster? Roster);

/// <summary>Answers of one or more rounds with their roster, all on one structure.</summary>
public sealed record Survey(string Name, Instrument Instrument, Structure Structure, IReadOnlyList<SurveyRound> Rounds)
{
    /// <summary>Each organisation's partnership.</summary>
    public required IReadOnlyList<string> PartnershipOf { get; init; }

    /// <summary>What the reader noticed and passed over, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where more people answered than were invited, in sentences that name small groups and their counts.</summary>
    public IReadOnlyList<string> ShortRosters { get; init; } = [];

    public IReadOnlyList<string> Partnerships => [.. PartnershipOf.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public int Rows => Rounds.Sum(r => r.Answers.Rows);

    /// <summary>Reads a file of answers and, where named, a roster.</summary>
    /// <returns>Null where <paramref name="problems"/> has any.</returns>
    /// <exception cref="UnreadableFileException">A file cannot be read.</exception>
    public static Survey? Read(string answersPath, string? rosterPath, Instrument? instrument, Problems problems,
        Action<double>? progress = null)
    {
        var answerBytes = InputFile.ReadAll(answersPath);
        var rosterBytes = rosterPath is null ? null : InputFile.ReadAll(rosterPath);
        return Read(answersPath, answerBytes, rosterPath, rosterBytes, instrument, problems, progress);
    }

    public static Survey? Read(
        string answersPath, byte[] answerBytes, string? rosterPath, byte[]? rosterBytes, Instrument? instrument, Problems problems,
            Action<double>? progress = null)
    {
        var organisations = new Organisations();
        var rows = AnswersFile.Read(answersPath, answerBytes, instrument, organisations, problems, progress);
        var counts = rosterBytes is null ? null : RosterFile.Read(rosterPath!, rosterBytes, organisations, problems);
        if (rows is null || problems.Any) return null;
        foreach (var round in rows.Rounds)
            if (counts is not null && !counts.Keys.Any(k => k.Round == round))
                problems.Add(new(rosterPath!, 1, "round",
                    $"The roster has no row for round {round.ToString(CultureInfo.InvariantCulture)}, which has answers."));
        if (problems.Any) return null;

        var (structure, partnershipOf, newIndex) = organisations.ToStructure();
        var rounds = rows.Rounds.Select(round => new SurveyRound(
            round, rows.ToTable(round, structure, newIndex), counts is null ? null : ToRoster(round, counts, structure, newIndex)))
                .ToArray();
        return new(Path.GetFileNameWithoutExtension(answersPath), rows.Instrument, structure, rounds)
        {
            PartnershipOf = partnershipOf,
            Warnings = rows.UnusedColumns.Count > 0 ? [$"Not read: column {string.Join(", ", rows.UnusedColumns)}."] : [],
            ShortRosters = [.. FindShortRosters(rounds)],
        };
    }

    /// <summary>The answers and roster of one partnership alone; rounds in which it has no answers are left out.</summary>
    public Survey OfPartnership(string name)
    {
        int[] kept = [.. Enumerable.Range(0, PartnershipOf.Count).Where(o => PartnershipOf[o] == name)];
        if (kept.Length == PartnershipOf.Count) return this;
        var newIndex = new int[PartnershipOf.Count];
        Array.Fill(newIndex, -1);
        for (var i = 0; i < kept.Length; i++) newIndex[kept[i]] = i;
        var structure = new Structure([.. kept.Select(o => Structure.Organisations[o])], Structure.Levels);
        return this with
        {
            Structure = structure,
            PartnershipOf = [.. kept.Select(_ => name)],
            Rounds = [.. Rounds.Select(r => Of(r, structure, newIndex)).Where(r => r.Answers.Rows > 0)],
        };
    }

    private static SurveyRound Of(SurveyRound round, Structure structure, int[] newIndex)
    {
        var answers = round.Answers;
        int[] rows = [.. Enumerable.Range(0, answers.Rows).Where(r => newIndex[answers.Organisations.Span[r]] >= 0)];
        var codes = new byte[rows.Length * answers.Instrument.ItemCount];
        for (var i = 0; i < rows.Length; i++) answers.Row(rows[i]).CopyTo(codes.AsSpan(i * answers.Instrument.ItemCount));
        var table = new AnswerTable(
            answers.Instrument,
            structure,
            [.. rows.Select(r => newIndex[answers.Organisations.Span[r]])],
            [.. rows.Select(r => answers.Levels.Span[r])],
            codes);
        var roster = round.Roster is null
            ? null
            : new Roster(structure, round.Roster.Invited
                .Where(s => newIndex[s.Key.Organisation] >= 0)
                .ToDictionary(s => new Stratum(newIndex[s.Key.Organisation], s.Key.Level), s => s.Value));
        return new(round.Number, table, roster);
    }

    private static Roster ToRoster(int round, Dictionary<(int Round, int Organisation, int Level), int> counts, Structure structure,
        int[] newIndex) =>
        new(structure, counts.Where(c => c.Key.Round == round)
            .ToDictionary(c => new Stratum(newIndex[c.Key.Organisation], c.Key.Level), c => c.Value));

    private static IEnumerable<string> FindShortRosters(SurveyRound[] rounds)
    {
        foreach (var round in rounds)
        {
            if (round.Roster is not { } roster) continue;
            var answered = new Dictionary<Stratum, int>();
            for (var i = 0; i < round.Answers.Rows; i++)
            {
                var stratum = new Stratum(round.Answers.Organisations.Span[i], round.Answers.Levels.Span[i]);
                answered[stratum] = answered.GetValueOrDefault(stratum) + 1;
            }

            foreach (var (stratum, count) in answered.OrderBy(a => a.Key.Organisation).ThenBy(a => a.Key.Level))
                if (count > roster.Invited.GetValueOrDefault(stratum))
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"Round {round.Number}: {count} answers from {roster.Structure.Organisations[stratum.Organisation].Name}, {roster.Structure.Levels[stratum.Level]}, but {roster.Invited.GetValueOrDefault(stratum)} invited; as many are taken as invited.");
        }
    }
}
