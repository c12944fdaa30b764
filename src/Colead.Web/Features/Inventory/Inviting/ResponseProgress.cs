using System.Text.Json;
using Colead.Analysis.Disclosure;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory.Inviting;

/// <summary>How much of a group has answered, in fifths; nothing where that is not told.</summary>
public sealed record GroupProgress(string Name, RateBand? Band);

/// <summary>What may be told of the response while a round is open.</summary>
public sealed record Progress(int Answered, int Invited, int OpenLink, IReadOnlyList<GroupProgress> Sectors, IReadOnlyList<GroupProgress> Levels, IReadOnlyList<GroupProgress> Organisations);

/// <summary>
/// Counts the response once a day: exactly for everyone together, in fifths for groups of ten and more. Withdrawn invitations keep counting, so that withdrawing one does
/// not tell whether it was answered.
/// </summary>
public sealed class ResponseProgress(ColeadDb db, TimeProvider clock)
{
    public async Task<(Progress Progress, DateTime CountedAt)> ReadAsync(Round round)
    {
        var now = clock.Now();
        var kept = await db.RoundProgress.FirstOrDefaultAsync(p => p.RoundId == round.Id);
        if (kept is null || DayOf(kept.CountedAt) < DayOf(now))
        {
            var content = JsonSerializer.Serialize(await CountAsync(round));
            if (kept is null) db.RoundProgress.Add(kept = new RoundProgress { RoundId = round.Id, CountedAt = now, Content = content });
            else (kept.CountedAt, kept.Content) = (now, content);
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException error) when (db.IsDuplicate(error))
            {
                db.ChangeTracker.Clear(); // somebody else counted in the same moment, and that count is the day's
                kept = await db.RoundProgress.AsNoTracking().SingleAsync(p => p.RoundId == round.Id);
            }
        }
        return (JsonSerializer.Deserialize<Progress>(kept.Content)!, kept.CountedAt);
    }

    private static DateOnly DayOf(DateTime time) => DateOnly.FromDateTime(Dates.ToLondon(time));

    private async Task<Progress> CountAsync(Round round)
    {
        var counts = await db.Invitations.Where(i => i.RoundId == round.Id).GroupBy(i => new { i.OrganisationId, i.Level })
            .Select(g => new { g.Key.OrganisationId, g.Key.Level, Invited = g.Count(), Answered = g.Count(i => i.Answered) }).ToListAsync();
        var organisations = round.Organisations.ToDictionary(o => o.OrganisationId);
        var rows = counts.Where(c => organisations.ContainsKey(c.OrganisationId)).Select(c => new Row(organisations[c.OrganisationId], c.Level, c.Invited, c.Answered)).ToList();
        return new Progress(
            rows.Sum(r => r.Answered),
            rows.Sum(r => r.Invited),
            await db.Responses.CountAsync(r => r.RoundId == round.Id && r.ByOpenLink),
            Groups(rows, r => Words.Say(r.Organisation.Sector), [.. Enum.GetValues<Sector>().Select(Words.Say)]),
            Groups(rows, r => Words.Say(r.Level), [.. Enum.GetValues<Level>().Select(Words.Say)]),
            [.. rows.GroupBy(r => r.Organisation.Sector).OrderBy(g => g.Key).SelectMany(g => Groups([.. g], r => r.Organisation.Name, [.. g.Select(r => r.Organisation.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))]);
    }

    /// <summary>
    /// Bands of groups that lie side by side within one whole. Where groups of which nothing is told hold fewer than ten people together, the whole and the others would tell of
    /// them; then nothing is told of the smallest of the others either.
    /// </summary>
    private static List<GroupProgress> Groups(List<Row> rows, Func<Row, string> nameOf, IReadOnlyList<string> order)
    {
        var groups = rows.GroupBy(nameOf, StringComparer.Ordinal).Select(g => (Name: g.Key, Invited: g.Sum(r => r.Invited), Answered: g.Sum(r => r.Answered))).ToList();
        var told = groups.Where(g => g.Invited >= ParticipationRules.FewestInvited).OrderByDescending(g => g.Invited).ThenBy(g => g.Name, StringComparer.Ordinal).ToList();
        while (told.Count > 0 && groups.Except(told).Sum(g => g.Invited) is > 0 and < ParticipationRules.FewestInvited) told.RemoveAt(told.Count - 1);
        return [.. groups.OrderBy(g => order.ToList().IndexOf(g.Name)).Select(g => new GroupProgress(g.Name, told.Contains(g) ? ParticipationRules.ResponseBand(g.Answered, g.Invited) : null))];
    }

    private sealed record Row(RoundOrganisation Organisation, Level Level, int Invited, int Answered);
}
