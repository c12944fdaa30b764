using Colead.Web.Features.Inventory;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Colead.Web.Tests.Inventory;

public class ServerKeysTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Read_ByManyServersAtOnceOnFirstUse_GivesOneKeyAndNoTrouble(Engine engine)
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(heard));
        foreach (var name in Enumerable.Range(0, 20).Select(i => $"key {i}"))
        {
            var servers = Enumerable.Range(0, 8).Select(_ => new ServerKeys(app.Services.GetRequiredService<IServiceScopeFactory>())).ToList();
            var keys = await Task.WhenAll(servers.Select(server => Task.Run(() => server.ReadAsync(name))));
            Assert.Equal(32, keys[0].Length);
            Assert.All(keys, key => Assert.Equal(keys[0], key));
            Assert.Equal(keys[0], await app.DbAsync(db => db.ServerKeys.Where(k => k.Name == name).Select(k => k.Value).SingleAsync()));
        }
        Assert.DoesNotContain(heard.Messages, message => message.StartsWith("Error", StringComparison.Ordinal) || message.StartsWith("Warning", StringComparison.Ordinal));
    }
}
