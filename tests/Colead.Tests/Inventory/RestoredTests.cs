using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

/// <summary>A server that has not the key of an open round says "try later", and never makes one: what lies under the old one would be lost
/// without a word.</summary>
public class RestoredTests
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("An operator", "a backup from before closing, restored after it",
        "to close the round again, and read it",
        "the key is gone; the round can only be cancelled")]
    public async Task Database_RestoredFromBeforeClosing_SaysThatTheKeyIsMissing_AndCanOnlyBeCancelled(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(12);
        var key = (await round.RoundAsync()).Key!;
        var original = await app.StopAsync();
        var backup = await original.CopyAsync();
        await using (var again = await TestApp.OverAsync(original)) Assert.True(await round.In(again).CloseAsync());
        File.Delete(Path.Combine(backup.Engine.Keys.Path, $"round-{key}.key")); // keys are not restored with it

        await using var restored = await TestApp.OverAsync(backup);
        var old = round.In(restored);
        using var respondent = new Respondent(restored, round.Places[20].Link);
        foreach (var page in new[] { "", "/1", "/review" })
        {
            var answer = await respondent.OpenAsync(page);
            if (answer.Status == 302) answer = await respondent.Visitor.GetAsync(answer.Location!);
            Assert.Equal((503, "This cannot be opened just now"), (answer.Status, answer.Heading));
        }
        using var coordinator = await round.Partnership.In(restored).AsAsync(Role.Coordinator);
        var refused = await coordinator.PostAsync(RoundsLinks.CloseEarly(round.Partnership.Id, round.Id), []);
        Assert.Equal(503, refused.Status);
        Assert.Contains("key to its answers is not here", refused.Text, StringComparison.Ordinal);
        Assert.Contains("can only be cancelled", Assert.Single(restored.Services.GetRequiredService<Troubles>().All),
            StringComparison.Ordinal);
        await old.CatchUpAsync();
        Assert.True(await old.RoundAsync() is { State: RoundState.Open, ClosingBegun: false, UntraceableAt: null });
        Assert.Empty(old.Keys.All(KeyUse.Round)); // and no new key
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.Cancel(round.Partnership.Id, round.Id),
            new() { ["Typed"] = "Autumn" })).Status);
        Assert.Equal(RoundState.Cancelled, (await old.RoundAsync()).State);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Server_WithAnotherFolderOfKeys_SaysTryLater_AndMakesNone(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(12);
        var key = (await round.RoundAsync()).Key!;
        using var elsewhere = new TemporaryFolder();
        var other = new KeyFolder(Path.Combine(elsewhere.Path, "keys")).Make(KeyUse.Round); // another's, under the name that is looked for
        File.Copy(Path.Combine(elsewhere.Path, "keys", $"round-{other.Fingerprint}.key"),
            Path.Combine(elsewhere.Path, "keys", $"round-{key}.key"));
        var before = Listing();
        var server = ColeadApp.Build(app.Settings, ColeadDatabase.Choose(app.Settings.Database, app.Settings.DataFolder,
            Path.Combine(elsewhere.Path, "keys")), AllParts.InOrder, builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await using var second = new AnotherServer(server);
        using var visitor = new Visitor(second.Address);
        Assert.Equal((503, "This cannot be opened just now"), await At(round.Places[30].Link));
        using (var scope = second.Services.CreateScope())
        {
            var refused = await Assert.ThrowsAsync<ClosingRefusedException>(() =>
                scope.ServiceProvider.GetRequiredService<ClosingOperations>().CloseAsync(round.Id));
            Assert.Equal(ClosingObstacle.KeyMissing, refused.Obstacle);
        }
        Assert.Equal(before, Listing());
        using var own = app.Visitor();
        Assert.Equal(200, (await own.GetAsync(round.Places[30].Link)).Status); // nothing is lost meanwhile
        Assert.Equal(12, await round.RowsAsync());
        Assert.True(await round.CloseAsync());
        Assert.Contains((await round.PublicationAsync()).Members.All.Dimensions, d => d.Withheld is null);

        async Task<(int, string)> At(string link) => await visitor.GetAsync(link) is var answer ? (answer.Status, answer.Heading) : default;

        string Listing() => string.Join('\n', Directory.GetFiles(Path.Combine(elsewhere.Path, "keys"), "round-*")
            .Order(StringComparer.Ordinal).Select(f => f + Convert.ToHexString(File.ReadAllBytes(f))));
    }
}
