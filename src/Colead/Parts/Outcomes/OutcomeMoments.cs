using Colead.Kit.Texts;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes;

/// <summary>What a thread should lead to: its outcomes, who answers for them, and how their indicators stand.</summary>
public sealed class OutcomeMoments(ColeadDb db) : IMoments
{
    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var outcomes = await db.Set<Outcome>().AsNoTracking().AsSplitQuery().Where(o => o.ThreadId == thread.Id).OrderBy(o => o.Id)
            .Include(o => o.Partners).ThenInclude(p => p.Organisation).Include(o => o.Indicators).ThenInclude(i => i.Readings)
                .ToListAsync();
        return [.. outcomes.Select(o => Say(thread, o, reader))];
    }

    private static ThreadMoment Say(GoldenThread thread, Outcome outcome, Reader reader)
    {
        var owners = outcome.Partners.Where(p => p.IsOwner && p.Organisation is not null)
            .OrderBy(p => p.Organisation!.NameKey, StringComparer.Ordinal).Select(p => p.Organisation!.Name).ToList();
        var who = owners.Count switch
        {
            0 => "Nobody answers for it yet.",
            1 => $"{owners[0]} answers for it.",
            _ => $"{Joined.And(owners)} answer for it together.",
        };
        List<string> waiting = outcome.EndedAt is not null ? []
            : [.. outcome.Partners.Where(p => p.IsOwner && p.AgreedAt is null && p.Organisation is not null)
            .OrderBy(p => p.Organisation!.NameKey, StringComparer.Ordinal).Select(p => p.Organisation!.Name)];
        var agree = waiting.Count == 0 ? "" : $" {Joined.And(waiting)} {(waiting.Count == 1 ? "has" : "have")} still to agree.";
        var due = outcome.DueOn is { } on ? $" Due {Dates.Say(on)}." : "";
        var indicators = outcome.Indicators.OrderBy(i => i.Id).ToList();
        return new ThreadMoment(outcome.CreatedAt, MomentKind.Outcome, Dates.Say(Dates.DayOf(outcome.CreatedAt)), "outcome", outcome.Title)
        {
            Text = who + agree + due + (outcome.EndedAt is { } ended ? $" Closed {Dates.Say(Dates.DayOf(ended))}. {outcome.EndedNote}"
                : ""),
            More = [.. indicators.Select(Line)],
            Trend = indicators.Count > 0 && indicators[0].Readings.Count > 0 ? IndicatorTrend.Of(indicators[0], outcome.DueOn) : null,
            Address = reader == Reader.Member ? OutcomesLinks.Outcome(thread.PartnershipId, outcome.Id) : null,
        };
    }

    private static string Line(Indicator indicator)
    {
        var last = indicator.Readings.OrderBy(r => r.On).LastOrDefault();
        var from = indicator.Baseline is { } baseline ? $"{OutcomeWords.Say(baseline, indicator.Unit)} at the start" : "no start known";
        var now = last is null ? "not read yet" : $"{OutcomeWords.Say(last.Value, indicator.Unit)} on {Dates.Say(last.On)}";
        var target = indicator.Target is { } goal
            ? $"target {OutcomeWords.Say(goal, indicator.Unit)}{(last is not null && indicator.Reaches(last.Value) ? ", reached" : "")}"
            : "no target yet";
        return $"{indicator.Name}: {from}, {now}, {target}.";
    }
}
