namespace Colead.Composition;

/// <summary>Tells the log what could not be read or kept: a line at once, and then one a minute with how many there were, however many a
/// stranger sends. Nothing of what was sent.</summary>
public sealed partial class Refusals(TimeProvider clock, ILogger<Refusals> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock one = new();
    private readonly Dictionary<string, Since> told = new(StringComparer.Ordinal);

    /// <param name="what">One of a few sentences of ours.</param>
    public void Note(string what, LogLevel level = LogLevel.Warning)
    {
        int count;
        lock (one)
        {
            if (!told.TryGetValue(what, out var since)) told[what] = since = new Since();
            since.Count++;
            if (since.At is { } at && clock.GetElapsedTime(at) < Pause) return;
            (count, since.Count, since.At) = (since.Count, 0, clock.GetTimestamp());
        }
        Tell(log, level, what, count);
    }

    [LoggerMessage(EventId = 1, Message = "{What} ({Count} since it was last said)")]
    private static partial void Tell(ILogger log, LogLevel level, string what, int count);

    private sealed class Since
    {
        public int Count { get; set; }
        public long? At { get; set; }
    }
}
