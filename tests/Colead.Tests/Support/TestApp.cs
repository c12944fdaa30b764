using System.Globalization;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Accounts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Support;

/// <summary>The program as it is served, on a free port, with its database made by migrations.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private static int count;
    private readonly TestDatabase database;
    private readonly WebApplication app;

    private TestApp(TestDatabase database, WebApplication app, ColeadSettings settings, MovableClock clock) =>
        (this.database, this.app, Settings, Clock) = (database, app, settings, clock);

    public ColeadSettings Settings { get; }
    public MovableClock Clock { get; }
    public IServiceProvider Services => app.Services;
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<TestApp> StartAsync(Engine engine, Action<ColeadSettings>? set = null,
        Action<WebApplicationBuilder>? adjust = null) =>
        await OverAsync(await TestDatabase.CreateAsync(engine), set, adjust);

    /// <summary>On a database that is there already, and goes with it.</summary>
    public static async Task<TestApp> OverAsync(TestDatabase database, Action<ColeadSettings>? set = null,
        Action<WebApplicationBuilder>? adjust = null)
    {
        var settings = new ColeadSettings { DataFolder = database.Folder, Database = database.Connection, AttemptsPerMinute = 100_000,
            OpenAnswersPerHour = 100_000, AnswersBegunPerMinute = 100_000 };
        set?.Invoke(settings);
        var clock = new MovableClock();
        var app = ColeadApp.Build(settings, database.Engine, AllParts.InOrder, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(clock);
            adjust?.Invoke(builder);
        });
        await app.StartAsync();
        var started = new TestApp(database, app, settings, clock);
        settings.Address = started.Address.ToString();
        return started;
    }

    /// <summary>Another server of the same installation, which starts while this one runs.</summary>
    public async Task<AnotherServer> AnotherAsync()
    {
        var another = ColeadApp.Build(Settings, database.Engine, AllParts.InOrder, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(Clock);
        });
        await another.StartAsync();
        return new AnotherServer(another);
    }

    /// <summary>Looks until it is so, for up to two minutes: what the program does by itself takes as long as the machine lets
    /// it.</summary>
    public async Task UntilAsync(Func<ColeadDb, Task<bool>> holds)
    {
        for (var looks = 0; looks < 600 && !await DbAsync(holds); looks++) await Task.Delay(TimeSpan.FromMilliseconds(200),
            TestContext.Current.CancellationToken);
        Assert.True(await DbAsync(holds));
    }

    public Visitor Visitor(string? from = null) => new(Address, from);

    public async Task<T> DbAsync<T>(Func<ColeadDb, Task<T>> act)
    {
        using var scope = Services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<ColeadDb>());
    }

    public Task SaveAsync(Action<ColeadDb> change) => DbAsync(async db =>
    {
        change(db);
        return await db.SaveChangesAsync();
    });

    public static string NewEmail(string name = "someone") =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{Interlocked.Increment(ref count)}@example.org");

    public async Task<Account> AccountAsync(string? password = null, bool isOperator = false, string? email = null,
        string name = "Sam Rivers")
    {
        using var scope = Services.CreateScope();
        var (account, result) = await scope.ServiceProvider.GetRequiredService<NewAccounts>()
            .CreateAsync(name, email ?? NewEmail(), password, isOperator);
        return account ?? throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
    }

    public async Task<string> SecretForAsync(long? accountId)
    {
        using var scope = Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().CreateAsync(accountId);
    }

    public async Task<Visitor> SignedInAsync(Account account)
    {
        var visitor = Visitor();
        var page = await visitor.GetAsync(AccountsLinks.Enter(await SecretForAsync(account.Id)));
        var entered = await visitor.SubmitAsync(page, []);
        Assert.Equal(302, entered.Status);
        return visitor;
    }

    /// <summary>A partnership of three organisations with a coordinator, a lead for the first, a member and a viewer.</summary>
    public async Task<TestPartnership> PartnershipAsync()
    {
        var number = Interlocked.Increment(ref count);
        var day = new DateOnly(2026, 1, 5);
        var partnership = new Partnership
        {
            Name = $"Estuary Alliance {number}",
            Kind = PartnershipKind.Formal,
            Place = "Estuary",
            Purpose = "Children grow up well.",
            WhyNotAlone = "No service sees the whole child.",
            CreatedAt = new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc),
        };
        partnership.Organisations.AddRange(
        [
            new() { Name = $"Estuary Council {number}", Sector = Sector.Public, Size = SizeBand.Large },
            new() { Name = $"Riverside Play {number}", Sector = Sector.Voluntary, Size = SizeBand.Micro },
            new() { Name = $"Tidewater Works {number}", Sector = Sector.Private },
        ]);
        foreach (var organisation in partnership.Organisations) organisation.Join(day);
        await SaveAsync(db => db.Set<Partnership>().Add(partnership));
        var made = new TestPartnership(this, partnership);
        foreach (var role in Enum.GetValues<Role>()) await made.GrantAsync(role, role == Role.Lead ? partnership.Organisations[0].Id
            : null);
        return made;
    }

    /// <summary>Stops the program and leaves its database.</summary>
    public async Task<TestDatabase> StopAsync()
    {
        await new AnotherServer(app).DisposeAsync();
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await new AnotherServer(app).DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>A server beside the first, on the same database.</summary>
public sealed class AnotherServer(WebApplication app) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

public sealed class TestPartnership(TestApp app, Partnership partnership)
{
    private readonly Dictionary<Role, Account> accounts = [];

    public long Id => partnership.Id;
    public string Name => partnership.Name;
    public IReadOnlyList<Organisation> Organisations => partnership.Organisations;

    /// <summary>The same partnership in a copy of the database.</summary>
    public TestPartnership In(TestApp other)
    {
        var same = new TestPartnership(other, partnership);
        foreach (var (role, account) in accounts) same.accounts[role] = account;
        return same;
    }

    public Account Account(Role role) => accounts[role];

    public Task<Visitor> AsAsync(Role role) => app.SignedInAsync(accounts[role]);

    public async Task GrantAsync(Role role, long? organisationId)
    {
        var account = await app.AccountAsync(name: role + " of " + partnership.Name);
        accounts[role] = account;
        await app.SaveAsync(db => db.Set<RoleGrant>().Add(new RoleGrant { PartnershipId = Id, AccountId = account.Id, Role = role,
            OrganisationId = organisationId, GrantedAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(-1) }));
    }

    public async Task<long> PersonAsync(string name, string? email, int organisation, Level level = Level.Frontline, int? alsoIn = null)
    {
        var person = new Person { PartnershipId = Id, Name = name, Email = email, EnteredBy = Writer.Unrecorded };
        await app.DbAsync(async db =>
        {
            var ids = new[] { organisation, alsoIn ?? organisation }.Distinct().Select(i => partnership.Organisations[i].Id);
            foreach (var id in ids) person.PlaceIn((await db.Set<Organisation>().FindAsync(id))!, level, new DateOnly(2026, 2, 2),
                Writer.Unrecorded);
            db.Set<Person>().Add(person);
            return await db.SaveChangesAsync();
        });
        return person.Id;
    }
}
