using System.Security.Cryptography;

namespace Colead.Web.Shared;

/// <summary>A key that a form carries, so that what it sends twice is done once.</summary>
public static class FormKey
{
    public static Guid New() => new(RandomNumberGenerator.GetBytes(16));

    /// <summary>The form's own, or a new one where none came with it.</summary>
    public static Guid Or(Guid sent) => sent == Guid.Empty ? New() : sent;
}
