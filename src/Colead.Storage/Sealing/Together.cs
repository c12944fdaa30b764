using System.Collections.Concurrent;

namespace Colead.Storage.Sealing;

/// <summary>
/// Does at once, for all who ask at the same time, what costs about as much for all as for one: a disk sync, a round trip. Whoever asks
/// while nothing is being done does it for everybody who is waiting; whoever asks meanwhile waits for the next turn. So sixty-four who
/// save share one sync, and somebody who is alone waits for nobody.
/// </summary>
/// <param name="most">Asked for in one go.</param>
/// <param name="act">Does what is asked, in this order, and answers in this order; or throws, and has done nothing.</param>
/// <param name="isOfOne">Whether what was thrown may lie with one of several, so that each should be tried by itself.</param>
internal sealed class Together<TAsk, TAnswer>(int most, Func<IReadOnlyList<TAsk>, Task<TAnswer[]>> act, Func<Exception, bool> isOfOne)
    : IDisposable
{
    private readonly ConcurrentQueue<Asked> waiting = [];
    private volatile bool ended;
    private int busy;

    public Task<TAnswer> AskAsync(TAsk ask)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        var asked = new Asked(ask);
        waiting.Enqueue(asked);
        _ = ActAsync(); // every outcome reaches those who asked
        return asked.Answer.Task;
    }

    /// <summary>Waits for what was asked before.</summary>
    public void Dispose()
    {
        ended = true;
        SpinWait.SpinUntil(() => waiting.IsEmpty && Volatile.Read(ref busy) == 0);
    }

    private async Task ActAsync()
    {
        if (Interlocked.Exchange(ref busy, 1) == 1) return;
        var batch = new List<Asked>();
        while (batch.Count < most && waiting.TryDequeue(out var next)) batch.Add(next);
        if (batch.Count > 0) await AnswerAsync(batch);
        Interlocked.Exchange(ref busy, 0);
        // they found us busy
        if (!waiting.IsEmpty) ThreadPool.UnsafeQueueUserWorkItem(static together => _ = together.ActAsync(), this, preferLocal: false);
    }

    private async Task AnswerAsync(List<Asked> batch)
    {
        TAnswer[] answers;
        try
        {
            answers = await act([.. batch.Select(asked => asked.Ask)]);
        }
        catch (Exception error) when (batch.Count == 1 || !isOfOne(error))
        {
            foreach (var asked in batch) asked.Answer.SetException(error); // each of them waits for its own
            return;
        }
        catch (Exception error) when (isOfOne(error))
        {
            foreach (var asked in batch) await AnswerAsync([asked]); // the others must not suffer for it
            return;
        }
        for (var i = 0; i < batch.Count; i++) batch[i].Answer.SetResult(answers[i]);
    }

    private sealed class Asked(TAsk ask)
    {
        public TAsk Ask => ask;
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
