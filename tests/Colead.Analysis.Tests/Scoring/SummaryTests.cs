using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Scoring;

/// <summary>What is computed from summaries is what the answers themselves would give, however the summaries came together.</summary>
public class SummaryTests
{
    [Fact]
    public void MergedWith_AnyPartitionInAnyOrder_GivesTheBytesOfOnePass() => RandomRound.ForAll(round =>
    {
        var (answers, random) = round;
        var parts = 1 + random.Next(5);
        var part = Enumerable.Range(0, answers.Rows).Select(_ => random.Next(parts)).ToArray();
        var summaries = Enumerable.Range(0, parts)
            .Select(p => RoundSummary.Of(RandomRound.Rows(answers, [.. Enumerable.Range(0, answers.Rows).Where(r => part[r] == p)])))
                .ToArray();
        random.Shuffle<RoundSummary>(summaries);
        Assert.Equal(RoundSummary.Of(answers).Write(), summaries.Aggregate((a, b) => a.MergedWith(b)).Write());
    });

    [Fact]
    public void Of_PeopleInAnyOrder_GivesTheSameBytes() => RandomRound.ForAll(round =>
    {
        var rows = Enumerable.Range(0, round.Answers.Rows).ToArray();
        round.Random.Shuffle<int>(rows);
        Assert.Equal(RoundSummary.Of(round.Answers).Write(), RoundSummary.Of(RandomRound.Rows(round.Answers, rows)).Write());
    });

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame() => RandomRound.ForAll(round =>
    {
        var summary = RoundSummary.Of(round.Answers);
        var bytes = summary.Write();
        var read = RoundSummary.Read(bytes, summary.Instrument, summary.Structure);
        Assert.Equal(bytes, read.Write());
        foreach (var (stratum, expected) in summary.Strata) AssertSame(expected, read.At(stratum));
        AssertSame(summary.All(), RoundSummary.ReadAll(bytes, summary.Instrument, summary.Structure));
    });

    [Fact]
    public void Merge_AnyView_EqualsTheRawAnswers() => RandomRound.ForAll(round =>
    {
        var (answers, random) = round;
        var chosen = (ulong)random.NextBits();
        bool Belongs(Stratum s) => (chosen >> (s.Organisation * 6 + s.Level) & 1) != 0;
        var rows = Enumerable.Range(0, answers.Rows)
            .Where(r => Belongs(new(answers.Organisations.Span[r], answers.Levels.Span[r]))).ToList();
        var view = RoundSummary.Of(answers).Merge(Belongs);
        Assert.Equal(rows.Count, view.Respondents);
        for (var i = 0; i < answers.Instrument.ItemCount; i++)
        {
            var codes = rows.Select(r => answers.Row(r)[i]).ToList();
            var values = codes.Where(c => c is > 0 and < 255).Select(c => (double)answers.Instrument.Scale.ValueOf(c)).ToArray();
            Assert.Equal(codes.Count(c => c == Answer.SkippedCode), view.Items[i].Skipped);
            Assert.Equal(codes.Count(c => c == Answer.DontKnowCode), view.Items[i].DontKnow);
            AssertClose(Moments.Of(values), view.Items[i].ToMoments(answers.Instrument.Scale));
        }

        var scorer = new PersonScores(answers.Instrument);
        for (var m = 0; m <= answers.Instrument.Dimensions.Count; m++)
        {
            var scores = new List<double>();
            var incomplete = 0;
            foreach (var r in rows)
            {
                scorer.Score(answers.Row(r));
                var score = m < answers.Instrument.Dimensions.Count ? scorer.Score(m) : scorer.Overall;
                if (!score.IsDefined) continue;
                scores.Add(score.Value);
                if (m < answers.Instrument.Dimensions.Count ? scorer.IsIncomplete(m) : scorer.OverallIsIncomplete) incomplete++;
            }

            AssertClose(Moments.Of(scores.ToArray()), view.Measure(m).ToMoments());
            Assert.Equal(view.Measure(m), view.Histogram(m).ToSums());
            Assert.Equal(incomplete, view.IncompleteScores(m));
            var distinct = scores.Select(s => Math.Round(s, 9)).GroupBy(s => s).OrderBy(g => g.Key).Select(g => (long)g.Count());
            Assert.Equal(distinct, view.Histogram(m).Counts);
        }
    });

    [Fact]
    public void MergeBy_EveryKindOfView_EqualsMergingOneByOne() => RandomRound.ForAll(round =>
    {
        var summary = RoundSummary.Of(round.Answers);
        var structure = summary.Structure;
        for (var l = 0; l < structure.Levels.Count; l++) AssertSame(summary.Merge(s => s.Level == l), summary.ByLevel()[l]);
        for (var c = 0; c < structure.Sectors.Count; c++) AssertSame(summary.Merge(s => structure.SectorOf[s.Organisation] == c),
            summary.BySector()[c]);
        for (var o = 0; o < structure.Organisations.Count; o++)
        {
            var one = summary.Merge(s => s.Organisation == o);
            AssertSame(one, summary.ByOrganisation()[o]);
            for (var m = 0; m <= summary.OverallMeasure; m++) Assert.Equal(one.Measure(m).ToMoments(), summary.OrganisationMoments(m)[o]);
        }
    });

