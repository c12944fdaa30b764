using System.Text.Json;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>How much of a group has answered, in fifths; nothing where that is not told.</summary>
/// <param name="Wide">So many fifths together, where one alone would tell too much.</param>
/// <param name="Least">So many at least had answered, by all that was ever told of it: closing looks whether the findings beside it tell
/// too much.</param>
/// <param name="Most">So many at most, by what is told of it now.</param>
public sealed record GroupProgress(string Name, RateBand? Band, int Wide = 1, int? Least = null, int? Most = null);

/// <summary>What may be told of the response while a round is open: fifths, of everyone together too.</summary>
/// <param name="Wide">As of a group; so the others.</param>
public sealed record Progress(RateBand? Everyone, IReadOnlyList<GroupProgress> Organisations, int Wide = 1, int? Least = null,
    int? Most = null)
{
    /// <summary>With what was told before: that so many had answered stays true, whatever is told later.</summary>
    public Progress After(Progress? before) => before is null ? this : this with
    {
        Least = Later(Least, before.Least),
        Organisations = [.. Organisations.Select(o => o with { Least =
            Later(o.Least, before.Organisations.FirstOrDefault(b => b.Name == o.Name)?.Least) })],
    };

    private static int? Later(int? now, int? before) => now is null ? before : before is null ? now : Math.Max(now.Value, before.Value);

    /// <summary>
    /// The same in numbers. What an earlier version of the program counted was not kept in numbers: then nothing fits beside it.
    /// </summary>
    public ToldWhileOpen InNumbers(Func<string, int?> placeOf) => new(
        Counted(Everyone, Least, Most),
        Organisations.Select(o => (Place: placeOf(o.Name), Told: Counted(o.Band, o.Least, o.Most)))
            .Where(o => o.Place is not null && o.Told is not null)
            .ToDictionary(o => o.Place!.Value, o => o.Told!.Value));

    private static ToldCount? Counted(RateBand? band, int? least, int? most) =>
        band is null && least is null ? null : new(least ?? int.MaxValue, most ?? int.MaxValue);
}

