using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Support;

/// <summary>Rounds made through the part's own service.</summary>
public static class TestRounds
{
    public static Standing StandingOf(this TestPartnership partnership, Role role) =>
        new(partnership.Id, partnership.Name, partnership.Account(role).Id, partnership.Account(role).Name, role, role == Role.Lead
        ? partnership.Organisations[0].Id : null);

    /// <summary>A draft with every answer given; <paramref name="set"/> changes some.</summary>
    public static async Task<Round> DraftRoundAsync(this TestApp app, TestPartnership partnership, Action<Round>? set = null)
    {
        using var scope = app.Services.CreateScope();
        RoundOperations rounds = scope.ServiceProvider.GetRequiredService<RoundOperations>();
        var standing = partnership.StandingOf(Role.Coordinator);
        var round = await rounds.CreateAsync(standing, "Spring round");
        round.ClosesAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(14);
        round.FoldsDecided = true;
        if (!round.Ways.Contains(RoundWay.Mail)) round.Ways = [RoundWay.Merge, RoundWay.Paper]; // without mail everyone would draw a slip
        set?.Invoke(round);
        Assert.True(await rounds.SaveAsync(standing, round, round.Version, "everything"));
        return round;
    }

    /// <summary>A round that has just been opened.</summary>
    public static async Task<Round> OpenRoundAsync(this TestApp app, TestPartnership partnership, Action<Round>? set = null)
    {
        var draft = await app.DraftRoundAsync(partnership, set);
        using var scope = app.Services.CreateScope();
        var opening = await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(draft.Id,
            partnership.StandingOf(Role.Coordinator));
        Assert.True(opening.Done, string.Join(' ', opening.Missing));
        return await app.DbAsync(async db => (await db.Set<Round>().FindAsync(draft.Id))!);
    }

    /// <summary>Everybody's own link by the number of the person, as those who read their mail have them.</summary>
    public static async Task<Dictionary<long, string>> LinksAsync(this TestApp app, Round round)
    {
        var links = new LinkMaker(app.Services.GetRequiredService<KeyFolder>().Read(KeyUse.Round, round.Key!));
        var invited = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && !i.Replaced && i.PersonId != null)
            .Select(i => new { i.Id, PersonId = i.PersonId!.Value }).ToListAsync());
        return invited.ToDictionary(i => i.PersonId, i => AnswerLinks.Answer(links.Secret(i.Id, 0).ToString()));
    }

    /// <summary>What the clock does every hour.</summary>
    public static async Task CareAsync(this TestApp app)
    {
        using var scope = app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
    }
}
