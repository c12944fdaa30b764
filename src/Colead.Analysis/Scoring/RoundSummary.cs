using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// One round's summaries by stratum, and its cross-products by dimension. Immutable; two summaries of the same instrument
/// and structure add up to what one pass over all their answers would give, to the byte of the binary form.
/// Only publishing code may hold one: the summary of one person is that person's answers.
/// </summary>
public sealed class RoundSummary
{
    private readonly SummaryShape shape;
    private readonly IReadOnlyList<StrataBlock> blocks;

    // What every section of a report asks for again is added up once.
    private readonly Lazy<IReadOnlyList<StratumSummary>> sectorsByLevel;
    private readonly Lazy<(ScoreSums[] Sums, Moments[] Moments)[]> organisations;

    internal RoundSummary(Instrument instrument, Structure structure, SummaryShape shape, IReadOnlyList<StrataBlock> blocks,
        IReadOnlyList<CrossProducts> crossProducts,
        ScoreProducts scoreProducts)
    {
        Instrument = instrument;
        Structure = structure;
        CrossProducts = crossProducts;
        ScoreProducts = scoreProducts;
        this.shape = shape;
        this.blocks = blocks;
        sectorsByLevel = new(() => MergeBy(structure.Sectors.Count * structure.Levels.Count,
            s => structure.SectorOf[s.Organisation] * structure.Levels.Count + s.Level));
        organisations = new(AddOrganisations);
    }

    public Instrument Instrument { get; }

    public Structure Structure { get; }

    /// <summary>By dimension, over the whole round (see <see cref="Scoring.CrossProducts"/> why not by stratum).</summary>
    public IReadOnlyList<CrossProducts> CrossProducts { get; }

    /// <summary>Products of people's dimension scores, over the whole round.</summary>
    public ScoreProducts ScoreProducts { get; }

    /// <summary>The index of the overall score among measures; dimensions come before it.</summary>
    public int OverallMeasure => shape.Dimensions;

    /// <summary>Strata with at least one questionnaire.</summary>
    public int StratumCount => blocks.Sum(b => b.Count);

    /// <summary>Strata with at least one questionnaire, by organisation, then level. Summaries are built as they are reached.</summary>
    public IEnumerable<KeyValuePair<Stratum, StratumSummary>> Strata
    {
        get
        {
            foreach (var block in blocks)
                for (var s = 0; s < block.Count; s++)
                    yield return KeyValuePair.Create(StratumOf(block.Key(s)), Summarise(block, s));
        }
    }

    /// <summary>Questionnaires of every such stratum, in the same order, without its summary.</summary>
    public IEnumerable<KeyValuePair<Stratum, long>> Respondents
    {
        get
        {
            foreach (var block in blocks)
                for (var s = 0; s < block.Count; s++)
                    yield return KeyValuePair.Create(StratumOf(block.Key(s)), (long)block.Respondents(s));
        }
    }

    internal SummaryShape Shape => shape;

    internal IReadOnlyList<StrataBlock> Blocks => blocks;

    /// <summary>One pass over raw answers.</summary>
    /// <exception cref="ArgumentException">A row names an organisation or level that the structure does not have.</exception>
    public static RoundSummary Of(AnswerTable answers)
    {
        var sizes = new SummaryShape(answers.Instrument);
        var (strata, products, scores) = SummaryFill.Of(answers, sizes);
        return new(answers.Instrument, answers.Structure, sizes, strata, products, scores);
    }

    /// <summary>The summary of one stratum; of nobody where nobody answered.</summary>
    public StratumSummary At(Stratum stratum) => Find(stratum) is ({ } block, var index)
        ? Summarise(block, index)
        : new StratumSummary(shape);

    /// <summary>Questionnaires of one stratum.</summary>
    public long CountOf(Stratum stratum) => Find(stratum) is ({ } block, var index) ? block.Respondents(index) : 0;

    /// <summary>The sum of the strata that belong to a view.</summary>
    public StratumSummary Merge(Func<Stratum, bool> belongs) => MergeBy(1, s => belongs(s) ? 0 : -1)[0];

