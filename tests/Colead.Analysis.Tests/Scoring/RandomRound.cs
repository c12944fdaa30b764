using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Scoring;

/// <summary>Small random rounds, every one from a seed: any scale, dimensions of 1–6 items, missing answers of both kinds.</summary>
internal sealed record RandomRound(AnswerTable Answers, SeededRandom Random)
{
    public static void ForAll(Action<RandomRound> property, int rounds = 150) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(rounds).WithReplay(2026, 1121),
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), (ulong seed) => property(Of(seed))));

    public static RandomRound Of(ulong seed)
    {
        var random = new SeededRandom(seed);
        var options = 2 + random.Next(11);
        var lowest = random.Next(4) - 2;
        var instrument = new Instrument("random", "1", new Scale(lowest, lowest + options - 1), [.. Enumerable.Range(0, 1 + random.Next(7))
            .Select(d => new Dimension($"d{d}", [.. Enumerable.Range(0, 1 + random.Next(6)).Select(i => new Item($"d{d}_{i}"))]))]);
        var structure = new Structure([.. Enumerable.Range(0, 1 + random.Next(6))
            .Select(o => new Organisation($"O{o}", Field.Sectors[random.Next(3)]))], Field.Levels);
        return new(Draw(instrument, structure, random.Next(40), random), random);
    }

    public static AnswerTable Draw(Instrument instrument, Structure structure, int rows, SeededRandom random)
    {
        var missing = random.Next(60);
        var codes = new byte[rows * instrument.ItemCount];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = random.Next(100) >= missing
                ? (byte)(1 + random.Next(instrument.Scale.Options))
                : random.Next(2) == 0 ? Answer.SkippedCode : Answer.DontKnowCode;
        }

        return new AnswerTable(
            instrument,
            structure,
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(structure.Organisations.Count))],
            [.. Enumerable.Range(0, rows).Select(_ => (byte)random.Next(structure.Levels.Count))],
            codes);
    }

    /// <summary>The chosen rows, in that order.</summary>
    public static AnswerTable Rows(AnswerTable answers, IReadOnlyList<int> rows) => new(
        answers.Instrument,
        answers.Structure,
        [.. rows.Select(r => answers.Organisations.Span[r])],
        [.. rows.Select(r => answers.Levels.Span[r])],
        [.. rows.SelectMany(r => answers.Row(r).ToArray())]);

    /// <summary>The same answers on another scale or with other codes.</summary>
    public static AnswerTable Recode(AnswerTable answers, Scale scale, Func<byte, byte> option) => new(
        answers.Instrument with { Scale = scale },
        answers.Structure,
        answers.Organisations.ToArray(),
        answers.Levels.ToArray(),
        [.. answers.Codes.ToArray().Select(c => c is Answer.SkippedCode or Answer.DontKnowCode ? c : option(c))]);
}
