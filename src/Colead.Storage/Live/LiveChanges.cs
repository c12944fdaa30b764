namespace Colead.Storage.Live;

/// <summary>
/// Tells those who have something open that it changed, on whichever server of the installation they are. A topic is a word and a number,
/// such as "meeting:12". Nothing but "it changed" travels: whoever hears it looks again, with their own rights.
/// </summary>
public abstract class LiveChanges
{
    public const int TopicLength = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<LiveWatch>> watches = new(StringComparer.Ordinal);

    /// <summary>How many watch anything on this server.</summary>
    public int Watching
    {
        get
        {
            lock (gate) return watches.Values.Sum(of => of.Count);
        }
    }

    /// <summary>Says that what the topic names was changed. Called once the change is committed; it never fails, because the change stands
    /// whether others hear of it or not.</summary>
    public abstract Task AnnounceAsync(string topic);

    /// <summary>Begins to watch; disposing ends it.</summary>
    public virtual LiveWatch Watch(string topic)
    {
        var watch = new LiveWatch(this, topic);
        lock (gate)
        {
            if (!watches.TryGetValue(topic, out var of)) watches[topic] = of = [];
            of.Add(watch);
        }
        return watch;
    }

    /// <summary>Wakes those of this server who watch the topic.</summary>
    protected void Tell(string topic)
    {
        lock (gate)
        {
            if (watches.TryGetValue(topic, out var of))
                foreach (var watch in of) watch.Wake();
        }
    }

    /// <summary>Wakes everyone of this server: something may have been missed.</summary>
    protected void TellAll()
    {
        lock (gate)
        {
            foreach (var watch in watches.Values.SelectMany(of => of)) watch.Wake();
        }
    }

    internal int CompanyOf(LiveWatch watch)
    {
        lock (gate) return watches.TryGetValue(watch.Topic, out var of) ? of.Count : 0;
    }

    internal void Leave(LiveWatch watch)
    {
        lock (gate)
        {
            if (watches.TryGetValue(watch.Topic, out var of) && of.Remove(watch) && of.Count == 0) watches.Remove(watch.Topic);
        }
    }
}

/// <summary>One who watches a topic. Many changes between two looks are one.</summary>
public sealed class LiveWatch : IDisposable
{
    private readonly LiveChanges changes;
    private readonly SemaphoreSlim changed = new(0, 1);

    internal LiveWatch(LiveChanges changes, string topic) => (this.changes, Topic) = (changes, topic);

    public string Topic { get; }

    /// <summary>How many on this server watch the same, this one among them.</summary>
    public int Company => changes.CompanyOf(this);

    /// <summary>Waits for the next change; false when the time is over first.</summary>
    public Task<bool> ChangedAsync(TimeSpan atMost, CancellationToken cancellation) => changed.WaitAsync(atMost, cancellation);

    public void Dispose()
    {
        changes.Leave(this);
        changed.Dispose();
    }

    /// <summary>Called inside the gate, so that two do not wake it at once.</summary>
    internal void Wake()
    {
        if (changed.CurrentCount == 0) changed.Release();
    }
}
