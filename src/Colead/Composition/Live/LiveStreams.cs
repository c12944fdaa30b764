using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Colead.Storage.Live;

namespace Colead.Composition.Live;

/// <summary>
/// Streams of server-sent events by which an open page hears that what it shows was changed. They say "changed" and nothing else; the page
/// then fetches itself again, so that everyone sees what they may see and no more. A stream waits without a thread and without a database
/// connection.
/// </summary>
public sealed class LiveStreams(LiveChanges changes, IHostApplicationLifetime lifetime)
{
    /// <summary>Pages that one account may have open at once on one server; browsers close the stream of a page nobody looks at.</summary>
    public const int MostOfOneAccount = 8;

    /// <summary>Proxies close what says nothing for a minute.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    /// <summary>Then it ends, and the browser asks again: whoever lost their role or signed out hears no more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly byte[] Start = "retry: 3000\n\n"u8.ToArray();
    private static readonly byte[] Changed = "data: changed\n\n"u8.ToArray();
    private static readonly byte[] Alive = ":\n\n"u8.ToArray();

    private readonly Dictionary<long, int> open = [];

    public async Task SendAsync(HttpContext http, long accountId, string topic)
    {
        var response = http.Response;
        if (!Enter(accountId))
        {
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.Headers.RetryAfter = "60";
            return;
        }
        try
        {
            using var watch = changes.Watch(topic);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            ending.CancelAfter(Longest);
            response.ContentType = "text/event-stream";
            response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep it back
            await SayAsync(response, Start, ending.Token);
            while (true)
            {
                if (!await watch.ChangedAsync(Heartbeat, ending.Token)) await SayAsync(response, Alive, ending.Token);
                else
                {
                    await Task.Delay(Spread(watch.Company), ending.Token);
                    await SayAsync(response, Changed, ending.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await http.Response.CompleteAsync(); // the browser went, the server stops, or the time is over
        }
        finally
        {
            Leave(accountId);
        }
    }

    /// <summary>Three hundred who watch one ballot should not all come in the same moment, and each need not hear of every vote.</summary>
    private static TimeSpan Spread(int company) => company < 10 ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(company * 15, 10_000)));

    private static async Task SayAsync(HttpResponse response, byte[] bytes, CancellationToken cancellation)
    {
        await response.BodyWriter.WriteAsync(bytes, cancellation);
        await response.BodyWriter.FlushAsync(cancellation);
    }

    private bool Enter(long accountId)
    {
        lock (open)
        {
            var count = open.GetValueOrDefault(accountId);
            if (count == MostOfOneAccount) return false;
            open[accountId] = count + 1;
            return true;
        }
    }

    private void Leave(long accountId)
    {
        lock (open)
        {
            if (--open[accountId] == 0) open.Remove(accountId);
        }
    }
}

/// <summary>How a part offers the changes of its pages.</summary>
public static class LiveEndpoints
{
    public static IServiceCollection AddLive(this IServiceCollection services) => services.AddSingleton<LiveStreams>();

    /// <summary>
    /// A stream beside a page, under the page's policy: <c>routes.MapLive("…/events", policy, topicOf)</c>. <paramref name="topicOf"/>
    /// looks the thing up as its page does, beginning from what the signed-in person may see; null is 404.
    /// </summary>
    public static void MapLive(this IEndpointRouteBuilder routes, string pattern, string policy, Func<HttpContext,
        Task<string?>> topicOf) => routes.MapGet(pattern, async http =>
    {
        if (long.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture,
            out var account) && await topicOf(http) is { } topic)
            await http.RequestServices.GetRequiredService<LiveStreams>().SendAsync(http, account, topic);
        else http.Response.StatusCode = StatusCodes.Status404NotFound;
    }).RequireAuthorization(policy);
}
