using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;

namespace Colead.Tests.Attacks;

/// <summary>Answers that an attacker knows, and what published means then tell of one more.</summary>
internal static class KnownAnswers
{
    public static Instrument Instrument { get; } = ShippedInstruments.Inventory12;

    /// <summary>From three to ten, so that no mean lies at an end of the scale, where it would be told as "at most" only.</summary>
    public static int[] Answers(SeededRandom random) => [.. Enumerable.Range(0, Instrument.ItemCount).Select(_ => 3 + random.Next(8))];

    public static double Score(int[] answers, int dimension)
    {
        var first = Instrument.Dimensions.Take(dimension).Sum(d => d.Items.Count);
        return answers.Skip(first).Take(Instrument.Dimensions[dimension].Items.Count).Average();
    }

    /// <summary>Statements on which one answer only fits the printed mean of the board, and it is the real one's.</summary>
    public static int Recovered(Publication publication, List<int[]> known, int[] real)
    {
        var recovered = 0;
        foreach (var tier in new[] { publication.Members, publication.Open })
        {
            if (tier.Levels.SingleOrDefault(l => l.Level == "board") is not { } board) continue;
            var found = 0;
            for (var i = 0; i < board.Items.Count; i++)
            {
                if (board.Items[i].Mean is not { } mean) continue;
                var fits = Enumerable.Range(1, 12)
                    .Where(x => decimal.Round((known.Sum(a => a[i]) + x) / (known.Count + 1m), 1, MidpointRounding.AwayFromZero) == mean)
                        .ToList();
                if (fits is [var only] && only == real[i]) found++;
            }
            recovered = Math.Max(recovered, found);
        }
        return recovered;
    }
}
