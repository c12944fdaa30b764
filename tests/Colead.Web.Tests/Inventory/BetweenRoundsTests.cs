using Colead.Analysis.Instruments;
using Colead.Data.Inventory;
using Colead.Web.Features.Inventory;
using Colead.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Web.Tests.Inventory;

/// <summary>Two lists that differ by one person give that person's answers where two rounds ask the same soon after each other.</summary>
public class BetweenRoundsTests
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "two rounds that ask the same, with lists that differ by one person",
        "to subtract one from the other",
        "the second opens 90 days later")]
    public async Task Round_ThatAsksTheSame_OpensNinetyDaysAfterTheLast_AndNotBesideIt(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var first = await ClosingRound.OpenAsync(app);
        await first.InviteAsync();
        await first.AnswerAsync(40);
        for (var organisation = 0; organisation < 3; organisation++) await first.Partnership.PersonAsync($"Someone {organisation}", TestApp.NewEmail(), organisation);
        var draft = await app.DraftRoundAsync(first.Partnership, r => r.ClosesAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(200));
        Assert.Contains("is not over yet", await WhyNotAsync(), StringComparison.Ordinal);
        await first.CloseAsync();
        Assert.Contains("Sooner than 90 days", await WhyNotAsync(), StringComparison.Ordinal);
        app.Clock.Move(TimeSpan.FromDays(89));
        Assert.Contains("Sooner than 90 days", await WhyNotAsync(), StringComparison.Ordinal);

        string agreement;
        using (var scope = app.Services.CreateScope()) agreement = await scope.ServiceProvider.GetRequiredService<Instruments>().KeepAsync(ShippedInstruments.Agreement5);
        var other = await OpenAsync((await app.DraftRoundAsync(first.Partnership, r => r.InstrumentHash = agreement)).Id); // other statements
        Assert.True(other.Done, string.Join(' ', other.Missing));
        app.Clock.Move(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        var opened = await OpenAsync(draft.Id);
        Assert.True(opened.Done, string.Join(' ', opened.Missing));

        async Task<string> WhyNotAsync()
        {
            var opening = await OpenAsync(draft.Id);
            Assert.False(opening.Done);
            return Assert.Single(opening.Missing).Sentence;
        }
        async Task<Opening> OpenAsync(long id)
        {
            using var scope = app.Services.CreateScope();
            return await scope.ServiceProvider.GetRequiredService<Rounds>().OpenAsync(id, by: null);
        }
    }

    /// <summary>A round that showed nothing gives nothing away: it does not keep the next waiting.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Round_AfterOneThatShowedNoFigure_OpensAtOnce(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var first = await ClosingRound.OpenAsync(app);
        await first.InviteAsync();
        await first.AnswerAsync(4);
        await first.CloseAsync();
        await first.Partnership.PersonAsync("Someone", TestApp.NewEmail(), 0);
        Assert.Equal(RoundState.Open, (await app.OpenRoundAsync(first.Partnership)).State);
    }
}