    /// <summary>
    /// All views of one kind in one go: stratum s is added to the group <paramref name="groupOf"/>(s) of
    /// 0..<paramref name="groups"/> − 1, or left out where that is −1. The function may be called from several threads.
    /// </summary>
    public IReadOnlyList<StratumSummary> MergeBy(int groups, Func<Stratum, int> groupOf)
    {
        var parts = new StratumSummary?[blocks.Count][];
        ForEachBlock((block, b) =>
        {
            var sums = parts[b] = new StratumSummary?[groups];
            for (var s = 0; s < block.Count; s++)
            {
                var group = groupOf(StratumOf(block.Key(s)));
                if (group >= 0) (sums[group] ??= new(shape)).Add(block, s);
            }
        });

        var result = new StratumSummary[groups];
        for (var g = 0; g < groups; g++)
        {
            foreach (var part in parts)
            {
                if (part[g] is not { } some) continue;
                if (result[g] is { } sum) sum.Add(some);
                else result[g] = some;
            }

            result[g] ??= new StratumSummary(shape);
        }

        return result;
    }

    public StratumSummary All() => AddSectorsByLevel(1, (_, _) => 0)[0];

    public IReadOnlyList<StratumSummary> ByOrganisation() => MergeBy(Structure.Organisations.Count, s => s.Organisation);

    public IReadOnlyList<StratumSummary> BySector() => AddSectorsByLevel(Structure.Sectors.Count, (sector, _) => sector);

    public IReadOnlyList<StratumSummary> ByLevel() => AddSectorsByLevel(Structure.Levels.Count, (_, level) => level);

    /// <summary>
    /// Score sums of one measure alone by group, as <see cref="MergeBy"/> groups: what intervals, gaps, ICC and change of
    /// many thousand organisations need, without touching item counts.
    /// </summary>
    /// <param name="measure">A dimension's index, or <see cref="OverallMeasure"/>.</param>
    public ScoreSums[] ScoresBy(int measure, int groups, Func<Stratum, int> groupOf)
    {
        var result = new ScoreSums[groups];
        Array.Fill(result, ScoreSums.Empty(shape.Unit[measure]));
        foreach (var block in blocks)
        {
            for (var s = 0; s < block.Count; s++)
            {
                var group = groupOf(StratumOf(block.Key(s)));
                if (group >= 0) result[group] = result[group].Merge(block.Sums(s, measure));
            }
        }

        return result;
    }

    /// <summary>
    /// A measure of item counts for every organisation of the structure, in its order, without keeping their summaries:
    /// what agreement within many thousand organisations needs. Organisations are shared out among the processors.
    /// </summary>
    /// <param name="measure">Gets an organisation's counts by item, which hold only until it returns. It may be called from
    /// several threads.</param>
    public TResult[] OfEveryOrganisation<TResult>(Func<IReadOnlyList<ItemCounts>, TResult> measure)
    {
        const int together = 256;
        var organisations = Structure.Organisations.Count;
        var results = new TResult[organisations];
        Parallel.For(0, (organisations + together - 1) / together, part =>
        {
            var waiting = new uint[shape.Counters];
            var counts = new long[shape.Counters];
            ItemCounts[] items =
                [.. Enumerable.Range(0, shape.Items).Select(i => new ItemCounts(counts.AsMemory(i * shape.Slots, shape.Slots)))];
            for (var o = part * together; o < Math.Min(organisations, (part + 1) * together); o++)
            {
                Array.Clear(counts);
                for (var l = 0; l < Structure.Levels.Count; l++)
                {
                    if (Find(new(o, l)) is not ({ } block, var index)) continue;
                    Array.Clear(waiting);
                    block.AddCounters(index, waiting);
                    for (var c = 0; c < counts.Length; c++) counts[c] += waiting[c];
                }

                results[o] = measure(items);
            }
        });
        return results;
    }

    /// <summary>Score sums of one measure for every organisation of the structure, in its order.</summary>
    public IReadOnlyList<ScoreSums> OrganisationSums(int measure) => organisations.Value[measure].Sums;

    /// <summary>Moments of one measure for every organisation of the structure, in its order; empty ones have count 0.</summary>
    public IReadOnlyList<Moments> OrganisationMoments(int measure) => organisations.Value[measure].Moments;

