using Colead.Parts;
using Colead.Storage;

namespace Colead.Composition;

/// <summary>The database of this program: storage's own tables, and those of its parts.</summary>
public static class ColeadDatabase
{
    /// <inheritdoc cref="DatabaseEngine.Choose" />
    public static DatabaseEngine Choose(string? connectionString, string folder, string? keys = null) =>
        DatabaseEngine.Choose(typeof(AllParts).Assembly, connectionString, folder, keys);
}
