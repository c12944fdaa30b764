using Colead.Parts.Demo;
using Colead.Storage.Accounts;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Browser.Tests;

/// <summary>A program with the demonstration in it, as <c>./run</c> gives it. It is made once; each test has a copy of its own.</summary>
internal static class Demonstrated
{
    private static readonly Lazy<Task<TestDatabase>> Filled = new(FillAsync);

    public static async Task<TestApp> StartAsync() => await TestApp.OverAsync(await (await Filled.Value).CopyAsync());

    public static Task<Account> CoordinatorAsync(TestApp app) =>
        app.DbAsync(db => db.Users.SingleAsync(a => a.Email == Demonstration.CoordinatorEmail));

    public static async Task DropAsync()
    {
        if (Filled.IsValueCreated) await (await Filled.Value).DisposeAsync();
    }

    private static async Task<TestDatabase> FillAsync()
    {
        var app = await TestApp.StartAsync(Engine.Sqlite);
        using (var scope = app.Services.CreateScope()) Assert.True(await scope.ServiceProvider.GetRequiredService<Demonstration>()
            .FillAsync());
        return await app.StopAsync();
    }
}
