using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Accounts;
using Colead.Parts.Demo;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Commands;

/// <summary><c>colead serve</c>: the web program.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => 5080 };
        port.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                && number is < 0 or > 65535) given.AddError("--port takes a number up to 65535.");
        });
        var listen = new Option<string>("--listen") { Description = "The address to listen on; 0.0.0.0 for every network.",
            DefaultValueFactory = _ => "localhost" };
        var link = new Option<bool>("--sign-in-link") { Description = "Print a link that signs the operator in, once." };
        var demo = new Option<bool>("--demo") { Description = "Fill an empty installation with the demonstration first." };
        var storage = new StorageOptions();
        var command = new Command("serve", "Serve the web program.") { port, listen, link, demo };
        storage.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(storage.Read(parsed), parsed.GetValue(listen)!, parsed.GetValue(port),
            parsed.GetValue(link), parsed.GetValue(demo), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ColeadSettings settings, string listen, int port, bool withLink, bool withDemo,
        CancellationToken cancellation)
    {
        OwnFiles.FromNowOn();
        if (port == 0) port = FreePort(listen);
        settings.Address ??= $"http://{HostOf(listen)}:{port}";
        var engine = StorageOptions.Choose(settings);
        // Beside each other, because each takes about a second, and the first page waits for neither EF's model nor what is asked through
        // it first.
        var migrating = Task.Run(() => StorageOptions.MigrateAsync(engine, cancellation), cancellation);
        _ = Task.Factory.StartNew(() =>
        {
            using var db = engine.Open();
            _ = db.Model;
            migrating.Wait(cancellation);
            return db.Users.Any(); // whatever is asked first
        }, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var started = false;
        await using var app = ColeadApp.Build(settings, engine, AllParts.InOrder, builder =>
        {
            builder.WebHost.UseUrls($"http://{(IPAddress.TryParse(listen, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : listen)}:{port}");
            // a start that fails is told below, in a sentence
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
        });
        await migrating;
        var isNew = !await engine.HasAccountsAsync(cancellation);
        if (withDemo && isNew) await FillAsync(app.Services);
        try
        {
            await app.StartAsync(cancellation);
            started = true;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"Colead cannot listen on port {port}: {error.Message} Another program may be using it; --port takes another number.");
            return ExitCodes.Unavailable;
        }
        if (withDemo && !isNew) await FillAsync(app.Services); // goes on where filling was cut short
        Console.WriteLine($"Colead is at {settings.Address} ({engine.Description}).");
        if (withLink) Console.WriteLine(await LinkAsync(app.Services, settings.Address));
        if (engine.ToTell is { } told) Console.WriteLine(told);
        Console.WriteLine("Stop it with Ctrl+C.");
        await app.WaitForShutdownAsync(cancellation);
        return ExitCodes.Ok;
    }

    /// <summary>A port that nobody listens on. Found before anything is made, because letters and the demonstration carry the
    /// address.</summary>
    private static int FreePort(string listen)
    {
        using var listener = new TcpListener(IPAddress.TryParse(listen, out var ip) ? ip : listen == "localhost" ? IPAddress.Loopback
            : IPAddress.Any, 0);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return 0; // no address of this machine: said when the program tries to listen there
        }
    }

    /// <summary>How a browser on this machine reaches what listens there.</summary>
    private static string HostOf(string listen) => !IPAddress.TryParse(listen, out var ip) ? listen is "*" or "+" ? "localhost" : listen
        : IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) ? "localhost"
        : ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip.ToString();

    private static async Task FillAsync(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<Demonstration>().FillAsync();
    }

    /// <summary>Where nobody has an account yet, the link begins the set-up.</summary>
    private static async Task<string> LinkAsync(IServiceProvider services, string address)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var links = scope.ServiceProvider.GetRequiredService<OneTimeLinks>();
        if (!await db.Users.AnyAsync()) return "Begin here:        " + address
            + AccountsLinks.SetUp(await links.CreateAsync(accountId: null));
        var operatorId = await db.Users.Where(a => a.IsOperator).OrderBy(a => a.Id).Select(a => (long?)a.Id).FirstOrDefaultAsync();
        return operatorId is null ? "Nobody is operator. Make someone: colead user operator ADDRESS" : "Sign in once with: " + address
            + AccountsLinks.Enter(await links.CreateAsync(operatorId));
    }
}
