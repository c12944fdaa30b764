using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// A made-up world in which it is known what is true. Answers lie on a line of 1 to 12 around the middle: what a person sees of
/// everything (sd .8), what they see of a
/// dimension (sd .75) and of a statement (sd 1.7), cut into the options of a scale. Differences are added to it.
/// </summary>
internal sealed record World
{
    /// <summary>People invited by organisation; sectors by turns private, public, voluntary.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = Medium;

    public int Options { get; init; } = 12;
    public double Centre { get; init; } = 6.5;

    /// <summary>How far organisations lie apart, standard deviation on every dimension alike.</summary>
    public double Organisations { get; init; }

    /// <summary>The same on the first dimension alone.</summary>
    public double OrganisationsOnOne { get; init; }

    /// <summary>How far dimensions lie apart, standard deviation; the same in every draw of a world.</summary>
    public double Dimensions { get; init; }

    /// <summary>What is added on the first dimension: by organisation, sector and level.</summary>
    public Func<Stratum, int, double> OnFirst { get; init; } = (_, _) => 0;

    /// <summary>What is added on every dimension in the second round; null where there is none.</summary>
    public double? Change { get; init; }

    /// <summary>Share of a level that answers in the two rounds.</summary>
    public Func<int, (double Before, double Now)> Answering { get; init; } = _ => (0.75, 0.75);

    /// <summary>What front-line people see less of everything, in both rounds.</summary>
    public double FrontLineLess { get; init; }

    public double StatementSpread { get; init; } = 1.7;

    /// <summary>Twelve organisations, 140 people; the third has 18.</summary>
    public static IReadOnlyList<int> Medium { get; } = [16, 22, 18, 12, 12, 14, 8, 9, 12, 5, 8, 4];

    /// <summary>Five organisations, 41 people.</summary>
    public static IReadOnlyList<int> Small { get; } = [12, 10, 8, 6, 5];

    /// <summary>Twenty organisations, 500 people.</summary>
    public static IReadOnlyList<int> Large { get; } = [60, 50, 40, 35, 30, 30, 28, 26, 25, 24, 22, 20, 20, 18, 18, 16, 14, 10, 8, 6];

    public const int DimensionCount = 7;
    private const int Items = 4;

    /// <summary>Of ten people at an organisation: two on the board, two senior, three managers, and so on by turns.</summary>
    private static readonly int[] LevelOf = [3, 0, 2, 3, 1, 3, 2, 0, 3, 2, 1, 4, 3, 5];

    public Instrument Instrument => new("world", "1", new Scale(1, Options), [.. Enumerable.Range(1, DimensionCount).Select(d =>
        new Dimension($"d{d}", [.. Enumerable.Range(1, Items).Select(i => new Item($"d{d}_{i}"))]))]);

    /// <summary>One draw: the round as published, and what is true of those invited.</summary>
    public Drawn Draw(ulong seed)
    {
        var random = new SeededRandom(seed * 2654435761 + 1);
        var structure = new Structure(
            [.. Sizes.Select((_, o) => new Organisation($"O{o:00}", Field.Sectors.Order(StringComparer.Ordinal).ElementAt(o % 3)))],
                Field.Levels);
        var effect = Sizes.Select(_ => (All: Organisations * Normal(random), One: OrganisationsOnOne * Normal(random))).ToList();
        PublishedRound? before = null;
        if (Change is not null)
        {
            var first = Round(random, structure, effect, 0, l => Answering(l).Before);
            before = new(Instrument, Publisher.Publish(first.Round));
        }

        var (round, truth) = Round(random, structure, effect, Change ?? 0, l => Answering(l).Now);
        return new(Publisher.Publish(round with { Before = before }), truth, structure);
    }

    /// <summary>Where a dimension lies beside the others.</summary>
    public double OffsetOf(int dimension) => Dimensions == 0 ? 0 : Dimensions * new[] { 1.4, -1.3, 0.5, -0.4, 0.1, -0.8, 0.5 }[dimension];

    private (RoundToPublish Round, List<Invited> People) Round(
        SeededRandom random, Structure structure, List<(double All, double One)> effect, double shift, Func<int, double> share)
    {
        var invited = new List<Invited>();
        for (var o = 0; o < Sizes.Count; o++)
            for (var i = 0; i < Sizes[o]; i++)
            {
                var stratum = new Stratum(o, LevelOf[(i + o) % LevelOf.Length]);
                invited.Add(Person(random, stratum, structure.SectorOf[o], effect[o], shift, random.NextDouble() < share(stratum.Level)));
            }

        var instrument = Instrument;
        var answered = invited.Where(p => p.Answered).ToList();
        var roster = invited.GroupBy(p => p.Stratum).ToDictionary(g => g.Key, g => g.Count());
        return (new RoundToPublish
        {
            Answers = RoundSummary.Of(new AnswerTable(
                instrument, structure, [.. answered.Select(p => p.Stratum.Organisation)],
                    [.. answered.Select(p => (byte)p.Stratum.Level)], [.. answered.SelectMany(p => p.Codes)])),
            Roster = new(structure, roster),
        }, invited);
    }

    private Invited Person(SeededRandom random, Stratum stratum, int sector, (double All, double One) effect, double shift, bool answered)
    {
        var codes = new byte[DimensionCount * Items];
        var scores = new double[DimensionCount];
        var own = Centre + effect.All + shift + 0.8 * Normal(random) - (stratum.Level == 3 ? FrontLineLess : 0);
        for (var d = 0; d < DimensionCount; d++)
        {
            var seen = own + 0.75 * Normal(random) + OffsetOf(d) + (d == 0 ? OnFirst(stratum, sector) + effect.One : 0);
            var count = 0;
            for (var i = 0; i < Items; i++)
            {
                var x = seen + StatementSpread * Normal(random);
                var code = (byte)Math.Clamp(1 + (int)Math.Floor((x - 0.5) * Options / 12), 1, Options);
                scores[d] += code;
                count++;
                if (random.NextDouble() >= 0.03) codes[d * Items + i] = code;
            }

            scores[d] /= count;
        }

        return new(stratum, answered, codes, scores);
    }

    public static double Normal(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    internal sealed record Invited(Stratum Stratum, bool Answered, byte[] Codes, double[] Scores);

    internal sealed record Drawn(Publication Publication, List<Invited> Invited, Structure Structure);
}