/// <summary>
/// Counts the response once a week, at a time that the opening fixed: a count that answers or looks set off would tell whoever knows of
/// all answers but one whether that one came. Told in fifths, of everyone and of groups of twenty-five and more, so that a fifth is at
/// least five people wide. Only those who count are counted, in both numbers: whoever invites twenty-four of their own would else know
/// all but one. People who are known to be silent (links taken back, letters refused) keep counting, so that nothing tells whether one
/// had answered; but nothing is told where without them fewer than twenty-five are left, or where a fifth might be everyone who is left.
/// Slips may be left over, and whoever keeps them counts these: no fifth is told that might be everybody but the fullest envelope's. What
/// is told of everyone is as coarse as it must be for what is told of organisations, beside it, to leave each of them room.
/// And of organisations only: a sector of thirty beside an organisation of twenty-nine in it would tell of the one.
/// </summary>
public sealed class ResponseProgress(ColeadDb db, SealedAnswers answers, TimeProvider clock)
{
    private const int FewestSilent = 5;
    private const int Fifths = 5;
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The latest count and when it was due; null before the first.</summary>
    public async Task<(Progress Progress, DateTime CountedAt)?> ReadAsync(Round round)
    {
        var kept = await db.Set<RoundProgress>().AsNoTracking().FirstOrDefaultAsync(p => p.RoundId == round.Id);
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
        var kept = await db.Set<RoundProgress>().FirstOrDefaultAsync(p => p.RoundId == round.Id);
        if (kept?.CountedAt >= due) return;
        var before = kept is null ? null : JsonSerializer.Deserialize<Progress>(kept.Content);
        var content = JsonSerializer.Serialize((await CountAsync(round)).After(before));
        if (kept is null) db.Set<RoundProgress>().Add(new RoundProgress { RoundId = round.Id, CountedAt = due, Content = content });
        else (kept.CountedAt, kept.Content) = (due, content);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear(); // another server counted, or closed the round, in the same moment
        }
    }

    private async Task<Progress> CountAsync(Round round)
    {
        var silent = (await RoundList.KnownSilentOf(db, round).Select(i => i.Id).ToListAsync()).ToHashSet();
        var places = await db.Set<Invitation>().AsNoTracking().Where(i => i.RoundId == round.Id && i.Counts)
            .Select(i => new { i.Id, i.PersonId, i.OrganisationId, i.Sector }).ToListAsync();
        var answered = await answers.AnsweredAsync(round.Id, round.Key, places.Select(p => p.Id));
        var names = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Name);
        // A slip is nobody's: of its level nothing is known, and of its organisation only where its envelope was one's.
        var rows = places.ConvertAll(p => new Row(
            p.OrganisationId is { } id ? names.GetValueOrDefault(id) : null,
            !silent.Contains(p.Id),
            p.PersonId is null ? (p.OrganisationId, p.Sector) : null,
            answered.Contains(p.Id)));
        var groups = rows.Where(r => r.Organisation is not null).GroupBy(r => r.Organisation!, StringComparer.Ordinal)
            .Where(g => IsEnough([.. g])).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var order = round.Organisations.OrderBy(o => o.Sector).ThenBy(o => o.Name, StringComparer.Ordinal).Select(o => o.Name);
        var organisations = order.Select(name =>
        {
            if (!groups.TryGetValue(name, out var of)) return new GroupProgress(name, null);
            var (band, wide) = Told(of, Ranges(of));
            return band is null ? new GroupProgress(name, null)
                : new(name, band, wide, Begins((int)band, of.Count), Ends((int)band + wide, of.Count));
        }).ToList();
        if (!IsEnough(rows)) return new(null, [.. organisations.Select(o => new GroupProgress(o.Name, null))]);
        var beside = organisations.Where(o => o.Band is not null).Select(o => Group.Of(o, groups[o.Name])).ToList();
        var told = organisations.Where(o => o.Band is not null).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var others = rows.FindAll(r => r.Organisation is null || !told.Contains(r.Organisation));
        var (everyone, width) = Told(rows, Ranges(rows, [.. beside, Group.Rest(others)]));
        return everyone is null ? new(null, organisations)
            : new(everyone, organisations, width, Begins((int)everyone, rows.Count), Ends((int)everyone + width, rows.Count));
    }

    /// <summary>Enough are left who can answer, and wherever a fifth begins five of these may be silent.</summary>
    private static bool IsEnough(IReadOnlyCollection<Row> rows)
    {
        var left = rows.Count(r => r.Left);
        return left >= ParticipationRules.FewestInvited && Highest(rows) > 0
            && Enumerable.Range(1, 4).Select(fifth => Begins(fifth, rows.Count))
                .All(begins => begins > left || left - begins >= FewestSilent);
    }

    /// <summary>The range of fifths in which the group is; nothing where that is all of them.</summary>
    private static (RateBand? Band, int Wide) Told(IReadOnlyCollection<Row> rows, List<(int From, int To)> ranges)
    {
        var fifth = (int)ParticipationRules.ResponseBand(rows.Count(r => r.Answered), rows.Count)!.Value;
        var (from, to) = ranges.Find(range => range.From <= fifth && fifth < range.To);
        return to - from == Fifths ? default : ((RateBand)from, to - from);
    }

    /// <summary>Fifths that may be told by themselves, and those that are told together.</summary>
    private static List<(int From, int To)> Ranges(IReadOnlyCollection<Row> rows)
    {
        var highest = Highest(rows);
        return [.. Enumerable.Range(0, highest).Select(fifth => (fifth, fifth + 1)), (highest, Fifths)];
    }

    /// <summary>
    /// The same of everyone, beside what is told of groups. Where a range would leave a group fewer than five who may be silent, or who may
    /// have answered, though what is told of the group itself leaves them, it is told together with the next, whichever of both is true:
    /// what is told of the groups alone decides. Whoever keeps an envelope knows that no more of it were used than were drawn; with none of
    /// them used, five of each group's others may be silent too, else with some number of them used all of these answered.
    /// </summary>
    private static List<(int From, int To)> Ranges(IReadOnlyCollection<Row> rows, IReadOnlyList<Group> groups)
    {
        var ranges = Ranges(rows);
        var envelopes = rows.Select(r => r.Envelope).OfType<(long?, Sector?)>().Distinct().ToList();
        for (var i = 0; i < ranges.Count && ranges.Count > 1;)
        {
            var least = Math.Max(Begins(ranges[i].From, rows.Count), groups.Sum(g => g.Least));
            var most = Math.Min(Ends(ranges[i].To, rows.Count), groups.Sum(g => g.Most));
            var high = groups.Any(g => least - groups.Sum(o => o.Most) + g.Most > Math.Max(g.Least, g.Left - FewestSilent))
                || envelopes.Exists(e => groups.Any(g => g.Beside(e) is > 0 and var left
                    && least - groups.Sum(o => o.Top(e)) + g.Top(e) > Math.Max(0, left - FewestSilent)));
            var low = groups.Any(g => most - groups.Sum(o => o.Least) + g.Least < Math.Min(g.Most, FewestSilent - 1));
            if (least > most || !(high || low)) i++; // impossible, or it leaves room
            else
            {
                var first = high && i > 0 || i == ranges.Count - 1 ? i - 1 : i;
                ranges[first] = (ranges[first].From, ranges[first + 1].To);
                ranges.RemoveAt(first + 1);
                i = 0;
            }
        }
        return ranges;
    }

    /// <summary>
    /// The highest fifth in which five with no slip of the fullest envelope may be silent, though none of its slips was used.
    /// </summary>
    private static int Highest(IReadOnlyCollection<Row> rows)
    {
        var slips = rows.Where(r => r.Envelope is not null).GroupBy(r => r.Envelope).Select(envelope => envelope.Count()).DefaultIfEmpty()
            .Max();
        var others = rows.Count(r => r.Left) - slips;
        return slips == 0 ? Fifths - 1 : Enumerable.Range(0, Fifths)
            .Last(fifth => fifth == 0 || Begins(fifth, rows.Count) <= others - FewestSilent);
    }

    private static int Begins(int fifth, int all) => ((all * fifth) + 4) / Fifths;

    /// <summary>The most below this fifth.</summary>
    private static int Ends(int fifth, int all) => fifth == Fifths ? all : Begins(fifth, all) - 1;

    /// <summary>
    /// How many of a group may have answered, by what is told of it; how many are left who can, and how many slips of each envelope lie
    /// among them.
    /// </summary>
    private sealed record Group(int Least, int Most, int Left, Dictionary<(long?, Sector?), int> Slips)
    {
        public static Group Of(GroupProgress told, List<Row> rows)
        {
            var all = Rest(rows);
            return all with { Least = told.Least!.Value, Most = Math.Min(all.Left, told.Most!.Value) };
        }

        public static Group Rest(List<Row> rows)
        {
            var left = rows.Count(r => r.Left);
            return new(0, left, left, rows.Where(r => r.Envelope is not null).GroupBy(r => r.Envelope!.Value)
                .ToDictionary(g => g.Key, g => g.Count()));
        }

        /// <summary>People with no slip of an envelope.</summary>
        public int Beside((long?, Sector?) envelope) => Left - Slips.GetValueOrDefault(envelope);

        /// <summary>The most that may have answered, with as few slips of it used as there can be.</summary>
        public int Top((long?, Sector?) envelope) => Math.Max(Least, Math.Min(Most, Beside(envelope)));
    }

    private sealed class Row(string? organisation, bool left, (long?, Sector?)? envelope, bool answered)
    {
        public string? Organisation => organisation;
        public bool Left => left;
        public (long?, Sector?)? Envelope => envelope;
        public bool Answered => answered;
    }
}
