using Colead.Parts.Accounts;
using Colead.Storage.Accounts;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Colead.Tests.Accounts;

/// <summary>A stranger who tries passwords learns nothing of accounts and keeps nobody out.</summary>
public class GuessingTests
{
    private const string Password = "grey heron on the sluice";
    private const string Wrong = "not this one at all";

    /// <summary>Time is the one thing that words cannot hide: each answer costs one password hash and writes nothing.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A stranger", "addresses that have an account, are locked, or are unknown",
        "to tell which is which",
        "the same words for the same work")]
    public async Task SignIn_UnknownLockedPasswordlessKnown_CostOneHashAndSayTheSame(Engine engine)
    {
        var hashes = new CountingHasher();
        await using var app =
            await TestApp.StartAsync(engine, adjust: builder => builder.Services.AddScoped<IPasswordHasher<Account>>(_ => hashes));
        var known = await app.AccountAsync(Password);
        var locked = await app.AccountAsync(Password);
        var passwordless = await app.AccountAsync();
        var paused = await app.AccountAsync(Password);
        await app.DbAsync(db => db.Users.Where(a => a.Id == locked.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, app.Clock.GetUtcNow().AddDays(1))));
        using var visitor = app.Visitor();
        for (var i = 0; i < 6; i++) await SignInAsync(visitor, paused.Email!, Wrong);
        var before = await StateAsync(app);
        var heard = new List<(string Text, int Status, int Hashes)>();
        foreach (var (email, password) in new[]
        {
            (known.Email!, Wrong), ("nobody@example.org", Wrong), (passwordless.Email!, Wrong), (locked.Email!, Wrong),
                (locked.Email!, Password), (paused.Email!, Wrong), (paused.Email!, Password),
        })
        {
            hashes.Count = 0;
            var answer = await SignInAsync(visitor, email, password);
            heard.Add((answer.Text, answer.Status, hashes.Count));
        }
        Assert.All(heard, one => Assert.Equal((heard[0].Text, 400, 1), one));
        Assert.Equal(before, await StateAsync(app));
        Assert.Equal(302, (await SignInAsync(visitor, known.Email!, Password)).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A stranger", "ten wrong passwords", "to keep somebody out", "they get in")]
    public async Task TenPosts_ByAStranger_KeepNobodyOut(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync(Password);
        using var stranger = app.Visitor();
        for (var i = 0; i < 10; i++) await SignInAsync(stranger, account.Email!, Wrong);
        Assert.Equal(400, (await SignInAsync(stranger, account.Email!, Password)).Status); // who guesses must wait
        using var owner = app.Visitor(from: "127.0.0.2");
        Assert.Equal(302, (await SignInAsync(owner, account.Email!, Password)).Status);
        app.Clock.Move(TimeSpan.FromMinutes(5)); // the longest wait, for whoever shares the stranger's address
        using var colleague = app.Visitor();
        Assert.Equal(302, (await SignInAsync(colleague, account.Email!, Password)).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task ManyAddresses_GuessingOneAccount_AreSlowedTogether(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync(Password);
        for (var address = 10; address < 23; address++)
        {
            using var one = app.Visitor(from: $"127.0.0.{address}");
            for (var i = 0; i < 4; i++) await SignInAsync(one, account.Email!, Wrong);
        }
        using var next = app.Visitor(from: "127.0.0.99");
        Assert.Equal(400, (await SignInAsync(next, account.Email!, Password)).Status);
        app.Clock.Move(TimeSpan.FromSeconds(31));
        Assert.Equal(302, (await SignInAsync(next, account.Email!, Password)).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task LockedOut_TheOwner_GetsInByMailAtOnce(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, settings => (settings.Mail.Host, settings.Mail.Port) = ("127.0.0.1", 1));
        var account = await app.AccountAsync(Password);
        await app.DbAsync(db => db.Users.Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, app.Clock.GetUtcNow().AddDays(1))));
        using var visitor = app.Visitor();
        for (var i = 0; i < 10; i++) await SignInAsync(visitor, account.Email!, Wrong);
        Assert.Equal(302, (await visitor.PostAsync(await LinkAsync(app, visitor, account), new() { ["Password"] = "marsh samphire tide" }))
            .Status);
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
        using var again = app.Visitor();
        Assert.Equal(302, (await SignInAsync(again, account.Email!, "marsh samphire tide")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task LockedOut_WithASecondStep_TheOwnerGetsInByMailAndCode(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, settings => (settings.Mail.Host, settings.Mail.Port) = ("127.0.0.1", 1));
        var owner = await WithAuthenticator.InAsync(app);
        var (stranger, asked) = await owner.HalfInAsync(); // who knows the password, and guesses codes
        using (stranger)
            for (var i = 0; i < 10; i++) Assert.Equal(400, (await stranger.SubmitAsync(asked, new() { ["Code"] = "000000" })).Status);
        using var visitor = app.Visitor();
        var reset = await visitor.PostAsync(await LinkAsync(app, visitor, owner.Account), new() { ["Password"] = "marsh samphire tide" });
        Assert.Equal(AccountsLinks.SecondStep(), reset.Location);
        Assert.Equal(302, (await visitor.PostAsync(AccountsLinks.SecondStep(), new() { ["Code"] = owner.Code })).Status);
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SignInLink_OfALockedAccount_OpensItAndTheLock(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync(Password);
        await app.DbAsync(db => db.Users.Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, app.Clock.GetUtcNow().AddDays(1))));
        using var visitor = app.Visitor();
        for (var i = 0; i < 10; i++) await SignInAsync(visitor, account.Email!, Wrong);
        using var owner = await app.SignedInAsync(account);
        using var again = app.Visitor();
        Assert.Equal(302, (await SignInAsync(again, account.Email!, Password)).Status);
    }

    /// <summary>The way to the second step is slow too, for who knows the password, and many at once count as many.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Codes_GuessedManyAtOnce_AreLookedAtFiveTimes(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        var guesses = new List<(Visitor Visitor, Answer Asked)>();
        for (var i = 0; i < 8; i++) guesses.Add(await owner.HalfInAsync());
        await Task.WhenAll(guesses.Select(guess => guess.Visitor.SubmitAsync(guess.Asked, new() { ["Code"] = "000000" })));
        Assert.InRange(await app.DbAsync(db => db.Users.Where(a => a.Id == owner.Account.Id).Select(a => a.AccessFailedCount)
            .SingleAsync()), 1, 5);
        Assert.Equal(400, (await guesses[0].Visitor.SubmitAsync(guesses[0].Asked, new() { ["Code"] = owner.RecoveryCodes[0] })).Status);
        app.Clock.Move(TimeSpan.FromMinutes(5));
        var (visitor, asked) = await owner.HalfInAsync();
        Assert.Equal(302, (await visitor.SubmitAsync(asked, new() { ["Code"] = owner.RecoveryCodes[0] })).Status);
        foreach (var guess in guesses.Append((Visitor: visitor, Asked: asked))) guess.Visitor.Dispose();
    }

    private static Task<Answer> SignInAsync(Visitor visitor, string email, string password) =>
        visitor.PostAsync(AccountsLinks.SignIn(), new() { ["Email"] = email, ["Password"] = password });

    private static async Task<string> LinkAsync(TestApp app, Visitor visitor, Account account)
    {
        Assert.Equal(200, (await visitor.PostAsync(AccountsLinks.Forgotten(), new() { ["Email"] = account.Email! })).Status);
        await app.UntilAsync(db => db.Outbox.AnyAsync(m => m.To == account.Email)); // written beside the page
        var letter = await app.DbAsync(db => db.Outbox.Where(m => m.To == account.Email).Select(m => m.Body).SingleAsync());
        return letter.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal))[(app.Settings.Address!.Length - 1)..]
            .Trim();
    }

    private static Task<string> StateAsync(TestApp app) => app.DbAsync(async db =>
        string.Join('\n', await db.Users.AsNoTracking().OrderBy(a => a.Id)
            .Select(a => a.Id + " " + a.AccessFailedCount + " " + a.ConcurrencyStamp + " " + a.LockoutEnd).ToListAsync()));

    private sealed class CountingHasher : IPasswordHasher<Account>
    {
        private readonly PasswordHasher<Account> real = new(Options.Create(new PasswordHasherOptions()));

        public int Count { get; set; }

        public string HashPassword(Account user, string password)
        {
            Count++;
            return real.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Count++;
            return real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
