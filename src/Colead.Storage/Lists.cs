using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Colead.Storage;

/// <summary>Short lists of words in one column, parted by spaces.</summary>
public static class Lists
{
    public static ValueConverter<List<string>, string> OfText { get; } =
        new(list => string.Join(' ', list), text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList());

    public static ValueConverter<List<T>, string> Of<T>() where T : struct, Enum =>
        new(list => string.Join(' ', list), text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<T>).ToList());

    public static ValueComparer<List<T>> Compare<T>() => new((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList());
}
