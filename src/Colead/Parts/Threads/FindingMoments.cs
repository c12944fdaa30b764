using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Findings;
using Colead.Parts.Threads.Starting;

namespace Colead.Parts.Threads;

/// <summary>
/// What a thread began with, and what later rounds published about the same: copied from publications, or why there is nothing. Nothing is
/// worked out here, and no cause is claimed.
/// </summary>
public sealed class FindingMoments(PublishedRounds rounds) : IMoments
{
    private const string NoCause = "It compares two published averages, and does not say what brought the difference about.";

    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var published = await rounds.PublishedByAsync(thread.PartnershipId);
        ThreadOrigin beginning = ThreadOrigin.Of(thread);
        List<ThreadMoment> moments = thread.Source == ThreadSource.Aim ? [] // the part of vision says it
            : [Begin(thread, beginning, published.FirstOrDefault(r => r.RoundId == thread.RoundId), reader)];
        var later = thread.RoundId is { } round && published.Any(r => r.RoundId == round)
            ? published.SkipWhile(r => r.RoundId != round).Skip(1)
            : published.Where(r => r.PublishedAt > thread.StartedAt);
        foreach (var edition in later)
            if (Later(beginning, thread.Dimension, edition, published, reader) is { } moment) moments.Add(moment);
        return moments;
    }

    private static ThreadMoment Begin(GoldenThread thread, ThreadOrigin beginning, PublishedEdition? edition, Reader reader)
    {
        if (thread.Source == ThreadSource.Problem)
            return new(thread.StartedAt, MomentKind.Problem, Day(thread.StartedAt), "raised", reader == Reader.Member ? thread.Title
                : "Somebody raised it") { Text = reader == Reader.Member ? thread.About : "" };
        if (edition is null) return new(thread.StartedAt, MomentKind.Finding, Day(thread.StartedAt), "finding",
            "Its round has been deleted, as was promised to those who answered");
        var tier = TierOf(edition, reader);
        var names = edition.Edition.Names;
        var what = $"finding of {edition.RoundName}";
        var text = reader == Reader.Member ? thread.About : "";
        if (beginning.Kind is not null)
        {
            return beginning.In(tier) is { } finding
                ? Found(edition, what, names.Sentence(finding).TrimEnd('.'), text, reader)
                : Found(edition, what, "The finding is for the partnership alone", "", reader);
        }
        var item = tier.All.Items.FirstOrDefault(i => i.Item == beginning.Measure);
        return item is null || item.Mean.Withheld is not null
            ? Found(edition, what, reader == Reader.Member ? $"“{names.Item(beginning.Measure ?? "")}”"
                : "The finding is for the partnership alone", item is null ? "" : Say.ProtectedSentence + ".", reader)
            : Found(edition, what, $"{Say.Mean(item.Mean)} of {edition.Edition.Publication.Instrument.Highest}: “{names.Item(item.Item)}”",
                Joined(Sure(item.Mean), text), reader);
    }

    private static ThreadMoment? Later(ThreadOrigin beginning, string? dimension, PublishedEdition edition,
        IReadOnlyList<PublishedEdition> all, Reader reader)
    {
        var tier = TierOf(edition, reader);
        var names = edition.Edition.Names;
        var before = all.TakeWhile(r => r.RoundId != edition.RoundId).LastOrDefault();
        switch (beginning.Kind)
        {
            case FindingKind.LevelGap:
                return Groups(beginning, edition, tier.Levels, g => g.Level, tier.LevelGaps, before, reader);
            case FindingKind.SectorGap:
                return Groups(beginning, edition, tier.Sectors, g => g.Sector, tier.SectorGaps, before, reader);
            case FindingKind.ChangeUp or FindingKind.ChangeDown when beginning.First is { } who:
                if (reader == Reader.Outside && tier.Levels.Concat(tier.Sectors).All(g => (g.Level ?? g.Sector) != who))
                    return Found(edition, $"finding of {edition.RoundName}", "What this round found of it is for the partnership alone",
                        "", reader);
                var group = tier.Levels.Concat(tier.Sectors).Concat(tier.Organisations)
                    .FirstOrDefault(g => (g.Level ?? g.Sector ?? g.Unit) == who);
                return Cell(edition, before, reader, group?.Dimensions.FirstOrDefault(c => c.Measure == beginning.Measure),
                    group is null ? "" : $"{names.Group(group)} on {names.Dimension(beginning.Measure!)}",
                        "It is not reported in the same way in this round, so nothing can be compared.");
            case FindingKind.OrganisationGap:
                if (reader == Reader.Outside) return Found(edition, $"finding of {edition.RoundName}",
                    "What this round found of it is for the partnership alone", "", reader);
                var unit = tier.Organisations.FirstOrDefault(g => g.Unit == beginning.First);
                return Cell(edition, before, reader, unit?.Dimensions.FirstOrDefault(c => c.Measure == beginning.Measure), unit is null
                    ? "" : $"{names.Group(unit)} on {names.Dimension(beginning.Measure!)}",
                    "It is not reported in the same way in this round, so nothing can be compared.");
            case FindingKind.Balance:
                return tier.All.Balance is { } balance
                    ? Found(edition, $"finding of {edition.RoundName}",
                        $"{Say.Number(balance.Points)} points lie between {names.Dimension(balance.Highest)} and {names.Dimension(balance.Lowest)}", balance.Before is { } was
                        ? $"It was {Say.Number(was)} in {before?.RoundName}. How this distance changed is published without a range, so nobody can say how sure that is."
                        : NoChange(before), reader)
                    : null;
        }
        if (beginning.Measure is { } measure && (beginning.Kind is null or FindingKind.Agreed or FindingKind.Divided))
        {
            return Cell(edition, before, reader, tier.All.Items.FirstOrDefault(i => i.Item == measure)?.Mean, $"“{names.Item(measure)}”",
                "The statement was not asked in this round, so there is no change to show.")
                with
            { More = tier.All.Dimensions.FirstOrDefault(c => c.Measure == names.DimensionOfItem(measure)) is { } whole
                ? [$"{names.Dimension(whole.Measure)} as a whole: {Short(whole, before)}"] : [] };
        }
        var id = beginning.Measure ?? dimension;
        if (id is null)
        {
            return reader == Reader.Outside ? null : Found(edition, $"round published: {edition.RoundName}",
                "It has no figure that belongs here",
                "The thread is about no part of leading together in particular, so there is no change to show. Once you choose one under “Change its title, or put it away”, that part’s change stands here.", reader);
        }
        return Cell(edition, before, reader, tier.All.Dimensions.FirstOrDefault(c => c.Measure == id), names.Dimension(id),
            "It was not asked about in this round, so there is no change to show.");
    }

    /// <summary>A published average with its published change, or why there is none.</summary>
    private static ThreadMoment Cell(PublishedEdition edition, PublishedEdition? before, Reader reader, PublishedCell? cell, string name,
        string missing)
    {
        var what = $"finding of {edition.RoundName}";
        if (cell is null) return Found(edition, what, name.Length == 0 ? "No figure this time" : $"No figure this time: {name}", missing,
            reader);
        if (cell.Withheld is not null) return Found(edition, what, $"No figure this time: {name}", Say.Why(cell.Withheld)
            + ", so no change can be shown.", reader);
        var mean = $"{Say.Mean(cell)} of {edition.Edition.Publication.Instrument.Highest}";
        if (cell.Change is not { } change) return Found(edition, what, $"{mean} this time", Joined(Sure(cell), NoChange(before, cell)),
            reader);
        var likely = Range(change.Low, change.High);
        return Found(edition, what, $"{mean}: {Way(change)}",
            Joined($"{(likely.Length == 0 ? "" : $"The change since {before?.RoundName} likely lies {likely}. ")}{(change.Indicative == true ? "Few people answered in one of the rounds. " : "")}", NoCause), reader);
    }

    /// <summary>Why a published figure comes without a change.</summary>
    private static string NoChange(PublishedEdition? before, PublishedCell? cell = null) =>
        before is null ? "There is no change to show: no earlier round is published to compare with."
        : cell is { IsNumber: false } ? "There is no change to show: so near an end of the scale only a band is published."
        : $"There is no change to show from {before.RoundName}: the same group, asked the same in the same words, must have been published in both rounds.";

    /// <summary>A figure with its change in half a line.</summary>
    private static string Short(PublishedCell? cell, PublishedEdition? before) =>
        cell is null || cell.Withheld is not null
            ? $"{(cell is null ? Say.ProtectedSentence : Say.Why(cell.Withheld)).ToLowerInvariant()}, so no change can be shown."
        : cell.Change is not { } change ? $"{Say.Mean(cell)}. {NoChange(before, cell)}"
        : $"{Say.Mean(cell)}, {Way(change)}{(Range(change.Low, change.High) is { Length: > 0 } range ? $"; the change likely lies {range}" : "")}.";

    private static string Range(decimal? low, decimal? high) => low is { } from && high is { } to
        ? $"between {Say.Number(from)} and {Say.Number(to)}" : "";

    private static ThreadMoment? Groups(ThreadOrigin beginning, PublishedEdition edition, IReadOnlyList<PublishedGroup> groups,
        Func<PublishedGroup, string?> of, IReadOnlyList<PublishedGap> gaps, PublishedEdition? before, Reader reader)
    {
        var names = edition.Edition.Names;
        var lines = new List<string>();
        foreach (var id in new[] { beginning.First, beginning.Second })
        {
            var cell = groups.FirstOrDefault(g => of(g) == id)?.Dimensions.FirstOrDefault(c => c.Measure == beginning.Measure);
            var group = Names.Group(id ?? "");
            lines.Add($"{group}: {Short(cell, before)}");
        }
        var gap = gaps.FirstOrDefault(g => g.Measure == beginning.Measure
            && ((g.First == beginning.First && g.Second == beginning.Second)
            || (g.First == beginning.Second && g.Second == beginning.First)));
        var title = gap is null ? $"{names.Dimension(beginning.Measure!)}: no gap could be published this time"
            : gap.Word == Colead.Analysis.Comparison.Certainty.NoClearDifference
                ? $"{names.Dimension(beginning.Measure!)}: no clear difference between the two this time"
            : $"{names.Dimension(beginning.Measure!)}: the gap is {Say.Number(Math.Abs(gap.Points))} points, {Say.Certain(gap.Word)}";
        return Found(edition, $"finding of {edition.RoundName}", title, before is null ? ""
            : (gap is null ? "" : $"The gap likely lies {Range(gap.Low, gap.High)}. ")
            + NoCause.Replace("two published averages", $"published averages with those of {before.RoundName}", StringComparison.Ordinal),
            reader) with { More = lines };
    }

    /// <summary>Without a word where too few levels were printed in both rounds: then it has its size, and that is all.</summary>
    private static string Way(PublishedChange change) => change.Word switch
    {
        Colead.Analysis.Comparison.Certainty.NoClearDifference => "no clear change",
        null => $"{UpOrDown(change.Points)}; how sure that is cannot be said",
        { } word => $"{UpOrDown(change.Said)}, {Say.Certain(word).Replace("difference", "change", StringComparison.Ordinal)}",
    };

    private static string UpOrDown(decimal points) =>
        points == 0 ? "as before" : $"{(points > 0 ? "up" : "down")} {Say.Number(Math.Abs(points))}";

    private static string Sure(PublishedCell cell) => Say.Interval(cell) is { Length: > 0 } interval ? cell.AllAnswered == true
        ? "Everyone answered." : $"Likely between {interval.Replace(" to ", " and ", StringComparison.Ordinal)}." : "";

    private static string Joined(string one, string two) => one.Length == 0 ? two : two.Length == 0 ? one : $"{one.TrimEnd()} {two}";

    private static PublishedTier TierOf(PublishedEdition edition, Reader reader) => reader == Reader.Member
        ? edition.Edition.Publication.Members : edition.Edition.Publication.Open;

    private static ThreadMoment Found(PublishedEdition edition, string what, string title, string text, Reader reader) =>
        new(edition.PublishedAt, MomentKind.Finding, Day(edition.PublishedAt), what, title) { Text = text,
            Address = reader == Reader.Member ? FindingsLinks.Home(edition.PartnershipId, edition.RoundId) : null };

    private static string Day(DateTime at) => Dates.Say(Dates.DayOf(at));
}
