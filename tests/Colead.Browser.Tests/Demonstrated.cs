using Colead.Data.Accounts;
using Colead.Web.Features.Demo;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Browser.Tests;

/// <summary>A program with the demonstration in it, as <c>./run</c> gives it.</summary>
internal static class Demonstrated
{
    public static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(Engine.Sqlite);
        using var scope = app.Services.CreateScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<Demonstration>().FillAsync());
        return app;
    }

    public static Task<Account> CoordinatorAsync(TestApp app) => app.DbAsync(db => db.Users.SingleAsync(a => a.Email == Demonstration.CoordinatorEmail));
}
