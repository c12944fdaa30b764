using Colead.Composition;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

/// <summary>Letters that did not go out, and are sent again: who is known to have been silent by it.</summary>
public class MailAwayTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task SentAgain_AfterTheServerWasAway_NobodyIsKnownSilent(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine,
            settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = 1, Tls = false, From = "colead@example.org" });
        Assert.False(await StoppedAsync(app, "ann@example.org"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SentAgain_AfterTheAddressWasRefused_ItStaysKnown(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        Assert.True(await StoppedAsync(app, "refused@example.org"));
    }

    private static async Task<bool> StoppedAsync(TestApp app, string address)
    {
        var partnership = await app.PartnershipAsync();
        var person = await partnership.PersonAsync("Ann", address, 0);
        await partnership.PersonAsync("Bob", "bob@example.org", 1);
        var round = await app.OpenRoundAsync(partnership, r => r.Ways = [RoundWay.Mail]);
        for (var tries = 0; tries < 200 && !await app.DbAsync(db => db.Outbox.AnyAsync(o => o.To == address && o.Problem != null)); tries++)
        {
            app.Clock.Move(TimeSpan.FromSeconds(2)); // the sender looks every two seconds
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var invitation = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == person)
            .Select(i => i.Id)
            .SingleAsync());
        Assert.Equal(302, (await coordinator.PostAsync(InvitationsLinks.Invitation(partnership.Id, round.Id, invitation),
            new() { ["Email"] = address })).Status);
        return await app.DbAsync(db => db.Set<Invitation>().Where(i => i.Id == invitation).Select(i => i.WasStopped).SingleAsync());
    }
}
