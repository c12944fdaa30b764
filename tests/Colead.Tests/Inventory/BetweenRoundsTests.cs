using Colead.Analysis.Instruments;
using Colead.Parts.Instruments;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

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
        for (var organisation = 0; organisation < 3; organisation++) await first.Partnership.PersonAsync($"Someone {organisation}",
            TestApp.NewEmail(), organisation);
        var draft = await app.DraftRoundAsync(first.Partnership, r => r.ClosesAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(200));
        Assert.Contains("is not over yet", await WhyNotAsync(), StringComparison.Ordinal);
        await first.CloseAsync();
        Assert.Contains("Sooner than 90 days", await WhyNotAsync(), StringComparison.Ordinal);
        app.Clock.Move(TimeSpan.FromDays(89));
        Assert.Contains("Sooner than 90 days", await WhyNotAsync(), StringComparison.Ordinal);

        // The same statements on another scale wait too; so do they under other names, or said a little otherwise. Other statements do not.
        Assert.Contains("Sooner than 90 days", await WhyNotAskAsync(ShippedInstruments.Agreement5), StringComparison.Ordinal);
        Assert.Contains("Sooner than 90 days", await WhyNotAskAsync(Otherwise(item => item with { Id = "x-" + item.Id })),
            StringComparison.Ordinal);
        Assert.Contains("Sooner than 90 days", await WhyNotAskAsync(Otherwise(item => Said(item, text => "Truly, " + text))),
            StringComparison.Ordinal);
        Assert.Contains("Sooner than 90 days", await WhyNotAskAsync(Otherwise(item => Said(item,
            text => text + " now") with { Id = "x-" + item.Id })), StringComparison.Ordinal);
        Assert.Contains("Sooner than 90 days", await WhyNotAskAsync(Otherwise(item => Said(item, text => text.Insert(2,
            "\u200B")) with { Id = "x-" + item.Id })), StringComparison.Ordinal);
        Assert.True(SharedStatements.Any(ShippedInstruments.Agreement5,
            Otherwise(item => item with { Id = "x-" + item.Id, Texts = new Dictionary<string, string> { ["cy"] = item.Texts["en"] } })));
        Assert.Equal("", await WhyNotAskAsync(Otherwise(item => Said(item, text => $"Question {text.Length} of {item.Id}?"))));
        app.Clock.Move(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        var opened = await OpenAsync(draft.Id);
        Assert.True(opened.Done, string.Join(' ', opened.Missing));

        static Instrument Otherwise(Func<Item, Item> change) => ShippedInstruments.Agreement5 with
        {
            Id = "another",
            Dimensions = [.. ShippedInstruments.Agreement5.Dimensions.Select(d => d with { Items = [.. d.Items.Select(change)] })],
        };
        static Item Said(Item item, Func<string, string> how) => item with { Texts = item.Texts.ToDictionary(t => t.Key,
            t => how(t.Value)) };
        async Task<string> WhyNotAskAsync(Instrument instrument)
        {
            string hash;
            using (var scope = app.Services.CreateScope()) hash = await scope.ServiceProvider.GetRequiredService<InstrumentOperations>()
                .KeepAsync(instrument);
            var opening = await OpenAsync((await app.DraftRoundAsync(first.Partnership, r => r.InstrumentHash = hash)).Id);
            return string.Join(' ', opening.Missing.Select(m => m.Sentence));
        }
        async Task<string> WhyNotAsync()
        {
            var opening = await OpenAsync(draft.Id);
            Assert.False(opening.Done);
            return Assert.Single(opening.Missing).Sentence;
        }
        async Task<Opening> OpenAsync(long id)
        {
            using var scope = app.Services.CreateScope();
            return await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(id, by: null);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "two rounds that ask the same, opened in the same moment", "to subtract one from the other",
        "one of them opens")]
    public async Task Rounds_ThatAskTheSame_OpenedAtOnce_OneOpens(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        for (var tries = 0; tries < 4; tries++)
        {
            var partnership = await app.PartnershipAsync();
            for (var i = 0; i < 3; i++) await partnership.PersonAsync($"Someone {i}", TestApp.NewEmail(), i);
            var drafts = new[] { await app.DraftRoundAsync(partnership), await app.DraftRoundAsync(partnership) };
            var openings = await Task.WhenAll(drafts.Select(draft => Task.Run(async () =>
            {
                using var scope = app.Services.CreateScope();
                return await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(draft.Id, by: null);
            })));
            Assert.Single(openings, o => o.Done);
            Assert.Contains("is not over yet", Assert.Single(openings, o => !o.Done).Missing.Single().Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Statements_InLettersThatLookAlike_AreTheSame()
    {
        Assert.Multiple(
            () => Assert.True(SharedStatements.Any(ShippedInstruments.Inventory12,
                Said(t => t.Replace('a', '\u0430').Replace('e', '\u0435').Replace('o', '\u043E'))), "Cyrillic a, e, o"),
            () => Assert.True(SharedStatements.Any(ShippedInstruments.Inventory12,
                Said(t => "Thinking back over these last twelve months in our whole partnership and about everybody who takes part, "
                    + "would you say this is true: " + t)), "padding"));

        static Instrument Said(Func<string, string> how) => ShippedInstruments.Inventory12 with
        {
            Id = "another",
            Dimensions = [.. ShippedInstruments.Inventory12.Dimensions.Select(d => d with { Items = [.. d.Items.Select(item => item with
                { Id = "x-" + item.Id, Texts = item.Texts.ToDictionary(t => t.Key, t => how(t.Value)) })] })],
        };
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
