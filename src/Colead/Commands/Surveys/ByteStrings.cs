using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Colead.Commands.Surveys;

/// <summary>
/// Distinct UTF-8 texts, numbered from 0 in order of arrival. A lookup allocates nothing, so that a million rows naming
/// a few organisations cost a few strings.
/// </summary>
/// <param name="expected">So many are expected; more are taken.</param>
public sealed class ByteStrings(int expected = 64)
{
    private byte[] bytes = new byte[16 * Math.Max(expected, 64)];
    private int used;
    private (int Offset, int Length, uint Hash, int Next)[] entries =
        new (int, int, uint, int)[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected, 64))];
    private int[] buckets = NewBuckets(2 * (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected, 64)));
    private int last = -1;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int index] => bytes.AsSpan(entries[index].Offset, entries[index].Length);

    public string Text(int index) => Encoding.UTF8.GetString(this[index]);

    /// <summary>The number of <paramref name="text"/>, added where it is new.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (last >= 0 && text.SequenceEqual(this[last])) return last; // files are mostly sorted
        var hash = (uint)(Hash(text, 0) >> 32);
        for (var i = buckets[hash & (uint)(buckets.Length - 1)]; i >= 0; i = entries[i].Next)
            if (entries[i].Hash == hash && text.SequenceEqual(this[i])) return last = i;
        return last = Append(text, hash);
    }

    /// <summary>Adds <paramref name="text"/>; false where it was there already, under <paramref name="index"/>.</summary>
    public bool TryAdd(ReadOnlySpan<byte> text, out int index)
    {
        var before = Count;
        index = Add(text);
        return Count > before;
    }

    /// <summary>A quick 64-bit hash, not meant to withstand anyone who looks for two texts with the same.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text, ulong salt)
    {
        var hash = ((ulong)text.Length + salt) * 0x9E3779B97F4A7C15;
        ulong last = 0; // up to eight bytes, some of them twice: quicker than one by one
        if (text.Length >= 8)
        {
            last = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
            for (; text.Length > 8; text = text[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
        }
        else if (text.Length >= 4)
        {
            last = BinaryPrimitives.ReadUInt32LittleEndian(text) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]) << 32);
        }
        else if (text.Length > 0)
        {
            last = text[0] | ((ulong)text[text.Length / 2] << 8) | ((ulong)text[^1] << 16);
        }

        return Mix(Mix(hash ^ last) + 0x9E3779B97F4A7C15);
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0xD6E8FEB86659FD93, out var low);
        return high ^ low;
    }

    private int Append(ReadOnlySpan<byte> text, uint hash)
    {
        if (Count == entries.Length) Grow();
        if (bytes.Length - used < text.Length)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * bytes.Length, (long)used + text.Length)));
        text.CopyTo(bytes.AsSpan(used));
        ref var bucket = ref buckets[hash & (uint)(buckets.Length - 1)];
        entries[Count] = (used, text.Length, hash, bucket);
        bucket = Count;
        used += text.Length;
        return Count++;
    }

    private void Grow()
    {
        Array.Resize(ref entries, entries.Length * 2);
        buckets = NewBuckets(2 * entries.Length);
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref buckets[entries[i].Hash & (uint)(buckets.Length - 1)];
            entries[i].Next = bucket;
            bucket = i;
        }
    }

    private static int[] NewBuckets(int count)
    {
        var empty = new int[count];
        Array.Fill(empty, -1);
        return empty;
    }
}