    [Fact]
    public void Complete_AnySubsetOfItems_IsListwiseDeletionOfRawRows() => RandomRound.ForAll(round =>
    {
        var (answers, random) = round;
        var d = random.Next(answers.Instrument.Dimensions.Count);
        var first = answers.Instrument.FirstItem(d);
        var items = Enumerable.Range(0, answers.Instrument.Dimensions[d].Items.Count).ToArray();
        random.Shuffle<int>(items);
        var chosen = items[..(1 + random.Next(items.Length))];
        var rows = Enumerable.Range(0, answers.Rows)
            .Select(r => chosen.Select(j => (int)answers.Row(r)[first + j]).ToArray())
            .Where(r => r.All(c => c is > 0 and < 255)).ToList();
        foreach (var products in new[] { RoundSummary.Of(answers).CrossProducts[d], CrossProducts.Of(answers, d) })
        {
            var complete = products.Complete(chosen);
            Assert.Equal(rows.Count, complete.Count);
            var covariance = complete.SampleCovariance();
            Assert.Equal(rows.Count < 2, covariance is null);
            for (var a = 0; a < chosen.Length; a++)
            {
                Assert.Equal(rows.Sum(r => r[a]), complete.Sums[a]);
                for (var b = 0; b < chosen.Length; b++)
                {
                    Assert.Equal(rows.Sum(r => r[a] * r[b]), complete.Products[a, b]);
                    if (covariance is null) continue;
                    double meanA = rows.Average(r => r[a]), meanB = rows.Average(r => r[b]);
                    Assert.Equal(rows.Sum(r => (r[a] - meanA) * (r[b] - meanB)) / (rows.Count - 1), covariance[a, b], 1e-9);
                }
            }
        }
    });

    [Fact]
    public void Of_OrganisationsRelabelled_MovesTheirSummariesAndNothingElse() => RandomRound.ForAll(round =>
    {
        var (answers, random) = round;
        var organisations = answers.Structure.Organisations;
        var moved = Enumerable.Range(0, organisations.Count).ToArray();
        random.Shuffle<int>(moved);
        var structure = new Structure([.. Enumerable.Range(0, organisations.Count).Select(o => organisations[Array.IndexOf(moved, o)])],
            answers.Structure.Levels);
        var relabelled = RoundSummary.Of(new AnswerTable(
            answers.Instrument, structure, [.. answers.Organisations.ToArray().Select(o => moved[o])], answers.Levels.ToArray(),
                answers.Codes.ToArray()));
        var summary = RoundSummary.Of(answers);
        AssertSame(summary.All(), relabelled.All());
        foreach (var (stratum, expected) in summary.Strata) AssertSame(expected,
            relabelled.At(stratum with { Organisation = moved[stratum.Organisation] }));
    });

    [Fact]
    public void Of_AnAnswerAddedElsewhere_MovesNoOtherStratum() => RandomRound.ForAll(round =>
    {
        var (answers, random) = round;
        var one = RandomRound.Draw(answers.Instrument, answers.Structure, 1, random);
        var added = new Stratum(one.Organisations.Span[0], one.Levels.Span[0]);
        var before = RoundSummary.Of(answers);
        var after = before.MergedWith(RoundSummary.Of(one));
        foreach (var (stratum, summary) in after.Strata)
            if (stratum != added) AssertSame(before.At(stratum), summary);
        Assert.Equal(before.CountOf(added) + 1, after.CountOf(added));
    });

    [Fact]
    public void Measure_ScaleShiftedOrReversed_DoesWhatAlgebraSays() => RandomRound.ForAll(round =>
    {
        var (answers, random) = round;
        var scale = answers.Instrument.Scale;
        var by = random.Next(9) - 4;
        var summary = RoundSummary.Of(answers).All();
        var shifted = RoundSummary.Of(RandomRound.Recode(answers, new Scale(scale.Lowest + by, scale.Highest + by), c => c)).All();
        var reversed = RoundSummary.Of(RandomRound.Recode(answers, scale, c => (byte)(scale.Options + 1 - c))).All();
        for (var m = 0; m <= answers.Instrument.Dimensions.Count; m++)
        {
            var moments = summary.Measure(m).ToMoments();
            if (moments.Count == 0) continue;
            AssertClose(moments with { Mean = moments.Mean + by }, shifted.Measure(m).ToMoments());
            AssertClose(moments with { Mean = scale.Lowest + scale.Highest - moments.Mean }, reversed.Measure(m).ToMoments());
            Assert.InRange(moments.Mean, scale.Lowest - 1e-12, scale.Highest + 1e-12);
            Assert.InRange(moments.PopulationVariance.Value, 0, scale.LargestVariance * (1 + 1e-12));
        }
    });

