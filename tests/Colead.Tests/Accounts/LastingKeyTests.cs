using System.Text;
using Colead.Commands;
using Colead.Composition;
using Colead.Parts.Accounts;
using Colead.Storage.Keys;
using Colead.Storage.Protection;
using Colead.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Accounts;

/// <summary>Who copies the database has neither the keys of cookies nor the secrets of authenticator apps.</summary>
public class LastingKeyTests
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("A thief", "the database without the folder of keys",
        "to read authenticator secrets and forge cookies",
        "sealed, and bound to their account")]
    public async Task Secrets_LieSealed_AndBoundToTheirAccount(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        var other = await WithAuthenticator.InAsync(app);
        var (tokens, keys) = await RowsAsync(app);
        Assert.Equal(4, tokens.Count);
        Assert.NotEmpty(keys);
        Assert.All(tokens.Select(t => t.Value!).Concat(keys.Select(k => k.Xml)),
            value => Assert.StartsWith("sealed:", value, StringComparison.Ordinal));
        var secret = tokens.Single(t => t.UserId == owner.Account.Id && t.Name == "AuthenticatorKey");
        await app.DbAsync(db => db.UserTokens.Where(t => t.UserId == other.Account.Id && t.Name == secret.Name)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, secret.Value)));
        var (visitor, asked) = await other.HalfInAsync();
        // a row that was copied to another account opens nothing
        using (visitor) Assert.Equal(400, (await visitor.SubmitAsync(asked, new() { ["Code"] = owner.Code })).Status);
    }

    /// <summary>What an older version left open is sealed where it lies, and no copy of it stays in the engine's files. Old reset links,
    /// which a copy of that time could forge, are void.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Upgrade_SealsInPlace_AndClearsTheFiles(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        var lasting = app.Services.GetRequiredService<LastingKey>();
        var (tokens, keys) = await RowsAsync(app);
        await app.DbAsync(async db =>
        {
            foreach (var token in tokens)
            {
                var open = lasting.Open("AccountTokens", token.UserId, LastingKey.RowOf(token.LoginProvider, token.Name), token.Value);
                await db.UserTokens.Where(t => t.UserId == token.UserId && t.Name == token.Name)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, open));
            }
            foreach (var key in keys)
            {
                var open = lasting.Open("ProtectionKeys", 0, key.Name, key.Xml)!;
                await db.ProtectionKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.Xml, open));
            }
            return 0;
        });
        var stamp = await StampAsync(app);
        var file = await FileAsync(app);
        var database = await app.StopAsync();
        if (engine == Engine.Sqlite) Assert.True(Holds(database, owner.Key)); // or this could not fail

        await using var after = await TestApp.OverAsync(database);
        after.Clock.Move(TimeSpan.FromMinutes(4));
        var (sealedTokens, sealedKeys) = await RowsAsync(after);
        Assert.All(sealedTokens.Select(t => t.Value!).Concat(sealedKeys.Select(k => k.Xml)),
            value => Assert.StartsWith("sealed:", value, StringComparison.Ordinal));
        Assert.NotEqual(stamp, await StampAsync(after));
        Assert.False(await after.DbAsync(db => db.Set<LastingKeyName>().Select(k => k.Unscrubbed).SingleAsync()));
        if (engine == Engine.Sqlite) Assert.False(Holds(database, owner.Key));
        else Assert.NotEqual(file, await FileAsync(after));
        var again = owner with { App = after };
        var (visitor, asked) = await again.HalfInAsync();
        using (visitor) Assert.Equal(302, (await visitor.SubmitAsync(asked, new() { ["Code"] = again.Code })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Servers_StartingAtOnceOnAnEmptyFolder_MakeOneKey(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var servers = Enumerable.Range(0, 6).Select(_ => new LastingKey(ColeadDatabase.Choose(database.Connection, database.Folder)))
            .ToList();
        var names = await Task.WhenAll(servers.Select(server => Task.Run(() => server.Key!.Fingerprint)));
        Assert.Single(names.Distinct(StringComparer.Ordinal));
        Assert.Equal(names[0], Assert.Single(database.Engine.Keys.All(KeyUse.Lasting)));

        using var elsewhere = new TemporaryFolder();
        var strayed = ColeadDatabase.Choose(database.Connection, database.Folder, Path.Combine(elsewhere.Path, "keys"));
        Assert.Null(new LastingKey(strayed).Key); // another folder: no second key beside the first
        Assert.Empty(strayed.Keys.All(KeyUse.Lasting));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task LostKey_IsSaidAtTheStart_NothingIsMade_AndPeopleGetInWithoutIt(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        var plain = await app.AccountAsync(WithAuthenticator.Password);
        var database = await app.StopAsync();
        using var away = new TemporaryFolder();
        var folder = database.Engine.Keys.Path;
        var aside = Path.Combine(away.Path, "keys");
        Directory.Move(folder, aside);
        database.Engine.Keys.ForgetGone();

        var log = new LogListener();
        app = await TestApp.OverAsync(database, adjust: builder => builder.Logging.AddProvider(log));
        Assert.Contains(log.Messages, message => message.StartsWith("Critical: The lasting key is missing", StringComparison.Ordinal)
            && message.Contains(folder, StringComparison.Ordinal));
        using (var visitor = app.Visitor())
        {
            Assert.Equal(302, (await visitor.PostAsync(AccountsLinks.SignIn(),
                new() { ["Email"] = plain.Email!, ["Password"] = WithAuthenticator.Password })).Status);
            Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
            await Refused(visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = WithAuthenticator.Password }, "key"));
        }
        app.Clock.Move(TimeSpan.FromMinutes(4));
        var waiting = owner with { App = app };
        var (half, asked) = await waiting.HalfInAsync();
        using (half)
        {
            var refused = await half.SubmitAsync(asked, new() { ["Code"] = waiting.Code });
            Assert.Contains("a key is missing on the server", refused.ErrorOf("Code"), StringComparison.Ordinal);
            Assert.Equal(400, (await half.SubmitAsync(asked, new() { ["Code"] = owner.RecoveryCodes[0] })).Status);
        }
        Assert.Empty(database.Engine.Keys.All(KeyUse.Lasting));

        database = await app.StopAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(aside, folder);
        await using var back = await TestApp.OverAsync(database);
        back.Clock.Move(TimeSpan.FromMinutes(8));
        var again = owner with { App = back };
        var (visitorAgain, askedAgain) = await again.HalfInAsync();
        using (visitorAgain) Assert.Equal(302, (await visitorAgain.SubmitAsync(askedAgain, new() { ["Code"] = again.Code })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Renew_AfterALoss_MakesAKey_AndTheAppIsAddedAgain(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        var database = await app.StopAsync();
        Assert.Equal((ExitCodes.Ok, "The lasting key is in its folder. There is nothing to do.\n"), await RenewAsync(database, "--yes"));
        Directory.Delete(database.Engine.Keys.Path, recursive: true);
        var (code, said) = await RenewAsync(database);
        Assert.Equal(ExitCodes.BadData, code);
        Assert.Contains("If you have a copy, put it back instead", said, StringComparison.Ordinal);
        Assert.Empty(database.Engine.Keys.All(KeyUse.Lasting));
        (code, said) = await RenewAsync(database, "--yes");
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains($"colead user link {owner.Account.Email}", said, StringComparison.Ordinal);

        await using var after = await TestApp.OverAsync(database);
        // is not enough, however little the server knows of the app
        var (passwordAlone, _) = await (owner with { App = after }).HalfInAsync();
        using (passwordAlone) Assert.Equal(302, (await passwordAlone.GetAsync(AccountsLinks.You())).Status);
        using var visitor = await after.SignedInAsync(owner.Account);
        Assert.Equal("Add your authenticator app again", (await visitor.GetAsync(AccountsLinks.Authenticator())).Heading);
        var anew = await WithAuthenticator.InAsync(after, owner.Account);
        Assert.NotEqual(owner.Key, anew.Key);
        var (half, asked) = await anew.HalfInAsync();
        using (half) Assert.Equal(302, (await half.SubmitAsync(asked, new() { ["Code"] = anew.Code })).Status);
    }

    private static async Task Refused(Task<Answer> sent)
    {
        var answer = await sent;
        Assert.Equal(400, answer.Status);
        Assert.Null(answer.Document.QuerySelector(".qr"));
    }

    private static async Task<(int Code, string Output)> RenewAsync(TestDatabase database, params string[] more)
    {
        var run = await CommandRun.OfAsync(["keys", "renew", "--data", database.Folder, .. database.Connection is { } connection
            ? ["--database", connection] : Array.Empty<string>(), .. more]);
        return (run.Code, run.Output);
    }

    private static Task<(List<Microsoft.AspNetCore.Identity.IdentityUserToken<long>> Tokens,
        List<ProtectionKey> Keys)> RowsAsync(TestApp app) =>
        app.DbAsync(async db => (await db.UserTokens.AsNoTracking().ToListAsync(), await db.ProtectionKeys.AsNoTracking().ToListAsync()));

    private static Task<string?> StampAsync(TestApp app) => app.DbAsync(db => db.Users.OrderBy(a => a.Id).Select(a => a.SecurityStamp)
        .FirstAsync());

    /// <summary>Of PostgreSQL: the number of the table's file.</summary>
    private static async Task<long> FileAsync(TestApp app) => app.Settings.Database is null ? 0 : await app.DbAsync(db => db.Database.SqlQueryRaw<long>("""SELECT pg_relation_filenode('"AccountTokens"')::bigint AS "Value" """).SingleAsync());

    private static bool Holds(TestDatabase database, string word)
    {
        SqliteConnection.ClearAllPools();
        return Directory.GetFiles(database.Folder, "colead.db*").Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
        });
    }
}
