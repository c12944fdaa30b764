using System.Net;

namespace Colead.Tests.Support;

/// <summary>A browser's end of a stream of events.</summary>
public sealed class LiveListener : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;
    private Task<string?>? reading;

    private LiveListener(HttpResponseMessage response, StreamReader lines) => (this.response, this.lines) = (response, lines);

    public int Heartbeats { get; private set; }
    public string? ContentType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>Opens the stream as the visitor; its status where there is none.</summary>
    public static async Task<(HttpStatusCode Status, LiveListener? Stream)> OpenAsync(Visitor visitor, string path)
    {
        var response = await visitor.OpenAsync(path);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            response.Dispose();
            return (response.StatusCode, null);
        }
        var listener = new LiveListener(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal("retry: 3000", await listener.lines.ReadLineAsync());
        return (HttpStatusCode.OK, listener);
    }

    /// <summary>Waits until a change is heard; nothing but that may come.</summary>
    public async Task HearAsync() => Assert.True(await HearsWithinAsync(TimeSpan.FromSeconds(60)), "Nothing was heard.");

    /// <summary>Whether a change comes within so long. What was begun to be read is read on next time.</summary>
    public async Task<bool> HearsWithinAsync(TimeSpan time)
    {
        var over = Task.Delay(time);
        while (true)
        {
            reading ??= lines.ReadLineAsync();
            if (await Task.WhenAny(reading, over) == over) return false;
            var line = await reading ?? throw new EndOfStreamException("The stream ended.");
            reading = null;
            if (line == "data: changed") return true;
            Assert.True(line is "" or ":", line);
            if (line == ":") Heartbeats++;
        }
    }

    /// <summary>Lets pass what the beginning of listening says.</summary>
    public async Task SettleAsync()
    {
        while (await HearsWithinAsync(TimeSpan.FromSeconds(1))) continue;
    }

    /// <summary>Waits for the stream's end.</summary>
    public async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(limit.Token) is not null) continue;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