    [Fact]
    public void GroupMean_AnyGroup_KeepsItsBounds() => RandomRound.ForAll(round =>
    {
        var scale = round.Answers.Instrument.Scale;
        var summary = RoundSummary.Of(round.Answers);
        var organisations = summary.OrganisationMoments(0);
        var prior = PooledVariance.WithinGroups(organisations, scale);
        foreach (var scores in organisations.Where(o => o.Count > 0))
        {
            var invited = scores.Count + round.Random.Next(10);
            var mean = GroupMean.Of(scores, Counted.DimensionScores, invited, prior, scale);
            var wider = GroupMean.Of(scores, Counted.DimensionScores, null, prior, scale);
            var interval = mean.Moderated!.Interval;
            var slack = 1e-9;
            Assert.InRange(interval.Low, scale.Lowest, scores.Mean + slack);
            Assert.InRange(interval.High, scores.Mean - slack, scale.Highest);
            Assert.True(wider.Moderated!.Interval.Low <= interval.Low + slack && wider.Moderated.Interval.High >= interval.High - slack);
            Assert.Equal(IntervalMethod.ModeratedT, wider.Moderated.Interval.Method);
            Assert.Null(wider.Bounds);
            Assert.InRange(mean.Bounds!.Low, scale.Lowest - slack, scores.Mean + slack);
            Assert.InRange(mean.Bounds.High, scores.Mean - slack, scale.Highest + slack);
        }
    });

    [Fact]
    public void Of_ManyRowsInFewStrata_SharesOfTheWorkDoNotShow()
    {
        // More rows than one share takes, one stratum longer than a share, others of one person.
        var instrument = OracleFiles.Instrument;
        var structure = new Structure([.. Enumerable.Range(0, 40).Select(o => new Organisation($"O{o}", "public"))], Field.Levels);
        var answers = RandomRound.Draw(instrument, structure, 9_000, new SeededRandom(5));
        int[] organisations = [.. answers.Organisations.ToArray().Select((o, r) => r < 8_000 ? 20 : o)];
        byte[] levels = [.. answers.Levels.ToArray().Select((l, r) => r < 8_000 ? (byte)3 : l)];
        var table = new AnswerTable(instrument, structure, organisations, levels, answers.Codes.ToArray());
        var small = Enumerable.Range(0, 3).Select(p => RoundSummary.Of(RandomRound.Rows(table, [.. Enumerable.Range(p * 3000, 3000)])))
            .ToList();
        var once = RoundSummary.Of(table);
        Assert.Equal(small[2].MergedWith(small[0]).MergedWith(small[1]).Write(), once.Write());
        Assert.True(once.CountOf(new(20, 3)) >= 8_000);
        Assert.Equal(9_000, once.ByOrganisation().Sum(o => o.Respondents));
    }

    [Fact]
    public void MergedWith_AnotherInstrumentOrStructure_IsRefused()
    {
        var summary = RoundSummary.Of(RandomRound.Of(1).Answers);
        var other = RandomRound.Of(1).Answers;
        var renamed = new Structure([.. other.Structure.Organisations.Select(o => o with { Name = o.Name + "x" })], Field.Levels);
        Assert.Throws<ArgumentException>(() => summary.MergedWith(RoundSummary.Of(RandomRound.Of(2).Answers)));
        Assert.Throws<ArgumentException>(() => summary.MergedWith(RoundSummary.Of(new AnswerTable(
            other.Instrument, renamed, other.Organisations.ToArray(), other.Levels.ToArray(), other.Codes.ToArray()))));
    }

    internal static void AssertSame(StratumSummary expected, StratumSummary actual)
    {
        Assert.Equal(expected.Respondents, actual.Respondents);
        for (var i = 0; i < expected.Items.Count; i++)
        {
            Assert.Equal(expected.Items[i].Options.ToArray(), actual.Items[i].Options.ToArray());
            Assert.Equal((expected.Items[i].Skipped, expected.Items[i].DontKnow), (actual.Items[i].Skipped, actual.Items[i].DontKnow));
        }

        for (var m = 0; m <= expected.Scores.Count; m++)
        {
            Assert.Equal(expected.Measure(m), actual.Measure(m));
            Assert.Equal(expected.IncompleteScores(m), actual.IncompleteScores(m));
            Assert.Equal(expected.Histogram(m).Scores, actual.Histogram(m).Scores);
            Assert.Equal(expected.Histogram(m).Counts, actual.Histogram(m).Counts);
        }
    }

    private static void AssertClose(Moments expected, Moments actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Mean, actual.Mean, 1e-9);
        Assert.Equal(expected.SumOfSquares, actual.SumOfSquares, 1e-9 * Math.Max(1, expected.SumOfSquares));
    }
}
