using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Publishing;

/// <summary>People who answered by the open link: one group, its dimension and item means from ten valid answers on.</summary>
internal static class OpenLinkFigures
{
    public static PublishedGroup? Of(RoundToPublish round)
    {
        if (round.OpenLink is not { } answers) return null;
        var instrument = answers.Instrument;
        var total = answers.Merge(_ => true);
        return new()
        {
            Dimensions = [.. instrument.Dimensions.Select((d, m) => Cell(d.Id, total.Scores[m]))],
            Items = [.. instrument.Items.Select((item, i) => Cell(item.Id, total.Items[i].ToSums(instrument.Scale)))],
        };

        PublishedCell Cell(string measure, Scoring.ScoreSums sums) => ParticipationRules.OpenLinkMayShow(sums.Count, round.Thresholds)
            ? CellFigures.Mean(measure, sums, instrument.Scale, PrintedCount.Band(CountBands.Start(sums.Count)))
            : CellFigures.Hidden(measure);
    }
}
