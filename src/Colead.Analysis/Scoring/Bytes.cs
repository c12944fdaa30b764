using System.Buffers.Binary;
using System.Numerics;

namespace Colead.Analysis.Scoring;

/// <summary>Appends variable-length integers: seven bits a byte, lowest first, the top bit set on all but the last.</summary>
internal sealed class ByteWriter(int capacity)
{
    private byte[] bytes = new byte[Math.Max(16, capacity)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Bytes that no number exceeds.</summary>
    public const int Longest = 10;

    public void Write(ulong value) => Advance(Write(Reserve(Longest), 0, value));

    /// <summary>Room for <paramref name="most"/> more bytes, taken up by <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int most)
    {
        if (Length + (long)most > bytes.Length) MakeRoom(most);
        return bytes.AsSpan(Length);
    }

    public void Advance(int written) => Length += written;

    /// <summary>Writes at <paramref name="at"/>; the place after it.</summary>
    public static int Write(Span<byte> to, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7) to[at++] = (byte)(value | 0x80);
        to[at++] = (byte)value;
        return at;
    }

    public void Write(ReadOnlySpan<byte> values)
    {
        if (Length + (long)values.Length > bytes.Length) MakeRoom(values.Length);
        values.CopyTo(bytes.AsSpan(Length));
        Length += values.Length;
    }

    public void Shorten(int length) => Length = length;

    public void WriteFixed(ulong value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        Write(eight);
    }

    public void WriteFixed(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        Write(four);
    }

    private void MakeRoom(int more) =>
        Array.Resize(ref bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(2L * bytes.Length, Length + (long)more))));
}

/// <summary>Reads what <see cref="ByteWriter"/> wrote, and refuses what it cannot have written.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int At { get; private set; }

    public readonly bool AtEnd => At == bytes.Length;

    /// <exception cref="InvalidDataException">The bytes end, or the number is longer than 64 bits or needlessly long.</exception>
    public ulong Read()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && At < bytes.Length; shift += 7)
        {
            var b = bytes[At++];
            if (shift == 63 && b > 1) break;
            value |= (ulong)(b & 0x7F) << shift;
            if (b >= 0x80) continue;
            if (b == 0 && shift > 0) break;
            return value;
        }

        throw new InvalidDataException("The summary is damaged: a number in it does not end.");
    }

    /// <summary>A number that must not exceed <paramref name="most"/>.</summary>
    public long Read(long most)
    {
        var value = Read();
        return value <= (ulong)most ? (long)value : throw new InvalidDataException("The summary is damaged: a count in it is too large.");
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > bytes.Length - At) throw new InvalidDataException("The summary is damaged: it ends early.");
        var result = bytes.Slice(At, count);
        At += count;
        return result;
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(8));

    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4));
}

internal static class Checksum
{
    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
