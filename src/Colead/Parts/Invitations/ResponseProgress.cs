using System.Text.Json;
using Colead.Analysis.Disclosure;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Kit.Texts;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>How much of a group has answered, in fifths; nothing where that is not told.</summary>
public sealed record GroupProgress(string Name, RateBand? Band);

/// <summary>What may be told of the response while a round is open: fifths, of everyone together too.</summary>
public sealed record Progress(RateBand? Everyone, IReadOnlyList<GroupProgress> Organisations);

/// <summary>
/// Counts the response once a week, at a time that the opening fixed: a count that answers or looks set off would tell whoever knows of
/// all answers but one whether that one came. Told in fifths, of everyone and of groups of twenty-five and more, so that a fifth is at
/// least five people wide. Only those who count are counted, in both numbers: whoever invites twenty-four of their own would else know
/// all but one. People who are known to be silent (links taken back, letters refused) keep counting, so that nothing tells whether one
/// had answered; but nothing is told where without them fewer than twenty-five are left, or where a fifth might be everyone who is left.
/// And of organisations only: a sector of thirty beside an organisation of twenty-nine in it would tell of the one.
/// </summary>
public sealed class ResponseProgress(ColeadDb db, SealedAnswers answers, TimeProvider clock)
{
    private const int FewestSilent = 5;
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The latest count and when it was due; null before the first.</summary>
    public async Task<(Progress Progress, DateTime CountedAt)?> ReadAsync(Round round)
    {
        var kept = await db.RoundProgress.AsNoTracking().FirstOrDefaultAsync(p => p.RoundId == round.Id);
        return kept is null ? null : (JsonSerializer.Deserialize<Progress>(kept.Content)!, kept.CountedAt);
    }

    /// <summary>When the next count is due.</summary>
    public static DateTime NextAfter(Round round, DateTime? last) => (last ?? round.OpenedAt!.Value) + Week;

    /// <summary>Counts, where a week has ended since the last count. Called by the clock alone.</summary>
    public async Task CountDueAsync(Round round)
    {
        var weeks = (int)((clock.Now() - round.OpenedAt!.Value) / Week);
        if (weeks == 0) return;
        var due = round.OpenedAt.Value + (weeks * Week);
        var kept = await db.RoundProgress.FirstOrDefaultAsync(p => p.RoundId == round.Id);
        if (kept?.CountedAt >= due) return;
        var content = JsonSerializer.Serialize(await CountAsync(round));
        if (kept is null) db.RoundProgress.Add(new RoundProgress { RoundId = round.Id, CountedAt = due, Content = content });
        else (kept.CountedAt, kept.Content) = (due, content);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear(); // another server counted in the same moment, and that count is the week's
        }
    }

    private async Task<Progress> CountAsync(Round round)
    {
        var silent = (await RoundList.KnownSilentOf(db, round).Select(i => i.Id).ToListAsync()).ToHashSet();
        var places = await db.Invitations.AsNoTracking().Where(i => i.RoundId == round.Id && i.Counts)
            .Select(i => new { i.Id, i.OrganisationId }).ToListAsync();
        var answered = await answers.AnsweredAsync(round, places.Select(p => p.Id));
        var organisations = round.Organisations.ToDictionary(o => o.OrganisationId);
        // A slip is nobody's: of its level nothing is known, and of its organisation only where its envelope was one's.
        var rows = places.ConvertAll(p => new Row(
            p.OrganisationId is { } id ? organisations.GetValueOrDefault(id)?.Name : null,
            !silent.Contains(p.Id),
            answered.Contains(p.Id)));
        return new Progress(Band(rows),
            Groups(rows, [.. round.Organisations.OrderBy(o => o.Sector).ThenBy(o => o.Name, StringComparer.Ordinal).Select(o => o.Name)]));
    }

    private static RateBand? Band(IReadOnlyCollection<Row> rows) => IsEnough(rows)
        ? ParticipationRules.ResponseBand(rows.Count(r => r.Answered), rows.Count) : null;

    /// <summary>Enough are left who can answer, and wherever a fifth begins five of these may be silent.</summary>
    private static bool IsEnough(IReadOnlyCollection<Row> rows)
    {
        var (all, left) = (rows.Count, rows.Count(r => r.Left));
        return left >= ParticipationRules.FewestInvited
            && Enumerable.Range(1, 4).Select(fifth => (all * fifth + 4) / 5).All(begins => begins > left || left - begins >= FewestSilent);
    }

    /// <summary>
    /// Bands of organisations. Where those of which nothing is told hold fewer than twenty-five people together, everyone and the others
    /// would tell of them; then nothing is told of the smallest of the others either.
    /// </summary>
    private static List<GroupProgress> Groups(List<Row> rows, List<string> order)
    {
        var groups = rows.Where(r => r.Organisation is not null).GroupBy(r => r.Organisation!, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Rows: g.ToList())).ToList();
        var told = groups.Where(g => IsEnough(g.Rows)).OrderByDescending(g => g.Rows.Count).ThenBy(g => g.Name, StringComparer.Ordinal)
            .ToList();
        while (told.Count > 0 && rows.Count > told.Sum(g => g.Rows.Count) && !IsEnough([.. rows.Except(told.SelectMany(g => g.Rows))]))
            told.RemoveAt(told.Count - 1);
        return [.. groups.OrderBy(g => order.IndexOf(g.Name)).Select(g => new GroupProgress(g.Name, told.Contains(g) ? Band(g.Rows)
            : null))];
    }

    private sealed class Row(string? organisation, bool left, bool answered)
    {
        public string? Organisation => organisation;
        public bool Left => left;
        public bool Answered => answered;
    }
}
