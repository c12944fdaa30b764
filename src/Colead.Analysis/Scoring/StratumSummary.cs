using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// Sufficient statistics of one stratum, or of any union of strata: item counts, score sums and score histograms.
/// Summaries merge by addition of integers, so any order gives the same. Adding is for one thread; reading for any.
/// </summary>
public sealed class StratumSummary
{
    private readonly SummaryShape shape;
    private readonly long[] counters;
    private readonly ScoreSums[] sums;
    private readonly long[] incomplete;
    private readonly List<(StrataBlock Block, List<int> Strata)> sources = [];
    private readonly Lock reading = new();

    // Counts of blocks wait here, where sixteen are added at once, and move on before 32 bits could overflow.
    private uint[]? waiting;
    private long waitingPeople;
    private ItemCounts[]? items;
    private ScoreHistogram[]? histograms;

    /// <summary>The summary of nobody.</summary>
    public StratumSummary(Instrument instrument)
        : this(new SummaryShape(instrument))
    {
    }

    internal StratumSummary(SummaryShape shape)
    {
        this.shape = shape;
        counters = new long[shape.Counters];
        sums = new ScoreSums[shape.Measures];
        incomplete = new long[shape.Measures];
        for (var m = 0; m < sums.Length; m++) sums[m] = ScoreSums.Empty(shape.Unit[m]);
    }

    /// <summary>Questionnaires, with or without a single answer.</summary>
    public long Respondents { get; private set; }

    /// <summary>Counts of each item's answers.</summary>
    public IReadOnlyList<ItemCounts> Items
    {
        get
        {
            // A copy, so that what was read does not move when more is added.
            if (items is { } read) return read;
            var settled = Counters.ToArray();
            return items =
                [.. Enumerable.Range(0, shape.Items).Select(i => new ItemCounts(settled.AsMemory(i * shape.Slots, shape.Slots)))];
        }
    }

    /// <summary>Dimension scores of the people who have one.</summary>
    public IReadOnlyList<ScoreSums> Scores => new ArraySegment<ScoreSums>(sums, 0, shape.Dimensions);

    /// <summary>Overall scores of the people who have one.</summary>
    public ScoreSums Overall => sums[^1];

    /// <summary>A measure's sums: a dimension by its index, or the overall score by the number of dimensions.</summary>
    public ScoreSums Measure(int measure) => sums[measure];

    /// <summary>How many people have each score of a measure. Added up when first asked for, from the strata it stands for.</summary>
    public ScoreHistogram Histogram(int measure)
    {
        lock (reading)
        {
            if (histograms is not null) return histograms[measure];
            var builders = Enumerable.Range(0, shape.Measures)
                .Select(m => new HistogramBuilder(shape.Unit[m], shape.Lowest[m], shape.Range[m])).ToArray();
            foreach (var (block, strata) in sources)
                foreach (var stratum in strata) block.AddHistograms(stratum, builders);
            histograms = [.. builders.Select(b => b.Build())];
            return histograms[measure];
        }
    }

    /// <summary>People whose score of this measure rests on fewer items (overall: dimensions) than there are.</summary>
    public long IncompleteScores(int measure) => incomplete[measure];

    /// <summary>Of all the group's dimension scores, the share (0 to 1) that lacks at least one item.</summary>
    public Figure IncompleteShare
    {
        get
        {
            long lacking = 0, scores = 0;
            for (var d = 0; d < shape.Dimensions; d++)
            {
                lacking += incomplete[d];
                scores += sums[d].Count;
            }

            return scores > 0 ? Figure.Of((double)lacking / scores) : Figure.Absent(Absence.NoAnswers);
        }
    }

    /// <summary>More than a tenth of the group's scores rest on incomplete dimensions: to be said beside them.</summary>
    public bool OftenIncomplete => IncompleteShare is { IsDefined: true, Value: > 0.1 };

    internal SummaryShape Shape => shape;

    internal ReadOnlySpan<long> Counters
    {
        get
        {
            lock (reading) Settle();
            return counters;
        }
    }

    /// <summary>Adds another group of people to this one.</summary>
    /// <exception cref="ArgumentException">The instruments differ in shape.</exception>
    public void Add(StratumSummary other)
    {
        if (!shape.Fits(other.shape)) throw new ArgumentException("Summaries of different instruments cannot be merged.", nameof(other));
        Forget();
        Respondents += other.Respondents;
        var more = other.Counters;
        for (var i = 0; i < counters.Length; i++) counters[i] += more[i];
        for (var m = 0; m < sums.Length; m++)
        {
            sums[m] = sums[m].Merge(other.sums[m]);
            incomplete[m] += other.incomplete[m];
        }

        foreach (var (block, strata) in other.sources) sources.Add((block, [.. strata]));
    }

    internal void Add(StrataBlock block, int stratum)
    {
        var people = block.Respondents(stratum);
        Forget();
        Respondents += people;
        if (waitingPeople + people > uint.MaxValue) Settle();
        waiting ??= new uint[counters.Length];
        waitingPeople += people;
        block.AddCounters(stratum, waiting);
        for (var m = 0; m < sums.Length; m++)
        {
            sums[m] = sums[m].Merge(block.Sums(stratum, m));
            incomplete[m] += block.Incomplete(stratum, m);
        }

        if (sources.Count == 0 || sources[^1].Block != block) sources.Add((block, []));
        sources[^1].Strata.Add(stratum);
    }

    private void Forget()
    {
        items = null;
        histograms = null;
    }

    private void Settle()
    {
        if (waiting is null) return;
        for (var i = 0; i < counters.Length; i++) counters[i] += waiting[i];
        waiting = null;
        waitingPeople = 0;
    }
}