    /// <summary>The summary of both sets of answers together.</summary>
    /// <exception cref="ArgumentException">Instrument or structure differ.</exception>
    public RoundSummary MergedWith(RoundSummary other)
    {
        if (SummaryShape.Fingerprint(Instrument, Structure) != SummaryShape.Fingerprint(other.Instrument, other.Structure))
            throw new ArgumentException("Only summaries of the same instrument and the same organisations and levels add up.",
                nameof(other));
        var sum = new List<StrataBlock>();
        StrataBlock? block = null;
        using var mine = Positions().GetEnumerator();
        using var theirs = other.Positions().GetEnumerator();
        bool more = mine.MoveNext(), theirsMore = theirs.MoveNext();
        while (more || theirsMore)
        {
            if (block is null or { Count: >= BlockSize }) sum.Add(block = new StrataBlock(shape, 256));
            var (b, s) = more ? mine.Current : default;
            var (c, t) = theirsMore ? theirs.Current : default;
            var order = !more ? 1 : !theirsMore ? -1 : b.Key(s).CompareTo(c.Key(t));
            if (order == 0)
            {
                var both = Summarise(b, s);
                both.Add(c, t);
                block.Append(b.Key(s), both);
            }
            else if (order < 0)
            {
                block.Append(b, s);
            }
            else
            {
                block.Append(c, t);
            }

            if (order <= 0) more = mine.MoveNext();
            if (order >= 0) theirsMore = theirs.MoveNext();
        }

        var products = CrossProducts.Select(p => new CrossProducts(p.Items)).ToArray();
        for (var d = 0; d < products.Length; d++)
        {
            products[d].Add(CrossProducts[d]);
            products[d].Add(other.CrossProducts[d]);
        }

        var scores = new ScoreProducts(shape.Unit[..shape.Dimensions]);
        scores.Add(ScoreProducts);
        scores.Add(other.ScoreProducts);
        return new(Instrument, Structure, shape, sum, products, scores);
    }

    /// <summary>The binary form, version <see cref="SummaryFormat.Version"/>: the same bytes for the same content.</summary>
    public byte[] Write() => SummaryFormat.Write(this);

    /// <summary>Reads the binary form of a summary of this very instrument and structure.</summary>
    /// <exception cref="InvalidDataException">Not a summary, of another version, instrument or structure, or damaged.</exception>
    public static RoundSummary Read(ReadOnlySpan<byte> bytes, Instrument instrument, Structure structure) =>
        SummaryFormat.Read(bytes, instrument, structure);

    /// <summary>Reads from the binary form the sum of all strata alone, which stands first in it.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>, except that damage further on is not looked for.</exception>
    public static StratumSummary ReadAll(ReadOnlySpan<byte> bytes, Instrument instrument, Structure structure) =>
        SummaryFormat.ReadAll(bytes, instrument, structure);

    internal const int BlockSize = 1 << 15;

    private Stratum StratumOf(int key) => new(key / Structure.Levels.Count, key % Structure.Levels.Count);

    private IEnumerable<(StrataBlock Block, int Stratum)> Positions() =>
        blocks.SelectMany(b => Enumerable.Range(0, b.Count).Select(s => (b, s)));

    private (StrataBlock? Block, int Stratum) Find(Stratum stratum)
    {
        if (stratum.Level < 0 || stratum.Level >= Structure.Levels.Count || stratum.Organisation < 0) return (null, 0);
        var key = (long)stratum.Organisation * Structure.Levels.Count + stratum.Level;
        foreach (var block in blocks)
        {
            if (key > block.Key(block.Count - 1)) continue;
            var index = block.IndexOf((int)key);
            return block.Key(index) == key ? (block, index) : (null, 0);
        }

        return (null, 0);
    }

    private StratumSummary[] AddSectorsByLevel(int groups, Func<int, int, int> groupOf)
    {
        var result = new StratumSummary[groups];
        for (var g = 0; g < groups; g++) result[g] = new(shape);
        for (var i = 0; i < sectorsByLevel.Value.Count; i++)
            result[groupOf(i / Structure.Levels.Count, i % Structure.Levels.Count)].Add(sectorsByLevel.Value[i]);
        return result;
    }

    private (ScoreSums[] Sums, Moments[] Moments)[] AddOrganisations()
    {
        var sums = new ScoreSums[shape.Measures][];
        for (var m = 0; m < sums.Length; m++)
        {
            sums[m] = new ScoreSums[Structure.Organisations.Count];
            Array.Fill(sums[m], ScoreSums.Empty(shape.Unit[m]));
        }

        foreach (var block in blocks)
        {
            for (var s = 0; s < block.Count; s++)
            {
                var organisation = block.Key(s) / Structure.Levels.Count;
                for (var m = 0; m < sums.Length; m++) sums[m][organisation] = sums[m][organisation].Merge(block.Sums(s, m));
            }
        }

        return Array.ConvertAll(sums, of => (of, Array.ConvertAll(of, s => s.ToMoments())));
    }

    private StratumSummary Summarise(StrataBlock block, int stratum)
    {
        var sum = new StratumSummary(shape);
        sum.Add(block, stratum);
        return sum;
    }

    private void ForEachBlock(Action<StrataBlock, int> action)
    {
        if (StratumCount < 256)
            for (var b = 0; b < blocks.Count; b++) action(blocks[b], b);
        else
            Parallel.For(0, blocks.Count, b => action(blocks[b], b));
    }
}
