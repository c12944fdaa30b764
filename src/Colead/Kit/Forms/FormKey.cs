using System.Security.Cryptography;

namespace Colead.Kit.Forms;

/// <summary>A form that adds something carries a key, kept with what it adds under a unique index: a second click, or a page sent again,
/// adds nothing twice.</summary>
public static class FormKey
{
    public const int Length = 32;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    /// <summary>The key as it was sent; where a form sent none of ours, a new one.</summary>
    public static string Of(string? sent) => sent is { Length: Length } && sent.All(char.IsAsciiHexDigitLower) ? sent : New();
}
