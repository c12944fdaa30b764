using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;
using Colead.Commands.Surveys;

namespace Colead.Commands.Analyse;

/// <summary>A way of cutting a round into groups.</summary>
internal sealed record View(string Type, IReadOnlyList<string> Names, Func<Stratum, int> GroupOf);

/// <summary>A group of a round with at least one respondent.</summary>
/// <param name="Index">Its place in the names of its view.</param>
/// <param name="Invited">People invited; null without a roster.</param>
internal sealed record Group(View View, int Index, StratumSummary Answers, long? Invited)
{
    public string Name => View.Names[Index];
}

/// <summary>One round cut into the groups that are reported, in the order in which they are reported. Measures are the dimensions and,
/// last, the overall score.</summary>
internal sealed class UnprotectedRound
{
    private readonly View[] broad;

    public UnprotectedRound(SurveyRound round, Units units)
    {
        Number = round.Number;
        Table = round.Answers;
        Roster = round.Roster;
        Units = units;
        Summary = RoundSummary.Of(round.Answers);
        Overall = Summary.All();
        Measures = [.. Instrument.Dimensions.Select(d => d.Id), "overall"];
        Priors = [.. Measures.Select((_, m) => PooledVariance.WithinGroups(Summary.OrganisationMoments(m), Scale))];

        var levels = Structure.Levels;
        var byLevel = new View("level", levels, s => s.Level);
        var byUnit = new View(units.TypeName, units.Names, s => units.Of[s.Organisation]);
        broad =
        [
            new("overall", ["all"], _ => 0),
            new("sector", Structure.Sectors, s => Structure.SectorOf[s.Organisation]),
            byLevel,
            byUnit,
        ];
        var byUnitAndLevel = new View(
            units.TypeName + "_x_level",
            [.. units.Names.SelectMany(u => levels.Select(l => $"{u}|{l}"))],
            s => units.Of[s.Organisation] * levels.Count + s.Level);
        Broad = [.. broad.SelectMany(GroupsByName)];
        All = [.. Broad, .. GroupsByName(byUnitAndLevel)];
        UnitGroups = [.. Broad.Where(g => g.View == byUnit)];
        LevelsInOrder = [.. Broad.Where(g => g.View == byLevel).OrderBy(g => g.Index)];
    }

    public int Number { get; }

    public AnswerTable Table { get; }

    public Roster? Roster { get; }

    public Units Units { get; }

    public RoundSummary Summary { get; }

    public StratumSummary Overall { get; }

    public IReadOnlyList<string> Measures { get; }

    /// <summary>All, sectors, levels and units.</summary>
    public IReadOnlyList<Group> Broad { get; }

    /// <summary><see cref="Broad"/>, then unit × level.</summary>
    public IReadOnlyList<Group> All { get; }

    /// <summary>The units that answered.</summary>
    public List<Group> UnitGroups { get; }

    /// <summary>Levels from board to citizen.</summary>
    public IReadOnlyList<Group> LevelsInOrder { get; }

    public Instrument Instrument => Table.Instrument;

    public Structure Structure => Table.Structure;

    public Scale Scale => Instrument.Scale;

    public int Dimensions => Instrument.Dimensions.Count;

    public static Counted Counts(int measure, int dimensions) => measure < dimensions ? Counted.DimensionScores : Counted.OverallScores;

    /// <summary>s0² of each measure: pooled within organisations, whatever the unit.</summary>
    public IReadOnlyList<PooledVariance> Priors { get; }

    /// <summary>The groups of <see cref="Broad"/>, in its order, over the rows alone that answered every item of a dimension.</summary>
    public IReadOnlyList<StratumSummary> CompleteIn(int dimension)
    {
        var first = Instrument.FirstItem(dimension);
        var count = Instrument.Dimensions[dimension].Items.Count;
        int[] rows = [.. Enumerable.Range(0, Table.Rows).Where(r => IsComplete(Table.Row(r).Slice(first, count)))];
        var codes = new byte[rows.Length * Instrument.ItemCount];
        for (var i = 0; i < rows.Length; i++) Table.Row(rows[i]).CopyTo(codes.AsSpan(i * Instrument.ItemCount));
        var complete = RoundSummary.Of(new AnswerTable(
            Instrument,
            Structure,
            [.. rows.Select(r => Table.Organisations.Span[r])],
            [.. rows.Select(r => Table.Levels.Span[r])],
            codes));
        var byView = broad.ToDictionary(v => v, v => complete.MergeBy(v.Names.Count, v.GroupOf));
        return [.. Broad.Select(g => byView[g.View][g.Index])];
    }

    /// <summary>Invited people of each of <paramref name="count"/> groups; null without a roster.</summary>
    public long[]? InvitedBy(int count, Func<Stratum, int> groupOf)
    {
        if (Roster is null) return null;
        var invited = new long[count];
        foreach (var (stratum, people) in Roster.Invited) invited[groupOf(stratum)] += people;
        return invited;
    }

    private static bool IsComplete(ReadOnlySpan<byte> answers) => !answers.ContainsAny(Answer.SkippedCode, Answer.DontKnowCode);

    private IEnumerable<Group> GroupsByName(View view)
    {
        var answers = Summary.MergeBy(view.Names.Count, view.GroupOf);
        var invited = InvitedBy(view.Names.Count, view.GroupOf);
        return Enumerable.Range(0, view.Names.Count)
            .Where(i => answers[i].Respondents > 0)
            .OrderBy(i => view.Names[i], StringComparer.Ordinal)
            .Select(i => new Group(view, i, answers[i], invited?[i]));
    }
}
