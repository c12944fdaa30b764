using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colead.Analysis.Scoring;

/// <summary>
/// Sums and products of one pattern of answered items while rows stream by: eight 32-bit products at once, moved to 64
/// bits before they could overflow. Lanes beyond the dimension's items hold products with its neighbours and are dropped.
/// </summary>
internal sealed class PatternSums
{
    /// <summary>Values that must follow a dimension's last item in the span given to <see cref="Add"/>.</summary>
    public const int Padding = 16;

    private const int Lane = 8;

    // 12 × 12 × 2²³ < 2³².
    private const int MostWaiting = 1 << 23;

    private readonly int items;
    private readonly int lanes;
    private readonly uint[] waiting;
    private readonly long[] settled;
    private int waitingPeople;
    private long people;

    public PatternSums(int items)
    {
        this.items = items;
        lanes = (items + Lane - 1) / Lane * Lane;
        // A row of sums, then a row of products for each item.
        waiting = new uint[(items + 1) * lanes];
        settled = new long[waiting.Length];
    }

    /// <param name="values">Option numbers from the dimension's first item on, 0 where missing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<uint> values)
    {
        if (waitingPeople == MostWaiting) Settle();
        waitingPeople++;
        // One look at the lengths here, so that the loops need none.
        ref var value = ref MemoryMarshal.GetReference(values[..lanes]);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(waiting);
        for (var l = 0; l < lanes; l += Lane)
        {
            var row = Vector256.LoadUnsafe(ref value, (nuint)l);
            var at = (nuint)l;
            (Vector256.LoadUnsafe(ref sums, at) + row).StoreUnsafe(ref sums, at);
            for (var j = 0; j < items; j++)
            {
                at += (nuint)lanes;
                (Vector256.LoadUnsafe(ref sums, at) + row * Vector256.Create(Unsafe.Add(ref value, j))).StoreUnsafe(ref sums, at);
            }
        }
    }

    /// <summary>In the layout of <see cref="CrossProducts"/>: people, sums, products j ≤ k.</summary>
    public long[] ToValues()
    {
        Settle();
        var values = new long[CrossProducts.Length(items)];
        var at = 0;
        values[at++] = people;
        for (var j = 0; j < items; j++) values[at++] = settled[j];
        for (var j = 0; j < items; j++)
            for (var k = j; k < items; k++) values[at++] = settled[(j + 1) * lanes + k];
        return values;
    }

    private void Settle()
    {
        for (var i = 0; i < waiting.Length; i++) settled[i] += waiting[i];
        Array.Clear(waiting);
        people += waitingPeople;
        waitingPeople = 0;
    }
}
